"""The table of CBS that tells in which buurt a postcode lies: PC6, huisnummer, and the codes of buurt, wijk and gemeente."""

from __future__ import annotations

import re

import pandas as pd
import pyarrow as pa

from wwz.base.codes import PATTERN
from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.sources.candidate import Candidate
from wwz.sources.columns import NOT_A_COLUMN, stem
from wwz.sources.coordinates import NUMBER, POSTCODE, POSTCODE_SHAPE
from wwz.sources.kinds import named_kind
from wwz.sources.reading import Reading, Report, Table
from wwz.sources.tablekind import TableKind, into
from wwz.sources.years import year_from_name

# Buurt2025, buurtcode, BU_CODE, gwb_code: the code of an area, perhaps with the year of its division; or its name.
AREA = re.compile(r"(buurt|wijk|gemeente|bu|wk|gm|gem|gwb)(code|naam)?(?P<jaar>20\d\d)?(code|naam)?")
BUURT = re.compile(r"(buurt|bu|gwb)(code)?(?P<jaar>20\d\d)?(code)?")
BESIDES = ("huisletter", "huisnummertoevoeging", "toevoeging", "woonplaats", "plaats")
# How many rows stand behind one row of a table that was counted while reading.
COUNT = "adressen"
FULL_CODE = 8


def columns_of(names: list[str], file: str) -> tuple[str, str] | None:
    """The columns with postcode and buurt, when a table has those and nothing but what goes with them; else None.

    A file that is called after a kind of voorziening is a list of those, by postcode.
    """
    if named_kind(file):
        return None
    stems = {str(n): stem(str(n)) for n in names if n not in NOT_A_COLUMN}
    postcode = [n for n, s in stems.items() if s in POSTCODE]
    buurt = [n for n, s in stems.items() if BUURT.fullmatch(s)]
    known = [s for s in stems.values() if s in (*POSTCODE, *NUMBER, *BESIDES, COUNT) or AREA.fullmatch(s)]
    return (postcode[0], buurt[0]) if postcode and buurt and len(known) == len(stems) else None


def per_buurt(batch: pa.Table, link: tuple[str, str]) -> pa.Table:
    """One row for each postcode and buurt with how many there were: the country has nine million house numbers."""
    counts = batch.group_by(list(link)).aggregate([([], "count_all")])
    return counts.rename_columns([*link, COUNT])


def are_postcodes(table: Table) -> bool:
    """Whether a table tells the buurt of postcodes: mostly postcodes and codes."""
    link = columns_of(list(table.frame.columns), table.bestand)
    if link is None:
        return False
    postcode, buurt = (
        _codes(table.frame[name], which) for name, which in zip(link, (_postcode, _buurt), strict=True)
    )
    return bool((postcode.notna() & buurt.notna()).mean() > 0.5)


def read_postcodes(table: Table, report: Report) -> Reading:
    """Read postcodes with their buurt; the year of the division is in the name of the column or of the file.

    Raises
    ------
    Fout
        When no row can be used.
    """
    frame = table.frame
    link = columns_of(list(frame.columns), table.bestand)
    if link is None:
        raise Fout("Er zijn geen kolommen met een postcode en de code van een buurt.")
    number = pd.to_numeric(frame[COUNT], errors="coerce").fillna(1) if COUNT in frame else 1
    rows = pd.DataFrame(
        {
            "postcode": _codes(frame[link[0]], _postcode),
            "buurt": _codes(frame[link[1]], _buurt),
            COUNT: number,
        }
    )
    wrong = rows["postcode"].isna() | rows["buurt"].isna()
    if wrong.any():
        lost = int(rows.loc[wrong, COUNT].sum())
        report.reject(
            table.bestand,
            counted(
                "{n} [rij heeft|rijen hebben] geen geldige postcode of code van een buurt; [ze is|ze zijn] niet gebruikt.",
                lost,
            ),
            lost,
        )
    kept = rows[~wrong].groupby(["postcode", "buurt"], as_index=False)[COUNT].sum()
    kept["jaar"] = _year(link[1], table)
    return Reading(table.bestand, table.onderdeel, "koppeling", inhoud=kept, rijen=int(rows[COUNT].sum()))


def _year(column: str, table: Table) -> int | None:
    found = BUURT.fullmatch(stem(column))
    if found and found["jaar"]:
        return int(found["jaar"])
    # pc6hnr20250801: a day.
    day = re.search(r"(?<!\d)(20[0-4]\d)[01]\d[0-3]\d(?!\d)", table.bestand)
    named = year_from_name("grenzen", table.onderdeel, table.bestand)
    return int(day[1]) if day else named.jaar if named else None


def _codes(values: pd.Series, which) -> pd.Series:
    """Each distinct text read once: the same few thousand codes come back all the time."""
    text = values.astype("string")
    known = {value: which(value) for value in text.dropna().unique()}
    return text.map(known).astype("string")


def _postcode(text: str) -> str | None:
    found = re.fullmatch(POSTCODE_SHAPE.pattern, text)
    return f"{found[1]}{found[2].upper()}" if found else None


def _buurt(text: str) -> str | None:
    """BU05180101, 05180101, 5180101 or 5180101.0."""
    bare = text.strip().upper().removesuffix(".0").removeprefix("BU")
    code = f"BU{bare.zfill(FULL_CODE)}"
    return code if re.fullmatch(PATTERN, code) else None


def _test(candidate: Candidate) -> bool:
    # As it stands in the file: this table never lies on its side.
    return are_postcodes(candidate.raw)


def _read(candidate: Candidate, report: Report) -> Reading:
    return read_postcodes(candidate.raw, report)


KIND = TableKind({"koppeling": "postcodes met hun buurt"}, _test, _read, into("postcode_buurt"))
