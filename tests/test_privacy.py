"""Someone who sees everything that is shown tries to work out the hidden numbers of people, and fails.

The real SQL runs on small made-up regions: buurten in wijken in gemeenten, with counts given by a municipality.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from privacy_hulp import CODE, ESTIMATE, MINIMUM, OTHER, Shown, attack, attack_on, count, people_of

from wwz.knowledge import load_toml
from wwz.knowledge.privacy import protected_kinds
from wwz.words.numbers import NOT_SHOWN

SLACK = load_toml("privacy.toml")["speling"]
COUNT = st.one_of(st.integers(0, 25), st.integers(0, 9), st.integers(10, 400))
REGION = st.lists(
    st.lists(st.lists(COUNT, min_size=1, max_size=4), min_size=1, max_size=3), min_size=1, max_size=2
)


def shown_of(folder: Path, region: list, **kwargs) -> Shown:
    people = people_of(region)
    return Shown(folder, list(people), [count(b, n) for b, n in people.items()], **kwargs)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(REGION)
def test_nothing_hidden_can_be_worked_out(region):
    with tempfile.TemporaryDirectory() as folder:
        people = people_of(region)
        shown = shown_of(Path(folder), region)
        cells = shown.tables().loc[list(people)]
        small = [b for b, n in people.items() if n < MINIMUM]
        given_out = cells[cells["soort"] == "opgegeven"]
        assert not set(small) & set(given_out.index), "a small count is shown"
        assert (given_out["teller"] == given_out.index.map(people)).all()
        hidden = cells[cells["soort"] == NOT_SHOWN]
        found = attack_on(shown)
        for code in hidden.index:
            low, high = found[code]
            assert high - low >= SLACK, f"{code} is {people[code]}, worked out as {low:.1f} to {high:.1f}"


def test_the_attack_works_where_nothing_is_protected(tmp_path):
    """The same attack on figures that are only not shown below the minimum does find the number: the test can fail."""
    shown = shown_of(tmp_path, [[[4, 50, 60], [70, 80]]], protect=False)
    assert attack_on(shown)["BU99010000"] == pytest.approx((4, 4))


def test_a_second_buurt_goes_along_and_the_wijk_stays(tmp_path):
    tables = shown_of(tmp_path, [[[4, 50, 60], [70, 80]]]).tables()
    # The two look the same: which of them is small is not said.
    assert tables.loc[["BU99010000", "BU99010001"], "soort"].tolist() == [NOT_SHOWN, NOT_SHOWN]
    assert not tables.loc[["BU99010000", "BU99010001"], "verborgen"].any()
    assert tables.loc[["BU99010000", "BU99010001"], ["teller", "waarde"]].isna().all(axis=None)
    assert tables.loc["BU99010002", "teller"] == 60
    assert tables.loc["WK990100", "teller"] == pytest.approx(114)
    assert tables.loc["WK990100", "soort"] == "opgegeven"


def test_a_wijk_of_one_buurt_looks_for_company_in_the_gemeente(tmp_path):
    tables = shown_of(tmp_path, [[[4], [70, 80]]]).tables()
    assert tables.loc[["WK990100", "WK990101"], "teller"].isna().all()
    assert tables.loc["GM9901", "teller"] == pytest.approx(154)


def test_a_single_small_count_leaves_no_trace(tmp_path):
    """No company anywhere: the estimate stays, whatever the count was."""
    for number in (4, 7):
        tables = shown_of(tmp_path / str(number), [[[number]]]).tables()
        assert tables["teller"].tolist() == [ESTIMATE] * 3
        assert set(tables["soort"]) == {"geschat"}


def test_an_own_area_may_hold_a_whole_group_but_not_a_part(tmp_path):
    shown = shown_of(tmp_path, [[[4, 50, 60], [70, 80]]])
    assert shown.own(["BU99010000", "BU99010001", "BU99010100"])["teller"] == pytest.approx(124)
    for part in (["BU99010000", "BU99010100"], ["BU99010001", "BU99010002"]):
        row = shown.own(part)
        assert row["soort"] == NOT_SHOWN and row[["teller", "waarde"]].isna().all()
    assert shown.own(["BU99010002", "BU99010100"])["teller"] == pytest.approx(130)


def test_without_small_numbers_nothing_is_hidden(tmp_path):
    tables = shown_of(tmp_path, [[[40, 50], [60, 70]], [[80, 90]]]).tables()
    assert tables["teller"].notna().all()
    assert set(tables["soort"]) == {"opgegeven"}


def test_so_many_that_the_others_are_few_is_hidden_too(tmp_path):
    """95 of 100 people: the five others would be known."""
    buurten = ["BU99010000", "BU99010001", "BU99010002"]
    shown = Shown(
        tmp_path, buurten, [count(b, n) for b, n in zip(buurten, (95, 50, 40), strict=True)], people=100.0
    )
    assert shown.tables().loc["BU99010000", "soort"] == NOT_SHOWN


def test_given_counts_are_protected():
    assert "opgegeven" in set(protected_kinds()["soort"])
    assert SLACK >= 3


# ------------------------------------------------------------- across subjects, age groups and years


def two_subjects(
    folder: Path, first: list[int], second: list[int], names: tuple[str, str], **kwargs
) -> Shown:
    buurten = [f"BU990100{n:02d}" for n in range(len(first))]
    counts = [
        count(b, n, code=c)
        for values, c in zip((first, second), names, strict=True)
        for b, n in zip(buurten, values, strict=True)
    ]
    return Shown(folder, buurten, counts, **kwargs)


def difference_attack(shown: Shown, wide: str, narrow: str) -> dict[str, tuple[float, float]]:
    """The attacker knows that the narrow group is part of the wide one."""
    unknown, rows = {}, []
    for code in (wide, narrow):
        cells = shown.tables(code).loc[shown.buurten]
        known = cells["teller"].dropna().to_dict()
        unknown |= {f"{code} {b}": (0.0, shown.size) for b in cells.index if b not in known}
        rows += [
            (
                {f"{code} {b}": 1.0 for b in buurten if b not in known},
                total - sum(known.get(b, 0.0) for b in buurten),
            )
            for buurten, total in shown.equations(code)
        ]
        rows += [({f"{code} {b}": 1.0}, n) for b, n in known.items()]
        unknown |= {f"{code} {b}": (n, n) for b, n in known.items()}
    for b in shown.buurten:
        unknown[f"rest {b}"] = (0.0, shown.size)
        rows.append(({f"{wide} {b}": 1.0, f"{narrow} {b}": -1.0, f"rest {b}": -1.0}, 0.0))
    return attack(unknown, rows)


def test_18_to_65_does_not_follow_from_18_plus_and_65_plus(tmp_path):
    names = ("mobiliteit_18", "mobiliteit_65")
    shown = two_subjects(tmp_path, [50, 90, 120, 130], [45, 30, 40, 50], names)
    low, high = difference_attack(shown, *names)["rest BU99010000"]
    assert high - low >= SLACK, f"50 of 18+ and 45 of 65+: the 5 others are {low} to {high}"


def test_the_difference_attack_works_where_nothing_is_protected(tmp_path):
    names = ("mobiliteit_18", "mobiliteit_65")
    shown = two_subjects(tmp_path, [50, 90, 120, 130], [45, 30, 40, 50], names, protect=False)
    assert difference_attack(shown, *names)["rest BU99010000"] == pytest.approx((5, 5))


def test_all_doelgroepen_are_hidden_in_the_same_areas(tmp_path):
    shown = two_subjects(tmp_path, [4, 50, 60, 70], [80, 90, 95, 85], (CODE, OTHER))
    one, other = (shown.tables(c).loc[shown.buurten, "soort"] == NOT_SHOWN for c in (CODE, OTHER))
    assert one.tolist() == other.tolist() == [True, True, False, False]


def test_a_total_is_hidden_with_its_parts(tmp_path):
    """Clients in all = help in the house + guidance: two shown numbers would give the third."""
    buurten = [f"BU990100{n:02d}" for n in range(5)]
    parts = {
        "Huishouden": [4, 30, 40, 50, 60],
        "Begeleiding": [20, 21, 22, 23, 24],
        "Los": [44, 33, 77, 66, 55],
    }
    total = [a + b for a, b in zip(parts["Huishouden"], parts["Begeleiding"], strict=True)]
    counts = [
        count(b, n, code="", use="tonen", name=name)
        for name, values in {**parts, "Totaal": total}.items()
        for b, n in zip(buurten, values, strict=True)
    ]
    beside = Shown(tmp_path, buurten, counts).beside().set_index(["onderwerp", "gebied"])["verborgen"]
    # That another subject is no part of it only shows from the numbers that are hidden: it goes along.
    for name in ("Huishouden", "Begeleiding", "Totaal", "Los"):
        assert beside[name].reindex(buurten).tolist() == [True, True, False, False, False], name


SMALL = st.integers(0, 9)
FEW, MANY = st.lists(SMALL, min_size=1, max_size=2), st.lists(st.integers(20, 200), min_size=5, max_size=5)


@st.composite
def related_subjects(draw) -> tuple[dict[str, list[int]], dict[str, int]]:
    """Counts of which one follows from the others, per area, and the signs with which they come out at nothing."""
    parts = draw(st.integers(2, 5))
    values = {f"deel {n}": draw(MANY) for n in range(parts)}
    small = draw(FEW)
    values["deel 0"] = [*small, *values["deel 0"][len(small) :]]
    columns = list(values.values())
    if draw(st.booleans()):
        total = [sum(v) - draw(st.sampled_from([0, 0, 1])) for v in zip(*columns, strict=True)]
        return {**values, "totaal": total}, {**dict.fromkeys(values, 1), "totaal": -1}
    men_young, women_old = columns[0], columns[1]
    men_old, women_young = draw(MANY), draw(MANY)
    cross = {
        "mannen": _added(men_young, men_old),
        "vrouwen": _added(women_young, women_old),
        "jong": _added(men_young, women_young),
        "oud": _added(men_old, women_old),
    }
    # Only a cross with a small side has something to hide.
    cross = {
        name: [*small, *column[len(small) :]] if name == "jong" else column for name, column in cross.items()
    }
    cross["oud"] = [
        m + v - j for m, v, j in zip(*(cross[n] for n in ("mannen", "vrouwen", "jong")), strict=True)
    ]
    return cross, {"mannen": 1, "vrouwen": 1, "jong": -1, "oud": -1}


def _added(one: list[int], other: list[int]) -> list[int]:
    return [a + b for a, b in zip(one, other, strict=True)]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(related_subjects())
def test_no_hidden_count_follows_from_the_other_subjects(made):
    values, signs = made
    buurten = [f"BU990100{n:02d}" for n in range(5)]
    counts = [
        count(b, n, code="", use="tonen", name=name)
        for name, column in values.items()
        for b, n in zip(buurten, column, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder:
        beside = Shown(Path(folder), buurten, counts).beside()
    shown = beside.pivot(index="gebied", columns="onderwerp", values="aantal").loc[buurten, list(signs)]
    assert shown.isna().any(axis=None)
    one_unknown = shown[shown.isna().sum(axis=1) == 1]
    assert one_unknown.empty, f"worked out by sum and difference: {one_unknown}"


def test_a_count_hidden_in_one_year_is_hidden_in_all(tmp_path):
    buurten = [f"BU990100{n:02d}" for n in range(4)]
    counts = [count(b, n, year=2023) for b, n in zip(buurten, (4, 50, 60, 70), strict=True)]
    counts += [count(b, n, year=2025) for b, n in zip(buurten, (12, 51, 8, 70), strict=True)]
    beside = Shown(tmp_path, buurten, counts).beside()
    hidden = beside.pivot(index="gebied", columns="jaar", values="verborgen")
    assert (hidden[2023] == hidden[2025]).all()
    assert hidden[2023].loc[["BU99010000", "BU99010002"]].all()


# ------------------------------------------------------------- replacing and calibrating


def test_a_wijk_count_spreads_over_its_buurten_by_the_estimate(tmp_path):
    buurten = [*people_of([[[0, 0], [0, 0]]])]
    tables = Shown(tmp_path, buurten, [count("WK990100", 60), count("WK990101", 90)]).tables()
    assert tables.loc["WK990100", ["teller", "soort"]].tolist() == [60, "opgegeven"]
    # Twenty each was the estimate: thirty each makes sixty.
    assert tables.loc[["BU99010000", "BU99010001"], "teller"].tolist() == [30, 30]
    assert tables.loc["BU99010000", "soort"] == "geschat"
    assert tables.loc["GM9901", "teller"] == pytest.approx(150)


def test_counts_in_every_buurt_go_before_a_published_figure_of_the_wijk(tmp_path):
    """Counted everywhere: the wijk adds up. Counted in part, or a group half outside: the published figure stays."""
    given = {"BU99010000": 30, "BU99010001": 40, "BU99010100": 50}
    buurten = [*given, "BU99010101"]
    published = {"WK990100": 99, "WK990101": 88, "GM9901": 200}
    tables = Shown(tmp_path, buurten, [count(b, n) for b, n in given.items()], published=published).tables()
    assert tables.loc["WK990100", ["teller", "soort"]].tolist() == [70, "opgegeven"]
    assert tables.loc[["WK990101", "GM9901"], "teller"].tolist() == [88, 200]
    assert set(tables.loc[["WK990101", "GM9901"], "soort"]) == {"gepubliceerd"}
    hidden = [count(b, n) for b, n in zip(buurten, (4, 40, 50, 60), strict=True)]
    tables = Shown(tmp_path / "2", buurten, hidden, published=published).tables()
    # The group lies in the first wijk as a whole: that adds up too.
    assert tables.loc[["WK990100", "WK990101", "GM9901"], "teller"].tolist() == [44, 110, 154]
    single = ["BU99010000", "BU99010100", "BU99010101"]
    across = [count(b, n) for b, n in zip(single, (4, 50, 60), strict=True)]
    tables = Shown(tmp_path / "3", single, across, published=published).tables()
    assert tables.loc[["WK990100", "WK990101"], "teller"].tolist() == [99, 88]
    assert tables.loc["GM9901", "teller"] == 114


def test_calibrating_keeps_the_pattern_and_takes_the_level(tmp_path):
    buurten = [*people_of([[[0, 0], [0, 0]]])]
    tables = Shown(
        tmp_path, buurten, [count("WK990100", 60, use="ijkt"), count("WK990101", 20, use="ijkt")]
    ).tables()
    # 80 counted where 80 was estimated: nothing moves, also not between the wijken.
    assert tables.loc[buurten, "teller"].tolist() == pytest.approx([ESTIMATE] * 4)
    tables = Shown(tmp_path / "2", buurten, [count("GM9901", 160, use="ijkt")]).tables()
    assert tables.loc[buurten, "teller"].tolist() == pytest.approx([40] * 4)
    assert set(tables["soort"]) == {"geschat"}
    assert "geijkt" in tables.loc["BU99010000", "bron"]


def test_showing_changes_no_figure(tmp_path):
    buurten = [*people_of([[[0, 0]]])]
    shown = Shown(tmp_path, buurten, [count(b, 99, use="tonen") for b in buurten])
    assert shown.tables().loc[buurten, "teller"].tolist() == [ESTIMATE] * 2
    assert shown.beside()["aantal"].tolist() == [99, 99]
    assert shown.beside()["schatting"].tolist() == [ESTIMATE] * 2
