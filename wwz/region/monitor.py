"""What was agreed beside what happened, year after year."""

from __future__ import annotations

from collections.abc import Mapping

from wwz.own.region import agreed
from wwz.region import series, words
from wwz.region.places import Regio
from wwz.region.plan import Plan
from wwz.region.series import GIVEN, HIDDEN
from wwz.words.numbers import UNKNOWN, dutch


def targets(found: Plan) -> dict[tuple[str, int], int]:
    """What a plan asks of every gemeente and year after now; of gemeenten that are hidden together there is no number each."""
    return {
        (share.deel.gemeenten[0], year): state[n]
        for year, state in list(zip(found.years, found.uitkomst.standen, strict=True))[1:]
        for n, share in enumerate(found.made.aandelen)
        if len(share.deel.gemeenten) == 1
    }


def rows(regio: Regio, groep: str) -> list[dict[str, str]]:
    """Per gemeente and year: naam, jaar, afspraak, werkelijk and afwijking, as texts.

    A number that is hidden gives no deviation: that would tell it.
    """
    wanted = {
        key: n for key, n in agreed.agreements(regio.store.path, groep).items() if key[0] in regio.namen
    }
    real = {year: _real(regio, groep, year) for year in {year for _, year in wanted}}
    found = []
    for (gemeente, year), target in sorted(
        wanted.items(), key=lambda pair: (pair[0][1], regio.codes.index(pair[0][0]))
    ):
        now = real[year].get(gemeente, HIDDEN)
        found.append(
            {
                "naam": regio.namen[gemeente],
                "jaar": str(year),
                "afspraak": dutch(target),
                "werkelijk": dutch(now) if isinstance(now, int) else now,
                "afwijking": words.signed(now - target) if isinstance(now, int) else "",
            }
        )
    return found


def _real(regio: Regio, groep: str, year: int) -> Mapping[str, int | str]:
    """The number of each gemeente, or why there is none; of gemeenten that are hidden together nothing."""
    reeks = series.series(regio, groep, GIVEN, year)
    return {
        deel.gemeenten[0]: HIDDEN if deel.stand == HIDDEN else UNKNOWN if deel.aantal is None else deel.aantal
        for deel in reeks.delen
        if len(deel.gemeenten) == 1
    }


def sentence(found: list[dict[str, str]]) -> str:
    """How many agreed numbers there are, and how many are not known or not met."""
    if not found:
        return "Er zijn nog geen aantallen afgesproken. Leg een verdeling vast bij Verdeling."
    unknown = sum(row["afwijking"] == "" for row in found)
    off = sum(row["afwijking"] not in ("", "0") for row in found)
    return f"Van {len(found)} afspraken is bij {unknown} nog niet bekend hoe het liep. Bij {off} wijkt het aantal af."
