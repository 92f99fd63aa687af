"""A file with points, looked at before it is taken over: what is recognised, what is refused, and what is there already."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.rd import RD, to_rd
from wwz.base.settings import Settings
from wwz.base.workbook import Bounds, check_workbook
from wwz.knowledge import load_toml
from wwz.own import points as ownpoints
from wwz.own.points import ADDED, Change
from wwz.places.facilities import find_places, in_place, without_doubles
from wwz.sources.files import read_folders
from wwz.sources.reading import Melding, Report, clean
from wwz.sources.registry import in_words
from wwz.store import Store

BOUNDS = Bounds(rijen=100_000, kolommen=250, cellen=200_000)
TYPES = ("csv", "xlsx", "geojson", "json", "gpkg")


@dataclass(frozen=True)
class Found:
    """What a file holds.

    Attributes
    ----------
    naam
        Name of the file.
    rijen
        Rows in the file.
    punten
        Those that can be used: columns soort, naam, lat, lon.
    meldingen
        What was refused or read with care.
    """

    naam: str
    rijen: int
    punten: pd.DataFrame
    meldingen: tuple[Melding, ...]


def look(
    store: Store, settings: Settings, name: str, content: bytes, soort: str, there: pd.DataFrame
) -> Found:
    """Read a file the way a build does.

    Parameters
    ----------
    name, content
        As the visitor gave them.
    soort
        The kind of all points in the file; empty when the file tells.
    there
        Points that are there already: columns soort, naam, lat, lon.

    Raises
    ------
    Fout
        When the file holds no points.
    """
    report = Report()
    if content[:2] == b"PK":
        check_workbook(io.BytesIO(content), clean(Path(name).name, 80), BOUNDS)
    # A kind that was chosen counts where the file does not tell: its code in the name does that.
    safe = clean(Path(name).name, 80).replace("/", " ")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (f"{soort} {safe}" if soort else safe)
        path.write_bytes(content)
        read = list(read_folders((path,), settings, report))
    readings = [r for r in read if r.soort == "punten"]
    if not readings and read:
        raise Fout(
            f"In dit bestand staan {in_words(read[0].soort)} en geen voorzieningen. Zet het in de map met invoer en maak het dashboard opnieuw."
        )
    if not readings:
        reasons = [m.tekst for m in report.reasons()]
        raise Fout(*(reasons or ["In dit bestand staan geen voorzieningen met een plaats of een postcode."]))
    rows = pd.concat([r.inhoud for r in readings], ignore_index=True).assign(bestand=safe)
    wanted = sorted(set(rows.loc[rows["lat"].isna(), "postcode"].dropna()))
    where, buurten = (store.ask(question, postcodes=wanted) for question in ("postcodes", "postcode_buurten"))
    rows = find_places(rows, where, report, buurten)
    rows = without_doubles(in_place(rows, _areas(store), report), report)
    rows = _not_there_yet(rows, there, safe, report)
    _tell_outlines(rows, safe, report)
    return Found(
        safe,
        sum(r.rijen for r in readings),
        rows[["soort", "naam", "lat", "lon"]].reset_index(drop=True),
        tuple(report.meldingen),
    )


def changes(found: Found, who: str) -> list[Change]:
    """The points of a file as changes.

    Raises
    ------
    Fout
        When it is not known who does this.
    """
    titles = ownpoints.kinds()
    return [
        ownpoints.checked(
            ownpoints.new_id(),
            ADDED,
            row.soort,
            row.naam if isinstance(row.naam, str) else titles[row.soort],
            row.lat,
            row.lon,
            who,
            f"uit bestand {found.naam}",
        )  # fmt: skip
        for row in found.punten.itertuples()
    ]


def _tell_outlines(rows: pd.DataFrame, name: str, report: Report) -> None:
    """An own change holds a place, no outline: say so, and where the outline does count."""
    drawn = int(rows["rand"].notna().sum())
    if drawn:
        # Reading said that the edge counts, which is true of a file in the folder.
        report.meldingen[:] = [m for m in report.meldingen if "als vlak getekend" not in m.tekst]
        many = counted("{n} [voorziening is|voorzieningen zijn]", drawn)
        report.warn(
            name,
            f"{many} als vlak getekend. Wat u hier toevoegt, is een punt in het midden ervan, en daar wordt naar gemeten. "
            "Zet het bestand in de map met invoer om tot de rand te meten.",
            drawn,
        )


def _areas(store: Store) -> gpd.GeoDataFrame:
    rows = store.ask("buurten_vorm")
    shapes = shapely.make_valid(shapely.from_wkb([bytes(b) for b in rows["grens"]]))
    return gpd.GeoDataFrame(rows[["code", "gemeente", "water"]], geometry=shapes, crs=RD)


def _not_there_yet(rows: pd.DataFrame, there: pd.DataFrame, name: str, report: Report) -> pd.DataFrame:
    """Without the points that are on the map already: the same kind, as close as doubles are."""
    limit = load_toml("afstand.toml")["punten"]["dubbel_m"]
    again = pd.Series(False, index=rows.index)
    for soort, part in rows.groupby("soort"):
        same = there[there["soort"] == soort]
        if len(same):
            away, _ = cKDTree(to_rd(same["lat"], same["lon"])).query(to_rd(part["lat"], part["lon"]))
            again.loc[part.index] = away <= limit
    if again.any():
        report.info(
            name,
            counted(
                "{n} [punt staat|punten staan] al op de kaart; [het komt|die komen] er niet nog eens bij.",
                int(again.sum()),
            ),
            int(again.sum()),
        )
    return rows[~again]
