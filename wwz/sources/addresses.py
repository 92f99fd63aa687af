"""Addresses: a place in RD metres, the buurt it lies in, how many people live there, and its postcode and house number."""

from __future__ import annotations

import pandas as pd

from wwz.base.codes import is_buurt
from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.rd import to_rd
from wwz.sources.bag import number_in, pand_of, year_of
from wwz.sources.candidate import Candidate
from wwz.sources.columns import first_column
from wwz.sources.coordinates import RD_EAST, RD_NORTH, RD_SOUTH, RD_WEST, address_of, in_nl, numbers, places
from wwz.sources.homes import homes, tells_use
from wwz.sources.reading import Reading, Report, Table
from wwz.sources.tablekind import TableKind, into
from wwz.workbench import Workbench

PEOPLE = ("inwoners", "aantalinwoners", "personen")
OLD = ("inwoners65plus", "aantalinwoners65jaarenouder", "vanaf65", "personen65plus")
# What only a file with addresses has: the postcode with the house number, for every row.
MOSTLY = 0.5


def are_addresses(table: Table) -> bool:
    """Whether a table without a kind of voorziening is a list of addresses: nearly every row has a place, and a postcode
    and house number or a gebruiksdoel."""
    where = places(table, Report())
    if where is None:
        return False
    whole = where["lat"].notna()
    if not tells_use(table.frame):
        whole &= where["postcode"].notna() & where["huisnummer"].notna()
    return bool(whole.mean() > MOSTLY)


def read_addresses(table: Table, code: str | None, report: Report) -> Reading:
    """Read a table of addresses.

    Parameters
    ----------
    table
        With a place in any form that `places` reads.
    code
        Name of the column with the code of the buurt; None when each address goes to the buurt it lies in.

    Raises
    ------
    Fout
        When no address can be used.
    """
    frame = table.frame
    names = [c for c in frame.columns if c != "geometry"]
    metres, where, kind = _metres(table, report), address_of(frame), homes(table, report)
    addresses = pd.DataFrame(
        {
            "buurt": frame[code].astype("string").str.strip().str.upper() if code else pd.NA,
            "inwoners": _people(frame, first_column(names, PEOPLE)),
            "vanaf_65": _people(frame, first_column(names, OLD)),
            "postcode": where["postcode"],
            "huisnummer": where["huisnummer"],
            "woning": kind["woning"],
            "object": kind["object"],
            "pand": pand_of(frame),
            "oppervlakte": number_in(frame, "oppervlakte"),
        },
        index=frame.index,
    ).astype({"buurt": "string", "inwoners": "Float64", "vanaf_65": "Float64"})
    usable = metres["x"].notna() & ~(addresses["inwoners"] < 0).fillna(False)
    if code:
        usable &= addresses["buurt"].isin([c for c in addresses["buurt"].dropna().unique() if is_buurt(c)])
    lost = int((kind["bestaat"] & ~usable).sum())
    if lost:
        report.reject(
            table.bestand,
            counted(
                "{n} [adres ligt niet in Nederland of heeft|adressen liggen niet in Nederland of hebben] geen geldige buurt; [het is|ze zijn] niet gebruikt.",
                lost,
            ),
            lost,
        )
    if not (usable & kind["bestaat"]).any():
        raise Fout(
            "Geen enkel adres is te gebruiken. Zet x en y in RD-meters, en de code van de buurt erbij."
        )
    kept = addresses.join(metres)[usable & kind["bestaat"]]
    reading = Reading(table.bestand, table.onderdeel, "adressen", inhoud=kept, rijen=len(kept))
    if kept["pand"].notna().any():
        reading.jaren = {"bag": year_of(table)}
    return reading


def _metres(table: Table, report: Report) -> pd.DataFrame:
    """Columns x and y in RD metres, as the file has them or from the degrees; missing outside the Netherlands."""
    frame = table.frame
    given = [first_column([c for c in frame.columns if c != "geometry"], (axis,)) for axis in ("x", "y")]
    if all(given):
        metres = pd.DataFrame({axis: numbers(frame[name]) for axis, name in zip("xy", given, strict=True)})
        inside = metres["x"].between(RD_WEST, RD_EAST) & metres["y"].between(RD_SOUTH, RD_NORTH)
        if inside.mean() > MOSTLY:
            return metres.where(inside)
    where = places(table, report)
    metres = pd.DataFrame({"x": float("nan"), "y": float("nan")}, index=frame.index)
    inside = in_nl(where["lat"], where["lon"]) if where is not None else pd.Series(False, index=frame.index)
    if inside.any():
        metres.loc[inside, ["x", "y"]] = to_rd(where.loc[inside, "lat"], where.loc[inside, "lon"])
    return metres


def _people(frame: pd.DataFrame, column: str | None) -> pd.Series:
    if column is None:
        return pd.Series(pd.NA, index=frame.index, dtype="Float64")
    return pd.to_numeric(frame[column], errors="coerce").astype("Float64")


def _placed(frame: pd.DataFrame) -> bool:
    """Whether every row is a place in RD-metres: an address, with the buurt it lies in."""
    places = [first_column(list(frame.columns), (axis,)) for axis in ("x", "y")]
    return all(
        place is not None and pd.to_numeric(frame[place], errors="coerce").notna().mean() > MOSTLY
        for place in places
    )


def _test(candidate: Candidate) -> bool:
    if candidate.is_of_voorzieningen:
        return False
    if candidate.code is None:
        return are_addresses(candidate.table)
    return _placed(candidate.frame) or tells_use(candidate.frame)


def _read(candidate: Candidate, report: Report) -> Reading:
    return read_addresses(candidate.table, candidate.code, report)


def _load(bench: Workbench, number: int, reading: Reading) -> None:
    into("adres")(bench, number, reading)
    if "bag" in reading.jaren and reading.inhoud is not None:
        rows = reading.inhoud[reading.inhoud["pand"].notna()]
        bench.append("adres_pand", rows.assign(jaar=reading.jaren["bag"]))


KIND = TableKind({"adressen": "adressen"}, _test, _read, _load)
