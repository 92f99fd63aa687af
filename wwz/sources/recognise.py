"""Raw table → reading: what is it, of which areas, of which year. By content, not by name."""

from __future__ import annotations

import re

import pandas as pd

from wwz.base.codes import PATTERN as CODE_PATTERN
from wwz.base.errors import Fout
from wwz.knowledge import variables
from wwz.sources import columns as col
from wwz.sources.addresses import are_addresses, read_addresses
from wwz.sources.areas import areas_of
from wwz.sources.cells import figures
from wwz.sources.crosswise import explain, upright
from wwz.sources.facilities import read_points
from wwz.sources.homes import tells_use
from wwz.sources.kinds import kinds
from wwz.sources.postcodes import are_postcodes, read_postcodes
from wwz.sources.reading import Reading, Report, Table, clean
from wwz.sources.routes import are_crossings, is_network, read_routes
from wwz.sources.squares import is_grid, read_grid
from wwz.sources.years import YearFound, row_years, year_from_name, year_from_total

OUTSIDE = re.compile(r"^(BU|WK|GM)(0998|0999)")


def recognise(table: Table, years: dict[str, int], report: Report) -> Reading | None:
    """Turn one raw table into a reading.

    Parameters
    ----------
    table
        As it came from the file.
    years
        File name → year as the user gave it.
    report
        Takes rejected rows.

    Returns
    -------
    Reading or None
        None when the table is only metadata, which needs no remark.

    Raises
    ------
    Fout
        When the table as a whole cannot be used.
    """
    frame = table.frame
    if frame.empty:
        raise Fout("Er staan geen rijen in.")
    if are_postcodes(table):
        return read_postcodes(table, report)
    code = _code_column(frame)
    if code is None and (turned := upright(table)) is not table:
        table, frame = turned, turned.frame
        code = _code_column(frame)
    if is_grid(table):
        return read_grid(table, report)
    if code is None and is_network(table):
        return read_routes(table, report)
    if code is None:
        if are_crossings(table):
            return None
        if kinds(table).isna().all() and are_addresses(table):
            return read_addresses(table, None, report)
        points = read_points(table, report)
        if points is not None:
            return points
        if {"Identifier", "odata_type", "Key"} & set(frame.columns):
            return None
        raise Fout(
            explain(frame)
            or "Er is geen kolom met codes van buurten, wijken of gemeenten, en er zijn geen punten. Dit bestand wordt niet gebruikt."
        )
    if (_are_addresses(frame) or tells_use(frame)) and kinds(table).isna().all():
        return read_addresses(table, code, report)
    _check_layout(frame, code)
    mapping = col.map_columns([c for c in frame.columns if c not in (code, *col.NOT_A_COLUMN)])
    # A list of places may say in which buurt each of them is.
    if not mapping and (points := read_points(table, report)) is not None:
        return points
    frame = _valid_rows(table.bestand, frame, code, report)
    reading = Reading(table.bestand, table.onderdeel, "cijfers", rijen=len(frame))
    mapping = _find_years(reading, table, frame, code, mapping, years, report)
    reading.gebieden = areas_of(table.bestand, frame, code, report)
    reading.cijfers = list(figures(table.bestand, frame, code, mapping, report))
    if reading.gebieden["geometry"].notna().any():
        reading.soort = "grenzen"
    elif not reading.cijfers:
        if reading.gebieden["naam"].isna().all():
            raise Fout(
                "Er staan wel gebieden in, maar geen kolommen met bekende cijfers, namen of grenzen. Dit bestand wordt niet gebruikt."
            )
        reading.soort = "namen"
    return reading


def _are_addresses(frame: pd.DataFrame) -> bool:
    """Whether every row is a place in RD-metres: an address, with the buurt it lies in."""
    places = [col.first_column(list(frame.columns), (axis,)) for axis in ("x", "y")]
    return all(
        place is not None and pd.to_numeric(frame[place], errors="coerce").notna().mean() > 0.5
        for place in places
    )


def _code_column(frame: pd.DataFrame) -> str | None:
    """The column that names the areas: mostly valid codes, and of those the one with most different codes.

    A buurt table also names its gemeente in every row, so the finest code wins; a known name wins a tie.
    """
    names = [c for c in frame.columns if c not in col.NOT_A_COLUMN]
    known = [c for n in col.CODE_NAMES if (c := col.first_column(names, (n,)))]
    best, most = None, 0
    for column in dict.fromkeys([*known, *names]):
        values = frame[column]
        if not (
            pd.api.types.is_string_dtype(values)
            or values.dtype == object
            or isinstance(values.dtype, pd.CategoricalDtype)
        ):
            continue
        codes = _codes(values)
        valid = codes.str.fullmatch(CODE_PATTERN).fillna(False)
        if valid.mean() > 0.5 and codes[valid].nunique() > most:
            best, most = column, codes[valid].nunique()
    return best


def _codes(values: pd.Series) -> pd.Series:
    return values.astype("string").str.strip().str.upper()


def _check_layout(frame: pd.DataFrame, code: str) -> None:
    """Refuse a table whose columns are in another place than their names say."""
    if col.variable_of(code) is not None:
        raise Fout(
            f"De codes van de gebieden staan in de kolom {clean(code, 60)}. De kolommen zijn verwisseld; dit bestand is niet gebruikt."
        )
    stems = {col.stem(c) for c in frame.columns}
    if {"measure", "value"} <= stems:
        raise Fout(
            "Dit is de lange vorm van OData v4 (Measure en Value). Haal de tabel op als TypedDataSet of als csv."
        )


def _valid_rows(name: str, frame: pd.DataFrame, code: str, report: Report) -> pd.DataFrame:
    frame = frame.assign(**{code: _codes(frame[code])}).reset_index(drop=True)
    valid = frame[code].str.fullmatch(CODE_PATTERN).fillna(False)
    if (~valid).any():
        example = clean(frame.loc[~valid, code].iloc[0], 40)
        report.reject(
            name,
            f"{int((~valid).sum())} rijen hebben geen geldige gebiedscode (bijvoorbeeld {example!r}).",
            int((~valid).sum()),
        )
    abroad = valid & frame[code].str.match(OUTSIDE).fillna(False)
    if abroad.any():
        report.info(name, "Gebieden buiten Nederland (code 0998 en 0999) zijn weggelaten.", int(abroad.sum()))
    frame = frame[valid & ~abroad]
    if frame.empty:
        raise Fout("Geen enkele rij heeft een geldige gebiedscode. Staan de kolommen op de goede plaats?")
    return frame


def _find_years(
    reading: Reading,
    table: Table,
    frame: pd.DataFrame,
    code: str,
    mapping: dict[str, str],
    given: dict[str, int],
    report: Report,
) -> dict[str, str]:
    """Find the year of every family in the table; return the columns whose year is known."""
    families = {_family(v, mapping) for v in mapping.values()} or {"grenzen"}
    per_row = row_years(frame).dropna()
    inwoners = next((frame[c] for c, v in mapping.items() if v == "inwoners"), None)
    total = year_from_total(frame[code], inwoners) if per_row.empty else None
    given_year = {clean(file): year for file, year in given.items()}.get(table.bestand)
    for family in sorted(families):
        if given_year is not None:
            found = YearFound(given_year, "config.toml")
        elif not per_row.empty:
            found = YearFound(int(per_row.max()), "een kolom in het bestand")
        else:
            found = (total if family != "gezondheid" else None) or year_from_name(
                family, table.onderdeel, table.bestand
            )
        if found:
            reading.jaren[family] = found.jaar
            reading.jaar_uit = found.uit
    missing = families - reading.jaren.keys()
    words = f'Zet het in config.toml onder [invoer.jaren], bijvoorbeeld "{table.bestand}" = 2023.'
    if missing == families:
        raise Fout(f"Het jaar van de cijfers is niet te vinden. {words}")
    if missing:
        report.reject(
            table.bestand,
            f"Het jaar van de cijfers over {' en '.join(sorted(missing))} is niet te vinden; die zijn niet gebruikt. {words}",
        )
    reading.indeling = reading.jaren.get("kwb") or reading.jaren.get("grenzen") or max(reading.jaren.values())
    return {c: v for c, v in mapping.items() if _family(v, mapping) not in missing}


def _family(variable: str, mapping: dict[str, str]) -> str:
    """Family of a variable; distances inside a Kerncijfers table belong to that table."""
    base = variables().get(variable) or variables()[variable.rsplit("_", 1)[0]]
    return "kwb" if base.familie == "nabijheid" and "inwoners" in mapping.values() else base.familie
