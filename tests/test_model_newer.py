"""A newer year than what is published, and the margin of an estimate: worked out again from the stored pieces."""

from __future__ import annotations

import math

import pytest

from wwz.model.tables import indicators

LAYER = "mobiliteit_18"


def share(eta: float) -> float:
    return 1 / (1 + math.exp(-eta))


def test_a_newer_year_is_the_published_figure_with_what_changed(voorbeeld_store, ask):
    """The logit of the last published year, plus how the model's own logit changed; checked from the stored pieces."""
    rows = ask(
        voorbeeld_store,
        f"""
        select n.gebied, n.waarde / 100 as nieuw, o.waarde / 100 as oud, vn.eta as eta_nieuw, vo.eta as eta_oud, n.jaar, vn.vorig, n.soort,
            n.boven - n.onder as breed, o.boven - o.onder as breed_oud
        from cijfer n
        join voorspelling vn on vn.gebied = n.gebied and vn.indicator = n.indicator and vn.jaar = n.jaar and vn.vorig is not null
        join cijfer o on o.gebied = n.gebied and o.indicator = n.indicator and o.jaar = vn.vorig and o.soort = 'gepubliceerd'
        join voorspelling vo on vo.gebied = o.gebied and vo.indicator = o.indicator and vo.jaar = o.jaar
        where n.indicator = '{LAYER}'
        order by n.noemer
        """,
    )
    assert len(rows) > 100 and (rows["jaar"] > rows["vorig"]).all() and (rows["soort"] == "geschat").all()
    edges = rows["oud"].min(), rows["oud"].max()
    for row in rows.iloc[:: len(rows) // 3].itertuples():
        expected = share(math.log(row.oud / (1 - row.oud)) + row.eta_nieuw - row.eta_oud)
        assert row.nieuw == pytest.approx(max(edges[0], min(edges[1], expected)), abs=2e-3)
    # An older level is a less certain one.
    assert (rows["breed"] > rows["breed_oud"]).mean() > 0.95


def test_published_stays_in_front_of_a_newer_estimate(voorbeeld_store, ask):
    """The year on screen is the last one published; the newer estimate can be chosen, for every inhabited buurt."""
    years = ask(voorbeeld_store, f"select * from indicator_jaar where indicator = '{LAYER}'").set_index(
        "jaar"
    )
    shown = int(years.index[years["nieuwste"]][0])
    newer = int(years.index.max())
    assert newer > shown
    kinds = ask(
        voorbeeld_store,
        f"select cijfer.jaar, soort, count(*) as n from cijfer join gebied on code = gebied and niveau = 'buurt' where indicator = '{LAYER}' group by all",
    ).set_index(["jaar", "soort"])["n"]
    assert kinds[(shown, "gepubliceerd")] > kinds.get((shown, "geschat"), 0)
    inhabited = ask(voorbeeld_store, f"select count(*) as n from schatting_buurt where jaar = {newer}")["n"][
        0
    ]
    assert kinds[(newer, "geschat")] == inhabited and (newer, "gepubliceerd") not in kinds.index


def test_an_estimate_is_never_surer_than_what_it_imitates(voorbeeld_store, ask):
    """Its margin is at least the usual margin of a published figure: RIVM's own where given, the assumption otherwise."""
    question = """
        select c.indicator, s.grootte, c.soort, (c.waarde - c.onder) / c.waarde as omlaag, (c.boven - c.waarde) / c.waarde as omhoog
        from cijfer c
        join schatting_buurt s on s.gebied = c.gebied and s.jaar = c.jaar
        where c.indicator in (select indicator from model_indicator) and c.waarde > 0
    """
    rows = ask(voorbeeld_store, question)
    usual = rows[rows["soort"] == "gepubliceerd"].groupby("indicator")[["omlaag", "omhoog"]].median()
    own = rows[rows["soort"] == "geschat"].groupby("indicator")[["omlaag", "omhoog"]].median()
    assert len(own) == len(indicators())
    assert (own["omlaag"] >= 0.95 * usual.loc[own.index, "omlaag"]).all()
    assert (own["omhoog"] >= 0.95 * usual.loc[own.index, "omhoog"]).all()


def test_the_three_parts_of_a_margin(utrecht_store, ask):
    """Spread, drift and RIVM's own margin (a fifth, assumed) go together as squares; the largest one is named."""
    rows = ask(
        utrecht_store,
        f"""
        select s.*, c.onder as laag, c.boven as hoog, c.marge_uit as uit from schatting s
        join cijfer c using (gebied, indicator, jaar) where indicator = '{LAYER}' order by gebied
        """,
    )
    assert len(rows)
    for row in rows.head(3).itertuples():
        half = math.sqrt(row.spreiding**2 + row.verloop**2)
        p = share(row.eta)
        assert row.laag / 100 == pytest.approx(p - math.hypot(p - share(row.eta - half), 0.2 * p), abs=1e-6)
        assert row.hoog / 100 == pytest.approx(p + math.hypot(share(row.eta + half) - p, 0.2 * p), abs=1e-6)
        parts = {"model": row.spreiding, "model_verloop": row.verloop, "model_bron": 0.2 / (1 - p)}
        assert row.uit == max(parts, key=parts.get)
