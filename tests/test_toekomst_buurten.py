"""How buurten grow older: a student buurt stays one, homes say how many people there are, and together they are the country."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoer_hulp import Answers

from wwz.future.growing import Buurten, no_plans
from wwz.future.kinds import homes, kinds, newcomers
from wwz.future.path import path, rest
from wwz.future.step import country_path, plans_of, stored_factor
from wwz.knowledge import load_toml

COUNTRY, KINDS = country_path(), kinds()
STEPS = len(COUNTRY.years) - 2
FACTOR = np.ones((STEPS + 1, 20))


def buurten(*people: np.ndarray, kind: str | list[str] = "gewoon", homes_now: float = 400.0) -> Buurten:
    """Buurten of one gemeente, seen in the first year."""
    n = len(people)
    names = [kind] * n if isinstance(kind, str) else kind
    return Buurten(
        np.array(people, dtype=float),
        np.full(n, float(COUNTRY.years[1])),
        np.array([KINDS.codes.index(name) for name in names]),
        np.zeros(n, dtype=int),
        np.full(n, homes_now),
    )


def of(**counts: float) -> np.ndarray:
    """People by group of five years: g4=300 is 300 people of 20 to 25."""
    found = np.zeros(20)
    for name, count in counts.items():
        found[int(name[1:])] = count
    return found


def grown(given: Buurten, plan: list[tuple] = (), factor: np.ndarray | None = FACTOR) -> np.ndarray:
    """People, shape (years, n, 20); plan: rows of buurt (number), jaar, soort, woningen."""
    rows = pd.DataFrame({"gebied": range(len(given.people))})
    frame = pd.DataFrame(list(plan), columns=["gebied", "jaar", "soort", "woningen"])
    return path(KINDS, COUNTRY, given, plans_of(frame, rows, COUNTRY), factor)[0]


STUDENTS = of(
    g0=20,
    g1=10,
    g2=10,
    g3=150,
    g4=320,
    g5=160,
    g6=60,
    g7=30,
    g8=25,
    g9=25,
    g10=30,
    g11=30,
    g12=25,
    g13=20,
    g14=20,
)
FAMILIES = of(
    g0=110, g1=100, g2=70, g3=40, g4=20, g5=40, g6=110, g7=130, g8=100, g9=60, g10=30, g11=20, g12=10, g13=10
)
CARE = of(g11=2, g12=4, g13=8, g14=14, g15=25, g16=40, g17=52, g18=30, g19=10)
ORDINARY = COUNTRY.people[1] / 10


def young(people: np.ndarray) -> np.ndarray:
    """Share of 15 to 25, per year and buurt."""
    return people[..., 3:5].sum(axis=-1) / people.sum(axis=-1)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.floats(0.05, 1), min_size=20, max_size=20),
    st.lists(st.sampled_from(["gewoon", "studenten", "nieuwbouw"]), min_size=2, max_size=2),
)
def test_parts_of_the_country_add_up_to_the_country(shares, names):
    """Two areas that together are the country stay so, whatever their ages, as far as their own homes leave them free."""
    one = COUNTRY.people[1] * np.array(shares)
    found = grown(buurten(one, COUNTRY.people[1] - one, kind=names), factor=None)
    filled = KINDS.filled[[KINDS.codes.index(name) for name in names]].any(axis=0)
    assert np.allclose(found.sum(axis=1)[:, ~filled], COUNTRY.people[1:][:, ~filled])
    assert (found >= 0).all()


def test_a_student_buurt_stays_a_student_buurt():
    found = grown(buurten(STUDENTS, STUDENTS, kind=["studenten", "gewoon"]))
    share = young(found)
    assert share[0, 0] == pytest.approx(0.49, abs=0.02)
    assert share[-1, 0] > 0.44
    # Without the kind, students would grow old there.
    assert share[-1, 1] < 0.25


def test_beds_stay_filled_with_the_same_age():
    found = grown(buurten(CARE, kind="instelling"))
    assert np.allclose(found, CARE)


def test_a_new_estate_does_not_grow_without_homes_and_its_families_grow_older():
    found = grown(buurten(FAMILIES, kind="nieuwbouw"))[:, 0]
    total = found.sum(axis=1)
    # A few more children at first; in the same homes.
    assert total.max() < 1.02 * total[0] and total[-1] < 0.8 * total[0]
    # As many heads of households as there is room for: at equal ages households are a little smaller.
    heads = found @ KINDS.heads
    years = 5 * np.arange(STEPS + 1)
    assert heads == pytest.approx(heads[0] / (1 + KINDS.smaller) ** years)
    assert found[-1, :3].sum() < 0.6 * found[0, :3].sum()
    assert found[-1, 10:].sum() > 2 * found[0, 10:].sum()


def test_homes_of_a_gemeente_grow_as_the_country_needs_and_plans_are_part_of_that():
    """By hand: three buurten of 400 homes, of which one is new and gets none without a plan."""
    given = buurten(ORDINARY, ORDINARY, FAMILIES, kind=["gewoon", "gewoon", "nieuwbouw"])
    needed = COUNTRY.people[-1] @ KINDS.heads / (COUNTRY.people[1] @ KINDS.heads) * (1 + KINDS.smaller) ** 25
    alone = rest(KINDS, COUNTRY, given, no_plans(given, STEPS))[-1]
    assert alone == pytest.approx([1 + 1.5 * (needed - 1)] * 2 + [1.0])
    rows = pd.DataFrame({"gebied": range(3)})
    plan = pd.DataFrame([(2, 2028, "gezin", 60)], columns=["gebied", "jaar", "soort", "woningen"])
    with_plan = rest(KINDS, COUNTRY, given, plans_of(plan, rows, COUNTRY))[-1]
    # 60 of what the gemeente needs are built in the third; the first two get the rest.
    assert (with_plan - 1)[:2] * 400 == pytest.approx([(1200 * (needed - 1) - 60) / 2] * 2)


@pytest.mark.parametrize("soort", [code for code in homes() if code != "sloop"])
def test_who_moves_into_new_homes_is_of_the_age_of_their_kind(soort):
    """100 homes of 2028: that many people more in 2030, of the ages in the knowledge; none before."""
    given = buurten(FAMILIES, kind="nieuwbouw")
    without, more = grown(given)[:, 0], grown(given, [(0, 2028, soort, 100)])[:, 0]
    known = next(row for row in load_toml("buurtsoorten.toml")["bouw"] if row["code"] == soort)
    assert np.allclose(more[0], without[0])
    assert more[1] - without[1] == pytest.approx(100 * newcomers()[soort])
    assert (more[1] - without[1]).sum() == pytest.approx(100 * known["mensen"])


def test_demolition_takes_the_people_of_those_homes():
    given = buurten(FAMILIES, kind="nieuwbouw")
    without, less = grown(given)[:, 0], grown(given, [(0, 2030, "sloop", 100)])[:, 0]
    # A quarter of the homes, a quarter of the heads of households.
    assert less[1] @ KINDS.heads == pytest.approx(0.75 * (without[1] @ KINDS.heads))
    everything = grown(given, [(0, 2030, "sloop", 400)])[:, 0]
    assert everything[1:] == pytest.approx(0)
    beds = grown(buurten(CARE, kind="instelling"), [(0, 2040, "sloop", 200)])[:, 0]
    assert beds[-1] == pytest.approx(CARE / 2)


def test_a_year_of_a_plan_counts_in_the_step_in_which_it_falls():
    rows = pd.DataFrame({"gebied": ["a", "b"]})
    plan = pd.DataFrame(
        [("a", 2026, "gezin", 1), ("a", 2030, "gezin", 2), ("b", 2031, "gezin", 4), ("b", 2050, "sloop", 8),
         ("c", 2030, "gezin", 16), ("a", 2025, "gezin", 32), ("a", 2051, "gezin", 64)],
        columns=["gebied", "jaar", "soort", "woningen"],
    )  # fmt: skip
    found = plans_of(plan, rows, COUNTRY)
    assert found.built.tolist() == [[3, 0], [0, 4], [0, 0], [0, 0], [0, 0]]
    assert found.gone[-1].tolist() == [0, 8] and found.gone.sum() == 8


def test_ages_of_long_ago_are_brought_to_the_first_year_in_whole_steps():
    """Seen thirteen years before: two whole steps and three fifths of one."""
    old = replace(buurten(ORDINARY), seen=np.array([2012.0]))
    near = replace(buurten(ORDINARY), seen=np.array([2022.0]))
    assert grown(old)[0, 0].sum() > grown(near)[0, 0].sum() > ORDINARY.sum()


def test_one_buurt_by_hand(voorbeeld_store):
    """The largest ordinary buurt of the example, from the ages of now to 2030, worked out outside the house."""
    answers = Answers(voorbeeld_store.path)
    kind = answers("select * from toekomst_soort").set_index("gebied")["soort"]
    ages = answers(
        "select gebied, band, mensen from leeftijd_gebied where jaar = (select max(jaar) from leeftijd_gebied)"
    )
    ages = ages[ages["gebied"].map(kind) == "gewoon"]
    code = ages.groupby("gebied")["mensen"].sum().idxmax()
    now = ages[ages["gebied"] == code].set_index("band")["mensen"]
    land = answers("select groep, band, deel from leeftijd_land where jaar = 2024 order by groep").set_index(
        "groep"
    )
    people = (
        now[land["band"]].to_numpy() * (land["deel"] / land.groupby("band")["deel"].transform("sum"))
    ).to_numpy()
    heads = COUNTRY.people @ KINDS.heads
    after = _step(people, 0, people @ KINDS.heads * heads[1] / heads[0])
    people = 0.8 * people + 0.2 * after
    homes_of = answers(
        "select w.gebied, w.woningen, g.gemeente from toekomst_woning w join gebied g on g.code = w.gebied"
    ).set_index("gebied")
    town = homes_of[homes_of["gemeente"] == homes_of.loc[code, "gemeente"]]
    growing = town[town.index.map(kind).isin(["gewoon", "studenten"])]["woningen"].sum()
    needed = heads[2] / heads[1] * (1 + KINDS.smaller) ** 5
    more = 1 + (needed - 1) * town["woningen"].sum() / growing
    people = _step(people, 1, people @ KINDS.heads * more / (1 + KINDS.smaller) ** 5)
    people *= stored_factor()["basis"][1]
    found = answers(
        f"select band, mensen from toekomst_leeftijd where gebied = '{code}' and jaar = 2030"
    ).set_index("band")["mensen"]
    expected = pd.Series(people).groupby(land["band"].to_numpy()).sum()
    assert (found - expected[found.index]).abs().max() < 1e-6


def _step(people: np.ndarray, step: int, room: float) -> np.ndarray:
    """One step of an ordinary buurt, group by group."""
    stay = next(r["blijft"] for r in load_toml("buurtsoorten.toml")["soort"] if r["code"] == "gewoon")
    before, then = COUNTRY.people[step], COUNTRY.people[step + 1]
    staying, coming = np.zeros(20), np.zeros(20)
    for group in range(1, 20):
        older, land = people[group - 1], before[group - 1]
        if group == 19:
            older, land = older + people[19], land + before[19]
        staying[group] = stay[group] * then[group] / land * older
        coming[group] = (1 - stay[group]) * then[group] / before[group] * people[group]
    parents = (staying + coming)[5:9].sum() / people[5:9].sum() / (then[5:9].sum() / before[5:9].sum())
    coming[0] = people[0] * then[0] / before[0] * parents
    found = staying + coming * (room - staying @ KINDS.heads) / (coming @ KINDS.heads)
    assert found @ KINDS.heads == pytest.approx(room)
    return found


@pytest.fixture(scope="module")
def country(nederland_store) -> pd.DataFrame:
    """Per buurt of the country its kind, and its people in the first and the last year."""
    return Answers(nederland_store.path)(
        """
        select t.gebied, s.soort,
            sum(mensen) filter (jaar = 2025) as nu, sum(mensen) filter (jaar = 2050) as straks,
            sum(mensen) filter (jaar = 2025 and band = '15_25') / sum(mensen) filter (jaar = 2025) as jong_nu,
            sum(mensen) filter (jaar = 2050 and band = '15_25') / sum(mensen) filter (jaar = 2050) as jong_straks
        from toekomst_leeftijd t join toekomst_soort s using (gebied)
        group by t.gebied, s.soort
        """
    ).set_index("gebied")


def test_the_student_buurten_of_the_country_stay_so(country, nederland_store):
    """45 buurten of 500 people and more with 35% of 15 to 25: from 46% it went to 14% by 2040 and 8% by 2050 before."""
    seen = Answers(nederland_store.path)(
        """
        select gebied, sum(mensen) as mensen, sum(mensen) filter (band = '15_25') as jong
        from (select * from leeftijd_gebied qualify dense_rank() over (partition by gebied order by jaar desc) = 1)
        group by gebied having sum(mensen) >= 500 and jong >= 0.35 * sum(mensen)
        """
    )
    of_students = country.loc[seen["gebied"]]
    assert len(of_students) == 45 and (of_students["soort"] == "studenten").sum() >= 40
    share = (of_students["jong_straks"] * of_students["straks"]).sum() / of_students["straks"].sum()
    assert seen["jong"].sum() / seen["mensen"].sum() == pytest.approx(0.46, abs=0.01)
    assert share > 0.40


def test_institutions_stay_full_and_new_estates_do_not_grow_without_building(country):
    change = country["straks"] / country["nu"]
    assert change[country["soort"].isin(["instelling", "ouderen"])].to_numpy() == pytest.approx(1.0)
    assert (change[country["soort"] == "nieuwbouw"] < 1).mean() > 0.95
