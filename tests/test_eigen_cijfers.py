"""Own counts: every mistake of a file together, what is kept, and count beside estimate."""

from __future__ import annotations

import io
import random
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from privacy_hulp import CODE, Shown, count

from wwz.ask import owncounts as owncountscompare
from wwz.base.errors import Fout
from wwz.cli.main import main
from wwz.own import counts as owncounts
from wwz.own.counts import COLUMNS, targets
from wwz.own.countscheck import check, subject_of
from wwz.own.countsread import day, lines_of, template, whole_number
from wwz.own.ledger import Botsing
from wwz.own.ledger.engine import LOCK
from wwz.words import sentences as words
from wwz.words.numbers import NOT_SHOWN

TODAY = date(2026, 6, 1)
HEAD = "gebied;onderwerp;aantal;peildatum;bron\n"
BUURTEN = [f"BU990100{n:02d}" for n in range(4)]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Four buurten of 1,000 people in one wijk."""
    return Shown(tmp_path_factory.mktemp("klein"), BUURTEN, []).store


def wrong(store, text: str) -> list[str]:
    with pytest.raises(Fout) as caught:
        check(store, lines_of((HEAD + text).encode(), "a.csv"), "a.csv", TODAY)
    return list(caught.value.zinnen)


MISTAKES = {
    "BU99999999;Wmo;12;2025;x": "staat niet in de gegevens",
    "BU99010000;Wmo;<5;2025;x": "is geen getal. Geef het echte aantal",
    "BU99010000;Wmo;-3;2025;x": "is negatief",
    "BU99010000;Wmo;veel;2025;x": "is geen getal",
    "BU99010000;Wmo;;2025;x": "het aantal is leeg",
    "BU99010000;Wmo;12,5;2025;x": "geen heel getal",
    "BU99010000;Wmo;=2+3;2025;x": "is een formule",
    "BU99010000;Wmo;1001;2025;x": "is meer dan de 1.000 inwoners",
    "BU99010000;Wmo;12;2027-01-01;x": "is geen datum van 2000 tot nu",
    "BU99010000;;12;2025;x": "het onderwerp is leeg",
    "BU99010000;=HYPERLINK(1);12;2025;x": "begint als een formule",
    "BU99010000;Wmo;12;2025;@bron": "begint als een formule",
    ";Wmo;12;2025;x": "het gebied is leeg",
}


@pytest.mark.parametrize("line", MISTAKES)
def test_every_mistake_is_named(store, line):
    found = wrong(store, line + "\n")
    assert found[0] == "In a.csv staat 1 fout. Er is niets bewaard:"
    assert found[1].startswith("Regel 2: ") and MISTAKES[line] in found[1], found


def test_all_mistakes_come_together_in_the_order_of_the_file(store):
    found = wrong(store, "\n".join(MISTAKES))
    assert found[0].startswith(f"In a.csv staan {len(MISTAKES)} fouten")
    assert [line.split(":")[0] for line in found[1:]] == [f"Regel {n}" for n in range(2, len(MISTAKES) + 2)]


def test_double_rows_and_two_levels(store):
    found = wrong(store, "BU99010000;Wmo;12;2025;x\nBU99010000;Wmo;13;2025-07-01;x\nWK990100;Wmo;40;2025;x\n")
    assert sum("staat 2 keer" in line for line in found) == 2
    assert sum("Geef per onderwerp één niveau" in line for line in found) == 1


def test_a_file_without_the_columns_or_without_lines(store):
    with pytest.raises(Fout, match="mist de kolom onderwerp, peildatum"):
        lines_of(b"gebied;aantal\nBU99010000;4\n", "a.csv")
    with pytest.raises(Fout, match="staan geen regels"):
        lines_of(b"", "a.csv")
    with pytest.raises(Fout, match="alleen kolomnamen"):
        check(store, lines_of(HEAD.encode(), "a.csv"), "a.csv", TODAY)
    with pytest.raises(Fout, match=r"a\.xlsx is niet te lezen\. Bewaar het bestand als Excel-werkmap"):
        lines_of(b"PK\x03\x04rommel", "a.xlsx")


def test_a_spreadsheet_with_a_formula_is_refused_and_one_with_numbers_is_read(store):
    for cell, fine in (("=1+2", False), (33, True), (33.0, True), ("33", True)):
        book = Workbook()
        book.active.append(["Gebied", "Onderwerp", "Aantal", "Peildatum"])
        book.active.append(["BU99010001", "Jeugdhulp", cell, date(2025, 1, 1)])
        content = io.BytesIO()
        book.save(content)
        lines = lines_of(content.getvalue(), "a.xlsx")
        if fine:
            assert check(store, lines, "a.xlsx", TODAY).rows == (
                ("BU99010001", "Jeugdhulp", 33, "2025-01-01", ""),
            )
        else:
            with pytest.raises(Fout, match="is een formule"):
                check(store, lines, "a.xlsx", TODAY)


def test_numbers_and_dates_as_people_write_them():
    assert [whole_number(t) for t in ("12", "1.234", "12.0", "1 234", "0", "12,00")] == [
        12,
        1234,
        12,
        1234,
        0,
        12,
    ]
    days = [
        day(t, TODAY)
        for t in ("2025", "2025-03-01", "01-03-2025", "2025-03-01 00:00:00", "1999", "31-02-2025")
    ]
    assert days == ["2025-01-01", "2025-03-01", "2025-03-01", "2025-03-01", None, None]


def test_noise_never_ends_in_anything_but_a_sentence(store):
    draw = random.Random(4)
    for _ in range(150):
        content = bytes(
            draw.choice(b'gebied;ondrwpatl,123<="\n\r\t\xff\x00PK') for _ in range(draw.randint(0, 200))
        )
        try:
            check(store, lines_of(content, "a.csv"), "a.csv", TODAY)
        except Fout as fout:
            assert all(z.endswith((".", ":")) for z in fout.zinnen)


def test_a_subject_is_recognised_by_code_title_or_short_name():
    assert subject_of("ggz").code == subject_of("GGZ").code == subject_of("dg_ggz").code == "dg_ggz"
    assert subject_of("ouderen-4a").code == "dg_ouderen_4a"
    assert subject_of("Dementieregistratie").code == ""
    assert targets()[subject_of("Wmo-cliënten").code].kort == "Wmo-cliënten"
    # Two figures have this short name: which one is not ours to guess.
    assert subject_of("Horen").code == ""


def test_the_template_can_be_filled_in_and_read(store):
    areas = store.areas().query("niveau == 'buurt'")
    content = template(areas, ["Jeugdhulp", "GGZ"], TODAY)
    book = load_workbook(io.BytesIO(content))
    assert book.active.max_row == 1 + 2 * len(BUURTEN)
    for row in range(2, 10):
        book.active.cell(row, 3).value = 20 + row
    filled = io.BytesIO()
    book.save(filled)
    checked = check(store, lines_of(filled.getvalue(), "a.xlsx"), "a.xlsx", TODAY)
    assert len(checked.rows) == 8
    assert checked.default_use("Jeugdhulp") == ("tonen", "")
    assert checked.default_use(checked.rows[-1][1]) == ("vervangt", "dg_ggz")


def test_who_and_the_estimate_have_to_be_said(store):
    checked = check(store, lines_of((HEAD + "BU99010000;Wmo;12;2025;x\n").encode(), "a.csv"), "a.csv", TODAY)
    with pytest.raises(Fout, match="wie deze cijfers"):
        checked.counts({"Wmo": ("tonen", "")}, " ")
    with pytest.raises(Fout, match="welke schatting"):
        checked.counts({"Wmo": ("ijkt", "")}, "ik")


# ------------------------------------------------------------- keeping


def test_a_later_count_replaces_an_earlier_one_and_a_subject_can_go(tmp_path):
    path = tmp_path / "eigen.csv"
    owncounts.add(path, [count("BU99010000", 12), count("BU99010001", 13)])
    owncounts.add(path, [count("BU99010000", 20), count("BU99010001", 13)])
    assert sorted((c.gebied, c.aantal) for c in owncounts.read(path)) == [
        ("BU99010000", 20),
        ("BU99010001", 13),
    ]
    assert {one.name.removesuffix("-wal").removesuffix("-shm") for one in tmp_path.iterdir()} == {
        "eigen.sqlite",
        LOCK,
    }
    assert owncounts.remove(path, CODE.upper()) == 2
    assert owncounts.read(path) == []
    # Who and when stays; no number of it is left, also not of what was corrected.
    entries = owncounts.SHELF.entries(path)
    assert len(entries) == 5 and all(e.gewist and e.was is None and e.werd is None for e in entries)
    with pytest.raises(Fout, match="geen onderwerp"):
        owncounts.remove(path, "iets")


@pytest.mark.parametrize("number", [12, 20])
def test_who_gives_counts_that_another_just_gave_is_told_and_never_which(tmp_path, number):
    path = tmp_path / "eigen.csv"
    seen = owncounts.latest(path)
    owncounts.add(path, [count("BU99010000", 12)], gezien=seen)
    # Also where the number is the same: else one could find out which it is.
    with pytest.raises(Botsing) as told:
        owncounts.add(path, [count("BU99010000", number)], gezien=seen)
    assert "wijzigde dit op" in told.value.zinnen[0] and "12" not in told.value.zinnen[0].split("ook")[1]
    with pytest.raises(Botsing):
        owncounts.remove(path, CODE, gezien=seen)
    owncounts.add(path, [count("BU99010001", 30, code="dg_lvb", name="anders")], gezien=seen)
    assert owncounts.remove(path, CODE, "Bert", gezien=owncounts.latest(path)) == 1
    with pytest.raises(Botsing, match="Bert"):
        owncounts.add(path, [count("BU99010000", number)], gezien=seen)
    assert [c.onderwerp for c in owncounts.read(path)] == ["anders"]


def test_two_subjects_cannot_have_the_same_estimate_or_two_levels(tmp_path):
    path = tmp_path / "eigen.csv"
    owncounts.add(path, [count("BU99010000", 12, name="een")])
    with pytest.raises(Fout, match="gaan allebei over"):
        owncounts.add(path, [count("BU99010000", 12, name="twee")])
    with pytest.raises(Fout, match="één niveau"):
        owncounts.add(path, [count("WK990100", 40, name="een")])
    with pytest.raises(Fout, match="één niveau"):
        owncounts.add(path, [count("WK990100", 40, code="dg_lvb", name="drie")])
    assert len(owncounts.read(path)) == 1


def test_a_damaged_file_is_said(tmp_path):
    path = tmp_path / owncounts.FILE
    path.write_text(",".join(COLUMNS) + "\nx,y\n", encoding="utf-8")
    with pytest.raises(Fout, match="beschadigd"):
        owncounts.read(tmp_path / "wwz.duckdb")


# ------------------------------------------------------------- side by side


def test_count_and_estimate_side_by_side_by_hand(tmp_path):
    # The estimate is 20, with a margin of 14 to 28. Chance: 1.645 times the root of 20 x 0.9 is 7.0 (of 200 people);
    # with the margin of 8 up that is 10.6, and of 6 down 9.2.
    shown = Shown(tmp_path, BUURTEN, [count(b, n) for b, n in zip(BUURTEN, (30, 25, 12, 14), strict=True)])
    found = owncountscompare.comparisons(shown.store)[0]
    rows = found.rows.set_index("gebied")
    assert rows["verschil_tekst"].to_dict() == {
        BUURTEN[0]: "+10",
        BUURTEN[1]: "+5",
        BUURTEN[2]: "−8",
        BUURTEN[3]: "−6",
    }
    assert rows["oordeel"].tolist() == ["binnen de marge"] * 4
    assert rows.loc[BUURTEN[0], "marge_tekst"] == "11 tot 31"
    assert "In 4 van de 4 gebieden" in found.zin and "Samen telt u er 81: 1% meer" in found.zin


def test_a_bound_about_few_people_is_no_number_beside_a_count():
    row = {"gebied": "BU1", "naam": "Hof", "verborgen": False, "aantal": 25, "schatting": 14.0}
    shown = owncountscompare._row(row | {"schatting_onder": 6.1, "schatting_boven": 23.0}, 10)
    assert shown["marge_tekst"] == "<10 tot 23"
    few = owncountscompare._row(row | {"schatting": 8.0, "schatting_onder": 3.0, "schatting_boven": 12.0}, 10)
    assert few["marge_tekst"] == "" and few["schatting_tekst"] == "<10"


def test_a_count_outside_margin_and_chance_is_said(tmp_path):
    shown = Shown(tmp_path, BUURTEN, [count(b, n) for b, n in zip(BUURTEN, (31, 30, 10, 11), strict=True)])
    rows = owncountscompare.comparisons(shown.store)[0].rows.set_index("gebied")
    words = [rows.loc[b, "oordeel"] for b in BUURTEN]
    assert words == ["hoger dan de marge", "binnen de marge", "lager dan de marge", "binnen de marge"]


def test_a_hidden_count_has_no_difference(tmp_path):
    shown = Shown(tmp_path, BUURTEN, [count(b, n) for b, n in zip(BUURTEN, (3, 25, 30, 14), strict=True)])
    found = owncountscompare.comparisons(shown.store)[0]
    hidden = found.rows[found.rows["verborgen"]]
    assert len(hidden) == 2
    assert (
        set(hidden["aantal_tekst"]) == {NOT_SHOWN}
        and set(hidden["verschil_tekst"]) == {""}
        and set(hidden["oordeel"]) == {""}
    )
    assert hidden[["aantal", "verschil"]].isna().all(axis=None)
    assert "Van 2 gebieden tonen we het aantal niet" in found.zin


def test_the_command_line_adds_shows_and_removes(tmp_path, capsys):
    shown = Shown(tmp_path, BUURTEN, [])
    database = str(shown.store.path)
    file = tmp_path / "cijfers.csv"
    file.write_text(
        HEAD + "".join(f"{b};GGZ;{40 + n};2025-01-01;Wmo\n" for n, b in enumerate(BUURTEN)), encoding="utf-8"
    )
    assert main(["eigen", "voegtoe", str(file), "--wie", "Wijkteam", "--database", database]) == 0
    assert "4 aantallen bewaard" in capsys.readouterr().out
    kept = owncounts.read(shown.store.path)
    assert {(c.gebruik, c.doel, c.wie) for c in kept} == {("vervangt", "dg_ggz", "Wijkteam")}
    assert main(["eigen", "weg", kept[0].onderwerp, "--database", database]) == 0
    assert owncounts.read(shown.store.path) == []
    assert main(["eigen", "voegtoe", str(tmp_path / "weg.csv"), "--wie", "x", "--database", database]) == 2
    assert "is niet te lezen" in capsys.readouterr().err


def test_a_template_has_the_ending_of_what_is_in_it(tmp_path, capsys):
    database = str(Shown(tmp_path, BUURTEN, []).store.path)
    assert main(["eigen", "sjabloon", str(tmp_path / "leeg.csv"), "--database", database]) == 2
    assert "eindigt niet op .xlsx" in capsys.readouterr().err and not (tmp_path / "leeg.csv").exists()
    assert main(["eigen", "sjabloon", str(tmp_path / "leeg.xlsx"), "--database", database]) == 0
    assert load_workbook(tmp_path / "leeg.xlsx").active.max_row > 1


def test_a_count_without_an_estimate_stands_there_alone(tmp_path):
    alone = [count(b, 30 + n, code="", use="tonen", name="Valpreventie") for n, b in enumerate(BUURTEN)]
    found = owncountscompare.comparisons(Shown(tmp_path, BUURTEN, alone).store)[0]
    assert set(found.rows["marge_tekst"]) == {""} and set(found.rows["verschil_tekst"]) == {"geen schatting"}
    assert "4 gebieden een aantal opgegeven" in found.zin


def test_a_count_has_the_year_in_which_it_was_counted(tmp_path):
    shown = Shown(tmp_path, BUURTEN, [count(b, 30, year=2025) for b in BUURTEN])
    rows = shown.store.ask("tabel", binnen=list(BUURTEN), niveau="buurt", indicatoren=[CODE], jaar=0)
    assert set(rows["soort"]) == {"opgegeven"} and {words.year_of(row) for _, row in rows.iterrows()} == {
        2025
    }
    assert set(rows["jaar"]) != {2025}
    # An estimate keeps its own year.
    (tmp_path / "zonder").mkdir()
    bare = Shown(tmp_path / "zonder", BUURTEN, []).store.ask(
        "tabel", binnen=list(BUURTEN), niveau="buurt", indicatoren=[CODE], jaar=0
    )
    assert {words.year_of(row) for _, row in bare.iterrows()} == set(bare["jaar"])


def test_chance_only_for_those_whom_nobody_counted(tmp_path):
    """Two of the four buurten counted: the wijk has chance over the other two."""
    shown = Shown(tmp_path, BUURTEN, [count(b, 30) for b in BUURTEN[:2]])
    codes = list(shown.store.areas().query("niveau == 'wijk'")["code"])
    wijk = shown.store.ask("tabel", binnen=codes, niveau="wijk", indicatoren=[CODE], jaar=0).iloc[0]
    per = wijk["noemer"] / wijk["teller"] * wijk["waarde"]
    # The estimate of a buurt is 20, from 14 to 28; together 12 below and 16 above the 40 that are estimated.
    assert wijk["teller"] == pytest.approx(100)
    chance = 1.645 * (40 * (1 - 40 / wijk["noemer"])) ** 0.5
    assert wijk["onder"] * wijk["noemer"] / per == pytest.approx(100 - (12**2 + chance**2) ** 0.5)
    assert wijk["boven"] * wijk["noemer"] / per == pytest.approx(100 + (16**2 + chance**2) ** 0.5)
    own = shown.store.ask("optelling", buurten=BUURTEN, naam="eigen", indicatoren=[CODE], jaar=0).iloc[0]
    assert [own[c] for c in ("onder", "boven")] == pytest.approx([wijk[c] for c in ("onder", "boven")])
