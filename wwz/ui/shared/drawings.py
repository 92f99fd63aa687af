"""Small drawings in the cell of a short table; only seen, the texts beside them say the same. Everything is escaped."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd


class Drawing(Protocol):
    """Draws from a few columns of a row.

    Attributes
    ----------
    alone
        Whether the text of the cell is only read aloud, so that the drawing stands alone.
    """

    alone: bool

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns it draws on."""

    def draw(self, row: Mapping[str, Any]) -> str:
        """Its HTML; empty where something it needs is missing."""


@dataclass(frozen=True, slots=True)
class Range:
    """A bar of which the dark part is certain and the light part possible: two columns with parts (0 to 1)."""

    certain: str
    possible: str
    alone: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """As `Drawing`."""
        return (self.certain, self.possible)

    def draw(self, row: Mapping[str, Any]) -> str:
        """As `Drawing`."""
        if not _known(row, *self.fields):
            return ""
        low, high = (f"{100 * min(1.0, max(0.0, row[field])):.1f}%" for field in self.fields)
        return f'<span class="wwz-span" aria-hidden="true"><i style="width:{high}"></i><b style="width:{low}"></b></span>'


@dataclass(frozen=True, slots=True)
class Stack:
    """A bar of parts (0 to 1, together 1) from left to right, each with a look of its own by the name of its column (table.css)."""

    fields: tuple[str, ...]
    alone: bool = True

    def draw(self, row: Mapping[str, Any]) -> str:
        """As `Drawing`."""
        if not _known(row, *self.fields):
            return ""
        pieces = (
            f'<i class="wwz-part-{html.escape(name, quote=True)}" style="width:{100 * row[name]:.0f}%"></i>'
            for name in self.fields
            if row[name] > 0
        )
        return f'<span class="wwz-stack" aria-hidden="true">{"".join(pieces)}</span>'


@dataclass(frozen=True, slots=True)
class Line:
    """A line on which one value stands, as `wwz.ask.spine.spine` gives its places: middle half, margin, the value beside it, a sign.

    `look` and `sign` are columns: how the sign looks (table.css), and the sign itself.
    """

    look: str
    sign: str
    alone: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        """As `Drawing`."""
        return (self.look, self.sign, "plek", "plek_onder", "plek_boven", "naast_plek", "kwart", "driekwart")

    def draw(self, row: Mapping[str, Any]) -> str:
        """As `Drawing`."""
        if not _known(row, "plek"):
            return "<small>te weinig gebieden voor een lijn</small>"
        pieces = [_piece("midden", row["kwart"], row["driekwart"])]
        if _known(row, "plek_onder", "plek_boven"):
            pieces.append(_piece("streep", row["plek_onder"], row["plek_boven"]))
        if _known(row, "naast_plek"):
            pieces.append(f'<i class="wwz-daarnaast" style="left:{_at(row["naast_plek"])}"></i>')
        look, sign = (html.escape(row[field], quote=True) for field in (self.look, self.sign))
        pieces.append(f'<b class="wwz-{look}" style="left:{_at(row["plek"])}">{sign}</b>')
        return f'<span class="wwz-lijn" aria-hidden="true">{"".join(pieces)}</span>'


def _known(row: Mapping[str, Any], *fields: str) -> bool:
    return not any(pd.isna(row[field]) for field in fields)


def _piece(look: str, start: float, end: float) -> str:
    return f'<i class="wwz-{look}" style="left:{_at(start)};right:{_at(1 - end)}"></i>'


def _at(part: float) -> str:
    return f"{100 * part:.1f}%"
