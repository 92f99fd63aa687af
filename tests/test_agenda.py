"""A city of four buurten, small enough to work out the whole agenda on paper. The sums stand beside the numbers.

Wijk 1 = buurt A and B; wijk 2 = buurt C and D. Doelgroepen: ouderen-3 and lg. Three randvoorwaarden count:
nultrede (from dwellings), winkels-1000 (measured in A and B, a mean in C) and alarmopvolging-10 (nobody knows).
"""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import replace

import pandas as pd
import pytest

from wwz import agenda, agendacli, agendatables, given
from wwz.areas import Area
from wwz.errors import Fout
from wwz.knowledge import domain, indicator_table
from wwz.knowledge.tables import knowledge_tables
from wwz.paths import SQL
from wwz.settings import Settings
from wwz.store import Store, Workbench

A, B, C, D = BUURTEN = ("BU99010101", "BU99010102", "BU99010201", "BU99010202")
NEEDED = [
    # ouderen-3 need a dwelling without stairs whoever cares for them; lg too
    *[("ouderen-3", m, "nultrede", "N") for m in ("inwonend", "uitwonend", "geen")],
    *[("lg", m, "nultrede", "N") for m in ("inwonend", "uitwonend", "geen")],
    # a shop is necessary where no carer lives in
    ("ouderen-3", "inwonend", "winkels-1000", "W"),
    ("ouderen-3", "uitwonend", "winkels-1000", "N"),
    ("ouderen-3", "geen", "winkels-1000", "N"),
    ("ouderen-3", "geen", "alarmopvolging-10", "N"),
]
# Number of people, and between which bounds.
PEOPLE = {
    ("ouderen-3", A): (100, 80, 130), ("ouderen-3", B): (200, 200, 200), ("ouderen-3", C): (60, 60, 60),
    ("ouderen-3", D): (50, 40, 60), ("lg", A): (40, 40, 40),
}  # fmt: skip
CARERS = {"inwonend": 0.5, "uitwonend": 0.3, "geen": 0.2}
# Share of flats: A all (half of them suits), B none (half of 3 in 10 houses), C half; of D it is not known.
FLATS = {A: 100, B: 0, C: 50}
# Share of the people with a shop within 1,000 and within 500 metres.
REACH = {(A, 1000): 0.9, (B, 1000): 0.25, (A, 500): 0.6, (B, 500): 0.25}


def city(folder, norm: int = 1000, mean: float | None = 1.0, opgaven=()) -> Store:
    """The database of the mini-city, made with the product's own SQL from the concept 'tekort' on."""
    given.add(given.path_beside(folder / "stad.duckdb"), list(opgaven))
    bench = Workbench(folder / "stad.duckdb")
    for name, frame in knowledge_tables(10, True).items():
        if name not in ("eis", "randvoorwaarde"):
            bench.load(name, frame)
        elif name == "randvoorwaarde":
            bench.load(name, frame.assign(norm_m=frame["norm_m"].where(frame["code"] != "winkels-1000", norm)))
    bench.load("eis", requirements())
    areas, members = places()
    bench.load("gebied", areas)
    bench.load("gebied_buurt", members)
    bench.load("inwoners_nu", pd.DataFrame({"gebied": BUURTEN, "inwoners": [1000.0, 2000.0, 500.0, 500.0]}))
    bench.load("variabele_gebied", variables())
    bench.load("cijfer", figures(mean))
    bench.load("bereik_deel", measured())
    bench.load("randvoorwaarde_bereik", pd.DataFrame([("winkels-1000", "winkels", norm)], columns=["randvoorwaarde", "bereik", "meter"]))
    bench.load("mantelzorg_aandeel", carers())
    bench.load("opgave", given.table(folder / given.FILE))
    bench.load("bouw", pd.DataFrame([{"gebouwd_op": "2024-01-01", "fictief": True, "naam": "Ministad", "kenmerk": "x"}]))
    for path in ("20_macro", "37_tekort", "38_knelpunt", "60_randvoorwaarde"):
        bench.run(SQL / "figures" / f"{path}.sql")
    bench.close()
    return Store(folder / "stad.duckdb")


def requirements() -> pd.DataFrame:
    rows = [(*key, "", "eigen", 2026, "A") for key in NEEDED]
    return pd.DataFrame(rows, columns=["doelgroep", "mantelzorg", "randvoorwaarde", "graad", "reden", "bron", "jaar", "merk"])


def places() -> tuple[pd.DataFrame, pd.DataFrame]:
    tree = {"GM9901": BUURTEN, "WK990101": (A, B), "WK990102": (C, D), **{b: (b,) for b in BUURTEN}}
    level = {"GM": "gemeente", "WK": "wijk", "BU": "buurt"}
    areas = pd.DataFrame([(code, f"naam {code}", level[code[:2]]) for code in tree], columns=["code", "naam", "niveau"])
    members = pd.DataFrame([(c, b) for c, bs in tree.items() for b in bs], columns=["gebied", "buurt"])
    return areas, members


def variables() -> pd.DataFrame:
    rows = [(b, 2023, "pct_meergezins", float(share)) for b, share in FLATS.items()]
    rows += [(b, 2023, "inwoners", n) for b, n in zip(BUURTEN, (1000.0, 2000.0, 500.0, 500.0), strict=True)]
    return pd.DataFrame(rows, columns=["gebied", "jaar", "variabele", "waarde"])


def figures(mean: float | None) -> pd.DataFrame:
    """The sizes of the doelgroepen, and of buurt C the mean distance to a shop (km)."""
    rows = []
    for (group, buurt), (count, low, high) in PEOPLE.items():
        code = "dg_" + group.replace("-", "_")
        per = indicator_table().set_index("code")["per"].get(code, 100)
        noemer = 1000.0
        rows.append((buurt, code, 2024, float(count), noemer, *(per * n / noemer for n in (count, low, high))))
    if mean is not None:
        rows.append((C, "afstand_supermarkt", 2023, None, 500.0, mean, None, None))
    names = ["gebied", "indicator", "jaar", "teller", "noemer", "waarde", "onder", "boven"]
    rest = dict(marge_uit="berekend", soort="geschat", bron="eigen", wijze="berekend", noemer_jaar=2023, dekking=1.0, geteld=False)
    return pd.DataFrame(rows, columns=names).astype({"teller": "float", "onder": "float", "boven": "float"}).assign(**rest)


def measured() -> pd.DataFrame:
    rows = [(b, "winkels", m, s, 1 - s, 1 - s, "adressen") for (b, m), s in REACH.items()]
    return pd.DataFrame(rows, columns=["buurt", "bereik", "meter", "binnen", "zonder_onder", "zonder_boven", "herkomst"])


def carers() -> pd.DataFrame:
    rows = [(b, g, m, s, s, s, "geschat") for (g, b) in PEOPLE for m, s in CARERS.items()]
    return pd.DataFrame(rows, columns=["gebied", "doelgroep", "mantelzorg", "aandeel", "onder", "boven", "soort"])


@pytest.fixture(autouse=True)
def doelgroepen_in_the_catalogue(monkeypatch):
    """The two doelgroepen as indicators, also while the catalogue does not have them yet."""
    import wwz.knowledge.tables as tables

    table = indicator_table()
    rows = [table.iloc[0].to_dict() | {"code": c, "per": 100, "regel": "aandeel"} for c in ("dg_ouderen_3", "dg_lg")]
    table = pd.concat([table[~table["code"].isin(["dg_ouderen_3", "dg_lg"])], pd.DataFrame(rows)], ignore_index=True)
    table.loc[table["code"].str.startswith("dg_"), "per"] = 100
    monkeypatch.setattr(tables, "indicator_table", lambda: table)
    monkeypatch.setitem(globals(), "indicator_table", lambda: table)


def area(store: Store, code: str) -> Area:
    level = {"GM": "gemeente", "WK": "wijk", "BU": "buurt"}[code[:2]]
    return Area(store, (code,), "de stad", level)


def rows_of(store: Store, code: str = "GM9901") -> pd.DataFrame:
    return agenda.of_area(store, area(store, code)).rows.set_index(["randvoorwaarde", "graad"])


def tell(place: str, condition: str, status: str, percent=None) -> given.Opgave:
    return given.checked(place, condition, status, percent, "wijkteam", "gebeld", "2025-03-01T12:00:00")


# ---------------------------------------------------------------- the agenda on paper
# Without a dwelling without stairs: A 1 - 1.0 x 0.5 = 0.50; B 1 - 1.0 x 0.3 x 0.5 = 0.85; C 1 - 0.5 x 0.5 - 0.5 x 0.15 = 0.675.
# Ouderen-3: A 100 x 0.50 = 50, B 200 x 0.85 = 170, C 60 x 0.675 = 40.5; lg: A 40 x 0.50 = 20. Together 280.5.
# D: not known, at most 60 people.
NULTREDE = 50 + 170 + 40.5 + 20
# Further than 1,000 metres on a mean of 1.0 km: exp(-(gamma(1 + 1/3) x 1)^3).
FURTHER = math.exp(-(math.gamma(4 / 3) ** 3))
# Without carer in the house is 0.3 + 0.2 = 0.5. A 100 x 0.5 x 0.1 = 5; B 200 x 0.5 x 0.75 = 75; C 60 x 0.5 x FURTHER.
WINKELS = 5 + 75 + 30 * FURTHER


def test_the_whole_agenda(tmp_path):
    found = agenda.of_area(store := city(tmp_path), area(store, "GM9901"))
    assert list(zip(found.rows["randvoorwaarde"], found.rows["graad"], strict=True)) == [
        ("nultrede", "N"), ("winkels-1000", "N"), ("alarmopvolging-10", "N"), ("winkels-1000", "W"),
    ]  # fmt: skip
    rows = found.rows.set_index(["randvoorwaarde", "graad"])
    assert rows.loc[("nultrede", "N"), "mensen"] == pytest.approx(NULTREDE)
    assert rows.loc[("nultrede", "N"), "onbekend_tot"] == pytest.approx(60)
    assert rows.loc[("winkels-1000", "N"), "mensen"] == pytest.approx(WINKELS)
    # With a carer in the house also 0.5 of the people: as many, but very desirable only.
    assert rows.loc[("winkels-1000", "W"), "mensen"] == pytest.approx(WINKELS)
    alarm = rows.loc[("alarmopvolging-10", "N")]
    assert math.isnan(alarm["mensen"]) and alarm["mensen_tekst"] == "?"
    # Nobody at home to help: 0.2 x (130 + 200 + 60 + 60) at the most.
    assert alarm["onbekend_tot"] == pytest.approx(0.2 * 450)
    assert rows.loc[("nultrede", "N"), "voor_wie"].startswith(domain.doelgroepen()["ouderen-3"].kort)


def test_the_headline_counts_people_once_for_all_conditions(tmp_path):
    head = city(tmp_path).ask("agenda_kop", **agenda.parameters(s := Store(tmp_path / "stad.duckdb"), area(s, "GM9901"))).iloc[0]
    # In the half with a carer in the house only the dwelling counts; in the other half 1 - (1 - dwelling)(1 - shop).
    a = 50 * 0.5 + 50 * (1 - 0.5 * 0.9)
    b = 100 * 0.85 + 100 * (1 - 0.15 * 0.25)
    c = 30 * 0.675 + 30 * (1 - 0.325 * (1 - FURTHER))
    assert head["mensen"] == pytest.approx(a + b + c + 20)
    assert head["onder"] < head["mensen"] < head["boven"]


def test_the_margin_of_one_cell(tmp_path):
    inputs = (store := city(tmp_path)).ask("agenda_tekort", **agenda.parameters(store, area(store, A)))
    cell = inputs.set_index(["randvoorwaarde", "doelgroep"]).loc[("nultrede", "ouderen-3")]
    # 100 people (80 to 130), share 0.50; the share lies between 1 - 0.7 = 0.30 and 1 - 0.3 = 0.70.
    assert cell["onder"] == pytest.approx(50 - math.hypot(20 * 0.5, 100 * 0.2))
    assert cell["boven"] == pytest.approx(50 + math.hypot(30 * 0.5, 100 * 0.2))


def test_a_wijk_is_its_own_buurten(tmp_path):
    rows = rows_of(city(tmp_path), "WK990102")
    assert rows.loc[("nultrede", "N"), "mensen"] == pytest.approx(40.5)
    assert rows.loc[("nultrede", "N"), "onbekend_tot"] == pytest.approx(60)


def test_where_in_the_area(tmp_path):
    store = city(tmp_path)
    places_ = agendatables.places(store, area(store, "GM9901"), "nultrede").set_index("gebied")["mensen"]
    assert places_[[A, B, C]].tolist() == pytest.approx([70, 170, 40.5])
    assert math.isnan(places_[D])


# ---------------------------------------------------------------- norms, unknown, given
def test_another_norm_changes_exactly_the_right_numbers(tmp_path):
    (tmp_path / "1").mkdir(), (tmp_path / "2").mkdir()
    before, after = rows_of(city(tmp_path / "1")), rows_of(city(tmp_path / "2", norm=500))
    changed = before.index[(before["mensen"].fillna(-1) - after["mensen"].fillna(-1)).abs() > 1e-9]
    assert set(changed) == {("winkels-1000", "N"), ("winkels-1000", "W")}
    # A 50 x 0.4 = 20; B 75 as before; C: mean twice the norm.
    far = math.exp(-((math.gamma(4 / 3) * 0.5) ** 3))
    assert after.loc[("winkels-1000", "N"), "mensen"] == pytest.approx(20 + 75 + 30 * far)


def test_unknown_is_never_met(tmp_path):
    store = city(tmp_path, mean=None)
    statuses = agendatables.statuses(store, area(store, D)).set_index("randvoorwaarde")
    assert set(statuses["status"]) == {"onbekend"}
    rows = rows_of(store, D)
    assert rows["mensen"].isna().all() and (rows["onbekend_tot"] > 0).all()
    assert agenda.of_area(store, area(store, D)).met == ()


def test_a_mean_too_coarse_for_the_norm_decides_nothing(tmp_path):
    store = city(tmp_path)
    statuses = agendatables.statuses(store, area(store, C)).set_index("randvoorwaarde")
    assert statuses.loc["winkels-100", "status"] == "onbekend"
    assert statuses.loc["winkels-1000", "status"] == "deels"  # the mean is the norm itself


def test_what_is_known_of_few_inhabitants_is_not_known_of_the_area(tmp_path):
    store = city(tmp_path)
    # Shops: unknown only in D, 500 of the 4,000 inhabitants. Alarm: unknown everywhere.
    statuses = agendatables.statuses(store, area(store, "GM9901")).set_index("randvoorwaarde")
    assert statuses.loc["winkels-1000", "status"] == "knelpunt"  # B is half of the town
    assert agendatables.statuses(store, area(store, "WK990102")).set_index("randvoorwaarde").loc["winkels-1000", "status"] == "onbekend"


def test_the_municipality_goes_before_a_measurement_and_the_smallest_area_first(tmp_path):
    store = city(
        tmp_path,
        opgaven=[
            tell("GM9901", "alarmopvolging-10", "voldoet"),
            tell(B, "alarmopvolging-10", "knelpunt", 50),
            tell(A, "nultrede", "deels", "25"),
        ],
    )
    rows = rows_of(store)
    # Alarm: nobody, except in B 200 x 0.2 x 0.5 = 20. Nultrede: A 140 x 0.25 = 35 instead of 70.
    assert rows.loc[("alarmopvolging-10", "N"), "mensen"] == pytest.approx(20)
    assert rows.loc[("alarmopvolging-10", "N"), "soort"] == "opgegeven"
    assert rows.loc[("nultrede", "N"), "mensen"] == pytest.approx(NULTREDE - 35)


def test_taking_a_statement_back_makes_it_unknown_again(tmp_path):
    store = city(tmp_path, opgaven=[tell(A, "alarmopvolging-10", "voldoet")])
    assert "alarmopvolging-10" not in rows_of(store, A).index.get_level_values(0)
    given.add(given.path_beside(store.path), [tell(A, "alarmopvolging-10", "onbekend")])
    row = rows_of(store, A).loc[("alarmopvolging-10", "N")]
    assert math.isnan(row["mensen"]) and row["onbekend_tot"] == pytest.approx(26)


def test_given_without_a_percentage_has_a_margin(tmp_path):
    rows = rows_of(city(tmp_path, opgaven=[tell(B, "alarmopvolging-10", "deels")]), B)
    row = rows.loc[("alarmopvolging-10", "N")]
    # 200 x 0.2 = 40 people, of whom a part: 0.5, between 0.1 and 0.9.
    assert (row["mensen"], row["onder"], row["boven"]) == pytest.approx((20, 4, 36))


def test_few_people_are_not_shown(tmp_path):
    store = city(tmp_path)
    row = rows_of(store, A).loc[("winkels-1000", "N")]  # 5 people
    assert row["mensen_tekst"] == "<10" and math.isnan(row["mensen"]) and math.isnan(row["boven"])
    assert math.isnan(agendatables.places(store, area(store, "GM9901"), "winkels-1000").set_index("gebied")["mensen"][A])


def test_without_doelgroepen_the_agenda_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("test_agenda.PEOPLE", {})
    found = agenda.of_area(store := city(tmp_path), area(store, "GM9901"))
    assert not found.has_groups and found.rows.empty and "nog niet te zeggen" in found.headline


def test_the_command_prints_the_same_list(tmp_path, monkeypatch, capsys):
    store = city(tmp_path)
    monkeypatch.setattr(agendacli, "find_area", lambda _, codes: area(store, codes[0]))
    chosen = argparse.Namespace(gebied="GM9901", formaat="json")
    assert agendacli.run(chosen, Settings(database=store.path)) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(r["rang"], r["randvoorwaarde"], r["mensen"]) for r in rows[:3]] == [
        (1, "nultrede", 280), (2, "winkels-1000", 95), (3, "alarmopvolging-10", None),
    ]  # fmt: skip
    assert rows[2]["onbekend_tot"] == 90 and rows[2]["soort"] == "eerst uitzoeken"


# ---------------------------------------------------------------- statements as a file
def test_statements_survive_the_file_and_keep_their_history(tmp_path):
    path = tmp_path / given.FILE
    first = tell("WK990101", "respijtzorg", "knelpunt", 12.5)
    given.add(path, [first])
    given.add(path, [replace(first, status="voldoet", procent=None, wie='Piet "de Boer"; =1+1')])
    assert [s.status for s in given.read(path)] == ["knelpunt", "voldoet"]
    assert [s.status for s in given.current(given.read(path))] == ["voldoet"]
    assert given.parse(path.read_bytes().replace(b"\n", b"\r\n"), "x.csv") == given.read(path)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"gebied": "Centrum"}, "Centrum"),
        ({"randvoorwaarde": "lift"}, "lift"),
        ({"status": "goed"}, "goed"),
        ({"procent": "120"}, "120"),
        ({"procent": "veel"}, "veel"),
        ({"wie": " "}, "wie"),
    ],
)
def test_a_wrong_statement_is_one_sentence(change, word):
    fields = dict(gebied="WK990101", randvoorwaarde="respijtzorg", status="deels", procent="", wie="ik", waarom="")
    with pytest.raises(Fout, match=word):
        given.checked(**{**fields, **change})


def test_a_file_with_a_wrong_line_is_refused_with_its_number():
    text = "gebied,randvoorwaarde,status,procent,wie,waarom,wanneer\nWK990101,alarm,deels,,ik,,\nWK990101,alarm,beter,,ik,,\n"
    with pytest.raises(Fout, match="regel 3"):
        given.parse(text.encode(), "opgaven.csv")
