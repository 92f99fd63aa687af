"""People counted once: a population of whole people that adds up to the figures that are there, and how limitations go together."""

from __future__ import annotations

import json
import re

import duckdb
import numpy as np
import pandas as pd
import pytest
from invoer_hulp import step

from wwz.ask import peoplecheck, together
from wwz.ask.area import find_area
from wwz.ask.view import View
from wwz.base.settings import Settings
from wwz.cli import modelpeople
from wwz.export.agendasheet import make_agenda_sheet
from wwz.knowledge import load_toml
from wwz.model.people import check
from wwz.model.people.cells import Cells
from wwz.model.people.frailty import chance, level, shifted, with_any
from wwz.model.people.homes import people
from wwz.model.people.population import Wanted, populate, table
from wwz.model.people.recipe import recipe
from wwz.model.people.using import Counted, Use, counted, of_care, use_tables, uses, using
from wwz.model.people.whole import chosen, rounded, spread
from wwz.model.tables import MODEL
from wwz.profile import page as profile

KNOWN = recipe()
AGES = {
    "0_15": 150,
    "15_18": 30,
    "18_25": 70,
    "25_45": 250,
    "45_65": 260,
    "65_75": 120,
    "75_85": 80,
    "85plus": 40,
}


def a_buurt(**other) -> pd.DataFrame:
    row = {f"leeftijd_{code}": count for code, count in AGES.items()}
    return pd.DataFrame([{"gebied": "BU1", **row, "vrouwen": 0.52, "eenpersoons": 160.0, **other}])


def at_home(buurten: pd.DataFrame) -> np.ndarray:
    return np.repeat(1 - KNOWN.institution[None, :], len(buurten), axis=0)


def made(grown: dict[str, float], older: dict[str, float], groups: dict[str, float]) -> pd.DataFrame:
    buurten = a_buurt()
    targets = [np.array([[known.get(code, np.nan) for code in KNOWN.limits]]) for known in (grown, older)]
    sizes = np.array([[groups.get(code, 0.0) for code in KNOWN.groups]])
    found = populate(KNOWN, Wanted(buurten, at_home(buurten), *targets, sizes))
    return table(KNOWN, found, buurten)


def having(rows: pd.DataFrame, code: str) -> pd.Series:
    return rows["beperkingen"] & (1 << KNOWN.limits.index(code)) > 0


def test_people_are_whole_and_as_many_as_counted():
    found = people(KNOWN, a_buurt(), at_home(a_buurt()))[0]
    assert found.sum(axis=(1, 2)).tolist() == list(AGES.values())
    assert found.sum() == 1000 and found[:, 1].sum() == 520 and found[:, :, 0].sum() == 160
    # Of 40 people of 85 and older 16% live in an institution: 6.4.
    assert found[-1, :, 2].sum() in (6, 7) and (found >= 0).all()


def test_rounding_keeps_the_total_and_every_sum_from_the_first():
    shares = np.array([[0.4, 0.4, 0.4, 0.8], [0.0, 0.0, 0.0, 0.0]])
    assert rounded(shares).tolist() == [[0, 1, 0, 1], [0, 0, 0, 0]]
    parts = spread(np.array([1, 1, 1, 7]), 3)
    assert parts.sum(axis=1).tolist() == [1, 1, 1, 7] and parts[3].max() - parts[3].min() <= 1
    assert len({tuple(row) for row in parts[:3].tolist()}) > 1, (
        "een enkel mens komt steeds in dezelfde klasse"
    )


def test_so_many_are_chosen_and_never_more_than_there_are():
    counts, row = np.array([10, 2, 30, 5]), np.array([0, 0, 1, 1])
    found = chosen(counts, np.array([0.1, 1.0, 0.1, 0.1]), row, np.array([6, 7]))
    # Weights 1 and 2 want 2 and 4 of 6; of two people there are no four, so the other cell gives the rest.
    assert found.tolist() == [4, 2, 6, 1]
    assert chosen(counts, np.ones(4), row, np.array([0, 100])).tolist() == [0, 0, 30, 5]


def test_a_cell_divides_and_comes_together_again():
    zeros = np.zeros(1, dtype=np.int16)
    cell = Cells(
        np.array([7], dtype=np.int32),
        np.zeros(1, dtype=np.int8),
        np.array([10], dtype=np.int32),
        zeros,
        zeros,
        zeros,
    )
    two = cell.divided(np.array([4]), 2, "limits")
    assert two.people.tolist() == [6, 4] and two.limits.tolist() == [0, 4]
    assert two.divided(np.array([6, 0]), 2, "limits").together().people.tolist() == [10]


def of_ages(*people_of_age: int, buurten: int = 1) -> Cells:
    """Men of each age who live with others, without anything, the same in every buurt."""
    place = [KNOWN_SIZE * b + 6 * age + 1 for b in range(buurten) for age in range(len(people_of_age))]
    zeros = np.zeros(len(place), dtype=np.int16)
    counts = np.array(people_of_age * buurten, dtype=np.int32)
    return Cells(np.array(place, dtype=np.int32), np.zeros(len(place), np.int8), counts, zeros, zeros, zeros)


KNOWN_SIZE = len(KNOWN.ages) * 2 * 3


def use(chance: float, within: int = -1, national: bool = True) -> Use:
    place = np.full((len(KNOWN.ages), 2, 3), np.log(chance / (1 - chance)))
    return Use(within, national, place, np.zeros(len(KNOWN.limits)), np.zeros(len(KNOWN.groups)))


def users(cells: Cells, bit: int) -> np.ndarray:
    """Per buurt."""
    return np.bincount(cells.place // KNOWN_SIZE, cells.people * (cells.uses >> bit & 1), minlength=4)


def test_in_every_area_as_many_use_it_as_were_counted():
    """Four buurten of a hundred people. Two share a count of 31; one has its own of 7; of the last nothing is counted: a tenth."""
    cells = of_ages(60, 40, buurten=4)
    buurten = pd.Index(list("abcd"))
    rows = pd.DataFrame(
        {"gebied": ["a", "b", "c"], "telgebied": ["wijk", "b", "wijk"], "mensen": [31.0, 7.0, 31.0]}
    )
    first = using(cells, use(0.1), 0, counted(use(0.1), buurten, rows))
    assert users(first, 0).tolist() == [16, 7, 15, 10] and first.people.sum() == 400
    # Without a number of the country it is unknown there, and nobody is said to use it.
    own = use(0.1, national=False)
    assert users(using(cells, own, 0, counted(own, buurten, rows)), 0)[3] == 0
    # Who uses a kind within another uses that too, however many were counted; and never more than everybody.
    inner = use(0.5, within=0)
    both = using(first, inner, 1, Counted(np.array([0, 1, 2, 3]), np.array([5.0, 90.0, np.nan, 0.0])))
    assert users(both, 1).tolist() == [5, 7, 8, 0]
    assert (users(both, 0) == users(first, 0)).all() and both.people.sum() == 400


def test_who_is_frail_alone_or_in_a_home_uses_more():
    """Chances by hand: without anything as in the knowledge; alone, with a limitation or in an institution as it says there."""
    row = next(row for row in load_toml("gebruik.toml", MODEL)["soort"] if row["code"] == "wmo")
    wmo, age = uses()[0], KNOWN.ages.index("75_85")
    usual = row["leeftijd"][age] / (1 - row["leeftijd"][age])
    zero, moves = np.zeros(5, dtype=np.int16), 1 << KNOWN.limits.index("mobiliteit")
    place = np.array([6 * age + 1, 6 * age, 6 * age + 4, 6 * age + 1, 6 * age + 2], dtype=np.int32)
    limits = np.array([0, 0, 0, moves, 0], dtype=np.int16)
    share = wmo.chances(Cells(place, zero.astype(np.int8), zero.astype(np.int32), limits, zero, zero))
    away = row["instelling"][age]
    odds = [1, row["alleen"], row["vrouw"], row["past"]["mobiliteit"], away / (1 - away) / usual]
    assert (share / (1 - share)).tolist() == pytest.approx([usual * keer for keer in odds])


def test_where_many_children_live_in_an_institution_it_is_no_care():
    """By hand: 9 of 100 are children, halfway between 4 and 14: half of who is younger. Who is older counts, as does a small home."""
    people_there = np.zeros((3, len(KNOWN.ages), 2, 3))
    people_there[0, :2, 0, 2], people_there[0, 3, 1, 2] = (9, 0), 91
    people_there[1, 0, 0, 2], people_there[1, 3, 0, 2] = 30, 70
    people_there[2, 0, 0, 2] = 30
    part = of_care(people_there, KNOWN.older).reshape(people_there.shape)
    assert part[:, 3, :, 2] == pytest.approx(np.array([[0.5, 0.5], [0, 0], [1, 1]]))
    assert (part[:, KNOWN.older] == 1).all() and (part[..., :2] == 1).all()


def test_the_smallest_area_that_was_counted_and_what_is_left_of_a_larger_one():
    """Wijk 1 of 50 holds buurt a of 20; gemeente of 100 holds that wijk, buurt c of 15 and buurt d: 35 are left for d."""
    area = "code varchar, niveau varchar, wijk varchar, gemeente varchar"
    with duckdb.connect() as connection:
        connection.execute(f"create table gebied ({area})")
        connection.execute(
            "insert into gebied values ('a','buurt','W1','G'), ('b','buurt','W1','G'), ('c','buurt','W2','G'), "
            "('d','buurt','W2','G'), ('W1','wijk','W1','G'), ('W2','wijk','W2','G'), ('G','gemeente',null,'G')"
        )
        connection.execute(
            "create table gebied_buurt as select code as gebied, code as buurt from gebied where niveau = 'buurt' "
            "union all select wijk, code from gebied where niveau = 'buurt' "
            "union all select gemeente, code from gebied where niveau = 'buurt'"
        )
        connection.execute(
            "create table gebruik_soort as select 0 as bit, 'wmo' as soort, 'wmo_clienten' as indicator, null as variabele"
            " union all select 1, 'hh', null, 'wmo_huishouden'"
        )
        connection.execute(
            "create table cijfer as select * from (values ('a', 2023, 20.0), ('a', 2019, 99.0), ('c', 2023, 15.0), "
            "('W1', 2023, 50.0), ('G', 2023, 100.0)) t(gebied, jaar, teller), "
            "(select 'wmo_clienten' as indicator, 'gepubliceerd' as soort)"
        )
        connection.execute(
            "create table variabele_gebied as select 'W2' as gebied, 2023 as jaar, 'wmo_huishouden' as variabele, 9.0 as waarde"
        )
        found = connection.execute(check.step.USED.read_text(encoding="utf-8")).df()
    rows = [tuple(row) for row in found.itertuples(index=False)]
    assert rows == [
        ("a", 0, "a", "buurt", 20), ("b", 0, "W1", "wijk", 30), ("c", 0, "c", "buurt", 15), ("d", 0, "G", "gemeente", 35),
        ("c", 1, "W2", "wijk", 9), ("d", 1, "W2", "wijk", 9),
    ]  # fmt: skip


def test_users_of_the_example_are_as_many_as_published(voorbeeld_store, ask):
    kinds = use_tables()["gebruik_soort"].set_index("soort")["bit"]
    for kind, bit in kinds.drop("wlz").items():
        counted_there = ask(
            voorbeeld_store,
            f"with rij as (select gebied, sum(mensen) filter ((gebruik >> {bit}) & 1 = 1) as gebruikt, sum(mensen) as mensen "
            "from persoon group by gebied), "
            f"telling as (select v.gebied, arg_max(v.waarde, v.jaar) as mensen from variabele_gebied v "
            f"where v.variabele = '{kind if kind != 'wmo' else 'wmo_clienten'}' group by v.gebied) "
            "select t.gebied, t.mensen, coalesce(sum(r.gebruikt), 0) as gebruikt from telling t "
            "join gebied g on g.code = t.gebied and g.niveau in ('buurt', 'wijk') "
            "join gebied_buurt b on b.gebied = t.gebied join rij r on r.gebied = b.buurt "
            f"join persoon_gebruik n on n.gebied = b.buurt and n.bit = {bit} and n.niveau = g.niveau group by t.gebied, t.mensen",
        )
        assert len(counted_there) > 5, kind
        off = (counted_there["gebruikt"] - counted_there["mensen"]).abs()
        # A kind within another has at most as many users as that one, and they may be of another year.
        assert (off <= 1).mean() > 0.9, (kind, counted_there[off > 1])
    within = ask(
        voorbeeld_store, "select count(*) as n from persoon where gebruik & 30 > 0 and gebruik & 1 = 0"
    )
    assert within.loc[0, "n"] == 0


def test_what_somebody_has_and_uses_in_figures(voorbeeld_store, ask):
    """Limited and not using, and using and not limited, leave the same people who do both."""
    rows = ask(
        voorbeeld_store,
        "select c.* from cijfer c join gebied g on g.code = c.gebied and g.kleinste where c.indicator in "
        "('beperking_18', 'ondersteuning_18', 'zonder_ondersteuning_18', 'ondersteuning_onbeperkt_18')",
    )
    assert (rows["onder"] <= rows["waarde"] + 1e-5).all() and (rows["waarde"] <= rows["boven"] + 1e-5).all()
    assert set(rows["soort"]) == {"geschat"} and rows["waarde"].between(0, 100).all()
    wide = rows.pivot(index="gebied", columns="indicator", values="teller").dropna()
    both = wide["beperking_18"] - wide["zonder_ondersteuning_18"]
    assert (
        len(wide) > 50
        and both.tolist() == (wide["ondersteuning_18"] - wide["ondersteuning_onbeperkt_18"]).tolist()
    )
    # Who has a limitation uses more often than who has none.
    people_there = rows.pivot(index="gebied", columns="indicator", values="noemer").loc[
        wide.index, "beperking_18"
    ]
    with_it = both.sum() / wide["beperking_18"].sum()
    without = wide["ondersteuning_onbeperkt_18"].sum() / (people_there - wide["beperking_18"]).sum()
    assert with_it > 3 * without


def test_margins_are_kept_and_older_people_are_among_everybody():
    grown = {"mobiliteit": 130.4, "horen": 60.0, "zien": 70.0, "rondkomen": 150.0}
    older = {"mobiliteit": 65.0, "horen": 24.0, "zien": 22.0, "zelfzorg": 40.0}
    rows = made(grown, older, {"lg": 25, "ouderen-2b": 24, "ouderen-3": 6, "zg": 9})
    old = rows["leeftijd"].astype(str).isin(["65_75", "75_85", "85plus"])
    for code, count in grown.items():
        assert rows.loc[having(rows, code), "mensen"].sum() == round(count)
    for code, count in older.items():
        assert rows.loc[having(rows, code) & old, "mensen"].sum() == count
    assert rows["mensen"].sum() == 1000 and (rows["mensen"] > 0).all()
    assert rows.loc[rows["leeftijd"].isin(["0_15", "15_18"]), "beperkingen"].eq(0).all()
    # Zelfzorg is about people at home, and so are the doelgroepen.
    away = rows["huishouden"] == "instelling"
    assert not having(rows[away], "zelfzorg").any() and rows.loc[away, "doelgroepen"].eq(0).all()
    bits = {code: 1 << bit for bit, code in enumerate(KNOWN.groups)}
    sizes = {code: rows.loc[rows["doelgroepen"] & bit > 0, "mensen"].sum() for code, bit in bits.items()}
    assert (sizes["lg"], sizes["ouderen-2b"], sizes["ouderen-3"], sizes["zg"]) == (25, 24, 6, 9)
    both = rows["doelgroepen"] & (bits["ouderen-2b"] | bits["ouderen-3"])
    assert not (both == bits["ouderen-2b"] | bits["ouderen-3"]).any(), (
        "binnen een cluster is iemand in één groep"
    )
    # Who can hardly move is lichamelijk beperkt, and is old more often: so these groups share people.
    assert 0 < rows.loc[(rows["doelgroepen"] & bits["lg"] > 0) & (both > 0), "mensen"].sum() < 25


def test_the_same_people_every_time():
    grown, older = {"mobiliteit": 130.0, "horen": 60.0}, {"mobiliteit": 65.0, "horen": 24.0}
    first, second = (made(grown, older, {"lg": 25}) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


@pytest.mark.parametrize("strength", [0.0, KNOWN.strength])
def test_levels_give_the_shares_that_were_asked(strength):
    shares = np.array([0.02, 0.2, 0.6])
    assert chance(level(shares, strength, KNOWN.z), strength, KNOWN.z).mean(axis=-1) == pytest.approx(
        shares, abs=1e-6
    )
    counts = np.array([[100.0, 50.0, 10.0]])
    x = level(shares, strength, KNOWN.z)
    move = shifted(x, counts, np.array([40.0]), strength, KNOWN.z)
    assert (counts * chance(x + move, strength, KNOWN.z).mean(axis=-1)).sum() == pytest.approx(40, abs=0.01)


def test_limitations_go_together_as_the_oecd_counts_them():
    """Of everybody of 12 and older 2.9% hears badly, 3.5% sees badly, 7.7% moves badly, and 11% at least one (VZinfo, 2021)."""
    shares = {"horen": 0.029, "zien": 0.035, "mobiliteit": 0.077}
    ages = np.array([170, 500, 470, 210, 130, 42.0])
    grown = KNOWN.grown
    found = {}
    for strength in (0.0, KNOWN.weak, KNOWN.strength, KNOWN.strong):
        levels = []
        for code, share in shares.items():
            x = level(KNOWN.prevalence[KNOWN.limits.index(code), grown], strength, KNOWN.z)
            levels.append(x + shifted(x, ages[None, :], np.array([share * ages.sum()]), strength, KNOWN.z))
        found[strength] = (ages * with_any(levels, strength, KNOWN.z)).sum() / ages.sum()
    assert found[0.0] > found[KNOWN.weak] > found[KNOWN.strength] > found[KNOWN.strong]
    assert found[KNOWN.strong] - 0.005 < 0.11 < found[KNOWN.weak] + 0.005


def test_the_population_of_the_example_adds_up(voorbeeld_store, ask):
    """Minstens één beperking: never less than one of them alone, never more than all together; 65+ never above 18+."""
    rows = ask(
        voorbeeld_store,
        "select c.gebied, c.indicator, c.teller, c.noemer, c.waarde, c.onder, c.boven, g.niveau from cijfer c "
        "join gebied g on g.code = c.gebied where c.indicator in ('beperking_18', 'beperking_65')",
    )
    assert (
        len(rows) > 100
        and (rows["onder"] <= rows["waarde"]).all()
        and (rows["waarde"] <= rows["boven"]).all()
    )
    wide = rows.pivot(index="gebied", columns="indicator", values="teller").dropna()
    assert (wide["beperking_65"] <= wide["beperking_18"]).all()
    assert np.allclose(wide % 1, 0), "mensen zijn heel"
    single = ask(
        voorbeeld_store,
        "select c.gebied, max(c.waarde) as hoogste, sum(c.waarde) as som from cijfer c "
        "join persoon_beperking b on b.indicator = c.indicator and b.groep = '65' "
        "join gebied g on g.code = c.gebied and g.kleinste where c.wijze <> 'bijgewerkt' "
        "and c.jaar = (select max(d.jaar) from cijfer d where d.gebied = c.gebied and d.indicator = c.indicator "
        "and d.wijze <> 'bijgewerkt') group by c.gebied",
    ).set_index("gebied")
    old = (
        rows[(rows["indicator"] == "beperking_65") & (rows["noemer"] >= 40)]
        .set_index("gebied")
        .join(single, how="inner")
    )
    assert len(old) > 50
    # The figures are of whole people: one person more or less.
    one = 100 / old["noemer"]
    assert (old["waarde"] >= old["hoogste"] - 1.5 * one).all() and (
        old["waarde"] <= old["som"] + 1.5 * one
    ).all()


def test_what_is_not_counted_is_unknown_and_not_everybody():
    """By hand: the newest year that counts it; else by the size of a household; where that is unknown too, so is this."""
    with duckdb.connect() as connection:
        tools = step("grens").read_text(encoding="utf-8")
        for macro in ("hooguit", "minstens", "begrensd"):
            connection.execute(re.findall(rf"create macro {macro}\([^;]*;", tools)[0])
        connection.execute(
            "create table regel as select 0.05 as grootte_afronding, 2.5 as inwoners_afronding, 1.8 as eenpersoons_vast, "
            "-1.0 as eenpersoons_grootte, 0.1 as eenpersoons_kwadraat, 3.5 as eenpersoons_grootst"
        )
        rows = [
            ("A", 2023, "inwoners", 90), ("A", 2023, "eenpersoons", 20), ("A", 2024, "inwoners", 100),
            ("A", 2024, "huishoudens", 50), ("A", 2024, "huishoudensgrootte", 2), ("B", 2024, "inwoners", 60),
            ("C", 2024, "inwoners", 150), ("C", 2024, "huishoudens", 100), ("C", 2024, "huishoudensgrootte", 1.4),
            ("D", 2024, "inwoners", 150), ("D", 2024, "huishoudens", 100),
        ]  # fmt: skip
        frame = pd.DataFrame(rows, columns=["gebied", "jaar", "variabele", "waarde"]).astype(
            {"waarde": float}
        )
        connection.register("variabele_gebied", frame)
        text = step("thuis").read_text(encoding="utf-8")
        connection.execute(next(s for s in text.split(";") if "create table huishouden_nu" in s))
        found = connection.execute("select * from huishouden_nu order by gebied").df().set_index("gebied")
    assert found.loc["A"].tolist() == pytest.approx([20 / 90, 0, (100 - 50 * 1.95 + 2.5 * 3) / 100])
    assert found.loc["B"].isna().all() and found.loc["D"].isna().all()
    assert found.loc["C", "eenpersoons"] == pytest.approx(100 * (1.8 - 1.4 + 0.1 * 1.4**2) / 150)


@pytest.mark.parametrize(
    ("young", "children", "expected"), [(100, 200, 30), (2500, 50, 16), (2500, 0, 0), (100, None, 30)]
)
def test_students_are_not_counted_as_children(young, children, expected):
    """By hand: three years out of ten, but not more than 0.32 for every child below 15, where those are known."""
    with duckdb.connect() as connection:
        texts = "".join(step(name).read_text(encoding="utf-8") for name in ("grens", "variabele"))
        connection.execute(
            "create table regel as select 0.3 as deel_15_25_onder_18, 0.32 as van_15_tot_18_per_kind"
        )
        for macro in ("hooguit", "van_15_tot_18"):
            connection.execute(re.findall(rf"create macro {macro}\([^;]*;", texts)[0])
        found = connection.execute(
            "select van_15_tot_18($young::double, $children::double)", {"young": young, "children": children}
        ).fetchone()
    assert found[0] == pytest.approx(expected)


def test_who_lives_alone_is_as_many_as_counted(voorbeeld_store, ask):
    rows = ask(
        voorbeeld_store,
        "select p.gebied, sum(p.mensen) filter (p.huishouden = 'alleen') as alleen, sum(p.mensen) as mensen, "
        "max(h.eenpersoons) * sum(p.mensen) as geteld from persoon p join huishouden_nu h on h.gebied = p.gebied "
        "group by p.gebied having max(h.eenpersoons) is not null",
    )
    common = rows[(rows["geteld"] < 0.5 * rows["mensen"]) & (rows["mensen"] >= 100)]
    assert len(common) > 50
    assert ((common["alleen"] - common["geteld"]).abs() <= 1 + 0.02 * common["geteld"]).all()


def test_every_number_has_a_mark_and_a_reason():
    known = load_toml("personen.toml", MODEL)
    rows = [
        known["kwetsbaarheid"],
        known["leeftijden"],
        known["overlap"],
        *known["beperking"],
        *known["doelgroep"],
    ]
    assert all(row["merk"] in "SKA" and row["reden"] for row in rows)


def test_who_is_in_two_clusters_counts_once(voorbeeld_store, ask):
    """Everybody of two clusters together: as many as are in at least one of them, and the margin is that of less overlap."""
    rows = ask(voorbeeld_store, "select buurt, combinatie, aantal, mensen from samenloop")
    has = {
        code: rows["combinatie"].str.split("|").map(lambda names, code=code: code in names)
        for code in ("lg", "ouderen")
    }
    both = rows[has["lg"] & has["ouderen"]].groupby("buurt")["mensen"].sum()
    buurten = both[both >= 5].index[:3]
    assert len(buurten) == 3
    sizes = {code: rows[there].groupby("buurt")["mensen"].sum() for code, there in has.items()}
    given = [
        {
            "sleutel": "x",
            "buurt": b,
            "cluster": code,
            "mensen": n,
            "onder": 0.5 * n,
            "boven": 2.0 * n,
            "spreiding": 0.0,
        }
        for code, counts in sizes.items()
        for b, n in counts.reindex(buurten).items()
    ]
    found = voorbeeld_store.ask("mensen_opgeteld", rijen=given).iloc[0]
    each = rows[(has["lg"] | has["ouderen"]) & rows["buurt"].isin(buurten)]["mensen"].sum()
    apart = sum(row["mensen"] for row in given)
    assert found["mensen"] == pytest.approx(each) and each == apart - both[buurten].sum()
    factor = load_toml("personen.toml", MODEL)["overlap"]["factor"]
    assert found["boven"] == pytest.approx(2 * apart - 2 * both[buurten].sum() / factor)
    largest = max(counts.reindex(buurten).sum() for counts in sizes.values())
    assert found["onder"] == pytest.approx(0.5 * largest)
    # Of two parts the larger counts: half of one cluster and nobody of the other is half of it.
    half = [{**row, "mensen": row["mensen"] * (row["cluster"] == "lg") / 2} for row in given]
    found = voorbeeld_store.ask("mensen_opgeteld", rijen=half).iloc[0]
    assert found["mensen"] == pytest.approx(sum(row["mensen"] for row in half))


def test_how_doelgroepen_overlap_in_an_area(voorbeeld_store):
    area = find_area(voorbeeld_store, ("GM9901",))
    rows = voorbeeld_store.ask("samenloop", buurten=list(area.buurten)).set_index("sleutel")
    combinations = rows.drop(index=["alle", "1", "meer", "gebruikt", "nodig"])
    seen = combinations["mensen"].fillna(0)
    assert 0 < rows.loc["nodig", "mensen"] <= 1.02 * rows.loc["alle", "mensen"]
    assert rows.loc["alle", "mensen"] == rows.loc["1", "mensen"] + rows.loc["meer", "mensen"]
    assert seen.sum() <= rows.loc["alle", "mensen"] <= seen.sum() + 10 * combinations["verborgen"].sum()
    assert (rows["onder"].dropna() < rows["mensen"].dropna()).all() and (
        rows["boven"].dropna() > rows["mensen"].dropna()
    ).all()
    assert (seen[seen > 0] >= 10).all(), "te weinig mensen om te tonen"
    shown = together.overlap(voorbeeld_store, area)
    assert shown["mensen_tekst"].str.fullmatch(r"[\d.]+|<10").all() and shown.loc[0, "deel"] == 1
    things = together.three_things(voorbeeld_store, area).set_index("wat")
    assert len(things) == 9 and (things["mensen_tekst"] != "?").any()
    assert "tellen één keer" in together.sentence(voorbeeld_store, area)


def test_use_stands_beside_need(voorbeeld_store, ask):
    """Of who is in a doelgroep as many use support as the population says, each once; and profile and agenda say the same."""
    area = find_area(voorbeeld_store, ("GM9901",))
    told = ask(
        voorbeeld_store,
        "select sum(mensen) filter (doelgroepen > 0 and gebruik > 0) as beide, sum(mensen) filter (doelgroepen > 0) as nodig "
        "from persoon p join gebied g on g.code = p.gebied where g.gemeente = 'GM9901'",
    ).iloc[0]
    rows = voorbeeld_store.ask("samenloop", buurten=list(area.buurten)).set_index("sleutel")
    found = rows.loc["gebruikt"]
    assert (found["mensen"], rows.loc["alle", "mensen"]) == (told["beide"], told["nodig"])
    # Less sure than who needs it: how many use it is known of a larger area, and nobody counts who they are.
    assert found["boven"] / found["mensen"] > rows.loc["alle", "boven"] / rows.loc["alle", "mensen"]
    use = together.use_beside_need(voorbeeld_store, area)
    assert (
        f"{round(told['beide'], -2):,.0f}".replace(",", ".") in use.line.getal and " tot " in use.line.marge
    )
    lines = [line for block in profile.of_area(voorbeeld_store, area).blocks for line in block.lines]
    assert use.line in lines
    sheet = make_agenda_sheet(voorbeeld_store, View(gebied=("GM9901",)))
    assert any(note.startswith(use.line.sentence) for note in sheet.notes)


def test_where_nobody_lives_nothing_is_said_of_use(voorbeeld_store, ask):
    empty = ask(
        voorbeeld_store,
        "select code from gebied g where niveau = 'buurt' and not exists (from samenloop s where s.buurt = g.code)",
    )
    area = find_area(voorbeeld_store, (empty.loc[0, "code"],))
    assert together.use_beside_need(voorbeeld_store, area) is None and not together.use_sentences(
        voorbeeld_store, area
    )


def test_the_check_says_what_it_is_beside(capsys):
    """As stored: better than without any dependence, and within what sources allow."""
    rows = peoplecheck.stored()
    assert len(peoplecheck.table()) == len(rows) >= 5
    fits = rows[(rows["toets"] == "lichaam") & (rows["maat"] == "r2")]
    assert (fits["uitkomst"] > 0.95).all() and (fits["uitkomst"] > fits["basis"] + 0.2).all()
    bound = rows.dropna(subset=["onder"])
    assert {"begeleiding", "mantelzorg"} <= set(bound["toets"])
    assert ((bound["onder"] <= bound["uitkomst"]) & (bound["uitkomst"] <= bound["boven"])).all()
    for part in modelpeople.PARTS:
        modelpeople.run(part, None, "tekst", Settings(), lambda *_: None)
        assert peoplecheck.heading(part) in capsys.readouterr().out
        modelpeople.run(part, None, "json", Settings(), lambda *_: None)
        assert json.loads(capsys.readouterr().out)[part]


def test_a_line_is_judged_on_areas_it_did_not_see():
    draw = np.random.default_rng(3)
    x = draw.normal(size=(200, 2))
    rows = pd.DataFrame(
        {"a": x[:, 0], "b": x[:, 1], "gebruik": 2 * x[:, 0] + draw.normal(scale=0.5, size=200)}
    )
    assert check._out_of_fold(rows, ["a"]) == pytest.approx(0.94, abs=0.03)
    assert check._out_of_fold(rows, ["b"]) < 0.05
    assert check._fit(np.array([0.1, 0.3]), np.array([0.1, 0.3]), np.ones(2)) == (1.0, 0.0)


def test_counts_of_another_year_belong_to_the_people_of_that_year():
    """By hand: of 100 people 52 were women; now there are 400, so 208. Of a percentage nothing changes."""
    text = next(
        s for s in step("kenmerk").read_text(encoding="utf-8").split(";") if "create table kenmerk_bron" in s
    )
    counts = {"inwoners": (100.0, 400.0), "vrouwen": (52.0, None), "pct_koop": (30.0, None)}
    rows = [
        ("A", year, name, value, "kwb")
        for name, values in counts.items()
        for year, value in zip((2020, 2024), values, strict=True)
        if value is not None
    ]
    frame = pd.DataFrame(rows, columns=["gebied", "jaar", "variabele", "waarde", "bron_familie"])
    with duckdb.connect() as connection:
        connection.register("variabele_gebied", frame)
        connection.execute("create table gebied as select 'A' as code, true as kleinste")
        connection.execute("create table model_peil (variabele varchar, jaar bigint, waarde double)")
        connection.execute("create table schatting_jaar as select * from (values (2020), (2024)) t(jaar)")
        connection.execute(text)
        found = connection.execute(
            "select jaar, inwoners, vrouwen, pct_koop from kenmerk_bron order by jaar"
        ).fetchall()
    assert found == [(2020, 100, 52, 30), (2024, 400, 208, 30)]


def test_students_are_no_lvb_and_a_new_estate_has_as_many_women(nederland_store, ask):
    """Uilenstede (63% of 15 to 25 years) had 10% LVB; Sion, four times as large as in 2020, had 37% women."""
    rows = ask(
        nederland_store,
        "select gebied, waarde from cijfer_open where indicator = 'dg_lvb' and gebied in ('BU03620501', 'NL00') "
        "qualify row_number() over (partition by gebied order by jaar desc) = 1",
    ).set_index("gebied")["waarde"]
    assert rows["BU03620501"] < rows["NL00"]
    women = ask(
        nederland_store,
        "select arg_max(waarde, jaar) as deel from kenmerk where kenmerk = 'vrouwen' and gebied = 'BU06031064'",
    )
    assert 0.45 < women.loc[0, "deel"] < 0.55
