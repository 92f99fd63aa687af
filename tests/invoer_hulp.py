"""Small real files for the tests of the readers: four buurten in a made-up gemeente, in RD metres."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from wwz.base.paths import sql_files
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.sources.files import read_folders
from wwz.sources.reading import Reading, Report
from wwz.store import Store

CREATED = re.compile(r"create\s+(?:or\s+replace\s+)?(?:temp\s+)?(table|macro|view)\s+(\w+)")
ASKED = re.compile(r"\b(?:from|join|into|update)\s+(\w+)|\b(\w+)\(")
REAL = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
CODES = ["BU99010001", "BU99010002", "BU99010101", "BU99010102"]
X, Y, SIDE = 155_000, 463_000, 1_000
# Homes at each address of a test: enough for a whole buurt of `kwb`.
HOMES = 500


def real(*parts: str) -> Path:
    """A file or folder of the real data; skips the test where that is absent."""
    assert "nederland" not in parts, "ask for the fixture nederland_data: it marks the test"
    path = REAL.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"echte gegevens ontbreken: {path}")
    return path


def kwb(**change) -> pd.DataFrame:
    """A table as CBS's OData gives it, with the columns in `change` replaced or added (None removes)."""
    frame = pd.DataFrame(
        {
            "WijkenEnBuurten": [f"{c}  " for c in CODES],
            "Gemeentenaam_1": "Voorbeeld",
            "Perioden": "2023JJ00",
            "AantalInwoners_5": [1000, 2000, 500, 1500],
            "Mannen_6": [480, 990, 250, 760],
            "Vrouwen_7": [520, 1010, 250, 740],
            "k_0Tot15Jaar_8": [150, 300, 75, 225],
            "k_15Tot25Jaar_9": [100, 200, 50, 150],
            "k_25Tot45Jaar_10": [250, 500, 125, 375],
            "k_45Tot65Jaar_11": [300, 600, 150, 450],
            "k_65JaarOfOuder_12": [200, 400, 100, 300],
            "HuishoudensTotaal_28": [450, 900, 220, 700],
            "AfstandTotHuisartsenpraktijk_106": [0.4, 1.2, 2.5, 0.8],
        }
    )
    for name, values in change.items():
        frame = frame.drop(columns=name) if values is None else frame.assign(**{name: values})
    return frame


def squares(codes: list[str] = CODES, crs: str = "EPSG:28992", **columns) -> gpd.GeoDataFrame:
    """One square of 100 ha per code, side by side."""
    shapes = [box(X + i * SIDE, Y, X + (i + 1) * SIDE, Y + SIDE) for i in range(len(codes))]
    frame = gpd.GeoDataFrame(
        {"buurtcode": codes, "buurtnaam": [f"Buurt {c[-3:]}" for c in codes], "jaar": 2023, **columns},
        geometry=shapes,
        crs="EPSG:28992",
    )
    return frame.to_crs(crs)


def as_many(addresses: pd.DataFrame) -> pd.DataFrame:
    """A few addresses as a list that is long enough to be everybody's home: each is a building with `HOMES` homes."""
    return addresses.loc[addresses.index.repeat(HOMES)].reset_index(drop=True)


def read(*paths: Path, **settings) -> tuple[list[Reading], Report]:
    """Read files or folders as a build does."""
    report = Report()
    return list(read_folders(paths, Settings(**settings), report)), report


def texts(report: Report, ernst: str | None = None) -> list[str]:
    """The remarks, of one kind or all."""
    return [m.tekst for m in report.meldingen if ernst in (None, m.ernst)]


def column(readings: list[Reading], variable: str) -> list:
    """Values of a variable over all readings, in the order of the file, as the source wrote them."""
    return [value for r in readings for part in r.cijfers if variable in part for value in part[variable]]


def geojson(path: Path, frame: gpd.GeoDataFrame, crs: str | None = None) -> None:
    """Write GeoJSON by hand, with any crs on the label."""
    content = json.loads(frame.to_json(drop_id=True))
    content.pop("crs", None)
    if crs:
        content["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(content), encoding="utf-8")


def built(tmp_path: Path, folder: Path, only: tuple[str, ...] = (), **settings):
    """Build from a folder; returns a function that answers SQL on the result, and the report.

    With `only`, no more is worked out of the figures than these tables: a test of those takes half the time.
    """
    with pytest.MonkeyPatch.context() as patch:
        if only:
            only_figures(patch, *only)
        result = build(Settings(**settings), (folder,), database=tmp_path / "uit" / "wwz.duckdb")
    return Answers(result.database), result.report


class Answers:
    """Questions to a finished database, opened read-only as the dashboard does."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, sql: str) -> pd.DataFrame:
        question = self.path.with_suffix(f".{os.getpid()}.sql")
        question.write_text(sql, encoding="utf-8")
        store = Store(self.path)
        try:
            return store.check(question)
        finally:
            store.close()


def step(name: str) -> Path:
    """The .sql file of one step of the build, by its name without number: a figure, or a rule that screens share."""
    return next(path for path in sql_files("figures", "rules") if path.stem.partition("_")[2] == name)


NOBODY_TWICE = pd.DataFrame(
    {name: pd.Series(dtype="str") for name in ("buurt", "combinatie", "cluster")}
    | {"deel": pd.Series(dtype="float64")}
)


def only_distances(monkeypatch) -> None:
    """Let a build skip the figures that have nothing to do with distances."""
    only_figures(monkeypatch, "bereik_deel", "inwoners_nu")


def only_figures(monkeypatch, *wanted: str) -> None:
    """Let a build make these tables of the figures, what those ask, and nothing else."""
    from wwz.build import steps as module

    every, needed, said = (
        module.sql_files,
        makers_of(*wanted, "cijfer") - {step("persoon_cijfer"), step("samenloop")},
        step("meldingen"),
    )
    monkeypatch.setattr(
        module,
        "sql_files",
        lambda *layers: [p for p in every(*layers) if "rules" not in layers or p in needed or p == said],
    )
    run = module.run_layer

    def only(bench, between, *layers: str, **more) -> None:
        # What the other steps between the files ask, is not made; nobody is in two clusters then.
        kept = {n: step for n, step in between.items() if n in (module.READ, module.OUTLINE, module.MEASURE)}
        if module.PEOPLE in between:
            kept[module.PEOPLE] = lambda: bench.load("cluster_samen", NOBODY_TWICE)
        run(bench, kept, *layers, **more)

    monkeypatch.setattr(module, "run_layer", only)


@cache
def makers_of(*wanted: str) -> set[Path]:
    """The files of SQL that make these tables, and those that make what these ask."""
    texts = {
        path: re.sub("--.*", "", path.read_text(encoding="utf-8")) for path in sql_files("figures", "rules")
    }
    made = [(kind, name, path) for path, text in texts.items() for kind, name in CREATED.findall(text)]
    # A macro may be called what a table is called; and a macro of rows is asked as a table.
    macros = {name: path for kind, name, path in made if kind == "macro"}
    tables = macros | {name: path for kind, name, path in made if kind != "macro"}
    todo, found = [tables.get(name) for name in wanted], set()
    while todo:
        path = todo.pop()
        if path and path not in found:
            found.add(path)
            todo += [tables.get(table) or macros.get(macro) for table, macro in ASKED.findall(texts[path])]
    return found


def four_buurten(tmp_path: Path) -> Path:
    """A folder with the boundaries and the inhabitants of the four squares."""
    folder = tmp_path / "in"
    folder.mkdir()
    kwb().to_csv(folder / "kwb_2023.csv", index=False)
    squares().to_file(folder / "buurten_2023.gpkg")
    return folder
