"""A workbook from a visitor, looked through before it is read: a few kilobytes can unpack to more than a server has."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from wwz.base.errors import Fout

MEGABYTE = 1024 * 1024
CHUNK = 256 * 1024
# What is not text in a workbook; anything else must be XML that can be looked through.
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp", ".tif", ".tiff", ".bin")
MOST_PARTS = 1000
# Elements that a cell may cost: itself, its value, and its text in the list of texts.
PER_CELL = 6
# A spreadsheet has this many lines; a sheet may end far below its last cell, but not every sheet of many.
MOST_LINES = 1_048_576 + 200_000


@dataclass(frozen=True)
class Bounds:
    """The most that a workbook may hold: rows and columns of a sheet, cells of all sheets, and megabyte unpacked."""

    rijen: int
    kolommen: int
    cellen: int
    megabyte: int = 60


def check_workbook(file: BinaryIO, name: str, bounds: Bounds) -> None:
    """Look through a workbook without keeping anything of it.

    Raises
    ------
    Fout
        When it holds too much, or cannot be looked through.
    """
    try:
        with zipfile.ZipFile(file) as box:
            parts = box.infolist()
            if sum(part.file_size for part in parts) > bounds.megabyte * MEGABYTE or len(parts) > MOST_PARTS:
                raise Fout(f"{name} is uitgepakt te groot. Bewaar alleen het blad dat u wilt inlezen.")
            look = _Look(name, bounds)
            for part in parts:
                if not part.filename.lower().endswith(PICTURES):
                    with box.open(part) as stream:
                        look.through(partial(stream.read, CHUNK))
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise unreadable(name) from error


def unreadable(name: str) -> Fout:
    """What is said of a workbook that is none, whoever finds it out."""
    return Fout(f"{name} is niet te lezen. Bewaar het bestand als Excel-werkmap (.xlsx) of als CSV.")


class _Look:
    """Counts over all parts of a workbook."""

    def __init__(self, name: str, bounds: Bounds) -> None:
        self.name, self.bounds = name, bounds
        self.cells = self.elements = self.lines = 0
        self.row = self.column = 0

    def through(self, read: Callable[[], bytes]) -> None:
        """One part, to its end."""
        self.row = self.column = 0
        reader = expat.ParserCreate()
        reader.StartElementHandler = self._element
        reader.StartDoctypeDeclHandler = self._doctype
        try:
            while chunk := read():
                reader.Parse(chunk, False)
            reader.Parse(b"", True)
        except expat.ExpatError as error:
            raise unreadable(self.name) from error

    def _doctype(self, *args: object) -> NoReturn:
        raise unreadable(self.name)

    def _element(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > PER_CELL * self.bounds.cellen:
            self._too_many()
        kind = tag.rpartition(":")[2]
        if kind == "row":
            before, self.column = self.row, 0
            self.row = _number(attributes.get("r"), self.row + 1)
            self.lines += max(0, self.row - before)
            if self.lines > MOST_LINES:
                self._too_many()
        elif kind == "c":
            self.cells += 1
            self.column = _column(attributes.get("r"), self.column + 1)
            self._check_cell()

    def _check_cell(self) -> None:
        if self.cells > self.bounds.cellen:
            self._too_many()
        if self.column > self.bounds.kolommen:
            raise Fout(
                f"{self.name} heeft meer dan {self.bounds.kolommen} kolommen. Haal de kolommen rechts van de tabel weg, ook als ze leeg zijn."
            )
        if self.row > self.bounds.rijen:
            raise Fout(
                f"{self.name} heeft te veel regels. Meer dan {self.bounds.rijen} kan niet. Haal regels onder de tabel weg, ook als ze leeg zijn."
            )

    def _too_many(self) -> NoReturn:
        raise Fout(
            f"{self.name} heeft meer dan {self.bounds.cellen} cellen. Bewaar alleen het blad dat u wilt inlezen."
        )


def _number(text: str | None, default: int) -> int:
    """A row number as a spreadsheet writes it."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else default


def _column(place: str | None, default: int) -> int:
    """The column of a place such as AB12, from 1."""
    letters = (place or "").rstrip("0123456789").upper()
    if not (letters.isascii() and letters.isalpha()):
        return default
    number = 0
    for letter in letters[:8]:
        number = number * 26 + ord(letter) - 64
    return number
