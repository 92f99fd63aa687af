"""Point by point from the note of the fetch to the line under a figure: table, version, day and licence, everywhere."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import datetime

import pytest

from wwz.ask.area import whole
from wwz.ask.view import View
from wwz.export.formats import make_file
from wwz.export.sheet import make_sheet
from wwz.fetch.choice import chosen_set
from wwz.sources.provenance import origin_table
from wwz.sources.reading import Reading
from wwz.store import Store


@pytest.fixture(scope="module")
def store(duinmonde):
    opened = Store(duinmonde)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def notes(duinmonde) -> dict[str, dict]:
    """What the fetch wrote down, by table number."""
    about = json.loads((chosen_set(duinmonde) / "herkomst.json").read_text(encoding="utf-8"))
    return {note["tabel"]: note for note in about["bestanden"].values()}


def parts_of(note: dict) -> list[str]:
    """What a reader must be able to find in a source line."""
    version, fetched = (datetime.fromisoformat(note[name][:10]) for name in ("versie", "opgehaald"))
    return [
        f"tabel {note['tabel']}",
        f"versie {version:%d-%m-%Y}",
        f"opgehaald {fetched:%d-%m-%Y}",
        note["licentie"],
    ]


@pytest.mark.parametrize(
    ("indicator", "tabel"),
    [("inwoners", "85984NED"), ("bijstand", "85618NED"), ("mobiliteit_18", "50120NED")],
)
def test_a_published_figure_names_its_own_table(store, notes, indicator, tabel):
    row = whole(store).figures([indicator]).iloc[0]
    for part in parts_of(notes[tabel]):
        assert part in row["bron"], row["bron"]
    others = set(notes) - {tabel}
    assert not [name for name in others if name in row["bron"]]


def test_every_line_of_every_published_figure_has_all_four(store, notes):
    lines = [row["bron"] for row in store.ask("dekking").to_dict("records")]
    fetched = [line for line in lines if line.startswith("Bron:")]
    assert len(fetched) > 40
    for line in fetched:
        note = next(n for n in notes.values() if f"tabel {n['tabel']} " in line)
        assert all(part in line for part in parts_of(note)), line


def test_an_estimate_names_the_tables_it_was_made_of(store, notes):
    line = whole(store).figures(["dg_ouderen_3"]).iloc[0]["bron"]
    assert "Eigen schatting" in line and "gerekend met tabel" in line
    assert all(f"tabel {name} (versie" in line for name in ("85984NED", "85618NED", "50120NED"))


def test_boundaries_have_a_line_of_their_own(store, notes):
    line = store.about()["bron_grenzen"]
    assert line.startswith("Grenzen: Kadaster") and "tabel wijken-en-buurten-2024" in line
    assert "opgehaald" in line and "CC BY 4.0" in line


@pytest.mark.parametrize("code", ["csv", "html", "svg", "xlsx", "pptx", "docx", "gpkg"])
def test_every_export_says_where_its_figures_come_from(store, notes, code):
    view = View(laag="bijstand", niveau="buurt", gebied=("GM9901",))
    text = plain(make_file(store, view, code))
    for part in parts_of(notes["85618NED"]):
        assert part in text, f"{part} ontbreekt in {code}"


def test_the_sheet_has_both_lines(store):
    sources = make_sheet(store, View(laag="inwoners", niveau="buurt", gebied=("GM9901",))).sources
    assert sum(line.startswith("Bron:") for line in sources) == 1 and any(
        line.startswith("Grenzen:") for line in sources
    )


def plain(data: bytes) -> str:
    """Everything readable in a file: of packed formats the texts of their parts, without the marks between words."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            data = b" ".join(zipped.read(n) for n in zipped.namelist() if n.endswith((".xml", ".rels")))
    text = data.decode("utf-8", errors="ignore")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))


# --- files that were not fetched -----------------------------------------------------------------------


def reading(name: str, jaar: int, soort: str = "cijfers", **more) -> Reading:
    return Reading(name, "", soort, jaren={"kwb": jaar}, **more)


def lines(*readings: Reading) -> dict[tuple[str, int], str]:
    table = origin_table(readings)
    return {(row.bron, row.jaar): row.tekst for row in table.itertuples()}


def test_own_files_are_called_own():
    found = lines(reading("KWB Utrecht.xlsx", 2023), *(reading(f"{n}.csv", 2022) for n in range(4)))
    assert found[("kwb", 2023)] == ", ingelezen uit een eigen bestand"
    assert found[("kwb", 2022)] == ", ingelezen uit 4 eigen bestanden"
    assert found[("schatting", 0)] == "; gerekend met cijfers uit 5 eigen bestanden"


def test_a_table_wins_from_boundaries_that_carry_figures():
    fetched = dict(opgehaald="2026-11-23T10:00:00", licentie="CC BY 4.0")
    found = lines(
        reading("a.parquet", 2024, tabel="85984NED", versie="2025-03-26", **fetched),
        reading(
            "g.geojson", 2024, "grenzen", tabel="wijken-en-buurten-2024/buurten", versie="2024", **fetched
        ),
    )
    assert found[("kwb", 2024)] == ", tabel 85984NED (versie 26-03-2025), opgehaald 23-11-2026"
