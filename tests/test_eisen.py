"""Own eisen and norms: versions that only grow, files in and out, and figures that say when they are out of date."""

from __future__ import annotations

import io
import json

import openpyxl
import pandas as pd
import pytest

from wwz.ask import conditions
from wwz.base.errors import Fout
from wwz.base.sentence import listed
from wwz.build.knowledge_tables import knowledge_tables
from wwz.knowledge import domain
from wwz.own import data as owndata
from wwz.own.eisen import exchange, matrix, norms
from wwz.own.eisen.apply import title_at, titles, with_own
from wwz.own.ledger import Botsing
from wwz.places import distance
from wwz.store import Store
from wwz.workbench import Workbench

CELL = ("ouderen-3", "geen", "alarm")


@pytest.fixture
def database(tmp_path):
    return tmp_path / "wwz.duckdb"


def put(database, degree: str, why: str = "besluit", cell=CELL) -> int:
    rows = matrix.changes(database, pd.DataFrame([(*cell, degree)], columns=[*matrix.KEYS, "graad"]))
    return matrix.history(database).add(rows, "Team Wonen", why)


def degree_of(database, number=None, cell=CELL) -> str:
    frame = matrix.effective(database, number).set_index(list(matrix.KEYS))
    return frame.loc[cell, "graad"]


# ---------------------------------------------------------------- the matrix and its versions
def test_without_own_eisen_the_shipped_matrix_holds(database):
    frame = matrix.effective(database)
    assert len(frame) == 12 * 3 * len(domain.randvoorwaarden()) and not frame["eigen"].any()
    assert {tuple(row) for row in frame[["graad", "reden", "bron", "merk"]].itertuples(index=False)} == {
        (e.graad, e.reden, e.bron, e.merk) for e in domain.eisen().values()
    }


def test_a_change_has_who_when_and_why_and_nothing_else_changes(database):
    before = matrix.effective(database)
    assert degree_of(database) == "N" and put(database, "W", "Wij hebben een belcirkel.") == 1
    after = matrix.deviations(database)
    assert after[["wie", "reden", "geleverd", "graad", "merk"]].values.tolist() == [
        ["Team Wonen", "Wij hebben een belcirkel.", "N", "W", "O"]
    ]
    same = matrix.effective(database)
    same = same[~same["eigen"]]
    assert same["graad"].equals(before.loc[same.index, "graad"]) and len(same) == len(before) - 1


def test_the_history_only_grows(database):
    contents = []
    for degree in ("W", "F", "N"):
        put(database, degree)
        contents.append(matrix.SHELF.entries(database))
    matrix.history(database).back_to(1, "Team Zorg")
    contents.append(matrix.SHELF.entries(database))
    assert all(
        later[: len(earlier)] == earlier and len(later) > len(earlier)
        for earlier, later in zip(contents, contents[1:], strict=False)
    )
    assert [degree_of(database, number) for number in range(5)] == ["N", "W", "F", "N", "W"]
    assert [v.nummer for v in matrix.history(database).versions()] == [1, 2, 3, 4]


def test_putting_back_touches_exactly_what_differs(database):
    other = ("lvb", "geen", "begeleiding")
    put(database, "W")
    put(database, "F", cell=other)
    shipped = matrix.effective(database, 0)
    matrix.history(database).back_to(1, "ik")
    assert degree_of(database) == "W" and degree_of(database, cell=other) == degree_of(database, 0, other)
    matrix.history(database).back_to(0, "ik")
    assert matrix.effective(database)["graad"].equals(shipped["graad"]) and matrix.deviations(database).empty
    with pytest.raises(Fout, match="gelijk"):
        matrix.history(database).back_to(0, "ik")


def test_a_value_that_is_put_back_keeps_its_reason(database):
    put(database, "W", "Wij hebben een belcirkel.")
    matrix.history(database).back_to(0, "ik")
    matrix.history(database).back_to(1, "ik")
    assert matrix.deviations(database)["reden"].tolist() == ["Wij hebben een belcirkel."]
    with pytest.raises(Fout, match="gelijk"):
        matrix.history(database).back_to(1, "ik")


def test_a_change_without_name_reason_or_content_is_refused(database):
    rows = matrix.changes(database, pd.DataFrame([(*CELL, "W")], columns=[*matrix.KEYS, "graad"]))
    for wie, waarom, word in ((" ", "ja", "naam"), ("ik", " ", "waarom")):
        with pytest.raises(Fout, match=word):
            matrix.history(database).add(rows, wie, waarom)
    with pytest.raises(Fout, match="niets gewijzigd"):
        matrix.history(database).add(rows.head(0), "ik", "zomaar")
    assert matrix.history(database).versions() == []


def test_texts_that_look_like_more_lines_stay_one(database):
    rows = matrix.changes(database, pd.DataFrame([(*CELL, "W")], columns=[*matrix.KEYS, "graad"]))
    matrix.history(database).add(rows, 'Piet "P", de Boer\n=1+1', "a;b,c\nd")
    version = matrix.history(database).versions()[0]
    assert (version.wie, version.waarom, version.aantal) == ('Piet "P", de Boer\n=1+1', "a;b,c\nd", 1)


def test_a_broken_history_is_one_sentence(database):
    (database.parent / matrix.FILE).write_text("versie,wie\nx,y\n", encoding="utf-8")
    with pytest.raises(Fout, match="beschadigd"):
        matrix.effective(database)


def test_versions_of_before_are_taken_over_as_versions(database):
    """A file whose last line was left open by an editor, too."""
    head = "versie,wanneer,wie,waarom,doelgroep,mantelzorg,randvoorwaarde,graad,reden\n"
    lines = [
        f"{n},2025-0{n}-01T12:00:00,Team {n},besluit {n},{','.join(CELL)},{degree},\n"
        for n, degree in ((1, "W"), (2, "F"), (2, "N"))
    ]
    (database.parent / matrix.FILE).write_text((head + "".join(lines)).rstrip("\n"), encoding="utf-8")
    found = matrix.history(database).versions()
    assert [(v.nummer, v.wanneer[:10], v.wie, v.waarom, v.aantal) for v in found] == [
        (1, "2025-01-01", "Team 1", "besluit 1", 1), (2, "2025-02-01", "Team 2", "besluit 2", 2),
    ]  # fmt: skip
    assert [degree_of(database, n) for n in (1, 2)] == ["W", "N"]
    put(database, "F")
    assert [v.nummer for v in matrix.history(database).versions()] == [1, 2, 3]


def test_who_saved_from_an_older_version_changes_only_what_they_touched(database):
    """Two people start from the same version, each with the whole table on screen."""
    seen, other = 0, ("lvb", "geen", "begeleiding")
    screen = matrix.effective(database)[[*matrix.KEYS, "graad"]]
    put(database, "W")
    mine = screen.assign(
        graad=screen["graad"].where(screen[list(matrix.KEYS)].apply(tuple, axis=1) != other, "F")
    )
    matrix.history(database).add(matrix.changes(database, mine, seen), "Bert", "besluit", gezien=seen)
    assert degree_of(database) == "W" and degree_of(database, cell=other) == "F"
    same = screen.assign(
        graad=screen["graad"].where(screen[list(matrix.KEYS)].apply(tuple, axis=1) != CELL, "F")
    )
    with pytest.raises(Botsing, match="Team Wonen wijzigde dit"):
        matrix.history(database).add(matrix.changes(database, same, seen), "Cees", "besluit", gezien=seen)
    assert degree_of(database) == "W"


# ---------------------------------------------------------------- norms
def test_norms_are_set_in_the_units_of_the_screen(database):
    norms.history(database).add(
        norms.changes(database, {"winkels-1000": 800.0, "deels_aandeel": 30.0}), "ik", "rollator"
    )
    tables = with_own(knowledge_tables(10, True), database)
    shipped = knowledge_tables(10, True)
    conditions = tables["randvoorwaarde"].set_index("code")
    assert conditions.loc["winkels-1000", "norm_m"] == 800
    assert conditions.loc["winkels-1000", "titel"] == "Winkels voor dagelijkse boodschappen binnen 800 meter"
    assert conditions.loc["ontmoeting-1000", "norm_m"] == 1000
    assert tables["oordeel"]["deels_aandeel"].iloc[0] == pytest.approx(0.3)
    rest = tables["oordeel"].drop(columns="deels_aandeel").iloc[0]
    assert rest.equals(shipped["oordeel"].drop(columns="deels_aandeel").iloc[0].reindex(rest.index))
    assert tables["regel"].iloc[0].equals(shipped["regel"].iloc[0].reindex(tables["regel"].columns))


def test_every_norm_that_can_be_set_exists_and_lies_within_its_bounds(database):
    tables = knowledge_tables(10, True)
    for setting in norms.settings().values():
        assert setting.minimum <= setting.waarde <= setting.maximum, setting.code
        if setting.plek != norms.CONDITION:
            assert tables[setting.plek][setting.naam].iloc[0] * setting.factor == pytest.approx(
                setting.waarde
            )
    assert norms.mistakes(database, [("x", s.code, f"{s.waarde:g}") for s in norms.settings().values()]) == []


@pytest.mark.parametrize(
    ("code", "value", "word"),
    [
        ("winkels-1000", "veel", "getal"),
        ("winkels-1000", "20", "tussen"),
        ("winkels-1", "100", "bestaat niet"),
        ("deels_aandeel", "1e2", "getal"),
    ],
)
def test_a_wrong_norm_is_one_sentence(database, code, value, word):
    found = norms.mistakes(database, [("regel 2", code, value)])
    assert len(found) == 1 and word in found[0] and found[0].startswith("regel 2")


def test_norms_may_not_contradict_each_other(database):
    assert norms.mistakes(database, [("a", "nultrede_voldoet_vanaf", "30")]) != []
    assert (
        norms.mistakes(
            database, [("a", "nultrede_voldoet_vanaf", "30"), ("b", "nultrede_knelpunt_tot", "20")]
        )
        == []
    )


def test_numbers_are_read_as_people_write_them():
    assert [norms.read_number(text) for text in ("800", " 1,9 ", "0.5", "", "1.000,5", "nan", "inf")] == [
        800,
        1.9,
        0.5,
        None,
        None,
        None,
        None,
    ]


def test_a_title_without_metres_stays():
    assert title_at("alarm", float("nan")) == domain.randvoorwaarden()["alarm"].titel


# ---------------------------------------------------------------- files
def test_out_and_in_again_changes_nothing(database):
    put(database, "F")
    for content, name in (
        (exchange.to_csv(exchange.eis_rows(database)), "eisen.csv"),
        (exchange.to_xlsx(database), "alles.xlsx"),
    ):
        wanted = exchange.read(content, name, database)
        assert len(wanted.eisen) == len(domain.eisen()) and matrix.changes(database, wanted.eisen).empty
        assert norms.changes(database, wanted.normen).empty


def test_a_file_with_words_instead_of_codes_is_understood(database):
    text = "Doelgroep;Mantelzorg;Randvoorwaarde;Graad\nouderen-3;Geen mantelzorger;Alarm of contact, dag en nacht;Zeer wenselijk\n"
    changes = matrix.changes(database, exchange.read(text.encode("utf-8-sig"), "x.csv", database).eisen)
    assert changes[[*matrix.KEYS, "graad"]].values.tolist() == [[*CELL, "W"]]


def test_all_mistakes_of_a_file_come_together_and_nothing_is_taken(database):
    text = (
        "doelgroep,mantelzorg,randvoorwaarde,graad\nouderen-3,geen,alarm,N\nouderen-9,geen,alarm,N\n"
        "ouderen-3,geen,lift,X\nouderen-3,geen,alarm,W\n"
    )
    with pytest.raises(Fout) as found:
        exchange.read(text.encode(), "eisen.csv", database)
    told = found.value.zinnen
    assert "4 fouten" in told[0] and "niets overgenomen" in told[0]
    for word, line in (
        ("ouderen-9", "regel 3"),
        ("lift", "regel 4"),
        ("'X'", "regel 4"),
        ("ook op regel 2", "regel 5"),
    ):
        assert any(word in sentence and line in sentence for sentence in told[1:])
    assert matrix.history(database).versions() == []


def test_mistakes_in_both_sheets_of_a_workbook_are_named_by_sheet(database):
    book = openpyxl.load_workbook(io.BytesIO(exchange.to_xlsx(database)))
    book["Eisen"]["D2"] = "misschien"
    book["Normen"]["C3"] = "ver"
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(Fout) as found:
        exchange.read(content.getvalue(), "alles.xlsx", database)
    told = "\n".join(found.value.zinnen)
    assert "blad Eisen, regel 2" in told and "blad Normen" in told and "2 fouten" in told


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", b"PK\x03\x04rommel", b"\xff\xfe\x00", b'doelgroep,"\n']
)
def test_what_is_no_such_table_is_refused_in_words(database, content):
    with pytest.raises(Fout):
        exchange.read(content, "x.csv", database)


def test_a_reason_that_looks_like_a_formula_leaves_harmless(database):
    rows = pd.DataFrame([(*CELL, "W", "=cmd()")], columns=[*matrix.KEYS, "graad", "reden"])
    matrix.history(database).add(matrix.changes(database, rows), "ik", "x")
    assert b";'=cmd()" in exchange.to_csv(exchange.eis_rows(database))
    sheet = openpyxl.load_workbook(io.BytesIO(exchange.to_xlsx(database)))["Eisen"]
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    again = exchange.read(exchange.to_csv(exchange.eis_rows(database)), "x.csv", database).eisen
    assert "=cmd()" in set(again["reden"])


# ---------------------------------------------------------------- out of date
def test_figures_know_what_changed_since_they_were_made(database):
    bench = Workbench(database)
    bench.load("bouw", pd.DataFrame([{"kenmerk": "x"}]))
    bench.load(owndata.TABLE, owndata.record((database.parent,), database))
    bench.close()
    store = Store(database)
    assert owndata.changed(store) == [] and owndata.folders(store) == (database.parent.resolve(),)
    put(database, "W")
    assert owndata.changed(store) == ["eisen"]
    norms.history(database).add(norms.changes(database, {"winkels-1000": 800.0}), "ik", "x")
    assert owndata.changed(store) == ["eisen", "normen"] and listed(["eisen", "normen"]) == "eisen en normen"
    json.dumps(owndata.marks(database))


def test_distances_are_measured_at_the_own_norm(database):
    """From what was set to the norms that a build measures at: those of the municipality, and of the others our own."""
    norms.history(database).add(norms.changes(database, {"winkels-1000": 800}), "raad", "besluit")
    bench = Workbench(database)
    for name, frame in with_own(knowledge_tables(10, True), database).items():
        bench.load(name, frame)
    asked = distance.norms_in_force(bench)
    bench.close()
    assert asked[asked["randvoorwaarde"] == "winkels-1000"].values.tolist() == [
        ["winkels-1000", "winkels", 800]
    ]
    others = asked[asked["randvoorwaarde"] != "winkels-1000"].set_index("randvoorwaarde")["meter"]
    assert others.to_dict() == {
            "winkels-100": 100, "ontmoeting-100": 100, "ontmoeting-1000": 1000, "info-advies": 1000, "aanspreekpunt-passief": 1000,
        }  # fmt: skip
    metres = distance.reach_table(asked).query("code == 'winkels'")["meter"].tolist()
    assert 800 in metres and 1000 in metres


def test_titles_follow_the_norm_in_force(database):
    assert titles(database) == {code: c.titel for code, c in domain.randvoorwaarden().items()}
    norms.history(database).add(norms.changes(database, {"winkels-1000": 800}), "raad", "besluit")
    wanted = "Winkels voor dagelijkse boodschappen binnen 800 meter"
    assert titles(database)["winkels-1000"] == wanted
    shown = list(conditions.requirements(database, "ouderen-3")["titel"])
    assert wanted in shown and not any("1.000 meter" in t for t in shown if t.startswith("Winkels"))


def test_no_metres_stand_in_an_explanation():
    for condition in domain.randvoorwaarden().values():
        assert " meter" not in condition.uitleg + (condition.meetnoot or "")
