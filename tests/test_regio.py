"""The spreidingsanalyse against a region worked out on paper: every key, rounding, who is missing, and who joins late."""

from __future__ import annotations

import pytest
from hypothesis import given as when
from hypothesis import strategies as st
from regio_hulp import MEASURES, NOW, on_paper, with_part

from wwz.base.errors import Fout
from wwz.region import words
from wwz.region.moves import spread_out
from wwz.region.spread import sensitivity, spread
from wwz.region.whole import divided

# By hand: 180 people by each key, floors first, then the largest remainders.
PAPER = {
    "inwoners": (90, 54, 22, 14),
    "woningen": (95, 51, 20, 14),
    "corporatie": (112, 37, 25, 6),
    "nu": NOW,
    "last": (74, 72, 21, 13),
    "mix": (105, 42, 24, 9),
}


@pytest.mark.parametrize("key", PAPER)
def test_every_key_is_what_paper_says(key):
    made = spread(on_paper(), key)
    assert tuple(a.eerlijk for a in made.aandelen) == PAPER[key]
    assert tuple(a.verschil for a in made.aandelen) == tuple(
        n - p for n, p in zip(NOW, PAPER[key], strict=True)
    )
    assert all((a.onder, a.boven) == (a.eerlijk, a.eerlijk) for a in made.aandelen)


def test_a_mix_has_weights_of_its_own_and_they_are_shown():
    made = spread(on_paper(), "mix", {"inwoners": 100})
    assert tuple(a.eerlijk for a in made.aandelen) == PAPER["inwoners"]
    assert words.key_text(spread(on_paper(), "mix")) == "corporatiewoningen (70%) en inwoners (30%)"


@pytest.mark.parametrize(
    "weights", [{"inwoners": 60}, {"mix": 100}, {"zon": 100}, {"inwoners": 150, "nu": -50}]
)
def test_weights_that_are_none_are_refused(weights):
    with pytest.raises(Fout):
        spread(on_paper(), "mix", weights)


def test_a_gemeente_without_a_number_is_missing_and_its_effect_is_a_band():
    late = on_paper((120, 24, 20, None))
    made = spread(late, "inwoners")
    assert (late.totaal, late.extra) == (164, 20)  # 8,000 inhabitants at 120 in 50,000
    assert [(a.eerlijk, a.onder, a.boven) for a in made.aandelen] == [
        (89, 82, 92),
        (54, 49, 56),
        (21, 19, 23),
    ]
    assert "tussen 164 en 184" in " ".join(words.missing(late)) and "aanname" in " ".join(words.missing(late))
    joined = with_part(late, late.zonder[0], 16)
    assert spread(joined, "inwoners").aandelen == spread(on_paper(), "inwoners").aandelen


def test_what_is_unknown_of_a_gemeente_is_no_zero():
    unknown = tuple(
        {k: v for k, v in m.items() if k != "corporatie"} if n == 1 else m for n, m in enumerate(MEASURES)
    )
    reeks = on_paper(measures=unknown)
    with pytest.raises(Fout, match="van B is die maat onbekend"):
        spread(reeks, "corporatie")
    rows = {row.sleutel.code: row.verschillen for row in sensitivity(reeks)}
    assert rows["corporatie"] is None and rows["mix"] is None and rows["inwoners"] == (30, -30, -2, 2)
    with pytest.raises(Fout, match="minder dan twee"):
        spread(on_paper((120, None, None, None)), "inwoners")


def test_the_sensitivity_says_who_gives_and_takes():
    rows = sensitivity(on_paper())
    assert words.sensitive(on_paper(), rows) == (
        "Bij elke sleutel geven A en D en neemt B. C neemt bij inwoners, corporatiewoningen, omgekeerd naar de last van nu "
        "en mengvorm, en houdt gelijk bij woningen."
    )


def test_the_verdeling_keeps_the_sum_and_the_limit_of_a_year():
    found = spread_out(NOW, PAPER["inwoners"], [10] * 4, 5)
    assert found.standen == (NOW, (110, 34, 22, 14), (100, 44, 22, 14), (90, 54, 22, 14))
    assert found.stromen[0] == ((0, 1, 8), (0, 2, 2), (3, 1, 2)) and found.rest == (0, 0, 0, 0)
    assert spread_out(NOW, PAPER["inwoners"], [10] * 4, 2).rest == (10, -10, 0, 0)
    assert spread_out(NOW, PAPER["inwoners"], [0] * 4, 5).standen == (NOW,)


people = st.lists(st.integers(0, 400), min_size=2, max_size=9)


@when(people, st.integers(0, 60), st.integers(1, 8), st.data())
def test_whatever_is_moved_nobody_is_lost_halved_or_moved_too_fast(now, limit, years, data):
    weights = data.draw(st.lists(st.integers(1, 1000), min_size=len(now), max_size=len(now)))
    share = divided(sum(now), weights)
    found = spread_out(now, share, [limit] * len(now), years)
    for before, after in zip(found.standen, found.standen[1:], strict=False):
        assert sum(after) == sum(now) and all(abs(b - a) <= limit for b, a in zip(before, after, strict=True))
        # Nobody goes past its share.
        assert all(min(b, s) <= a <= max(b, s) for b, a, s in zip(before, after, share, strict=True))
    for flows, before, after in zip(found.stromen, found.standen, found.standen[1:], strict=False):
        net = list(before)
        for giver, taker, count in flows:
            net[giver] -= count
            net[taker] += count
        assert net == list(after)


@when(st.integers(0, 10_000), st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_largest_remainder_adds_up_and_is_never_a_person_off(total, weights):
    if not sum(weights):
        weights = [1] * len(weights)
    parts = divided(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part - total * w / sum(weights)) < 1 + 1e-9 for part, w in zip(parts, weights, strict=True)
    )
