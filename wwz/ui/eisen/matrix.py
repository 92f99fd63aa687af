"""The eisen on screen: the matrix of a doelgroep to change, and the whole matrix to look through."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from wwz.ask.accuracy import MARKS as DELIVERED_MARKS
from wwz.knowledge import domain
from wwz.own.eisen import matrix
from wwz.own.eisen.apply import titles
from wwz.store import Store
from wwz.ui.shared import parts, permission, state
from wwz.ui.shared.fillable import Field, FillTable
from wwz.ui.shared.press import press
from wwz.ui.shared.table import Column, Table

EDITOR, KEPT = "eisen-bewerken", "eisen-bewaard"
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
    may = permission.may_edit("eis")
    # Another doelgroep starts with a clean table, and who kept something; what somebody else keeps does not wipe it out.
    version, kept = len(matrix.history(store.path).versions()), st.session_state.get(KEPT, 0)
    table = FillTable(
        _wide(now[now["doelgroep"] == group], titles(store.path)),
        _columns(),
        f"Hoe nodig, voor {groups[group]}",
        f"{EDITOR}-{group}-{kept}",
        row_key="randvoorwaarde",
    )
    if not may:
        table.short(group_field="groep", folds=True)
        return
    table.show(group_field="groep")
    parts.note(
        "Een wijziging telt mee in de cijfers zodra u ze opnieuw laat uitrekenen; de knop daarvoor staat onderaan."
    )
    _keep(store, group, table, version, f"eisen-waarom-{group}-{kept}")


def _columns() -> list[Column]:
    known = domain.domein()
    degrees = tuple(degree.titel for degree in known.graden.values())
    return [
        Column("titel", "Randvoorwaarde"),
        *(Field(code, carer.titel, options=degrees) for code, carer in known.mantelzorg.items()),
        Column("afwijking", "Geleverd was"),
    ]


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


def _changes(store: Store, group: str, table: FillTable, version: int) -> pd.DataFrame:
    codes = {degree.titel: code for code, degree in domain.domein().graden.items()}
    long = table.filled().melt(
        id_vars=["randvoorwaarde"],
        value_vars=list(domain.domein().mantelzorg),
        var_name="mantelzorg",
        value_name="graad",
    )
    return matrix.changes(store.path, long.assign(doelgroep=group, graad=long["graad"].map(codes)), version)


def _keep(store: Store, group: str, table: FillTable, version: int, why: str) -> None:
    def keep() -> str:
        number = matrix.history(store.path).add(
            _changes(store, group, table, version),
            permission.editor_name(),
            st.session_state[why],
            gezien=version,
        )
        st.session_state[KEPT] = st.session_state.get(KEPT, 0) + 1
        return f"Bewaard als versie {number} van de eisen."

    with st.form(f"eisen-bewaren-{group}"):
        st.text_input(
            "Waarom wijzigt u dit?", key=why, max_chars=400, placeholder="Bijvoorbeeld: besluit van 12 maart"
        )
        press(
            f"Bewaar als nieuwe versie ({len(_changes(store, group, table, version))} gewijzigd)",
            keep,
            f"{table.key}-knop",
            place=st.form_submit_button,
        )


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
