"""Numbers of people in the wijkagenda, as they may be shown and as they read in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Any

from wwz.words.numbers import dutch, is_known, nearly, people_between, rounded_people, spoken

UNKNOWN_SIGN = "?"

# After a number of people, where it says who needs something.
NEEDED = " hebben het nodig"


def people_text(count: Any, minimum: int) -> str:
    """A number of people: rounded, '<10' where there are too few to show, '?' where it is not known."""
    if not is_known(count):
        return UNKNOWN_SIGN
    return f"<{minimum}" if count < minimum else dutch(rounded_people(count))


def range_words(low: Any, high: Any, minimum: int) -> str:
    """From .. to .. people; a bound below the minimum is not shown as a number."""
    return people_between(low, high, minimum) or people_text(low, minimum)


@dataclass(frozen=True)
class Amount:
    """A number of people as an answer of the database gives it.

    Attributes
    ----------
    people, low, high
        People; missing where it is not known, and where there are too few to show.
    hidden
        Whether there are too few to show.
    """

    people: float
    low: float = nan
    high: float = nan
    hidden: bool = False

    @property
    def known(self) -> bool:
        """Whether anything is known of it, shown or not."""
        return bool(self.hidden) or is_known(self.people)

    def text(self, minimum: int) -> str:
        """For a cell: '1.200', '<10' or '?'."""
        return f"<{minimum}" if self.hidden else people_text(self.people, minimum)

    def margin(self, minimum: int) -> str:
        """The interval; empty when there is no number to show."""
        return range_words(self.low, self.high, minimum) if is_known(self.people) else ""

    def about(self, minimum: int) -> str:
        """The number with its interval, inside a sentence: 'ongeveer 1.200 (800 tot 1.600)'."""
        margin = spoken(self.margin(minimum))
        number = nearly(self.text(minimum))
        return f"{number} ({margin})" if " tot " in margin else number


def margin_text(lack: Amount, need: Amount | None, minimum: int) -> str:
    """The interval of who lacks it; and where the status is unknown, how many people need it."""
    if not lack.known:
        return f"nodig voor {need.about(minimum)}" if need else ""
    open_part = f"onbekend voor {need.about(minimum)}" if need and not need.hidden else ""
    return "; ".join(filter(None, (lack.margin(minimum), open_part)))


def known_part(share: float, lack: Amount, minimum: int) -> str:
    """What is known of a part of the people that is too small to speak for the area."""
    percent = "minder dan 1" if share < 0.005 else dutch(100 * share)
    return f". Van {percent}% van hen is het bekend: {nearly(lack.text(minimum))} missen het"


def expected_text(row: Any, minimum: int) -> str:
    """How a number differs from what is to be expected there: 'meer dan verwacht: 300 (250 tot 350)'; empty where nothing is.

    Where nobody knows who lacks it, what is compared is who needs it, and that is said.
    """
    if not row["verschil"]:
        return ""
    expected = Amount(row["verwacht"], row["verwacht_onder"], row["verwacht_boven"])
    margin = spoken(expected.margin(minimum))
    number = spoken(expected.text(minimum))
    unknown = not (row["genoeg"] or row["begrensd"])
    return f"{row['verschil']}: {number}{f' ({margin})' if ' tot ' in margin else ''}{NEEDED * unknown}"
