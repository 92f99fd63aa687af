"""Numbers of people in the wijkagenda, as they may be shown and as they read in a sentence."""

from __future__ import annotations

from wwz.words.numbers import dutch, is_known, people_between, rounded_people

UNKNOWN_SIGN = "?"
NOBODY = 0.5


def people_text(count, minimum: int) -> str:
    """A number of people: rounded, '<10' where there are too few to show, '?' where it is not known."""
    if not is_known(count):
        return UNKNOWN_SIGN
    return f"<{minimum}" if count < minimum else dutch(rounded_people(count))


def range_words(low, high, minimum: int) -> str:
    """From .. to .. people; a bound below the minimum is not shown as a number."""
    return people_between(low, high, minimum) or people_text(low, minimum)


def margin_text(numbers: dict, needing: float, most: float, minimum: int) -> str:
    """The interval; and where the status is unknown, how many people need it: `needing`, at the most `most`."""
    few = is_known(numbers["mensen"]) and needing < minimum
    open_part = "" if most < NOBODY or few else _about_people(needing, most, minimum)
    if not is_known(numbers["mensen"]):
        return f"nodig voor {open_part}" if open_part else ""
    margin = "" if numbers["mensen"] < minimum else range_words(numbers["onder"], numbers["boven"], minimum)
    return "; ".join(filter(None, (margin, f"onbekend voor {open_part}" if open_part else "")))


def _about_people(count: float, most: float, minimum: int) -> str:
    """A number of people, and at most how many, short enough for a cell."""
    if count < minimum:
        return f"minder dan {minimum}"
    text, top = people_text(count, minimum), people_text(most, minimum)
    return f"ongeveer {text}" if text == top else f"ongeveer {text}, hooguit {top}"


def known_part(share: float, missing: float, minimum: int) -> str:
    """What is known of a part of the people that is too small to speak for the area."""
    percent = "minder dan 1" if share < 0.005 else dutch(100 * share)
    found = f"minder dan {minimum}" if missing < minimum else f"ongeveer {people_text(missing, minimum)}"
    return f". Van {percent}% van hen is het bekend: {found} missen het"


def spoken(text: str) -> str:
    """A number of a table inside a sentence: '<10' is read as 'minder dan 10'."""
    return text.replace("<", "minder dan ")


def nearly(text: str) -> str:
    """A number of people in a sentence, with 'ongeveer' unless it says 'minder dan'."""
    return spoken(text) if text.startswith("<") else f"ongeveer {text}"
