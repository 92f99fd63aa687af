"""Raw table → reading: what is it, of which areas, of which year. By content, not by name."""

from __future__ import annotations

import re

import geopandas as gpd
import pandas as pd

from wwz.codes import PATTERN as CODE_PATTERN
from wwz.errors import Fout
from wwz.knowledge import variables
from wwz.sources import columns as col
from wwz.sources.points import read_points
from wwz.sources.reading import Reading, Report, Table
from wwz.sources.years import YearFound, row_years, year_from_name, year_from_total


RD = "EPSG:28992"
AGES = {"20300": "18", "80200": "65"}
MARGINS = {"MW00000": "waarde", "MOG0095": "onder", "MBG0095": "boven"}
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
    code = _code_column(frame)
    if code is None:
        points = read_points(table, report)
        if points is not None:
            return points
        if "Identifier" in frame.columns or "odata_type" in frame.columns or "Key" in frame.columns:
            return None
        raise Fout("Er is geen kolom met codes van buurten, wijken of gemeenten, en er zijn geen punten. Dit bestand wordt niet gebruikt.")
    frame = _valid_rows(table.bestand, frame, code, report)
    reading = Reading(table.bestand, table.onderdeel, "cijfers", rijen=len(frame))
    mapping = col.map_columns([c for c in frame.columns if c not in (code, "geometry")])
    _find_years(reading, table, frame, code, mapping, years)
    reading.gebieden = _areas(frame, code)
    reading.cijfers = list(_figures(table.bestand, frame, code, mapping, report))
    if reading.gebieden["geometry"].notna().any():
        reading.soort = "grenzen"
        _check_geometry(reading, report)
    elif not reading.cijfers:
        reading.soort = "namen"
    return reading


def _code_column(frame: pd.DataFrame) -> str | None:
    """The column that names the areas: mostly valid codes, and of those the one with most different codes.

    A buurt table also names its gemeente in every row, so the finest code wins; a known name wins a tie.
    """
    names = [c for c in frame.columns if c != "geometry"]
    known = [c for n in col.CODE_NAMES if (c := col.first_column(names, (n,)))]
    best, most = None, 0
    for column in dict.fromkeys([*known, *names]):
        values = frame[column]
        if not (pd.api.types.is_string_dtype(values) or values.dtype == object):
            continue
        stripped = values.astype("string").str.strip()
        valid = stripped.str.fullmatch(CODE_PATTERN).fillna(False)
        if valid.mean() > 0.5 and stripped[valid].nunique() > most:
            best, most = column, stripped[valid].nunique()
    return best


def _valid_rows(name: str, frame: pd.DataFrame, code: str, report: Report) -> pd.DataFrame:
    frame = frame.assign(**{code: frame[code].astype("string").str.strip()})
    valid = frame[code].str.fullmatch(CODE_PATTERN).fillna(False)
    if (~valid).any():
        example = str(frame.loc[~valid, code].iloc[0])[:40]
        report.reject(name, f"{int((~valid).sum())} rijen hebben geen geldige gebiedscode (bijvoorbeeld {example!r}).", int((~valid).sum()))
    abroad = valid & frame[code].str.match(OUTSIDE).fillna(False)
    if abroad.any():
        report.info(name, "Gebieden buiten Nederland (code 0998 en 0999) zijn weggelaten.", int(abroad.sum()))
    frame = frame[valid & ~abroad]
    if frame.empty:
        raise Fout("Geen enkele rij heeft een geldige gebiedscode. Staan de kolommen op de goede plaats?")
    return frame


def _find_years(reading: Reading, table: Table, frame: pd.DataFrame, code: str, mapping: dict[str, str],
                given: dict[str, int]) -> None:
    families = {_family(v, mapping) for v in mapping.values()} or {"grenzen"}
    per_row = row_years(frame).dropna()
    inwoners = next((frame[c] for c, v in mapping.items() if v == "inwoners"), None)
    total = year_from_total(frame[code], inwoners) if per_row.empty else None
    for family in sorted(families):
        if table.bestand in given:
            found = YearFound(given[table.bestand], "config.toml")
        elif not per_row.empty:
            found = YearFound(int(per_row.max()), "een kolom in het bestand")
        else:
            found = (total if family != "gezondheid" else None) or year_from_name(family, table.onderdeel, table.bestand)
        if found:
            reading.jaren[family] = found.jaar
            reading.jaar_uit = found.uit
    missing = families - reading.jaren.keys()
    if missing:
        raise Fout("Het jaar van de cijfers is niet te vinden. Zet het in config.toml onder [invoer.jaren], "
                   f"bijvoorbeeld \"{table.bestand}\" = 2023.")
    reading.indeling = reading.jaren.get("kwb") or reading.jaren.get("grenzen") or max(reading.jaren.values())


def _family(variable: str, mapping: dict[str, str]) -> str:
    """Family of a variable; distances inside a Kerncijfers table belong to that table."""
    base = variables().get(variable) or variables()[variable.rsplit("_", 1)[0]]
    return "kwb" if base.familie == "nabijheid" and "inwoners" in mapping.values() else base.familie


def _areas(frame: pd.DataFrame, code: str) -> pd.DataFrame:
    names = [c for c in frame.columns if c != "geometry"]
    gemeente = col.first_column(names, col.GEMEENTE_NAMES)
    naam = col.first_column([c for c in names if c != gemeente], col.NAME_NAMES)
    if naam is None and code != col.first_column(names, ("wijkenenbuurten",)):
        naam = col.first_column(names, ("wijkenenbuurten", "regio"))
    areas = pd.DataFrame({"code": frame[code].to_numpy()})
    for target, source in (("naam", naam), ("gemeentenaam", gemeente),
                           ("wijziging", col.first_column(names, col.CHANGE_NAMES)),
                           ("water", col.first_column(names, col.WATER_NAMES))):
        text = frame[source].astype("string").str.strip() if source else pd.Series(pd.NA, index=frame.index, dtype="string")
        areas[target] = text.where(text != "").to_numpy()
    # A table without a name column of its own names its gemeenten by the gemeente column.
    is_gemeente = areas["code"].str.startswith("GM") & areas["naam"].isna()
    areas.loc[is_gemeente, "naam"] = areas.loc[is_gemeente, "gemeentenaam"]
    areas["geometry"] = _geometry(frame)
    return areas.drop_duplicates("code")


def _geometry(frame: pd.DataFrame):
    if not isinstance(frame, gpd.GeoDataFrame) or frame.geometry.isna().all():
        return None
    shapes = frame.geometry
    if shapes.crs is None:
        in_degrees = abs(shapes.total_bounds).max() < 360
        shapes = shapes.set_crs("EPSG:4326" if in_degrees else RD)
    return shapes.to_crs(RD).to_numpy()


def _check_geometry(reading: Reading, report: Report) -> None:
    """Keep polygons only; lines and points are no area."""
    areas = reading.gebieden
    shapes = gpd.GeoSeries(areas["geometry"])
    wrong = shapes.notna() & ~shapes.geom_type.isin(["Polygon", "MultiPolygon"])
    if wrong.any():
        codes = ", ".join(areas.loc[wrong.to_numpy(), "code"].head(3))
        report.reject(reading.bestand, f"{int(wrong.sum())} gebieden hebben een lijn of punt als grens ({codes}); hun cijfers tellen wel mee.", int(wrong.sum()))
    fixed = shapes.where(~wrong, None).make_valid()
    areas["geometry"] = fixed.to_numpy()


def _figures(name: str, frame: pd.DataFrame, code: str, mapping: dict[str, str], report: Report):
    """One frame per age group, with columns gebied, rij_jaar, maat and the variables."""
    if not mapping:
        return
    names = list(frame.columns)
    age, margin = col.first_column(names, col.AGE_NAMES), col.first_column(names, col.MARGIN_NAMES)
    base = pd.DataFrame(frame).rename(columns=mapping)[list(mapping.values())].copy()
    base.insert(0, "gebied", frame[code])
    base.insert(1, "rij_jaar", row_years(frame))
    base.insert(2, "maat", frame[margin].astype("string").str.strip().map(MARGINS) if margin else "waarde")
    if margin and base["maat"].isna().any():
        report.reject(name, "Rijen met een onbekende code voor de marge zijn weggelaten.", int(base["maat"].isna().sum()))
    base = base[base["maat"].notna()]
    groups = frame.loc[base.index, age].astype("string").str.strip() if age else None
    for selected, suffix in _age_groups(base, groups, name, report):
        part = base[selected] if selected is not None else base
        part = part.rename(columns={v: f"{v}_{suffix}" for v in mapping.values()} if suffix else {})
        repeated = part.duplicated(["gebied", "rij_jaar", "maat"])
        if repeated.any():
            report.reject(name, f"{int(repeated.sum())} rijen komen dubbel voor; alleen de eerste telt.", int(repeated.sum()))
        yield part[~repeated]


def _age_groups(base: pd.DataFrame, groups: pd.Series | None, name: str, report: Report):
    if groups is None:
        yield None, ""
        return
    unknown = ~groups.isin(AGES)
    if unknown.any():
        report.info(name, "Leeftijdsgroepen anders dan 18+ en 65+ zijn weggelaten.", int(unknown.sum()))
    for key, suffix in AGES.items():
        if (groups == key).any():
            yield groups == key, suffix
