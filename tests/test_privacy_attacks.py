"""Attackers of other kinds: who uploads, who reads refusals, who keeps earlier versions, who knows how counts add up.

Each attack comes with the gain it had before: the number it would have given away.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from privacy_hulp import CODE, MINIMUM, Shown, attack, count

from wwz.base.errors import Fout
from wwz.base.keeping import keep_rows
from wwz.knowledge import load_toml
from wwz.own import counts as owncounts

SLACK = load_toml("privacy.toml")["speling"]
BUURTEN = [f"BU990100{n:02d}" for n in range(5)]
WIJKEN = [f"WK9901{n:02d}" for n in range(5)]
SMALL = st.integers(0, MINIMUM - 1)


def counts(
    values: list[int], areas: list[str] = BUURTEN, *, name: str = CODE, use: str = "vervangt", **more
) -> list:
    code = CODE if use == "vervangt" else ""
    return [
        count(area, n, code=code, use=use, name=name, **more) for area, n in zip(areas, values, strict=False)
    ]


def refusal(path: Path, rows: list) -> tuple[str, ...]:
    """What an upload is told; nothing of it stays."""
    try:
        owncounts.add(path, rows)
    except Fout as fout:
        return fout.zinnen
    last = owncounts.SHELF.entries(path)[-1]
    owncounts.SHELF.book(path).undo(last.handeling, "proef", "")
    return ()


# ------------------------------------------------------------- refusals


@pytest.mark.parametrize("hidden", [0, 4, 7, 9])
def test_a_refusal_tells_nothing_of_a_hidden_count(tmp_path, hidden):
    """A probe at another level was refused once its total was that of the hidden counts: 31 tries gave every one."""
    answers = set()
    for number in range(31):
        path = tmp_path / f"{number}" / "wwz.duckdb"
        owncounts.add(path, counts([hidden, 30], WIJKEN, name="doel", use="tonen"))
        probe = counts(
            [number, 30], [w.replace("WK", "BU") + "00" for w in WIJKEN], name="proef", use="tonen"
        )
        answers.add(refusal(path, probe))
    assert len(answers) == 1


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.integers(0, 60), min_size=3, max_size=3),
    st.lists(st.integers(0, 60), min_size=3, max_size=3),
    st.integers(0, 3),
)
def test_what_a_probe_is_told_is_the_same_whatever_was_counted(tmp_path_factory, one, other, kind):
    told = []
    for values in (one, other):
        path = tmp_path_factory.mktemp("proef") / owncounts.FILE
        owncounts.add(path, counts(values))
        probe = [
            counts([12, 13, 14], WIJKEN, name="proef", use="tonen"),
            counts([12, 13, 14], name="proef", use="vervangt"),
            counts([12, 13]),
            counts([12, 13, 14], name="proef", use="tonen"),
        ][kind]
        told.append(refusal(path, probe))
    assert told[0] == told[1]


# ------------------------------------------------------------- versions


def hidden_of(shown: Shown, code: str = CODE) -> frozenset[str]:
    beside = shown.beside()
    return frozenset(beside.loc[beside["verborgen"], "gebied"])


def totals(shown: Shown) -> dict[frozenset[str], float]:
    """Totals of sets of buurten that are shown."""
    return {buurten: total for buurten, total in shown.equations()}


def test_two_versions_do_not_give_their_difference(tmp_path):
    """4 and 37 together are 41. Then a smaller buurt than the companion came along, which was chosen afresh: 41 − 37 = 4."""
    people = dict(zip(BUURTEN, (900, 1000, 1100, 800, 1200), strict=True))
    first = Shown(tmp_path, BUURTEN, counts([4, 37, 40, 50, 60]), inhabitants=people)
    companion = hidden_of(first)
    assert len(companion) == 2 and BUURTEN[0] in companion
    # Whoever is the companion by inhabitants now: the group may grow, and never loses a member.
    for change in ({BUURTEN[4]: 100}, {BUURTEN[1]: 100}, {BUURTEN[2]: 90}):
        later = Shown(tmp_path, BUURTEN, [], inhabitants={**people, **change})
        assert companion <= hidden_of(later)
        seen = totals(first) | totals(later)
        assert all(total != 4 and len(area & companion) != 1 for area, total in seen.items())


def test_what_was_hidden_stays_hidden_when_it_has_grown(tmp_path):
    """14 for two of which one is 10 when the other no longer needs protection: the other was 4."""
    Shown(tmp_path, BUURTEN, counts([4, 30, 40, 50, 60]))
    before = hidden_of(Shown(tmp_path, BUURTEN, []))
    after = Shown(tmp_path, BUURTEN, counts([12, 30, 40, 50, 60]))
    assert hidden_of(after) >= before >= {BUURTEN[0]}


def test_taking_a_subject_away_and_giving_it_again_under_another_name_opens_nothing(tmp_path):
    first = Shown(tmp_path, BUURTEN, counts([4, 30, 40, 50, 60]))
    owncounts.remove(first.store.path, CODE)
    again = Shown(tmp_path, BUURTEN, counts([14, 30, 40, 50, 60], name="nieuw"))
    assert hidden_of(again) >= hidden_of(first)


@pytest.mark.parametrize("correction", [[12, 50, 40, 30, 60], [12, 50, 40, 4, 60]])
def test_a_count_that_became_small_does_not_follow_from_what_its_companion_was(tmp_path, correction):
    """All were open; then one is corrected to 4. The total of its group minus what the companion was, is 4."""
    before = Shown(tmp_path, BUURTEN, counts([30, 50, 40, 30, 60]))
    assert not hidden_of(before)
    Shown(tmp_path, BUURTEN, counts(correction, when="2026-02-01T00:00:00"))
    after = Shown(tmp_path, BUURTEN, counts([4, 50, 40, correction[3], 60], when="2026-03-01T00:00:00"))
    hidden = hidden_of(after)
    assert BUURTEN[0] in hidden and len(hidden) >= 2
    truth = dict(zip(BUURTEN, (4, 50, 40, correction[3], 60), strict=True))
    for area, total in totals(after).items():
        inside = area & hidden
        assert not inside or abs(total - sum(truth[b] for b in area)) > 1e-6 or len(inside) > 3, (area, total)


def test_another_level_does_not_cut_a_group(tmp_path):
    """Two small buurten in two wijken make a group; the counts per wijk, later, would give each of them."""
    buurten = ["BU99010000", "BU99010100", "BU99010101"]
    first = Shown(tmp_path, buurten, counts([4, 30, 40], buurten))
    assert hidden_of(first) == {"BU99010000", "BU99010100"}
    path = first.store.path
    owncounts.remove(path, CODE)
    # The same subject and year cannot be seen at both levels; a wijk minus its open buurten is the hidden one.
    with pytest.raises(Fout, match="al getoond per buurt"):
        owncounts.add(path, counts([14, 70], ["WK990100", "WK990101"]))
    later = Shown(tmp_path, buurten, counts([14, 70], ["WK990100", "WK990101"], year=2024))
    assert hidden_of(later) == {"WK990100", "WK990101"}
    # And back: what was one group of wijken is one group of buurten.
    owncounts.remove(path, CODE)
    back = Shown(tmp_path, buurten, counts([14, 30, 40], buurten, year=2023))
    assert hidden_of(back) == set(buurten)


def test_leaving_an_area_out_of_the_next_upload_does_not_give_it(tmp_path):
    """4, 5 and a companion of 30 were 39 together. Then the first is left out: 39 − 35 = 4."""
    first = Shown(tmp_path, BUURTEN, counts([4, 5, 30, 50, 60]))
    assert hidden_of(first) == set(BUURTEN[:3]) and totals(first)[frozenset(BUURTEN)] == pytest.approx(149)
    owncounts.remove(first.store.path, CODE)
    rest = Shown(tmp_path, BUURTEN, counts([5, 30, 50, 60], BUURTEN[1:], when="2026-02-01T00:00:00"))
    assert all(abs(total - 35) > 1e-6 for total in totals(rest).values())
    # The estimates of 20 stay for the three of the group.
    assert rest.tables().loc["GM9901", "teller"] == pytest.approx(3 * 20 + 50 + 60)


def test_the_next_writer_cannot_change_what_a_count_is_about(tmp_path):
    path = tmp_path / owncounts.FILE
    owncounts.add(path, counts([40, 50]))
    with pytest.raises(Fout, match="gaat al over"):
        owncounts.add(path, [count(BUURTEN[0], 40, code="dg_lvb", name=CODE, year=2020)])
    owncounts.add(path, [count(b, 40, code="dg_lvb", name=CODE) for b in BUURTEN[:2]])


# ------------------------------------------------------------- who may write


def test_a_writer_cannot_put_a_companion_of_their_own_beside_a_hidden_count(tmp_path):
    """Who replaces one count of a subject knows it; the total of the group minus that one is the other."""
    first = Shown(tmp_path, BUURTEN, counts([4, 30, 40, 50, 60]))
    path = first.store.path
    for part in ([BUURTEN[1]], BUURTEN[1:], BUURTEN[:1]):
        with pytest.raises(Fout, match="in één keer"):
            owncounts.add(path, [count(b, 77) for b in part])
    assert {c.gebied: c.aantal for c in owncounts.read(path)} == dict(
        zip(BUURTEN, (4, 30, 40, 50, 60), strict=True)
    )


def test_a_writer_cannot_add_a_companion_where_there_was_none(tmp_path):
    """The only count of a gemeente is small. A second one, of the writer, would make a total that can be shown."""
    first = Shown(tmp_path, BUURTEN, counts([4]))
    with pytest.raises(Fout, match="in één keer"):
        owncounts.add(first.store.path, [count(BUURTEN[1], 77)])


def test_a_group_holds_what_one_upload_gave(tmp_path):
    """Files of before may hold counts of one subject from two uploads: their total is not shown."""
    rows = counts([4], when="2026-01-01T00:00:00") + counts([30, 40], BUURTEN[1:], when="2026-02-01T00:00:00")
    (tmp_path / "a").mkdir()
    keep_rows(tmp_path / "a" / owncounts.FILE, owncounts.COLUMNS, map(asdict, rows))
    shown = Shown(tmp_path / "a", BUURTEN, [])
    assert len(hidden_of(shown)) == 2
    # The estimate of 20 a buurt stays where the counts of two writers would have to be added up.
    assert shown.tables().loc["GM9901", "teller"] == pytest.approx(2 * 20 + 40 + 2 * 20)


def test_groups_do_not_cross_gemeenten(tmp_path):
    """Two gemeenten give their own counts; neither can subtract its own from a total of both."""
    buurten = ["BU99010000", "BU99020000", "BU99020001"]
    shown = Shown(tmp_path, buurten, counts([4, 30, 40], buurten))
    assert hidden_of(shown) == {"BU99010000"}


# ------------------------------------------------------------- bounds


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(SMALL, min_size=1, max_size=3),
    st.lists(st.integers(0, 6), min_size=5, max_size=5),
    st.permutations(range(5)),
)
def test_men_women_and_a_total_with_unknown_do_not_bound_a_hidden_part(
    tmp_path_factory, small, unknown, order
):
    """Men and women are at most the total. Where few are unknown, the open total minus the women was (nearly) the men."""
    men = ([*small, 31, 32, 33, 34, 35])[:5]
    men = [men[n] for n in order]
    women = [40, 41, 42, 43, 44]
    total = [m + w + u for m, w, u in zip(men, women, unknown, strict=True)]
    given = {"mannen": men, "vrouwen": women, "totaal": total}
    rows = [row for name, values in given.items() for row in counts(values, name=name, use="tonen")]
    shown = Shown(tmp_path_factory.mktemp("grens"), BUURTEN, rows)
    beside = shown.beside().set_index(["onderwerp", "gebied"])["aantal"]
    unknowns: dict[str, tuple[float, float]] = {}
    known: list[tuple[dict[str, float], float]] = []
    for name in given:
        for b in BUURTEN:
            cell = beside[name, b]
            unknowns[f"{name} {b}"] = (0.0, shown.size) if cell != cell else (cell, cell)
    # In one wijk and at the first build, all that is hidden is one group.
    groups = [hidden_of(shown)]
    for name, values in given.items():
        for group in groups:
            # At the worst, every total of a group can be found out.
            true = sum(values[BUURTEN.index(b)] for b in group)
            known.append(({f"{name} {b}": 1.0 for b in group}, float(true)))
    for b in BUURTEN:
        unknowns[f"onbekend {b}"] = (0.0, shown.size)
        parts = {f"totaal {b}": 1.0, f"mannen {b}": -1.0, f"vrouwen {b}": -1.0, f"onbekend {b}": -1.0}
        known.append((parts, 0.0))
    found = attack(unknowns, known)
    for b, number in zip(BUURTEN, men, strict=True):
        if number < MINIMUM:
            low, high = found[f"mannen {b}"]
            assert high - low >= SLACK, f"{number} is worked out as {low:.1f} to {high:.1f}"


def test_a_subject_that_looks_unrelated_is_hidden_along_in_the_same_area(tmp_path):
    """Whether it is related only shows from the hidden numbers; so a choice by that would tell about them."""
    rows = counts([4, 30, 40, 50, 60], name="een", use="tonen") + counts(
        [44, 33, 77, 66, 55], name="los", use="tonen"
    )
    beside = Shown(tmp_path, BUURTEN, rows).beside().set_index(["onderwerp", "gebied"])["verborgen"]
    assert beside["een"].tolist() == beside["los"].tolist() == [True, True, False, False, False]
