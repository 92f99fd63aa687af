"""A table with a row for each area: figures, boundaries or names, and of which year."""

from __future__ import annotations

import re
from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from wwz.base.codes import PATTERN as CODE_PATTERN
from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.paths import SQL
from wwz.knowledge import variables
from wwz.sources.areas import areas_of
from wwz.sources.bykind import variables_by_kind
from wwz.sources.candidate import Candidate, codes_of
from wwz.sources.cells import figures
from wwz.sources.reading import Reading, Report, Table, clean
from wwz.sources.tablekind import TableKind
from wwz.sources.years import YearFound, row_years, year_from_name, year_from_total
from wwz.workbench import Workbench

OUTSIDE = re.compile(r"^(BU|WK|GM)(0998|0999)")
CELLS = SQL / "sources" / "cellen.sql"


def read_areas(candidate: Candidate, report: Report) -> Reading:
    """Read what is told of each area.

    Raises
    ------
    Fout
        When no row or no column can be used, or the year cannot be found.
    """
    table, code, mapping = candidate.table, candidate.code, candidate.variables
    if code is None:
        raise Fout("Er is geen kolom met codes van buurten, wijken of gemeenten.")
    frame = _valid_rows(table.bestand, table.frame, code, report)
    reading = Reading(table.bestand, table.onderdeel, "cijfers", rijen=len(frame))
    mapping = _find_years(reading, table, frame, code, mapping, candidate.years, report)
    reading.gebieden = areas_of(table.bestand, frame, code, report)
    reading.cijfers = list(figures(table.bestand, frame, code, mapping, report))
    _add_years_of_kinds(reading)
    if reading.gebieden["geometry"].notna().any():
        reading.soort = "grenzen"
    elif not reading.cijfers:
        if reading.gebieden["naam"].isna().all():
            raise Fout(
                "Er staan wel gebieden in, maar geen kolommen met bekende cijfers, namen of grenzen. Dit bestand wordt niet gebruikt."
            )
        reading.soort = "namen"
    return reading


def load_figures(bench: Workbench, number: int, reading: Reading) -> None:
    """Put the figures of a reading, and the areas it names, in the new database."""
    for frame in reading.cijfers:
        bench.offer("lezing", frame)
        bench.run(CELLS, bestand=number)
    if reading.gebieden is not None:
        shapes = gpd.GeoSeries(reading.gebieden["geometry"])
        areas = reading.gebieden.drop(columns="geometry").assign(
            bestand=number, indeling=reading.indeling, grens=shapes.to_wkb().where(shapes.notna(), None)
        )
        bench.append("gebied_lezing", areas)


def _names_areas(candidate: Candidate) -> bool:
    return candidate.code is not None


def _valid_rows(name: str, frame: pd.DataFrame, code: str, report: Report) -> pd.DataFrame:
    frame = frame.assign(**{code: codes_of(frame[code])}).reset_index(drop=True)
    valid = frame[code].str.fullmatch(CODE_PATTERN).fillna(False)
    if (~valid).any():
        example = clean(frame.loc[~valid, code].iloc[0], 40)
        report.reject(
            name,
            counted(
                "{n} [rij heeft|rijen hebben] geen geldige gebiedscode (bijvoorbeeld {example!r}).",
                int((~valid).sum()),
                example=example,
            ),
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
    given: Mapping[str, int],
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


def _add_years_of_kinds(reading: Reading) -> None:
    """What is no column but a kind in the table is of the same year as the table."""
    found = {name for frame in reading.cijfers for name in frame.columns if name in variables_by_kind()}
    for name in sorted(found):
        reading.jaren.setdefault(variables()[name].familie, max(reading.jaren.values()))


def _family(variable: str, mapping: dict[str, str]) -> str:
    """Family of a variable; distances inside a Kerncijfers table belong to that table."""
    base = variables().get(variable) or variables()[variable.rsplit("_", 1)[0]]
    return "kwb" if base.familie == "nabijheid" and "inwoners" in mapping.values() else base.familie


KIND = TableKind(
    {"cijfers": "cijfers", "grenzen": "grenzen", "namen": "namen van gebieden"},
    _names_areas,
    read_areas,
    load_figures,
)
