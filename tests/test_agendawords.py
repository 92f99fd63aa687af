"""A row of the wijkagenda and the first step about it say the same."""

import pandas as pd
import pytest

from wwz.agenda import words as agendawords
from wwz.agenda.numbers import Amount, margin_text, people_text
from wwz.agenda.words import ASSUMED, GIVEN, MEAN, UNKNOWN

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
        "mensen_tekst": people_text(people, 10),
        "marge_tekst": margin,
        "gemis": agendawords.lacked(code, code, 1000),
        **agendawords.advice(code, how, margin, 1000, "Vraag het na."),
    }
    return columns, pd.DataFrame([columns])


def step(rows):
    found = agendawords.first_steps(rows, agendawords.questions(rows, 10), 10)
    return found[0]


def test_what_is_known_says_what_helps_in_both():
    one, rows = row()
    assert one["doen"] == one["helpt"] and step(rows).startswith("Werk hieraan: ")
    assert step(rows).endswith(one["helpt"])


@pytest.mark.parametrize("how", [MEASURED, MEAN])
def test_a_gap_that_may_be_next_to_nobody_is_looked_at_again_in_both(how):
    """The row must not say to build where the first step says to check."""
    one, rows = row(how=how, low=4.0)
    assert one["doen"] != one["helpt"] and one["doen"].endswith(one["helpt"][1:])
    assert step(rows).startswith("Controleer ") and "Werk hieraan" not in step(rows)
    look_again = one["controle"] if how == MEAN else "Vraag het na."
    assert look_again in one["doen"] and look_again in step(rows)


def test_an_assumption_is_checked_first_in_both():
    one, rows = row("nultrede", ASSUMED)
    assert one["doen"].startswith("Eerst nagaan: Vraag het na. Daarna: ")
    assert step(rows).startswith(one["controle"]) and "aanname" in step(rows)


def test_what_is_unknown_is_found_out():
    one, _ = row(how=UNKNOWN)
    assert one["doen"] == "Vraag het na."


def test_what_was_just_answered_is_not_asked_again():
    """Not in the row and not as a first step, also when the margin of the answer may be next to nobody."""
    one, rows = row("respijtzorg", GIVEN, low=4.0)
    assert one["doen"] == one["helpt"] and step(rows).startswith("Werk hieraan: ")


def test_a_party_is_asked_only_what_is_still_open():
    unknown = pd.concat([row(code, UNKNOWN)[1] for code in ("respijtzorg", "begeleiding")])
    both = agendawords.questions(unknown, 10).iloc[0]
    answered = pd.concat([row("respijtzorg", GIVEN)[1], row("begeleiding", UNKNOWN)[1]])
    left = agendawords.questions(answered, 10).iloc[0]
    assert "respijtzorg" in both["vraag"] and "begeleiding" in both["vraag"]
    assert left["vraag"] == "Hoe lang is de wachttijd voor begeleiding?"
    assert left["titels"] == "begeleiding" and left["aantal"] == 1


@pytest.mark.parametrize(("needing", "first"), [(1000.0, "Werk hieraan"), (9000.0, "Bel eerst")])
def test_a_large_known_gap_stands_above_a_call(needing, first):
    """260 people lack it for sure; of those about whom nobody knows, only a part will."""
    open_one = row("respijtzorg", UNKNOWN)[1].assign(onbekend_nodig=needing, mensen=float("nan"))
    rows = pd.concat([row("winkels-1000", GIVEN)[1], open_one], ignore_index=True)
    assert step(rows).startswith(first)


def test_a_mean_distance_is_no_measurement_of_where_people_live():
    assert agendawords.kinds([UNKNOWN, MEAN, ASSUMED, GIVEN, MEAN]) == (
        "opgegeven",
        "geschat",
        "aanname",
        "onbekend",
    )
    assert agendawords.kinds(["adressen", "vierkanten", "gemengd"]) == ("gemeten", "geschat")
