"""The national tables as matrices to fit on: the same features as the build makes, read from its database."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.sources.files import read_folders
from wwz.sources.reading import Report
from wwz.store import Store

GROUPS = ("18", "65")


@dataclass(frozen=True)
class Training:
    """Inhabited buurten with what is known of them.

    Attributes
    ----------
    jaar
        Year of the published figures.
    buurten
        One row a buurt (index: code): gemeente, wijk, inwoners, stedelijkheid (1-5), grootte (class), noemer_18,
        noemer_65 in people.
    kenmerken
        Features, one column each, index as `buurten`; missing is NaN.
    cijfers
        Published shares (0-1) of buurten, one column an indicator, index as `buurten`.
    omringend
        Published shares of wijken and gemeenten, index: code.
    """

    jaar: int
    buurten: pd.DataFrame
    kenmerken: pd.DataFrame
    cijfers: pd.DataFrame
    omringend: pd.DataFrame

    def people(self, indicator: str) -> np.ndarray:
        """Denominators of an indicator, in people."""
        return self.buurten[f"noemer_{indicator.rsplit('_', 1)[1]}"].to_numpy(float)


# Makes a database (the last path) from folders or files, as wwz.build does.
Builder = Callable[[Settings, tuple[Path, ...], Path], object]


def read_training(
    folder: Path, settings: Settings, say: Callable[[str], None], build: Builder
) -> tuple[Training, Training]:
    """Read a folder with the national tables; `build` makes the databases that it reads them from.

    Returns
    -------
    tuple
        First the year of the health tables on its own areas, from the files of that year only; then everything
        in the folder, so that features of a later year (WOZ, tenure) are known where an area stayed the same.

    Raises
    ------
    Fout
        When the folder has no Kerncijfers and Gezondheid of the same year.
    """
    same_year = _files_of_one_year(folder, settings)
    with tempfile.TemporaryDirectory() as scratch:
        say("De landelijke tabellen worden gelezen.")
        first = _from_build(build, same_year, settings, Path(scratch) / "jaar.duckdb")
        say("De kenmerken van latere jaren worden gezocht.")
        second = _from_build(build, (folder,), settings, Path(scratch) / "alles.duckdb")
    return first, second


def _files_of_one_year(folder: Path, settings: Settings) -> tuple[Path, ...]:
    found: dict[Path, dict[str, int]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        for reading in read_folders((path,), settings, Report()):
            if reading.cijfers:
                found.setdefault(path, {}).update(reading.jaren)
    years = [years["gezondheid"] for years in found.values() if "gezondheid" in years]
    year = max(years, default=None)
    files = tuple(p for p, j in found.items() if {j.get("kwb"), j.get("gezondheid")} - {None} == {year})
    if year is None or not any("kwb" in found[p] for p in files):
        raise Fout(
            f"In {folder} staan geen Kerncijfers wijken en buurten en Gezondheid per wijk en buurt van hetzelfde jaar. "
            "Zet beide landelijke tabellen in deze map."
        )
    return files


def _from_build(build: Builder, folders: tuple[Path, ...], settings: Settings, database: Path) -> Training:
    build(settings, folders, database)
    store = Store(database)
    found = from_store(store)
    store.close()
    return found


def from_store(store: Store) -> Training:
    """The year with published figures of a database that is already built."""
    areas = store.ask("ijk_buurten").set_index("gebied")
    features = store.ask("ijk_kenmerken").pivot(index="gebied", columns="kenmerk", values="waarde")
    figures = store.ask("ijk_cijfers").pivot(index="gebied", columns="indicator", values="aandeel")
    return Training(
        int(areas["jaar"].iloc[0]),
        areas,
        features.reindex(areas.index),
        figures.reindex(areas.index),
        figures[~figures.index.str.startswith("BU")],
    )
