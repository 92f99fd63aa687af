"""The same input a few times over: other codes, and every boundary moved a little, so that it stays in the Netherlands."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import pandas as pd

CODE = re.compile(r"^(BU|WK|GM)(\d{4})")
# Numbers of real gemeenten are below this, and those of fictitious ones near the end of what four digits can tell.
GEMEENTEN, NUMBERS, MOST = 2000, 10_000, 4
OUTSIDE = ("0998", "0999")
MOVED_M, MOVED_DEGREES = 10.0, 0.0001
LAYERS = (".gpkg", ".geojson", ".shp")


def times(folders: Iterable[Path], number: int, target: Path) -> Path:
    """Write the tables and layers of folders so many times over, each in one file as it was; other files once.

    Parameters
    ----------
    number
        1 to 4: a code has four digits for its gemeente.
    target
        An empty folder.
    """
    if not 1 <= number <= MOST:
        raise ValueError(f"tussen 1 en {MOST} keer, niet {number}")
    for path in (p for folder in folders for p in sorted(folder.rglob("*")) if p.is_file()):
        if path.suffix == ".parquet":
            pd.concat(_copies(pd.read_parquet(path), number), ignore_index=True).to_parquet(
                target / path.name
            )
        elif path.suffix == ".csv":
            rows = pd.read_csv(path, sep=None, engine="python", dtype="str", keep_default_na=False)
            pd.concat(_copies(rows, number), ignore_index=True).to_csv(target / path.name, index=False)
        elif path.suffix in LAYERS:
            layer = gpd.read_file(path)
            whole = pd.concat(_copies(layer, number), ignore_index=True)
            gpd.GeoDataFrame(whole, crs=layer.crs).to_file(target / path.name)
        else:
            shutil.copy(path, target / path.name)
    return target


def _copies(rows: pd.DataFrame, number: int) -> list[pd.DataFrame]:
    coded = [name for name in rows.columns if name != "geometry" and _is_code(rows[name])]
    if not coded:
        return [rows]
    own = rows[coded[0]].astype("string").str.extract(CODE)
    more = rows[own[1].notna() & ~own[1].isin(OUTSIDE)]
    return [rows, *(_moved(more, coded, n) for n in range(1, number))]


def _is_code(column: pd.Series) -> bool:
    if not (pd.api.types.is_string_dtype(column) or column.dtype == object):
        return False
    return bool(column.dropna().astype("string").str.match(CODE).mean() > 0.5)


def _moved(rows: pd.DataFrame, coded: list[str], n: int) -> pd.DataFrame:
    def other(found: re.Match[str]) -> str:
        return f"{found[1]}{(int(found[2]) + n * GEMEENTEN) % NUMBERS:04d}"

    copy = rows.copy()
    for name in coded:
        copy[name] = copy[name].map(
            lambda text: CODE.sub(other, text) if isinstance(text, str) else text, na_action="ignore"
        )
    if isinstance(copy, gpd.GeoDataFrame):
        step = n * (MOVED_DEGREES if copy.crs is not None and copy.crs.is_geographic else MOVED_M)
        copy["geometry"] = copy.geometry.translate(step, step)
    return copy
