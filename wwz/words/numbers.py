"""Numbers as people read them: Dutch signs, and never more digits than are known."""

from __future__ import annotations

import math
from typing import Any

from wwz.knowledge import Indicator

UNKNOWN = "onbekend"
# A count of the municipality that is protected; also what `soort` says of it.
NOT_SHOWN = "niet getoond"
SIGNIFICANT = 2
# Decimals of a number that do not hang on the order of adding up.
SETTLED = 6
# A part that is read as everybody.
NEARLY_ALL = 0.995
# Bounds that lie farther apart than this part of the people leave nearly everything open.
WIDE = 0.9
PUBLISHED, ROUNDING = "gepubliceerd", "afronding"


def dutch(value: float, decimals: int = 0) -> str:
    """A number with Dutch signs: 1.234,5."""
    text = f"{settled(value):,.{decimals}f}"
    if not text.strip("-0.,"):
        # What is rounded to nothing is not less than nothing.
        text = text.removeprefix("-")
    return text.translate(str.maketrans(",.", ".,"))


def settled(value: float) -> float:
    """A computed number without its last digits: a half of them is rounded the same, whatever the order of the sum."""
    return round(value, SETTLED)


def whole_or_half(value: float) -> str:
    """A number with a decimal only where it has one: 1.000, but 37,5."""
    return dutch(value, 0 if float(value).is_integer() else 1)


def in_full(value: float) -> str:
    """A number with the decimals it is written with: 2.500, or 0,001."""
    return dutch(value, len(f"{value:g}".partition(".")[2]))


def is_known(value: Any) -> bool:
    """Whether there is a number at all."""
    return value is not None and value == value and not (isinstance(value, float) and math.isinf(value))


def too_few(minimum: int) -> str:
    """What stands in place of a figure that is known but is about fewer people than may be shown."""
    return f"minder dan {minimum} mensen"


def rounded_people(count: float) -> float:
    """A computed number of people, rounded to two digits that mean something (3.743 → 3.700)."""
    # 105 people must not be 100 one time and 110 the next.
    count = settled(count)
    if count < 10:
        return round(count)
    step = 10 ** max(0, int(math.log10(count)) - SIGNIFICANT + 1)
    return round(count / step) * step


def people(count: Any, *, hidden: bool, counted: bool, minimum: int) -> str:
    """A number of people in words for the screen.

    Parameters
    ----------
    count
        People; None or NaN when not known.
    hidden
        Whether there are too few to show.
    counted
        Whether the publisher counted them; otherwise we computed the number from a share, and round it.
    minimum
        The privacy minimum.
    """
    if hidden:
        return f"<{minimum}"
    if not is_known(count):
        return UNKNOWN
    return dutch(count if counted else rounded_people(count))


def value_text(value: Any, indicator: Indicator, *, unit: bool = True) -> str:
    """The figure itself, with its unit and as many decimals as the source has."""
    if not is_known(value):
        return UNKNOWN
    number = dutch(value, indicator.decimalen)
    if not unit:
        return number
    return f"{number}%" if indicator.eenheid == "%" else f"{number} {indicator.eenheid}"


def only_rounded(row: Any) -> bool:
    """Whether nothing but the rounding of the source makes a figure unsure: that is no margin, and is said once.

    Parameters
    ----------
    row
        A row of figures, with soort and marge_uit: a mapping, a series or a named tuple.
    """
    facts = row if hasattr(row, "get") else row._asdict()
    return facts.get("soort") == PUBLISHED and facts.get("marge_uit") == ROUNDING


def range_text(low: Any, high: Any, indicator: Indicator) -> str:
    """The interval, or an empty text when there is none to show."""
    if not (is_known(low) and is_known(high)):
        return ""
    below, above = (dutch(edge, indicator.decimalen) for edge in (low, high))
    if below == above:
        return ""
    unit = "%" if indicator.eenheid == "%" else f" {indicator.eenheid}"
    return f"{below} tot {above}{unit}"


def people_between(low: float, high: float, minimum: int, between: str = " tot ") -> str:
    """An interval in people, rounded; a bound below the privacy minimum is no number. Empty when nothing is between."""
    below, above = (f"<{minimum}" if n < minimum else dutch(rounded_people(n)) for n in (low, high))
    return "" if below == above else f"{below}{between}{above}"


def spoken(text: str) -> str:
    """A number of a table inside a sentence: '<10' is read as 'minder dan 10'."""
    return text.replace("<", "minder dan ")


def nearly(text: str) -> str:
    """A number of people in a sentence, with 'ongeveer' unless it says 'minder dan'."""
    return spoken(text) if text.startswith("<") else f"ongeveer {text}"


def people_range(row: Any, indicator: Indicator, minimum: int) -> str:
    """The interval of a computed number of people (teller_onder and teller_boven of the answer), in words."""
    if row["verborgen"] or row["geteld"] or indicator.regel != "aandeel":
        return ""
    low, high = row["teller_onder"], row["teller_boven"]
    return people_between(low, high, minimum) if is_known(low) and is_known(high) else ""


def bound_text(least: Any, most: Any, minimum: int, part: Any = None) -> str:
    """At least and at most so many people, for a cell: '120 tot 900', 'ten hoogste 900', '<10' where there are too few to show.

    A lower bound that is too small to show is left out: 'ten hoogste' stays true. `part` is which part of those who need it may
    lack it (0 to 1): when that is everybody, an upper bound says nothing.
    """
    low = dutch(rounded_people(least)) if is_known(least) and least >= minimum else ""
    if says_nothing(part):
        return f"ten minste {low or 'enkele'}"
    if not is_known(most) or most < minimum:
        return f"<{minimum}"
    high = dutch(rounded_people(most))
    return f"{low} tot {high}" if low else f"ten hoogste {high}"


def says_nothing(part: Any) -> bool:
    """Whether an upper bound (0 to 1, of those who need it) leaves nobody out: then it is no number to show."""
    return is_known(part) and part >= NEARLY_ALL


def part_text(least: Any, most: Any) -> str:
    """Which part of those who need something lacks it at least and at most (0 to 1), in words; empty when unknown."""
    if not is_known(most):
        return ""
    low, high = (dutch(100 * part) for part in (least, most))
    if says_nothing(most):
        return f"minstens {low}% van wie het nodig heeft"
    return (
        f"{low} tot {high}% van wie het nodig heeft"
        if low != "0"
        else f"hooguit {high}% van wie het nodig heeft"
    )


def says_little(least: Any, most: Any) -> str:
    """What a reader must know of bounds that leave nearly everything open, to stand behind them; else empty."""
    wide = is_known(least) and is_known(most) and most - least >= WIDE
    return "; dat zegt nog weinig" if wide else ""
