"""What who leads a session does: make it, go through it, and see to it that all goes well."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.own.ledger import Change
from wwz.own.ledger.open import ledger
from wwz.sessie import kinds
from wwz.sessie.codes import new_code
from wwz.sessie.programme import MOST_STEPS, Step
from wwz.sessie.questions import of_step
from wwz.sessie.room import Control, Room, room

ACTION = "sessie"
LEADER = "begeleider"
NO_STEP = "Deze stap is er niet meer. Kies een andere."
MINUTE, MOST_EXTRA = 60, 60


def create(
    database: Path,
    title: str,
    codes: Sequence[str],
    naam: str,
    template: str,
    steps: Sequence[Step],
    day: str = "",
) -> Room:
    """Make a session.

    Parameters
    ----------
    title, codes, naam
        What it is called, and the area: its codes and its name.
    template, steps
        The template it was made from, and its programme.
    day
        The day it is held, ISO; empty: today.

    Raises
    ------
    Fout
        When something is wrong with it, or it may not be done.
    """
    who = permission.need(ACTION)
    title, day = title.strip(), day or date.today().isoformat()
    _refuse_wrong(title, day)
    code, book = new_code(), ledger(database)
    while book.under([kinds.SESSION], code)[0]:
        code = new_code()
    content = {
        "titel": title, "gebied": list(codes), "naam": naam, "datum": day, "sjabloon": template,
        "stappen": [step.kept() for step in steps], "gemaakt": datetime.now().isoformat(timespec="seconds"),
    }  # fmt: skip
    book.add(
        [
            Change(kinds.SESSION, (code,), content),
            Change(kinds.CONTROL, (code,), asdict(Control())),
            Change(kinds.LEAD, (code,), {"sleutel": secrets.token_urlsafe(24)}),
        ],
        who.naam or LEADER,
    )
    return room(database, code)


def _refuse_wrong(title: str, day: str) -> None:
    wrong = []
    if not title:
        wrong.append("Geef de sessie een titel.")
    if len(title) > kinds.LONGEST_TITLE:
        wrong.append(f"De titel is te lang: hooguit {kinds.LONGEST_TITLE} tekens.")
    try:
        date.fromisoformat(day)
    except ValueError:
        wrong.append(f"De datum {day[:20]} is niet te lezen. Schrijf hem als 2026-12-01.")
    if wrong:
        raise Fout(*wrong)


def _set(found: Room, **changes: Any) -> None:
    permission.need(ACTION)
    wanted = asdict(replace(found.control, **changes))
    if wanted != asdict(found.control):
        found.book.add([Change(kinds.CONTROL, (found.code,), wanted)], LEADER)
    found.refresh()


def go(found: Room, step: str) -> None:
    """To a step. Who presses twice, or with two at once, goes one step: a step is called by its id.

    Raises
    ------
    Fout
        When there is no such step, or it may not be done.
    """
    target = found.find(step)
    if target is None:
        raise Fout(NO_STEP)
    if found.control.stap != step:
        _set(
            found,
            stap=step,
            open=True,
            toon=False,
            eind=time.time() + target.minuten * MINUTE,
            klaar=False,
            vraag="",
        )


def open_input(found: Room, is_open: bool) -> None:
    """Let people answer, or not. At a secret step results are seen only when nobody can answer any more."""
    secret = found.step is not None and found.step.geheim
    _set(found, open=is_open, **({"toon": False} if secret and is_open else {}))


def show(found: Room, shown: bool) -> None:
    """Put the results on the wall, or take them off."""
    secret = found.step is not None and found.step.geheim
    _set(found, toon=shown, **({"open": False} if secret and shown else {}))


def focus(found: Room, question: str) -> None:
    """Let one question fill the wall; empty: all of the step."""
    known = {one.code for one in of_step(found.step)} if found.step else set()
    _set(found, vraag=question if question in known else "")


def more_time(found: Room, minutes: int) -> None:
    """Give a step more time."""
    if not 1 <= minutes <= MOST_EXTRA:
        raise Fout(f"Kies 1 tot {MOST_EXTRA} minuten.")
    _set(found, eind=max(found.control.eind or 0, time.time()) + minutes * MINUTE)


def close(found: Room, closed: bool = True) -> None:
    """End the session, or go on with it."""
    _set(found, klaar=closed)
    if not closed:
        # Also when it closed by itself: the hours begin again.
        found.book.add([Change(kinds.CONTROL, (found.code,), asdict(found.control))], LEADER, "Heropend")
        found.refresh()


def arrange(found: Room, steps: Sequence[Step]) -> None:
    """Give the session another programme.

    Raises
    ------
    Fout
        When it is empty or too long, or may not be done.
    """
    permission.need(ACTION)
    if not 1 <= len(steps) <= MOST_STEPS:
        raise Fout(f"Een programma heeft 1 tot {MOST_STEPS} stappen.")
    content = {**found.about, "stappen": [step.kept() for step in steps]}
    found.book.add([Change(kinds.SESSION, (found.code,), content)], LEADER)
    found.refresh()


def hide(found: Room, key: Sequence[str], hidden: bool) -> None:
    """Take something off the wall and out of the report, or put it back."""
    permission.need(ACTION)
    if not any(one.sleutel == tuple(key) for one in found.said(hidden=True)):
        raise Fout("Deze inbreng is er niet meer.")
    found.book.add([Change(kinds.HIDDEN, tuple(key), {"verborgen": True} if hidden else None)], LEADER)
    found.refresh()
