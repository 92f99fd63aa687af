"""Data that do not go down to the buurt: an area exists at the level at which it was given, and nothing is thrown away."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import shapely
from invoer_hulp import built, kwb, squares, step

from wwz.agenda.rows import of_area
from wwz.ask.area import area_counts, find_area, smallest_level, whole
from wwz.ask.datareport import of_build
from wwz.ask.layer import describe_area, layer
from wwz.ask.view import View
from wwz.base.errors import Fout
from wwz.base.paths import sql_files
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.build.checks import run_checks
from wwz.cli.main import main
from wwz.contents import content_of
from wwz.export.sheet import make_sheet
from wwz.maps.boundaries import boundaries
from wwz.store import Store

WIJKEN = ["WK990100", "WK990101"]
ROWS = {"GM9901": 3000, "WK990100": 1000, "WK990101": 2000}


def table(**inwoners: int) -> pd.DataFrame:
    """A table of Kerncijfers with these areas; per cent and averages are the same everywhere."""
    one = kwb().iloc[[0]]
    rows = pd.concat([one] * len(inwoners), ignore_index=True)
    part = [n / 1000 for n in inwoners.values()]
    counts = [c for c in one if pd.api.types.is_numeric_dtype(one[c]) and not c.startswith("Afstand")]
    return rows.assign(
        WijkenEnBuurten=list(inwoners), **{c: [int(one[c].iloc[0] * p) for p in part] for c in counts}
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Two wijken and their gemeente, with boundaries of the wijken."""
    folder = tmp_path_factory.mktemp("wijken") / "in"
    folder.mkdir()
    table(**ROWS).to_csv(folder / "kerncijfers_2023.csv", index=False)
    shapes = squares(WIJKEN).rename(columns={"buurtcode": "wijkcode", "buurtnaam": "wijknaam"})
    shapes.to_file(folder / "wijken_2023.gpkg")
    return folder


@pytest.fixture(scope="module")
def store(folder):
    build(Settings(), (folder,), database=folder.parent / "uit" / "wwz.duckdb")
    store = Store(folder.parent / "uit" / "wwz.duckdb")
    yield store
    store.close()


def test_wijken_without_buurten_are_the_smallest_areas(store):
    assert (
        area_counts(store.about()) == ["1 gemeente", "2 wijken"] and smallest_level(store.about()) == "wijk"
    )
    areas = store.areas().set_index("code")
    assert areas["kleinste"].to_dict() == {"GM9901": False, "WK990100": True, "WK990101": True}
    gemeente, wijk = find_area(store, ["GM9901"]), find_area(store, ["WK990101"])
    assert gemeente.buurten == tuple(WIJKEN) and wijk.buurten == ("WK990101",)
    assert gemeente.levels == ("wijk",) and wijk.levels == ("wijk",) and gemeente.level("buurt") == "wijk"
    assert describe_area(store, gemeente) == "3.000 inwoners (2023) · 2 wijken"
    assert [result.title for result in run_checks(store) if not result.passed] == []


def test_every_question_is_answered_per_wijk(store, tmp_path):
    area = whole(store)
    shown = layer(store, area, "inwoners", area.smallest, "aantal", 0)
    assert shown.values.to_dict() == {"WK990100": 1000, "WK990101": 2000}
    assert area.figures(["inwoners"])["teller"].to_list() == [3000]
    assert find_area(store, WIJKEN).figures(["inwoners"])["teller"].to_list() == [3000]
    # What nobody published is estimated for a wijk as for a buurt, and adds up.
    parts, total = area.parts("wijk", ["mobiliteit_18"]), area.figures(["mobiliteit_18"])
    assert (
        parts["teller"].sum() == pytest.approx(total["teller"].iloc[0], rel=0.01)
        and total["soort"].iloc[0] == "geschat"
    )
    assert boundaries(store, area, area.smallest, tmp_path).codes == tuple(WIJKEN)
    sheet = make_sheet(store, View(laag="mobiliteit_18"))
    assert sheet.niveau == "wijk" and "per wijk" in sheet.subject and len(sheet.rows) == 2
    found = of_area(store, area)
    assert found.rows["nodig"].max() > 0


def test_outlines_of_buurten_without_figures_are_the_outline_of_their_wijk(tmp_path):
    """Nothing is known of the buurten: figures of wijken are not spread over them."""
    folder = tmp_path / "in"
    folder.mkdir()
    table(**ROWS).to_csv(folder / "kerncijfers_2023.csv", index=False)
    buurten = ["BU99010001", "BU99010002", "BU99010101"]
    squares(buurten).to_file(folder / "buurten_2023.gpkg")
    ask, _ = built(tmp_path, folder)
    store = Store(ask.path)
    assert area_counts(store.about()) == ["1 gemeente", "2 wijken"]
    assert store.areas().set_index("code")["kleinste"].to_dict() == {
        "GM9901": False, "WK990100": True, "WK990101": True,
    }  # fmt: skip
    found = boundaries(store, whole(store), "wijk", tmp_path)
    assert found.codes == tuple(WIJKEN)
    areas = ask("select code, grens from gebied where grens is not null").set_index("code")["grens"]
    hectare = {code: shapely.area(shapely.from_wkb(bytes(grens))) / 10_000 for code, grens in areas.items()}
    assert hectare == pytest.approx({"GM9901": 300, "WK990100": 200, "WK990101": 100})
    assert [result.title for result in run_checks(store) if not result.passed] == []
    store.close()


def test_gemeenten_alone_work_too(tmp_path, folder):
    only = tmp_path / "in"
    only.mkdir()
    table(GM9901=3000, GM9902=5000).to_csv(only / "kerncijfers_2023.csv", index=False)
    ask, _ = built(tmp_path, only)
    store = Store(ask.path)
    area = whole(store)
    assert area.levels == ("gemeente",) and find_area(store, ["GM9901"]).levels == ("gemeente",)
    assert area.figures(["inwoners"])["teller"].to_list() == [8000]
    store.close()


def test_a_gemeente_without_buurten_stands_beside_one_with_buurten(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    rows = [kwb(), table(GM9902=5000, WK990300=700, GM9904=0)]
    pd.concat(rows).to_csv(folder / "kerncijfers_2023.csv", index=False)
    shapes = squares(["GM9905"]).rename(columns={"buurtcode": "gemeentecode", "buurtnaam": "gemeentenaam"})
    shapes.to_file(folder / "gemeenten_2023.gpkg")
    ask, _ = built(tmp_path, folder, gebieden=(("Samen", ("BU99010001", "WK990101", "WK990300")),))
    levels = ask("select niveau, count(*) as n from gebied where kleinste group by niveau").set_index(
        "niveau"
    )
    assert levels["n"].to_dict() == {"buurt": 4, "wijk": 1, "gemeente": 2}
    # An outline without any figure is no area.
    assert ask("select * from gebied where code = 'GM9905'").empty
    own = ask("select buurt from gebied_buurt join gebied on code = gebied where niveau = 'eigen'")
    assert own["buurt"].to_list() == ["BU99010001", "BU99010101", "BU99010102", "WK990300"]


def test_a_build_without_areas_stops_and_the_old_database_stays(tmp_path, folder, store):
    only = tmp_path / "in"
    only.mkdir()
    table(NL00=17_000_000).to_csv(only / "kerncijfers_2023.csv", index=False)
    before = store.path.read_bytes()
    with pytest.raises(Fout, match="geen gebied waar cijfers van zijn.*De gegevens van nu blijven staan"):
        build(Settings(), (only,), database=store.path, may_shrink=True)
    assert store.path.read_bytes() == before and [p.name for p in store.path.parent.glob("wwz.duckdb*")] == [
        "wwz.duckdb"
    ]


def test_a_build_that_would_lose_most_areas_is_asked_for(tmp_path, capsys):
    target, many, few = tmp_path / "uit" / "wwz.duckdb", tmp_path / "veel", tmp_path / "weinig"
    for place in (many, few):
        place.mkdir()
    kwb().to_csv(many / "a.csv", index=False)
    kwb().head(1).to_csv(few / "a.csv", index=False)
    build(Settings(), (many,), database=target)
    assert (content_of(target).gebieden, content_of(target).fictief) == (7, False)
    fictitious = shutil.copy(target, tmp_path / "fictief.duckdb")
    call = ["bouw", "--invoer", str(few), "--database", str(target)]
    assert main(call) == 2 and content_of(target).gebieden == 7
    said = capsys.readouterr().err
    assert "Er zouden 3 gebieden overblijven; nu zijn het er 7" in said and "--mag-kleiner" in said
    assert main([*call, "--mag-kleiner"]) == 0 and content_of(target).gebieden == 3
    # The example region is nobody's data.
    with duckdb.connect(fictitious) as connection:
        connection.execute("update bouw set fictief = true")
    Path(fictitious).replace(target)
    assert (content_of(target).gebieden, content_of(target).fictief) == (7, True)
    build(Settings(), (few,), database=target)
    assert content_of(target).gebieden == 3
    assert content_of(tmp_path / "weg.duckdb") == content_of(few / "a.csv")


def test_all_was_used_is_only_said_when_nothing_was_remarked(tmp_path, store):
    assert of_build(store).sentence.endswith("Alles wat is ingelezen, is gebruikt.")
    assert of_build(store).sentence.startswith("1 gemeente en 2 wijken, uit 2 tabellen.")
    folder = tmp_path / "in"
    folder.mkdir()
    kwb(AantalInwoners_5=[1000, 2000, "veel", 1500]).to_csv(folder / "a.csv", index=False)
    ask, _ = built(tmp_path, folder)
    other = Store(ask.path)
    assert "Alles" not in of_build(other).sentence
    other.close()


def test_no_figure_presumes_that_there_are_buurten():
    """What is computed, is computed for the smallest areas there are."""
    presumed = re.compile(r"(?<!case )\bniveau\s*(=|<>)\s*'buurt'")
    allowed = {step(name) for name in ("schatting", "schatting_cijfer", "opgegeven", "optellen")}
    for path in sql_files("figures", "rules"):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if presumed.search(line)]
        assert path in allowed or not lines, f"{path.name}: {lines}"
