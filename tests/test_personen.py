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
from wwz.base.settings import Settings
from wwz.cli import modelpeople
from wwz.knowledge import load_toml
from wwz.model.people import check
from wwz.model.people.cells import Cells
from wwz.model.people.frailty import chance, level, shifted, with_any
from wwz.model.people.homes import people
from wwz.model.people.population import Wanted, populate, table
from wwz.model.people.recipe import recipe
from wwz.model.people.whole import chosen, rounded, spread
from wwz.model.tables import MODEL

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
    )
    two = cell.divided(np.array([4]), 2, "limits")
    assert two.people.tolist() == [6, 4] and two.limits.tolist() == [0, 4]
    assert two.divided(np.array([6, 0]), 2, "limits").together().people.tolist() == [10]


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
    """By hand: the newest year that counts it; where no year does, it is unknown, and nobody is said to live alone."""
    with duckdb.connect() as connection:
        texts = [step(name).read_text(encoding="utf-8") for name in ("grens", "kenmerk")]
        for macro in ("hooguit", "minstens", "begrensd"):
            connection.execute(re.findall(rf"create macro {macro}\([^;]*;", "".join(texts))[0])
        connection.execute(
            "create table regel as select 0.05 as grootte_afronding, 2.5 as inwoners_afronding"
        )
        rows = [
            ("A", 2023, "inwoners", 90), ("A", 2023, "eenpersoons", 20), ("A", 2024, "inwoners", 100),
            ("A", 2024, "huishoudens", 50), ("A", 2024, "huishoudensgrootte", 2), ("B", 2024, "inwoners", 60),
        ]  # fmt: skip
        frame = pd.DataFrame(rows, columns=["gebied", "jaar", "variabele", "waarde"]).astype(
            {"waarde": float}
        )
        connection.register("variabele_gebied", frame)
        text = step("thuis").read_text(encoding="utf-8")
        connection.execute(next(s for s in text.split(";") if "create table huishouden_nu" in s))
        found = connection.execute("select * from huishouden_nu order by gebied").df().set_index("gebied")
    assert found.loc["A"].tolist() == pytest.approx([20 / 90, 0, (100 - 50 * 1.95 + 2.5 * 3) / 100])
    assert found.loc["B"].isna().all()


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
    combinations = rows.drop(index=["alle", "1", "meer", "nodig"])
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
    assert len(things) == 5 and (things["mensen_tekst"] != "?").any()
    assert "tellen één keer" in together.sentence(voorbeeld_store, area)


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
