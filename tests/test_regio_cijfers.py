"""Numbers of gemeenten: only what was counted by the agreed definition is added, and small numbers cannot be worked out."""

from __future__ import annotations

import io
import itertools
import json
from datetime import date

import duckdb
import numpy as np
import pytest
from eigen_hulp import own_copy
from hypothesis import given as when
from hypothesis import settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from regio_hulp import CODES, GROUP, given, settled, whole_region
from scipy.optimize import linprog

from wwz.base.errors import Fout
from wwz.cli.main import main
from wwz.fetch.choice import fetch_folder
from wwz.fetch.items import rules
from wwz.fetch.lists import keep_list
from wwz.own.countssafe import Rule
from wwz.own.ledger import Entry
from wwz.own.region import hidden, numbers, numbersread, register
from wwz.region import flat, places, series, task
from wwz.region.spread import sensitivity, spread

TODAY = date(2026, 6, 1)
PEOPLE = dict.fromkeys(CODES, 30_000.0) | {"GM9901": 130_000.0}
COUNTS = dict(zip(CODES, (214, 31, 26, 19), strict=True))
HEAD = "gemeente;groep;aantal;peildatum;definitie;bron\n"


@pytest.fixture
def store(own):
    """The example region with a ledger of its own."""
    return own


def stands(store, group: str = GROUP) -> dict[str, tuple]:
    found = series.series(whole_region(store), group, "opgegeven")
    return {deel.code: (deel.stand, deel.aantal, deel.apart, deel.reden) for deel in found.delen}


# ------------------------------------------------------------- appels en peren


def test_only_the_agreed_definition_is_added(store):
    mark = settled(store, agreed=CODES[:3])
    given(store, {"GM9901": 214}, mark)
    given(store, {"GM9902": 31}, "geteld met de lijst van de opvang")
    given(store, {"GM9903": 26}, mark, day="2026-03-01")
    given(store, {"GM9904": 19}, mark)
    assert stands(store) == {
        "GM9901": ("telt", 214, None, ""),
        "GM9902": ("apart", None, 31, "andere definitie"),
        "GM9903": ("apart", None, 26, "andere peildag"),
        "GM9904": ("apart", None, 19, "geen akkoord"),
    }
    reeks = series.series(whole_region(store), GROUP)
    assert reeks.totaal == 214 and len(reeks.zonder) == 3
    register.agree(store.path, GROUP, ["GM9904"], "2026-05-13", "", "tafel")
    assert series.series(whole_region(store), GROUP).totaal == 214 + 19


def test_a_changed_definition_adds_nothing_until_all_agree_and_count_again(store):
    given(store, COUNTS, settled(store))
    assert series.series(whole_region(store), GROUP).totaal == 290
    register.settle(store.path, GROUP, "Iets anders", "01-01", "Registratie", "tafel")
    assert {s[0] for s in stands(store).values()} == {"apart"}
    assert series.series(whole_region(store), GROUP).totaal == 0


def test_numbers_of_two_years_are_never_added(store):
    mark = settled(store)
    given(store, {"GM9901": 200, "GM9902": 40}, mark, day="2025-01-01")
    given(store, {"GM9903": 26, "GM9904": 19}, mark)
    regio = whole_region(store)
    assert series.series(regio, GROUP).totaal == 45 and series.series(regio, GROUP, jaar=2025).totaal == 240


def test_nobody_agrees_with_a_proposal(store):
    with pytest.raises(Fout, match="eerst vast"):
        register.agree(store.path, GROUP, CODES, "2026-05-12", "", "tafel")
    settled(store, agreed=())
    with pytest.raises(Fout, match="toekomst"):
        register.agree(store.path, GROUP, CODES, "2999-01-01", "", "tafel")
    with pytest.raises(Fout, match="geen gemeente"):
        register.agree(store.path, GROUP, ["WK990100"], "2026-05-12", "", "tafel")


# ------------------------------------------------------------- the file


def test_all_mistakes_of_a_file_together():
    lines = [
        "GM9901;uitstroom;214;2026-01-01;x;", "GM0000;uitstroom;3;2026-01-01;x;", "GM9902;zomaar;3;2026-01-01;x;",
        "GM9902;uitstroom;drie;2026-01-01;x;", "GM9903;uitstroom;3;morgen;x;", "GM9904;uitstroom;3;2026-01-01;;",
        "GM9901;uitstroom;9;2026-01-01;x;", "GM9902;urgent;999999;2026-01-01;x;", "GM9903;urgent;;2026-01-01;x;",
        "GM9904;urgent;4;2026-01-01;x;=1+1",
    ]  # fmt: skip
    with pytest.raises(Fout) as caught:
        numbersread.read((HEAD + "\n".join(lines)).encode(), "a.csv", PEOPLE, "Anna", TODAY)
    text = "\n".join(caught.value.zinnen)
    for words in (
        "GM0000 staat niet", "'zomaar' is geen groep", "'drie' is geen getal", "'morgen' is geen datum", "definitie is leeg",
        "2 keer in het bestand", "meer dan het aantal inwoners", "begint als een formule",
    ):  # fmt: skip
        assert words in text, words
    assert len(caught.value.zinnen) == 10 and "drie" not in caught.value.zinnen[0]


def test_the_template_comes_back_as_it_was_filled_in(store):
    mark = settled(store)
    definitions = list(register.definities(store.path).values())
    content = numbersread.template(dict.fromkeys(CODES, "x"), definitions, TODAY)
    with pytest.raises(Fout, match="nog geen aantal"):
        numbersread.read(content, "a.xlsx", PEOPLE, "Anna", TODAY)
    book = load_workbook(io.BytesIO(content))
    for row in book.active.iter_rows(min_row=2):
        if row[1].value == GROUP:
            row[2].value = COUNTS[row[0].value]
    target = io.BytesIO()
    book.save(target)
    rows = numbersread.read(target.getvalue(), "a.xlsx", PEOPLE, "Anna", TODAY)
    assert {(r.gemeente, r.aantal, r.definitie, r.peildatum) for r in rows} == {
        (code, count, mark, "2026-01-01") for code, count in COUNTS.items()
    }
    assert numbersread.apart(rows, register.definities(store.path)) == []


# ------------------------------------------------------------- small numbers


def test_a_small_number_is_only_seen_with_another(store):
    given(store, dict(zip(CODES, (88, 34, 17, 7), strict=True)), settled(store))
    assert stands(store) == {
        "GM9901": ("telt", 88, None, ""), "GM9902": ("telt", 34, None, ""), "GM9903,GM9904": ("telt", 24, None, ""),
    }  # fmt: skip
    # Another region cuts the set: then neither counts, and the total says so.
    three = places.region(store, places.of_gemeenten(store, CODES[:3]))
    cut = series.series(three, GROUP)
    assert cut.totaal == 122 and [(d.code, d.stand, d.apart) for d in cut.zonder] == [
        ("GM9903", "niet getoond", None)
    ]


def test_what_was_seen_before_hides_nobody(store):
    mark = settled(store)
    given(store, {"GM9901": 88, "GM9903": 17}, mark)
    given(store, {"GM9904": 7}, mark)
    # 17 was seen: together with 7 they would give it away.
    assert stands(store)["GM9904"] == ("niet getoond", None, None, "")
    given(store, {"GM9902": 34}, mark)
    assert stands(store)["GM9902,GM9904"] == ("telt", 41, None, "")


def test_what_was_hidden_stays_hidden_after_a_correction(store):
    mark = settled(store)
    given(store, dict(zip(CODES, (88, 34, 17, 7), strict=True)), mark)
    given(store, {"GM9904": 15}, mark)
    assert "GM9904" not in stands(store) and stands(store)["GM9903,GM9904"][1] == 32


def everything(store, counts: dict[str, int]) -> str:
    """All that leaves: shares by every key, and the texts with them."""
    given(store, counts, settled(store))
    reeks = series.series(whole_region(store), GROUP)
    rows = [
        flat.spread_rows(spread(reeks, key))
        for key in ("inwoners", "woningen", "corporatie", "nu", "last", "mix")
    ]
    return json.dumps([rows, [row.verschillen for row in sensitivity(reeks)]])


def test_nothing_that_leaves_depends_on_how_a_hidden_sum_is_made_up(voorbeeld_store, tmp_path):
    outcomes = set()
    for number, (third, fourth) in enumerate([(17, 7), (19, 5), (15, 9), (24, 0), (12, 12)][:4]):
        folder = tmp_path / str(number)
        folder.mkdir()
        outcomes.add(
            everything(
                own_copy(voorbeeld_store, folder), dict(zip(CODES, (88, 34, third, fourth), strict=True))
            )
        )
    assert len(outcomes) == 1


MINIMUM, SLACK = 10, 3
GEMEENTEN = [f"GM99{n:02d}" for n in range(1, 7)]
acts = st.lists(
    st.dictionaries(st.sampled_from(GEMEENTEN), st.one_of(st.integers(0, 12), st.integers(0, 60)), min_size=1, max_size=5),
    min_size=1, max_size=4,
)  # fmt: skip


@when(acts)
@settings(max_examples=150)
def test_who_keeps_everything_that_was_ever_shown_cannot_work_out_a_small_number(uploads):
    """Each gemeente gives its number once; whoever saw every state knows each hidden one only within the promised margin."""
    entries, facts, given_so_far = [], {}, {}
    people = {code: 5_000.0 + 10 * n for n, code in enumerate(GEMEENTEN)}
    for act, upload in enumerate(uploads, 1):
        for code, count in upload.items():
            if code not in given_so_far:
                given_so_far[code] = count
                said = {"aantal": count, "peildatum": "2026-01-01", "definitie": "x", "bron": "", "wie": ""}
                entries.append(
                    Entry(
                        len(entries) + 1,
                        act,
                        numbers.KIND.code,
                        (GROUP, code, "2026"),
                        1,
                        "",
                        "",
                        "",
                        "",
                        None,
                        said,
                    )
                )
        for shown in hidden.protected(entries, people, Rule(MINIMUM, SLACK)):
            if shown.aantal is not None:
                facts[frozenset({shown.gemeente})] = shown.aantal
            elif shown.blok_aantal is not None:
                facts[frozenset(shown.blok.split(","))] = shown.blok_aantal
    small = [code for code, count in given_so_far.items() if count < MINIMUM]
    assert not any(frozenset({code}) in facts for code in small)
    columns = {code: place for place, code in enumerate(GEMEENTEN)}
    rows = np.array([[float(code in fact) for code in GEMEENTEN] for fact in facts]).reshape(
        len(facts), len(GEMEENTEN)
    )
    bounds = [(0, people[code]) for code in GEMEENTEN]
    for code in small:
        ends = []
        for sign in (1, -1):
            goal = np.zeros(len(GEMEENTEN))
            goal[columns[code]] = sign
            done = linprog(
                goal, A_eq=rows if facts else None, b_eq=list(facts.values()) or None, bounds=bounds
            )
            ends.append(done.fun * sign)
        assert ends[1] - ends[0] >= SLACK - 1e-6, (code, facts)


def test_all_regions_together_give_no_more_than_the_parts(store):
    """Every total of every region is a sum of parts that are seen anyway: subtracting two regions gives nothing new."""
    given(store, dict(zip(CODES, (88, 34, 17, 7), strict=True)), settled(store))
    seen = {deel.code: deel.aantal for deel in series.series(whole_region(store), GROUP).delen}
    for size in (2, 3):
        for codes in itertools.combinations(CODES, size):
            reeks = series.series(places.region(store, places.of_gemeenten(store, codes)), GROUP)
            assert all(seen[deel.code] == deel.aantal for deel in reeks.met)


# ------------------------------------------------------------- the command line


def test_the_command_line_from_template_to_shares(store, tmp_path, capsys):
    base = ["--database", str(store.path)]
    assert main(["regio", "definitie", "--groep", GROUP, "--wie", "tafel", *base]) == 0
    everyone = ["--gemeenten", ",".join(CODES)]
    assert (
        main(
            [
                "regio",
                "akkoord",
                *everyone,
                "--groep",
                GROUP,
                "--datum",
                "2026-05-12",
                "--wie",
                "tafel",
                *base,
            ]
        )
        == 0
    )
    mark = register.definities(store.path)[GROUP].kenmerk
    lines = [f"{code};{GROUP};{count};2026-01-01;{mark};" for code, count in COUNTS.items()]
    lines[3] = lines[3].replace(mark, "anders")
    (tmp_path / "in.csv").write_text(HEAD + "\n".join(lines))
    assert main(["regio", "voegtoe", str(tmp_path / "in.csv"), "--wie", "Anna", *base]) == 0
    assert "Apart, en niet opgeteld: GM9904" in capsys.readouterr().out
    target = tmp_path / "uit.json"
    asked = ["regio", "spreiding", *everyone, "--groep", GROUP, "--sleutel", "inwoners", "--formaat", "json"]
    assert main([*asked, "--uit", str(target), *base]) == 0
    rows = json.loads(target.read_text())
    assert sum(row["nu"] or 0 for row in rows) == sum(row["eerlijk"] or 0 for row in rows) == 271
    assert rows[-1]["gemeente"] == "GM9904" and rows[-1]["apart"] == 19 and rows[-1]["eerlijk"] is None
    capsys.readouterr()
    for wrong in (["--gemeenten", "GM9901"], ["--gemeenten", "GM0001,GM0002"], ["--regio", "nergens"], []):
        assert main(["regio", "spreiding", *wrong, *base]) == 2
        assert capsys.readouterr().err.strip().endswith(".")


def test_the_example_region_has_made_up_numbers_until_somebody_gives_numbers(store):
    regio = whole_region(store)
    assert series.series(regio, GROUP).hoe == "fictief" and "fictief" not in series.kinds(regio, "dakloos")
    given(store, {"GM9901": 214}, "x")
    assert series.kinds(regio, GROUP) == ["opgegeven"]


def test_what_is_published_is_use_and_counts_only_by_its_own_definition(store):
    regio, group = whole_region(store), "beschermd"
    with duckdb.connect(str(store.path), read_only=True) as connection:
        there = dict(
            connection.execute(
                "select gebied, waarde from gebruik_gemeente where variabele = 'wmo_beschermd' "
                "and jaar = (select max(jaar) from gebruik_gemeente where variabele = 'wmo_beschermd')"
            ).fetchall()
        )
    assert series.kinds(regio, group) == ["fictief", "gepubliceerd"] and len(there) > 1
    before = series.series(regio, group, "gepubliceerd")
    assert not before.met and before.totaal == 0 and before.peildatum.endswith("12-31")
    alone = {d.gemeenten[0]: d.apart for d in before.delen if d.apart is not None}
    assert alone and alone.items() <= there.items()
    assert {d.reden for d in before.delen if d.stand == "apart"} == {"andere definitie"}
    with pytest.raises(Fout):
        spread(before, "inwoners")
    base = ["--groep", group, "--wie", "tafel", "--database", str(store.path)]
    assert main(["regio", "definitie", "--gepubliceerd", *base]) == 0
    assert {d.reden for d in series.series(regio, group, "gepubliceerd").delen if d.stand == "apart"} == {
        "geen akkoord"
    }
    register.agree(store.path, group, list(CODES), "2026-05-12", "", "tafel")
    after = series.series(regio, group, "gepubliceerd")
    assert after.totaal == sum(there[code] for deel in after.met for code in deel.gemeenten) > 0
    assert "Wmo-cliënten" in after.bron and after.peildatum.endswith("12-31")
    assert main(["regio", "definitie", "--gepubliceerd", "--groep", "dakloos", *base[2:]]) == 2


def test_a_taakstelling_is_divided_by_inhabitants_as_the_law_does(store, capsys):
    base = [
        "regio",
        "taakstelling",
        "--regio",
        "voorbeeld",
        "--formaat",
        "json",
        "--database",
        str(store.path),
    ]
    assert main(base) == 2 and "nog geen taakstelling" in capsys.readouterr().err
    assert main([*base, "--periode", "2026-1", "--aantal", "101", "--bron", "Brief", "--wie", "Anna"]) == 0
    found = {row["gemeente"]: row["aantal"] for row in json.loads(capsys.readouterr().out)}
    people = store.areas().set_index("code").loc[list(CODES), "inwoners"]
    exact = 101 * people / people.sum()
    assert sum(found.values()) == 101 and set(found) == set(CODES)
    assert all(abs(found[code] - exact[code]) < 1 for code in CODES)
    assert task.latest(whole_region(store), "statushouders").halfjaar == "eerste halfjaar van 2026"
    assert main([*base, "--periode", "2026-3", "--aantal", "0", "--wie", "Anna"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 3
    with pytest.raises(Fout, match="statushouders"):
        task.keep(whole_region(store), "urgent", "2026-1", 10, "Brief", "Anna")


def test_lists_that_were_fetched_can_be_chosen(store):
    year, folder = rules()["standaard_jaar"], fetch_folder(store.path)
    folder.mkdir(parents=True, exist_ok=True)
    kept = [
        {"soort": "COROP-gebied", "code": "CR99", "naam": "De Kust", "gemeenten": list(CODES[:2])},
        {"soort": "provincie", "code": "PV99", "naam": "Elders", "gemeenten": ["GM0001", "GM0002"]},
    ]
    keep_list(folder, "regios", year, kept)
    place = places.by_name(store, "COROP-gebied De Kust")
    assert place.gemeenten == CODES[:2] and str(year) in place.herkomst
    # Of a region that is not in the data nothing can be said.
    assert "Elders" not in {p.naam for p in places.known(store)}


def test_a_number_that_is_taken_away_is_missing_and_still_hides_what_was_small(store):
    mark = settled(store)
    given(store, dict(zip(CODES, (88, 34, 17, 7), strict=True)), mark)
    base = ["--database", str(store.path), "--wie", "Anna"]
    assert main(["regio", "weg", "--groep", GROUP, "--gemeente", "GM9904", "--jaar", "2026", *base]) == 0
    # Without the other half the hidden one is not seen: the total of before minus the total of now would tell it.
    assert (
        stands(store)["GM9903"] == ("niet getoond", None, None, "")
        and stands(store)["GM9904"][0] == "ontbreekt"
    )
    assert main(["regio", "weg", "--groep", GROUP, "--gemeente", "GM9904", "--jaar", "2026", *base]) == 2
