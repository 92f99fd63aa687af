"""The eisen on screen: the matrix of a doelgroep to change, and the whole matrix to look through."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from wwz.ask.accuracy import MARKS as DELIVERED_MARKS
from wwz.base.errors import Fout
from wwz.knowledge import domain
from wwz.own.eisen import matrix
from wwz.own.eisen.apply import titles
from wwz.store import Store
from wwz.ui.shared import parts, permission, state
from wwz.ui.shared.table import Column, Table

EDITOR = "eisen-bewerken"
WHOLE = [
    Column("randvoorwaarde_titel", "Randvoorwaarde"),
    Column("doelgroep_titel", "Doelgroep"),
    Column("mantelzorg_titel", "Mantelzorg"),
    Column("graad_titel", "Hoe nodig", sub_field="was"),
    Column("reden", "Reden"),
    Column("merk_titel", "Hoe bekend", kind="tag"),
    Column("bron_regel", "Bron"),
]
# A municipality's own eis has a mark that the delivered ones do not have.
MARKS = {**DELIVERED_MARKS, matrix.GIVEN_MARK: "opgegeven"}


def eisen_editor(store: Store) -> None:
    """Choose a doelgroep, change its degrees, and keep them with a reason."""
    known = domain.domein()
    groups = {code: group.titel for code, group in known.doelgroepen.items()}
    state.bound(
        st.selectbox, "Voor welke doelgroep?", "doelgroep", list(groups), format_func=groups.get, width=520
    )
    group = state.view().doelgroep if state.view().doelgroep in groups else next(iter(groups))
    now = matrix.effective(store.path)
    may = permission.may_edit()
    table = _wide(now[now["doelgroep"] == group], titles(store.path))
    # Another doelgroep or another version starts with a clean table.
    version = len(matrix.history(store.path).versions())
    edited = st.data_editor(
        table,
        key=f"{EDITOR}-{group}-{version}",
        hide_index=True,
        disabled=True if not may else ["groep", "titel", "afwijking"],
        height=35 * (len(table) + 1) + 3,
        column_config=_columns(),
        num_rows="fixed",
    )
    parts.note(
        "Dubbelklik op een cel, of kies hem met de pijltjes en druk op Enter. Een wijziging telt mee in de cijfers zodra u ze opnieuw "
        "laat uitrekenen; de knop daarvoor staat onderaan."
    )
    if may:
        _keep(store, group, edited)


def _columns() -> dict:
    known = domain.domein()
    degrees = [degree.titel for degree in known.graden.values()]
    choose = {
        code: st.column_config.SelectboxColumn(carer.titel, options=degrees, required=True)
        for code, carer in known.mantelzorg.items()
    }
    return {
        "randvoorwaarde": None,
        "titel": st.column_config.TextColumn("Randvoorwaarde", width=330),
        **choose,
        "groep": st.column_config.TextColumn("Onderdeel"),
        "afwijking": st.column_config.TextColumn(
            "Geleverd was", help="Waar u afwijkt van de geleverde aanname."
        ),
    }


def _wide(rows: pd.DataFrame, named: dict[str, str]) -> pd.DataFrame:
    """One row per randvoorwaarde, a column per mantelzorgsituatie with the degree in words."""
    known = domain.domein()
    words = {code: degree.titel for code, degree in known.graden.items()}
    wide = rows.assign(woord=rows["graad"].map(words)).pivot(
        index="randvoorwaarde", columns="mantelzorg", values="woord"
    )
    own = rows[rows["eigen"]]
    notes = {
        code: "; ".join(
            f"{known.mantelzorg[r.mantelzorg].titel.lower()}: {words[r.geleverd]}" for r in part.itertuples()
        )
        for code, part in own.groupby("randvoorwaarde")
    }
    conditions = known.randvoorwaarden
    return pd.DataFrame(
        {
            "randvoorwaarde": list(conditions),
            "titel": [named[code] for code in conditions],
            **{carer: [wide.loc[code, carer] for code in conditions] for carer in known.mantelzorg},
            "groep": [known.groepen[c.groep].titel for c in conditions.values()],
            "afwijking": [notes.get(code, "") for code in conditions],
        }
    )


def _keep(store: Store, group: str, edited: pd.DataFrame) -> None:
    codes = {degree.titel: code for code, degree in domain.domein().graden.items()}
    long = edited.melt(
        id_vars=["randvoorwaarde"],
        value_vars=list(domain.domein().mantelzorg),
        var_name="mantelzorg",
        value_name="graad",
    )
    long = long.assign(doelgroep=group, graad=long["graad"].map(codes))
    changes = matrix.changes(store.path, long)
    with st.form(f"eisen-bewaren-{group}"):
        why = st.text_input(
            "Waarom wijzigt u dit?",
            key=f"eisen-waarom-{group}-{len(matrix.history(store.path).versions())}",
            max_chars=400,
            placeholder="Bijvoorbeeld: besluit van 12 maart",
        )
        sent = st.form_submit_button(f"Bewaar als nieuwe versie ({len(changes)} gewijzigd)")
    if not sent:
        return
    try:
        number = matrix.history(store.path).add(changes, permission.editor_name(), why)
    except Fout as fout:
        parts.show_error(fout)
        return
    st.toast(f"Bewaard als versie {number} van de eisen.")
    st.rerun()


def whole_matrix(store: Store, number: int | None = None, key: str = "alle-eisen") -> None:
    """Every eis with its reason, source and mark, to sort and search; `number`: as it was at that version."""
    known = domain.domein()
    frame = matrix.effective(store.path, number)
    degrees = {code: d.titel for code, d in known.graden.items()}
    shown = frame.assign(
        sleutel=frame[list(matrix.KEYS)].agg("/".join, axis=1),
        randvoorwaarde_titel=frame["randvoorwaarde"].map(titles(store.path)),
        doelgroep_titel=[known.doelgroepen[code].titel for code in frame["doelgroep"]],
        mantelzorg_titel=[known.mantelzorg[code].titel for code in frame["mantelzorg"]],
        graad_titel=frame["graad"].map(degrees),
        was=[f"geleverd: {degrees[row.geleverd]}" if row.eigen else "" for row in frame.itertuples()],
        merk_titel=frame["merk"].map(MARKS),
        bron_regel=[known.bronnen[row.bron].regel(row.jaar) for row in frame.itertuples()],
    )
    Table(shown, WHOLE, "Alle eisen").sortable(key=key, row_key="sleutel", rows_per_page=25)
