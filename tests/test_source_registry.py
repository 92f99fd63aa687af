"""A new kind of table is a module with its entry, and nothing else: here one that does not exist, from file to database."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from invoer_hulp import built, kwb, read, squares, texts

from wwz.base.errors import Fout
from wwz.sources import registry
from wwz.sources.candidate import Candidate
from wwz.sources.reading import Reading, Report
from wwz.sources.tablekind import TableKind, into
from wwz.workbench import Workbench

SEATS = pd.DataFrame(
    {"bankje": ["Brink", "Plein", ""], "x": [155_100, 156_100, 157_100], "leuning": [1, 0, 1]}
)


def rows(frame: pd.DataFrame) -> list[list[object]]:
    return frame.to_numpy(object).tolist()


def are_seats(candidate: Candidate) -> bool:
    return "bankje" in candidate.frame.columns


def read_seats(candidate: Candidate, report: Report) -> Reading:
    table, frame = candidate.table, candidate.frame
    kept = frame[frame["bankje"].fillna("") != ""]
    if kept.empty:
        raise Fout("Geen enkel bankje heeft een naam.")
    report.reject(table.bestand, "Een bankje zonder naam is niet gebruikt.", len(frame) - len(kept))
    places = pd.DataFrame({"naam": kept["bankje"].astype("str"), "x": kept["x"].astype("float64")})
    return Reading(table.bestand, table.onderdeel, "bankjes", inhoud=places, rijen=len(places))


KIND = TableKind(
    {"bankjes": "plekken om te zitten"},
    are_seats,
    read_seats,
    into("bankje"),
    {"bankje": {"naam": "str", "x": "float64", "bestand": "str"}},
)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    kwb().to_csv(folder / "kerncijfers_2023.csv", index=False)
    squares().to_file(folder / "buurten_2023.gpkg")
    SEATS.to_csv(folder / "zitten.csv", index=False)
    return folder


def test_a_new_kind_is_one_entry(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(registry, "KINDS", (KIND, *registry.KINDS))
    ask, report = built(tmp_path, folder)
    assert rows(ask("select naam, x, bestand from bankje order by x")) == [
        ["Brink", 155_100.0, "zitten.csv"],
        ["Plein", 156_100.0, "zitten.csv"],
    ]
    assert rows(ask("select soort, rijen from bestand where naam = 'zitten.csv'")) == [["bankjes", 2]]
    assert registry.in_words("bankjes") == "plekken om te zitten"
    assert "Een bankje zonder naam is niet gebruikt." in texts(report, "afgekeurd")
    # What was read before is still read: the new kind is asked first and lets it pass.
    assert rows(ask("select soort from bestand order by soort")) == [["bankjes"], ["cijfers"], ["grenzen"]]


def test_without_the_entry_the_file_is_refused(folder):
    readings, report = read(folder / "zitten.csv")
    assert readings == [] and "geen kolom met codes" in texts(report, "afgekeurd")[0]


def test_its_table_is_there_without_such_a_file(tmp_path):
    bench = Workbench(tmp_path / "nieuw.duckdb")
    KIND.make_tables(bench)
    question = tmp_path / "vraag.sql"
    question.write_text(
        "select column_name, data_type from duckdb_columns() where table_name = 'bankje' order by column_index"
    )
    assert rows(bench.read(question)) == [["naam", "VARCHAR"], ["x", "DOUBLE"], ["bestand", "VARCHAR"]]
    bench.abandon()


def test_a_kind_that_cannot_use_its_file_says_why(folder, monkeypatch):
    monkeypatch.setattr(registry, "KINDS", (KIND, *registry.KINDS))
    SEATS.assign(bankje="").to_csv(folder / "zitten.csv", index=False)
    readings, report = read(folder / "zitten.csv")
    assert readings == [] and texts(report) == ["Geen enkel bankje heeft een naam."]


def test_a_reader_may_pass_a_table_on(folder, monkeypatch):
    def pass_on(candidate: Candidate, report: Report) -> None:
        return None

    monkeypatch.setattr(
        registry, "KINDS", (replace(KIND, test=lambda c: True, read=pass_on), *registry.KINDS)
    )
    readings, _ = read(folder)
    assert sorted(r.soort for r in readings) == ["cijfers", "grenzen"]


def test_no_two_kinds_have_the_same_name_and_every_reader_has_a_table():
    names = [soort for kind in registry.KINDS for soort in kind.soorten]
    assert len(names) == len(set(names)) == 17
    assert all((kind.read is None) == (kind.load is None) == (not kind.soorten) for kind in registry.KINDS)
