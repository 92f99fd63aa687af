"""Reading knowledge files into records. Mistakes are collected, never raised one by one.

A mistake is one plain Dutch sentence that names the file, the row and what is wrong.
"""

from __future__ import annotations

import csv
import re
import tomllib
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

Record = TypeVar("Record")


class Lezer:
    """Reads the files of one folder and keeps every mistake it meets in ``fouten``.

    ``gebroken`` holds the codes of rows left out, ``onleesbaar`` the files that could not be read at all:
    rules between files need them to keep quiet about what only follows from another mistake.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fouten: list[str] = []
        self.gebroken: set[str] = set()
        self.onleesbaar: set[str] = set()

    def fout(self, bestand: str, rij: str, wat: str) -> None:
        """Note one mistake: file, row, what is wrong."""
        self.fouten.append(f"{bestand}, {rij}: {wat}." if rij else f"{bestand}: {wat}.")

    def toml(self, bestand: str) -> dict[str, Any]:
        """The contents of a TOML file; empty after a mistake."""
        tekst = self._tekst(bestand)
        try:
            return tomllib.loads(tekst)
        except tomllib.TOMLDecodeError as error:
            plek = re.search(r"line (\d+)", str(error))
            self.onleesbaar.add(bestand)
            self.fout(bestand, f"regel {plek[1]}" if plek else "", "hier klopt de schrijfwijze (TOML) niet")
            return {}

    def csv(self, bestand: str) -> list[tuple[str, dict[str, Any]]]:
        """Rows of a CSV file as (row label, values); empty after a mistake."""
        lezer = csv.DictReader(self._tekst(bestand).splitlines(), strict=True)
        try:
            return [(f"regel {lezer.line_num}", self._zonder_rest(bestand, lezer.line_num, r)) for r in lezer]
        except csv.Error:
            self.onleesbaar.add(bestand)
            self.fout(bestand, f"regel {lezer.line_num}", "hier klopt de schrijfwijze (CSV) niet")
            return []

    def records(self, soort: type[Record], bestand: str, rijen: Iterable[tuple[str, Any]]) -> list[Record]:
        """Build records; a row with a mistake is noted and left out."""
        gemaakt = (self.record(soort, bestand, rij, waarden) for rij, waarden in rijen)
        return [r for r in gemaakt if r is not None]

    def record(self, soort: type[Record], bestand: str, rij: str, waarden: Any) -> Record | None:
        """One record, or None when the row has a mistake."""
        if not isinstance(waarden, Mapping):
            self.fout(bestand, rij, "dit is geen rij met velden")
            return None
        eerder, typen, klaar = len(self.fouten), _typen(soort), {}
        for naam in waarden.keys() - typen.keys():
            self.fout(bestand, rij, f"het veld '{naam}' is onbekend")
        for veld in fields(soort):  # type: ignore[arg-type]
            ruw = waarden.get(veld.name)
            if ruw is None or ruw == "":
                if veld.default is MISSING:
                    self.fout(bestand, rij, f"het veld '{veld.name}' ontbreekt of is leeg")
                continue
            try:
                klaar[veld.name] = _omzetten(ruw, typen[veld.name])
            except (TypeError, ValueError):
                self.fout(bestand, rij, f"'{ruw}' past niet in het veld '{veld.name}'")
        if len(self.fouten) == eerder:
            return soort(**klaar)
        self.gebroken.add(_sleutel(waarden))
        return None

    def per_code(self, bestand: str, records: Iterable[Any], sleutel: str = "code") -> Mapping[str, Any]:
        """Records by code; a code used twice is a mistake."""
        gevonden: dict[str, Any] = {}
        for record in records:
            code = getattr(record, sleutel)
            if code in gevonden:
                self.fout(bestand, f"'{code}'", "deze code staat er twee keer in")
            gevonden[code] = record
        return types.MappingProxyType(gevonden)

    def _tekst(self, bestand: str) -> str:
        try:
            return (self.folder / bestand).read_text(encoding="utf-8")
        except FileNotFoundError:
            self.fout(bestand, "", "dit bestand ontbreekt")
        except UnicodeDecodeError:
            self.fout(bestand, "", "dit bestand is niet opgeslagen als UTF-8")
        self.onleesbaar.add(bestand)
        return ""

    def _zonder_rest(self, bestand: str, regel: int, rij: dict[Any, Any]) -> dict[str, Any]:
        if None in rij:
            self.fout(bestand, f"regel {regel}", "er staan te veel velden op deze regel")
            del rij[None]
        return rij


def tabellen(inhoud: Mapping[str, Any], naam: str) -> list[tuple[str, Any]]:
    """The rows ``[[naam]]`` of a TOML file as (row label, values)."""
    rijen = inhoud.get(naam, [])
    if not isinstance(rijen, list):
        return [(naam, None)]
    return [(_label(naam, nummer, rij), rij) for nummer, rij in enumerate(rijen, start=1)]


def _label(naam: str, nummer: int, rij: Any) -> str:
    code = rij.get("code") or rij.get("zzp") if isinstance(rij, Mapping) else None
    return f"{naam} '{code}'" if code else f"{naam} nummer {nummer}"


def _sleutel(waarden: Mapping[str, Any]) -> str:
    """What other rows would call this row: its code, or the three codes of an eis."""
    delen = (waarden.get(naam) for naam in ("doelgroep", "mantelzorg", "randvoorwaarde"))
    return str(waarden.get("code") or " / ".join(str(deel) for deel in delen))


@cache
def _typen(soort: type) -> dict[str, Any]:
    return typing.get_type_hints(soort)


def _omzetten(ruw: Any, soort: Any) -> Any:
    """``ruw`` as the declared type; raises ValueError or TypeError when it does not fit."""
    if typing.get_origin(soort) is types.UnionType:
        soort = next(deel for deel in typing.get_args(soort) if deel is not type(None))
    if typing.get_origin(soort) is tuple:
        element = typing.get_args(soort)[0]
        if not isinstance(ruw, list | tuple) or not all(isinstance(r, element) and r != "" for r in ruw):
            raise TypeError
        return tuple(ruw)
    if typing.get_origin(soort) is not None:
        return ruw
    if soort in (int, float) and not isinstance(ruw, bool):
        getal = float(ruw)
        if getal != getal or abs(getal) == float("inf") or (soort is int and getal != int(getal)):
            raise ValueError
        return soort(getal)
    if soort in (str, bool, date) and isinstance(ruw, soort):
        return ruw.strip() if soort is str else ruw
    raise TypeError
