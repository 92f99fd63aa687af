"""What areas of one gemeente share in error, and how much wider its margins are: by hand, and against what the build makes."""

from __future__ import annotations

import json

import duckdb
import numpy as np
import pandas as pd
import pytest

from wwz.base.errors import Fout
from wwz.cli.main import main
from wwz.cli.valideer import check_gemeenten, some_gemeenten
from wwz.model import gemeenten, sharing
from wwz.model.tables import recipe
from wwz.model.valideer import stored

RULES = {"dekking": 0.9, "gemeente_mee": 10.0, "uitschieter": 9.0}


def test_the_others_of_a_gemeente_set_its_width_and_a_buurt_not_its_own():
    ratio = np.array([2.0, 1.0, 0.5, 0.0])
    found = gemeenten.widths(ratio, np.zeros(4, int), RULES)
    square = np.minimum((1.6448536 * ratio) ** 2, 9)
    assert square[0] == 9
    assert found == pytest.approx([np.sqrt((10 + square.sum() - own) / 13) for own in square])
    # Alone in its gemeente it has the usual width.
    assert gemeenten.widths(ratio, np.arange(4), RULES) == pytest.approx(1)


def test_a_gemeente_that_errs_more_is_covered_by_its_own_width():
    rng = np.random.default_rng(1)
    towns = np.repeat(np.arange(40), 60)
    ratio = np.abs(rng.normal(0, 1 / 1.645, 2400)) * np.where(towns == 0, 3.0, 1.0)
    found = gemeenten.coverage(ratio, towns, RULES)
    assert found["laagste_gelijk"] < 0.6 and found["onder_gelijk"] == 1
    assert found["laagste_eigen"] > 0.75 and found["onder_eigen"] == 0 and found["gemeenten"] == 40


def test_the_build_has_the_width_that_follows_from_its_published_buurten(voorbeeld_store):
    known = recipe()["model"]
    with duckdb.connect(str(voorbeeld_store.path), read_only=True) as connection:
        rest = connection.sql(
            "select v.indicator, v.jaar, v.gemeente, v.noemer, v.eta, p.aandeel, f.factor * t.factor as half "
            "from voorspelling v join gepubliceerd p on p.gebied = v.gebied and p.indicator = v.indicator and p.jaar = v.jaar "
            "join schatting_buurt b on b.gebied = v.gebied and b.jaar = v.jaar "
            "join model_spreiding f on f.trede = v.trede and f.indicator = v.indicator and f.anker = 'gemeente' "
            "and f.soort = 'grootte' and f.klasse = v.grootte "
            "join model_spreiding t on t.trede = v.trede and t.indicator = v.indicator and t.anker = 'gemeente' "
            f"and t.soort = 'stedelijkheid' and t.klasse = v.stedelijkheid where b.inwoners >= {known['toetsen_vanaf']}"
        ).df()
        made = connection.sql("select * from gemeente_breedte").df()
        wide = connection.sql(
            "select s.spreiding, f.factor * t.factor * coalesce(g.breedte, 1) as hoort from schatting s "
            "join gebied b on b.code = s.gebied "
            "join model_spreiding f on f.trede = s.trede and f.indicator = s.indicator and f.soort = 'grootte' and f.klasse = s.grootte "
            "and f.anker = case s.anker when 'buurt' then 'wijk' when 'land' then 'geen' else s.anker end "
            "join model_spreiding t on t.trede = s.trede and t.indicator = s.indicator and t.soort = 'stedelijkheid' "
            "and t.klasse = s.stedelijkheid and t.anker = f.anker "
            "left join gemeente_breedte g on g.indicator = s.indicator and g.gemeente = b.gemeente"
        ).df()
    share = np.clip(rest["aandeel"], known["rand"], 1 - known["rand"])
    rest = rest.assign(
        fout=np.log(share / (1 - share)) - rest["eta"], gewicht=rest["noemer"] * share * (1 - share)
    )
    assert len(made) and made["breedte"].nunique() > 1
    newest = rest.groupby(["indicator", "gemeente"])["jaar"].transform("max")
    by = rest[rest["jaar"] == newest].groupby(["indicator", "gemeente"])
    for row in made.head(12).itertuples():
        part = by.get_group((row.indicator, row.gemeente))
        off = part["fout"] - np.average(part["fout"], weights=part["gewicht"])
        square = np.minimum((1.645 * off / part["half"]) ** 2, known["uitschieter"])
        assert row.breedte == pytest.approx(
            np.sqrt((known["gemeente_mee"] + square.sum()) / (known["gemeente_mee"] + len(part)))
        )
    assert len(wide) and wide["spreiding"].to_numpy() == pytest.approx(wide["hoort"].to_numpy())


def test_hardly_a_gemeente_is_covered_badly():
    """Where others of the gemeente are published; as it was found when the model was fitted."""
    rows = stored("gemeente_dekking").query("anker != 'geen'")
    assert rows["gemeenten"].min() > 190
    assert rows["onder_eigen"].mean() < 0.2 < rows["onder_gelijk"].mean()
    assert rows["dekking_eigen"].between(0.87, 0.93).all() and rows["laagste_eigen"].min() > 0.7


def held(error: np.ndarray, towns: np.ndarray) -> sharing.Held:
    estimate = np.full(len(error), 0.0)
    at = {
        name: 100 / (1 + np.exp(-value))
        for name, value in (
            ("waarde", estimate + error),
            ("schatting", estimate),
            ("onder", estimate - 1),
            ("boven", estimate + 1),
        )
    }
    rows = pd.DataFrame({**at, "gemeente": towns.astype(str), "wijk": np.arange(len(error)).astype(str)})
    return sharing.Held("mobiliteit_18", "geen", "buurt", rows)


def test_what_is_shared_is_found_back():
    """A third of the variance is of the gemeente, by construction."""
    rng = np.random.default_rng(6)
    towns = np.repeat(np.arange(300), 20)
    error = 0.3 * (rng.normal(size=300)[towns] + np.sqrt(2) * rng.normal(size=6000))
    assert sharing.shared_part(held(error, towns), 0.002) == pytest.approx(1 / 3, abs=0.04)
    assert sharing.shared_part(held(0.5 * rng.normal(size=6000), towns), 0.002) == pytest.approx(0, abs=0.02)


def test_the_rule_is_asked_and_its_words_are_counted():
    towns = np.repeat(np.arange(30), 4)
    found = held(np.linspace(-1, 1, 120), towns)
    for row in sharing.judged(found, lambda one, other: ["hoger"] * len(one)):
        assert row["duidelijk"] == 1 and 0.3 < row["goed"] < 0.7 and row["raken_duidelijk"] == 0
        assert row["paren"] > 50


def test_clear_differences_are_there():
    """Of what is called clear at least 95% has the right sign, and more of what is there is found than by margins that touch."""
    rows = stored("verschil_toets")
    assert set(rows["niveau"]) == {"buurt", "wijk"} and set(rows["waar"]) == {"binnen", "tussen"}
    assert rows["goed"].min() >= 0.95
    assert (rows["gevonden"] > rows["raken_gevonden"] + 0.1).all()


def test_a_check_that_leaves_gemeenten_out_needs_some(denhaag_store):
    """One gemeente stopped it in the middle of the calculation."""
    with pytest.raises(Fout, match="staat 1 gemeente.*landelijke tabellen"):
        check_gemeenten(denhaag_store)


def test_valideer_shows_both_with_their_baseline(capsys):
    assert main(["valideer", "--onderdeel", "verschil"]) == 0
    text = capsys.readouterr().out
    assert "Basislijn: gevonden (%)" in text and "zijn zelf schattingen" in text and "maatregel" in text
    assert main(["valideer", "--onderdeel", "verschil", "--formaat", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["verschil"]
    assert {"goed", "gevonden", "raken_gevonden", "gedeeld"} <= set(rows[0])


class Areas:
    """Stands in for a store: gemeenten with 1 to 24 wijken."""

    def areas(self) -> pd.DataFrame:
        codes = [f"GM{n:04d}" for n in range(1, 25) for _ in range(n)]
        return pd.DataFrame({"gemeente": codes, "niveau": "wijk"})


def test_of_many_gemeenten_small_and_large_ones_have_their_agendas_examined():
    sizes = [int(code[2:]) for code in some_gemeenten(Areas())]
    assert len(sizes) == 10 and sizes == sorted(set(sizes))
    assert (sizes[0], sizes[-1]) == (5, 24)
