"""Spreiding: now beside a fair share, whether the key matters, the map, and what may lie behind it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from wwz.ask.absent import NO_FIGURE, PROTECTED
from wwz.base.codes import plural
from wwz.base.dates import dutch_day
from wwz.maps.boundaries import boundaries
from wwz.maps.classes import make_classes
from wwz.region import causes, keyshares, words
from wwz.region.series import Reeks
from wwz.region.spread import Spreiding, sensitivity
from wwz.ui.regio.chart import dots
from wwz.ui.regio.current import Chosen
from wwz.ui.shared import parts
from wwz.ui.shared.charts import show_chart
from wwz.ui.shared.classmap import value_map
from wwz.ui.shared.folds import folded_on_phone
from wwz.ui.shared.table import Column, Table
from wwz.words.numbers import UNKNOWN, dutch

MAP_HEIGHT = 380
COLUMNS = [
    Column("naam", "Gemeente"),
    Column("nu", "Nu (mensen)", kind="number"),
    Column("eerlijk", "Eerlijk deel (mensen)", kind="number", sub_field="band"),
    Column("verschil", "Verschil (mensen)", kind="number"),
    Column("stand", "Telt mee"),
]


def spread_part(chosen: Chosen, made: Spreiding | None) -> None:
    """The whole tab."""
    reeks = chosen.reeks
    parts.note(chosen.regio.let_op)
    if made is not None:
        for text in words.reading(made):
            parts.sentence(text)
        show_chart(dots(made), _in_words(made), key=f"regio-stippen-{reeks.groep.code}")
    Table(
        _rows(reeks, made), COLUMNS, f"{reeks.groep.titel}, {reeks.regio.naam}, {dutch_day(reeks.peildatum)}"
    ).short(folds=True)
    if made is not None:
        _keys(reeks, chosen.gewichten)
    else:
        heads, lines = keyshares.table(chosen.regio)
        columns = [Column(str(n), head) for n, head in enumerate(heads)]
        rows = [{str(n): cell for n, cell in enumerate(line)} for line in lines]
        Table(rows, columns, keyshares.TITLE).short(folds=True)
    parts.note(reeks.groep.wet)
    folded_on_phone("Kaart, en wat meespeelt")
    left, right = st.columns([1, 1], gap="medium")
    with left:
        _map(reeks)
    with right:
        if cause := causes.sentence(reeks):
            st.header("Wat meespeelt", anchor=False)
            parts.sentence(cause)
            parts.note("Dit zijn verschillen tussen gemeenten, geen bewezen oorzaken.")
    _causes(reeks)
    parts.source_line(reeks.bron, f"Definitie {reeks.definitie.kenmerk}: {reeks.definitie.definitie}")
    parts.note(
        "Aandachtsgroepen overlappen: iemand kan in meer groepen zitten. Daarom tellen wij groepen nooit bij elkaar op. "
        f"Aantallen onder {reeks.minimum} tonen wij alleen samen met een andere gemeente."
    )


def _in_words(made: Spreiding) -> str:
    return (
        "; ".join(
            f"{a.deel.naam}: nu {dutch(a.nu)}, eerlijk deel {words.amount(made.reeks, a.eerlijk)}"
            for a in made.aandelen
        )
        + "."
    )


def _rows(reeks: Reeks, made: Spreiding | None) -> list[dict]:
    shares = {a.deel.code: a for a in made.aandelen} if made else {}
    found = []
    for deel in (*reeks.met, *reeks.zonder):
        share = shares.get(deel.code)
        wide = share and share.onder != share.boven and share.onder is not None
        found.append(
            {
                "naam": deel.naam,
                "nu": dutch(deel.aantal) if deel.aantal is not None else UNKNOWN,
                "eerlijk": dutch(words.as_known(reeks, deel, share.eerlijk)) if share else "",
                "band": f"{dutch(share.onder)} tot {dutch(share.boven)}" if share and wide else "",
                "verschil": words.difference(reeks, share.deel, share.verschil) if share else "",
                "stand": "ja" if deel.telt else words.why(deel),
            }
        )
    return found


def _keys(reeks: Reeks, weights: dict[str, int] | None) -> None:
    rows = sensitivity(reeks, weights)
    st.header("Maakt de sleutel veel uit?", anchor=False)
    columns = [Column("naam", "Gemeente")]
    columns += [Column(row.sleutel.code, row.sleutel.titel, kind="number") for row in rows]
    texts = [
        {"naam": deel.naam}
        | {
            r.sleutel.code: words.difference(reeks, deel, r.verschillen[n]) if r.verschillen else UNKNOWN
            for r in rows
        }
        for n, deel in enumerate(reeks.met)
    ]
    Table(texts, columns, "Verschil met het deel per sleutel (mensen): boven nul is meer dan het deel").short(
        folds=True
    )
    parts.sentence(words.sensitive(reeks, rows))
    mixed = [f"{row.sleutel.titel}: {words.key_text(row)}." for row in rows if row.gewichten]
    for text in dict.fromkeys((*mixed, *(row.reden for row in rows if row.reden))):
        parts.note(text)


def _map(reeks: Reeks) -> None:
    st.header("Hoeveel er nu zijn per 1.000 inwoners", anchor=False)
    store, file = reeks.regio.store, boundaries(reeks.regio.store, reeks.regio.area, "gemeente")
    values = causes.load(reeks)
    if file is None or values.empty:
        parts.empty(
            f"Van deze {plural('gemeente')} zijn geen grenzen of aantallen. De tabel geeft wat er wel is."
        )
        return
    hidden = causes.not_shown(reeks)
    reasons = pd.Series({code: PROTECTED if code in hidden else NO_FIGURE for code in reeks.regio.codes})
    classes = make_classes(
        values, count=5, decimals=1, unit="", direction="meer_is_slechter", ramp="behoefte"
    )
    value_map(
        file, values, classes, f"{reeks.groep.titel} per 1.000 inwoners, {reeks.jaar}", minimum=reeks.minimum,
        reasons=reasons, key=f"regio-kaart-{reeks.groep.code}", height=MAP_HEIGHT,
        attribution=store.about()["bron_grenzen"], tell_position=False,
    )  # fmt: skip


def _causes(reeks: Reeks) -> None:
    columns = [
        Column("naam", "Gemeente", sub_field="rol"),
        Column("last_tekst", "Per 1.000 inwoners", kind="number"),
    ]
    columns += [Column(code, title, kind="number") for code, title in causes.heads(reeks).items()]
    Table(causes.rows(reeks), columns, "Voorraad en ligging per gemeente").short(folds=True)
