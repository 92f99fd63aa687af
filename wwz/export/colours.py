"""What a file says about the colours of its map: what they are made of, what lies beside them, and what margins do to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wwz.ask.area import find_area, whole
from wwz.ask.beside import beside
from wwz.ask.scale import scale_codes
from wwz.maps.marks import Tick, reach_note, reaching, ticks

if TYPE_CHECKING:
    from wwz.export.sheet import Sheet


def signs(sheet: Sheet) -> tuple[Tick, ...]:
    """Where the gemeente and the country lie on the bar of classes."""
    shown = sheet.shown
    found = beside(sheet.store, sheet.area, shown.indicator.code, shown.jaar, shown.maat)
    return ticks(found, sheet.drawing[0])


def reached(sheet: Sheet) -> np.ndarray:
    """Of which areas in `sheet.shapes` the margin reaches into the class of another colour."""
    classes, digits = sheet.drawing
    return reaching(digits, sheet.shown.margins.reindex(list(sheet.shapes["code"])), classes)


def margin_note(sheet: Sheet) -> str:
    """The same in words; empty where no margin does."""
    return reach_note(reached(sheet), sheet.drawing[1])


def about_colours(sheet: Sheet) -> list[tuple[str, str]]:
    """Lines for the explanation in a file: subject and text, empty where there is nothing to say."""
    if not sheet.has_map:
        return []
    note = margin_note(sheet)
    codes = scale_codes(sheet.store, sheet.area, sheet.niveau, sheet.view.schaal)
    everything = whole(sheet.store)
    of = everything if codes == everything.codes else find_area(sheet.store, codes)
    return [
        (
            "Kleuren",
            f"De klassen zijn gemaakt van de cijfers van {of.naam}, van alle jaren samen."
            if sheet.scale is None
            else "",
        ),
        ("Tekens bij de legenda", "; ".join(tick.text for tick in signs(sheet))),
        ("Marge en kleur", f"{note}." if note else ""),
    ]
