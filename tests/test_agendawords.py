"""A row of the wijkagenda and the first step about it say the same."""

import pandas as pd
import pytest

from wwz.agenda import words as agendawords
from wwz.agenda.head import headline
from wwz.agenda.jobs import from_rows
from wwz.agenda.numbers import Amount, margin_text, people_text
from wwz.agenda.words import ASSUMED, BOUNDED, GIVEN, MEAN, UNKNOWN

MEASURED = "adressen"


def row(code="winkels-1000", how=MEASURED, low=40.0, people=260.0):
    """One row as `wwz.agenda` makes it, and a frame with only that row."""
    known = {"mensen": people, "onder": low, "boven": 440.0}
    margin = margin_text(Amount(people, low, 440.0), None, 10)
    columns = {
        "randvoorwaarde": code,
        "titel": code,
        "graad": "N",
        **known,
        "hoe_code": how,
        "onbekend_nodig": 0.0,
        "nodig": 2 * people,
        "mensen_tekst": people_text(people, 10),
        "marge_tekst": margin,
        "gemis": agendawords.lacked(code, code, 1000),
        **agendawords.advice(code, how, margin, 1000, "Vraag het na."),
    }
    return columns, pd.DataFrame([columns])


def step(rows):
    """The first job: its kind and what it says."""
    found = from_rows(rows, agendawords.questions(rows, 10), 10)
    return found[0].soort, found[0].tekst


def test_what_is_known_says_what_helps_in_both():
    one, rows = row()
    kind, text = step(rows)
    assert one["doen"] == one["helpt"] and kind == "doen"
    assert text.endswith(one["helpt"].split(" Ook mogelijk")[0])


@pytest.mark.parametrize("how", [MEASURED, MEAN])
def test_a_gap_that_may_be_next_to_nobody_is_looked_at_again_in_both(how):
    """The row must not say to build where the first step says to check."""
    one, rows = row(how=how, low=4.0)
    assert one["doen"] != one["helpt"] and one["doen"].endswith(one["helpt"][1:])
    kind, text = step(rows)
    assert kind == "beslissen" and "Zeker is dat niet." in text
    look_again = one["controle"] if how == MEAN else "Vraag het na."
    assert look_again in one["doen"] and f"Uitzoeken: {look_again}" in text


def test_an_assumption_is_checked_first_in_both():
    one, rows = row("nultrede", ASSUMED)
    assert one["doen"].startswith("Eerst nagaan: Vraag het na. Daarna: ")
    kind, text = step(rows)
    assert kind == "beslissen" and "Uitzoeken: Vraag het na." in text and "Dat is een aanname." in text


def test_what_is_unknown_is_found_out():
    one, _ = row(how=UNKNOWN)
    assert one["doen"] == "Vraag het na."


def test_what_was_just_answered_is_not_asked_again():
    """Not in the row and not as a first step, also when the margin of the answer may be next to nobody."""
    one, rows = row("respijtzorg", GIVEN, low=4.0)
    assert one["doen"] == one["helpt"] and step(rows)[0] == "doen"


def test_a_party_is_asked_only_what_is_still_open():
    unknown = pd.concat([row(code, UNKNOWN)[1] for code in ("respijtzorg", "begeleiding")])
    both = agendawords.questions(unknown, 10).iloc[0]
    answered = pd.concat([row("respijtzorg", GIVEN)[1], row("begeleiding", UNKNOWN)[1]])
    left = agendawords.questions(answered, 10).iloc[0]
    assert "respijtzorg" in both["vraag"] and "begeleiding" in both["vraag"]
    assert left["vraag"] == "Hoe lang is de wachttijd voor begeleiding?"
    assert left["titels"] == "begeleiding" and left["aantal"] == 1


@pytest.mark.parametrize(
    ("needing", "title"),
    [
        (
            1000.0,
            "In de wijk missen ongeveer 260 mensen een winkel voor dagelijkse boodschappen binnen 1.000 meter",
        ),
        (
            9000.0,
            "In de wijk hebben ongeveer 9.000 mensen respijtzorg nodig; of dat er genoeg is, weten wij niet",
        ),
    ],
)
def test_a_large_known_gap_leads_the_finding_and_a_small_one_does_not(needing, title):
    """260 people lack it for sure; of those about whom nobody knows, only a part will."""
    open_one = row("respijtzorg", UNKNOWN)[1].assign(onbekend_nodig=needing, mensen=float("nan"))
    rows = pd.concat([row("winkels-1000", GIVEN)[1], open_one], ignore_index=True)
    head = pd.Series({"aanwezig": 3, "minimum": 10})
    assert headline("de wijk", head, rows) == title
    # Something to do and somebody to call stand apart: the one never pushes the other out.
    kinds = [job.soort for job in from_rows(rows, agendawords.questions(rows, 10), 10)]
    assert kinds == ["doen", "navragen"]


def test_a_mean_distance_is_no_measurement_of_where_people_live():
    assert agendawords.kinds([UNKNOWN, MEAN, ASSUMED, GIVEN, MEAN]) == (
        "opgegeven",
        "geschat",
        "aanname",
        "onbekend",
    )
    assert agendawords.kinds(["adressen", "vierkanten", "gemengd"]) == ("gemeten", "geschat")


def test_who_needs_what_is_bounded_does_not_push_out_what_nobody_knows():
    """At most 900 of 400 (with its margin) is no reason to call before the alarm that 600 need."""
    bounded = row("ruimte-rollator", BOUNDED)[1].assign(
        mensen=float("nan"), onder=0.0, boven=900.0, nodig=400.0
    )
    unknown = row("alarm", UNKNOWN)[1].assign(mensen=float("nan"), onbekend_nodig=600.0)
    asked = agendawords.questions(pd.concat([bounded, unknown], ignore_index=True), 10)
    assert asked["wie"].iloc[0] == "Thuiszorg en alarmcentrale"
    assert list(asked["raakt"]) == ["600 mensen", "400 mensen"]
