"""What the table knows of a randvoorwaarde becomes an opgave of the municipality, with who knows it."""

from __future__ import annotations

from pathlib import Path

from wwz.base.errors import Fout
from wwz.own import given
from wwz.sessie.questions import STATUS
from wwz.sessie.room import Room


def take_over(
    database: Path, found: Room, step_id: str, condition: str, status: str, who: str, why: str
) -> str:
    """Write an opgave down for every code of the area; gives what was done in a sentence.

    Parameters
    ----------
    condition, status
        A randvoorwaarde of the step, and what is said of it.
    who, why
        Who knows it, and on what grounds.

    Raises
    ------
    Fout
        When it is no row of this step, something is wrong with it, or it may not be done.
    """
    step = found.find(step_id)
    title = dict(step.rijen).get(condition) if step and step.soort == "invullen" else None
    if title is None:
        raise Fout("Deze randvoorwaarde staat niet in deze stap.")
    if not who.strip():
        raise Fout("Vul in wie dit weet.")
    grounds = " · ".join(filter(None, (why.strip(), _mark(found))))
    statements = [
        given.checked(code, condition, status, None, who, grounds, place=title)
        for code in found.about["gebied"]
    ]
    given.add(database, statements)
    return f"{title}: {dict(STATUS)[status].lower()} is nu een opgave van {who.strip()}."


def of_room(database: Path, found: Room) -> list[given.Opgave]:
    """What was taken over from a session, as it holds now."""
    return [one for one in given.current(given.read(database)) if one.waarom.endswith(_mark(found))]


def _mark(found: Room) -> str:
    return f"werksessie {found.about['titel']} ({found.code})"
