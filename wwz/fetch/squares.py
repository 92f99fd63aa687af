"""CBS's squares of 100 metres: how many people live where, more precisely than a buurt."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wwz.base.errors import Fout
from wwz.fetch.client import Client
from wwz.fetch.download import size_of
from wwz.fetch.items import Item, Provenance, Workplace, rules
from wwz.fetch.packed import Packed
from wwz.fetch.pdok import outlines
from wwz.fetch.trouble import STAYS, Onbruikbaar, Weg

# A version that is not there (v1) has been replaced by a later one (v2).
VERSION = re.compile(r"_v(\d)(?=\.zip$)")
LATEST = 3
CELL = 100
# E0975N4520: hundreds of metres east and north (RD) of the south-west corner.
CODE = r"^E(\d{4})N(\d{4})$"
KEPT = "aantal_inwoners"
# What the full release has beside people, as CBS writes it.
REACHED_NAMES = (
    "dichtstbijzijnde_grote_supermarkt_afstand_in_km", "grote_supermarkt_aantal_binnen_1_km",
    "dichtstbijzijnde_winkels_ov_dagel_levensm_afst_in_km", "winkels_ov_dagel_levensm_aantal_binnen_1_km",
)  # fmt: skip
CODE_NAMES = ("crs28992res100m", "c28992r100")


class Grid(Packed):
    """The squares of one year, as one zip for the whole country.

    Raises
    ------
    Weg
        When CBS does not have the file.
    """

    def __init__(self, item: Item, place: Workplace) -> None:
        limits = replace(place.client.limits, **rules()["familie"]["raster"]["grenzen_van_een_vraag"])
        client = Client(place.client.progress, limits)
        super().__init__(item, place, client, _find(item, place, client))

    def fetch(self) -> tuple[pd.DataFrame, Provenance]:
        """The squares of these gemeenten: code and numbers of inhabitants, as CBS gives them.

        Raises
        ------
        Fout
            When the file cannot be had, is not safe, or is not what we expect.
        """
        file, frame = self._read_packed("raster", (".gpkg", ".csv"), self._read)
        frame = frame[self._inside(frame)].reset_index(drop=True)
        if frame.empty:
            raise Fout(
                f"In {self._item.titel} staan geen vierkanten van deze gemeenten. {STAYS} Haal op zonder raster."
            )
        return frame, self._about(file, f"Vierkantstatistieken 100 meter {self._item.jaar}", len(frame))

    def _read(self, path: Path) -> pd.DataFrame:
        try:
            frame = (
                pd.read_csv(path, sep=None, engine="python")
                if path.suffix == ".csv"
                else gpd.read_file(path, ignore_geometry=True)
            )
        # A parser may fail in any way on what came from outside.
        except Exception as error:
            raise Onbruikbaar("stuurde een raster dat niet te lezen is") from error
        names = {str(c).lower(): c for c in frame.columns}
        code = next((names[n] for n in CODE_NAMES if n in names), None)
        people = [c for n, c in names.items() if n.startswith(KEPT) or n in REACHED_NAMES]
        if code is None or "aantal_inwoners" not in names:
            raise Fout(
                f"In {self._item.titel} staan geen vierkanten met inwoners meer. {STAYS} Haal op zonder raster."
            )
        kept = frame[[code, *people]].rename(columns={code: CODE_NAMES[0]})
        kept.insert(1, "jaar", self._item.jaar)
        return kept[kept[CODE_NAMES[0]].astype("string").str.fullmatch(CODE)]

    def _inside(self, frame: pd.DataFrame) -> np.ndarray:
        """Whether the middle of a square lies in one of the gemeenten, or so near that people live across the border."""
        if not self._item.gemeenten:
            return np.ones(len(frame), dtype=bool)
        area = shapely.union_all(outlines(self._item, self._place)).buffer(CELL)
        shapely.prepare(area)
        corner = frame[CODE_NAMES[0]].str.extract(CODE).astype(float).to_numpy() * CELL
        return shapely.contains_xy(area, *(corner + CELL / 2).T)


def _find(item: Item, place: Workplace, client: Client) -> tuple[str, int | None]:
    """Where the newest version is, and how many bytes it has."""
    base = place.address(rules()["familie"]["raster"]["dienst"])
    first = int(found[1]) if (found := VERSION.search(item.tabel)) else LATEST
    for version in range(first, LATEST + 1):
        url = f"{base}/{VERSION.sub(f'_v{version}', item.tabel)}"
        try:
            return url, size_of(client, url)
        except Weg as gone:
            last = gone
    raise last
