"""Points of voorzieningen from all files → the points that count: found, in place, not twice, as the municipality has them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.paths import SQL
from wwz.base.rd import to_degrees, to_rd
from wwz.knowledge import load_toml
from wwz.own import points as ownpoints
from wwz.own.points import Change
from wwz.places import population
from wwz.sources.reading import Report
from wwz.workbench import Workbench

QUESTIONS = SQL / "distance"
MOST_NAMES = 3


def settle(bench: Workbench, areas: gpd.GeoDataFrame, changes: Sequence[Change], report: Report) -> None:
    """Fill the table `punt` from what was read and what the municipality changed; everything left out is reported."""
    rows, where = bench.read(QUESTIONS / "gelezen.sql"), bench.read(QUESTIONS / "postcodes.sql")
    rows = find_places(rows, where, report, bench.read(QUESTIONS / "postcode_buurten.sql"))
    rows = in_place(rows, areas, report)
    rows = without_doubles(rows, report)
    rows = with_ids(rows)
    bench.append("punt_bestand", rows)
    rows, lost = ownpoints.apply(rows.assign(herkomst="bestand"), changes)
    rows = _own_in_place(rows, areas, report)
    if lost:
        report.warn(
            ownpoints.FILE,
            counted(
                "{n} [eigen wijziging gaat over een punt dat niet meer in de bestanden staat|eigen wijzigingen gaan over punten die niet meer in de "
                "bestanden staan] ({namen}). Kijk [haar|ze] na bij Voorzieningen.",
                len(lost),
                namen=_names(pd.Series([c.naam for c in lost])),
            ),
            len(lost),
        )
    places = to_rd(rows["lat"], rows["lon"])
    bench.append("punt", rows.assign(x=places[:, 0], y=places[:, 1]))
    drawn = surfaces(rows)
    if len(drawn):
        bench.append("punt_vlak", drawn)
        bench.append("punt_rand", outlines(drawn))


def _own_in_place(rows: pd.DataFrame, areas: gpd.GeoDataFrame, report: Report) -> pd.DataFrame:
    """The same points without those that the municipality put in the sea, abroad, in water or too far away."""
    own = rows["herkomst"] == "eigen"
    good = in_place(rows[own].assign(bestand=ownpoints.FILE), areas, report)
    return rows[~own | rows.index.isin(good.index)].reset_index(drop=True)


def refuse_abroad(lat: float, lon: float) -> None:
    """Say so when a place is in the sea or abroad.

    Raises
    ------
    Fout
        With what to do.
    """
    if not shapely.contains_xy(country(), *to_rd([lat], [lon])[0]):
        raise Fout("Dit punt ligt in zee of in het buitenland. Kies een plek in Nederland.")


def surfaces(rows: pd.DataFrame) -> pd.DataFrame:
    """What was drawn as a surface and is still where the file has it: columns id and vlak (WKB, RD metres)."""
    drawn = rows[rows["rand"].notna() & (rows["herkomst"] == "bestand")] if "rand" in rows else rows.iloc[:0]
    return pd.DataFrame({"id": drawn["id"], "vlak": [bytes.fromhex(text) for text in drawn["rand"]]})


def outlines(drawn: pd.DataFrame) -> pd.DataFrame:
    """Places along the outline of surfaces (columns id and vlak): columns id, x and y."""
    shapes = shapely.from_wkb(drawn["vlak"].to_numpy(object))
    places, at = shapely.get_coordinates(shapes, return_index=True)
    return pd.DataFrame({"id": drawn["id"].to_numpy()[at], "x": places[:, 0], "y": places[:, 1]})


def find_places(
    rows: pd.DataFrame, postcodes: pd.DataFrame, report: Report, buurten: pd.DataFrame
) -> pd.DataFrame:
    """Rows with a place; those with only a postcode get the place of that address.

    Parameters
    ----------
    rows
        Columns soort, naam, lat, lon, postcode, huisnummer, bestand.
    postcodes
        Columns postcode, huisnummer (missing: the middle of the whole postcode), x, y in RD metres.
    buurten
        Columns postcode and naam (of the buurt it lies in). That is too coarse to measure from, but it can be told.
    """
    open_ = rows["lat"].isna() | rows["lon"].isna()
    if not open_.any():
        return rows
    known = {(p, h if isinstance(h, str) else ""): (x, y) for p, h, x, y in postcodes.itertuples(index=False)}
    found, rough = {}, set()
    for at, row in rows[open_].iterrows():
        number = row["huisnummer"] if isinstance(row["huisnummer"], str) else ""
        place = known.get((row["postcode"], number)) or known.get((row["postcode"], ""))
        if place:
            found[at] = place
            if (row["postcode"], number) not in known or not number:
                rough.add(at)
    if found:
        rows = rows.copy()
        rows.loc[list(found), ["lat", "lon"]] = to_degrees(np.array(list(found.values())))
    lost = rows["lat"].isna() | rows["lon"].isna()
    near = (
        rows["postcode"].map(buurten.set_index("postcode")["naam"])
        if len(buurten)
        else pd.Series(pd.NA, rows.index)
    )
    coarse = lost & near.notna()
    _tell(
        report.reject,
        rows.assign(naam=near)[coarse],
        "{n} [punt heeft|punten hebben] alleen een postcode. Daarvan is alleen de buurt bekend ({namen}), en dat is te grof om afstanden te meten. Zet een "
        "bestand met postcode, huisnummer, x en y in de map (uit de BAG), of geef lat en lon.",
    )
    _tell(
        report.reject,
        rows[lost & ~coarse],
        "{n} [punt heeft|punten hebben] alleen een postcode, en die staat in geen adressenbestand ({namen}). Zet een bestand met postcode, "
        "huisnummer, x en y in de map (uit de BAG), of geef lat en lon.",
    )
    _tell(
        report.warn,
        rows.loc[sorted(rough)],
        "{n} [punt staat|punten staan] op het midden van [de|hun] postcode ({namen}); het huisnummer is niet gevonden.",
    )
    return rows[~lost]


def in_place(rows: pd.DataFrame, areas: gpd.GeoDataFrame, report: Report) -> pd.DataFrame:
    """Rows on land in the Netherlands, in the area or close enough to matter; the others are reported.

    Parameters
    ----------
    rows
        Columns naam, lat, lon and bestand.
    areas
        Columns code, water and geometry (RD). Without areas only the outline of the country decides.
    """
    if rows.empty:
        return rows
    places = to_rd(rows["lat"], rows["lon"])
    land = population.inside(places, areas[~areas["water"]])
    water = ~pd.notna(land) & pd.notna(population.inside(places, areas[areas["water"]]))
    away = ~pd.notna(land) & ~water & ~shapely.contains_xy(country(), places[:, 0], places[:, 1])
    far = np.zeros(len(rows), dtype=bool)
    outside = ~pd.notna(land) & ~water & ~away
    limit = load_toml("afstand.toml")["punten"]["ver_m"]
    if len(areas) and outside.any():
        tree = shapely.STRtree(np.asarray(areas.geometry))
        near, _ = tree.query_nearest(shapely.points(places[outside]), max_distance=limit, all_matches=False)
        far[np.flatnonzero(outside)] = True
        far[np.flatnonzero(outside)[near]] = False
    else:
        outside[:] = False
    _tell(
        report.reject,
        rows[away],
        "{n} [punt ligt|punten liggen] in zee of in het buitenland ({namen}); [het telt|ze tellen] niet mee.",
    )
    _tell(
        report.reject,
        rows[water],
        "{n} [punt ligt|punten liggen] in het water ({namen}); [het telt|ze tellen] niet mee.",
    )
    _tell(
        report.reject,
        rows[far],
        f"{{n}} [punt ligt|punten liggen] meer dan {limit // 1000} km buiten het gebied; [het telt|ze tellen] niet mee.",
    )
    _tell(
        report.info,
        rows[outside & ~far],
        f"{{n}} punten liggen buiten het gebied, op hooguit {limit // 1000} km ({{namen}}); ze tellen mee voor wie er dichtbij woont.",
    )
    return rows[~(away | water | far)]


@cache
def country() -> shapely.Geometry:
    """The outline of the Netherlands with its margin, RD metres."""
    rules = load_toml("omtrek.toml")
    rings = [shapely.Polygon(to_rd(*np.array(ring).T[::-1])) for ring in rules["ringen"]]
    outline = shapely.buffer(shapely.union_all(rings), rules["speling_m"])
    shapely.prepare(outline)
    return outline


def without_doubles(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    """One point where two of the same kind lie close together and may be the same.

    The first one stays, with the outline (rand) of the other where it has none itself. Two with different names stay:
    in one building there may be two practices. That is reported as well.
    """
    rows = rows.reset_index(drop=True)
    outline = rows["rand"].copy() if "rand" in rows else pd.Series(pd.NA, index=rows.index, dtype="string")
    limit = load_toml("afstand.toml")["punten"]["dubbel_m"]
    names = rows["naam"].astype("string").str.casefold().str.strip().fillna("")
    double, together = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    for _, part in rows.groupby("soort"):
        at = part.index.to_numpy()
        for first, second in sorted(cKDTree(to_rd(part["lat"], part["lon"])).query_pairs(limit)):
            a, b = at[first], at[second]
            if double[a] or double[b]:
                continue
            same = names[a] == names[b] or not names[a] or not names[b]
            (double if same else together)[b] = True
            if same and pd.isna(outline[a]):
                outline[a] = outline[b]
    _tell(
        report.warn,
        rows[double],
        f"{{n}} punten staan er dubbel in ({{namen}}): dezelfde soort binnen {limit} meter; ze tellen één keer.",
    )
    _tell(
        report.info,
        rows[together & ~double],
        f"{{n}} punten liggen binnen {limit} meter van een ander met een andere naam ({{namen}}); beide tellen mee.",
    )
    return rows.assign(rand=outline)[~double].reset_index(drop=True)


def with_ids(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with an id that stays the same as long as kind, name and place do."""
    marks = [
        hashlib.sha1(f"{r.soort}|{r.naam}|{r.lat:.5f}|{r.lon:.5f}".encode()).hexdigest()[:12]
        for r in rows.itertuples()
    ]
    return rows.assign(id=[f"p{mark}" for mark in marks]).drop_duplicates("id")


def nearest_double(rows: pd.DataFrame, soort: str, lat: float, lon: float) -> str:
    """Name of a point of the same kind so near that it may be the same one; empty when there is none."""
    same = rows[rows["soort"] == soort]
    if same.empty:
        return ""
    away, at = cKDTree(to_rd(same["lat"], same["lon"])).query(to_rd([lat], [lon])[0])
    if away > load_toml("afstand.toml")["punten"]["dubbel_m"]:
        return ""
    name = same["naam"].iloc[at]
    return name if isinstance(name, str) and name else "een punt zonder naam"


def _tell(say, rows: pd.DataFrame, words: str) -> None:
    """One remark per file. `words` may name {n} and {namen}."""
    for bestand, part in rows.groupby("bestand"):
        say(bestand, counted(words, len(part), namen=_names(part["naam"])), len(part))


def _names(names: pd.Series) -> str:
    known = list(dict.fromkeys(n for n in names if isinstance(n, str) and n))
    more = len(known) - MOST_NAMES
    return (", ".join(known[:MOST_NAMES]) or "zonder naam") + (f" en {more} andere" if more > 0 else "")
