"""What a printed document is made of: pieces in the order in which they are read, for Word and PDF alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from wwz.export.logo import Logo

# How running text looks: what one reads, what stands small below it, and the words that must be seen.
Look = Literal["gewoon", "klein", "merk"]


@dataclass(frozen=True)
class Head:
    """A heading below the title of the document; 2 is a part, 3 a part of that."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    text: str
    look: Look = "gewoon"


@dataclass(frozen=True)
class Points:
    """A list with a dot before each."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Drawing:
    """A picture (PNG), what it says in words, and how wide it is beside the text (0 to 1)."""

    png: bytes = field(repr=False)
    alt: str
    wide: float = 1.0


@dataclass(frozen=True)
class Table:
    """A table of texts with a caption; a text may have a second line, in smaller type. Widths of its columns in millimetres.

    `size` in points; without, the usual one.
    """

    caption: str
    heads: tuple[str, ...]
    rows: list[list[str]]
    widths: tuple[float, ...]
    size: float = 8.5


Piece = Head | Words | Points | Drawing | Table


@dataclass(frozen=True)
class Printed:
    """A document.

    Attributes
    ----------
    title
        What it is called, and its only heading of the first level.
    above
        Words that must stand above the title; may be empty.
    pieces
        What follows the title.
    foot
        At the bottom of every page, before its number.
    made
        The date that the file carries.
    landscape, margin
        Which way up A4 lies, and its margin in mm.
    size
        Of the title, in points.
    """

    title: str
    above: str
    pieces: tuple[Piece, ...]
    foot: str
    made: datetime
    logo: Logo | None = None
    landscape: bool = False
    margin: float = 18
    size: float = 19


def above(marks: Sequence[str]) -> str:
    """Marks as they stand above a title."""
    return " · ".join(mark.upper() for mark in marks)


def foot_of(fictive: bool, subject: str = "") -> str:
    """What stands at the bottom of every page; `subject`: what it is about, where the title does not say so."""
    notice = "voorbeeldregio, alle cijfers zijn verzonnen" if fictive else ""
    return " · ".join(filter(None, ("WWZ-wijzer", subject, notice)))
