"""How areas without a number are told and drawn on a map, by the reason why they have none (`wwz.ask.absent`).

A figure that is not known and one that stands for too few people are two things. They never share a colour, a hatching or a
row of a legend.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from wwz.ask.absent import NO_FIGURE, PROTECTED, TOO_FEW, WATER
from wwz.maps.inks import EMPTY, FEW, FEW_DOTS, HATCHING, HELD, HELD_BARS, ON_DARK, WATER_LINES, WATER_PLANE
from wwz.words.numbers import NOT_SHOWN, UNKNOWN, too_few


@dataclass(frozen=True)
class Look:
    """How a reason is drawn.

    Attributes
    ----------
    sign
        One letter, for the browser; also in names of styles (`wwz-leeg-w`).
    fill, ink
        Colours of the plane and of the lines or dots on it.
    hatch
        The same in matplotlib's signs.
    qgis
        The same as a brush of QGIS.
    """

    sign: str
    fill: str
    ink: str
    hatch: str
    qgis: str


LOOKS = {
    NO_FIGURE: Look("x", EMPTY, HATCHING, "////", "b_diagonal"),
    TOO_FEW: Look("w", FEW, FEW_DOTS, "...", "dense6"),
    PROTECTED: Look("p", HELD, HELD_BARS, "---", "horizontal"),
    WATER: Look("b", WATER_PLANE, WATER_LINES, "", "no"),
}


@dataclass(frozen=True)
class Absent:
    """A row of the legend for areas without a number: the reason, its words and the number of areas."""

    reason: int
    label: str
    count: int = 0

    @property
    def look(self) -> Look:
        """How it is drawn."""
        return LOOKS[self.reason]


def absent_rows(numbers: Iterable[int], minimum: int) -> tuple[Absent, ...]:
    """The rows of the legend for these classes: what is not known always has one, the others where they occur."""
    found = np.asarray(list(numbers), int)
    counts = {reason: int((found == reason).sum()) for reason in LOOKS}
    words = {NO_FIGURE: UNKNOWN, TOO_FEW: too_few(minimum), PROTECTED: NOT_SHOWN, WATER: "water"}
    return tuple(
        Absent(reason, words[reason], count)
        for reason, count in counts.items()
        if count or reason == NO_FIGURE
    )


def encoded(numbers: np.ndarray) -> str:
    """A sign per area for the browser: the digit of its class, or the letter of the reason why it has none."""
    return "".join(signs(numbers))


def signs(numbers: np.ndarray) -> np.ndarray:
    """The same, apart."""
    found = numbers.astype(str)
    for reason, look in LOOKS.items():
        found[numbers == reason] = look.sign
    return found


def absent_state(rows: Iterable[Absent], *, dark: bool) -> dict[str, dict[str, str]]:
    """What the browser wants to know of each reason: sign → label and colours."""

    def colour(name: str) -> str:
        return ON_DARK.get(name, name) if dark else name

    return {
        row.look.sign: {"label": row.label, "fill": colour(row.look.fill), "ink": colour(row.look.ink)}
        for row in rows
    }
