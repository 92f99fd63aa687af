"""All groups of a region side by side: a number per gemeente, and the total where everybody counts in the same way."""

from __future__ import annotations

from datetime import date
from typing import Any

from wwz.own import region as ownregion
from wwz.region import series
from wwz.region.places import Regio
from wwz.region.series import APART, HIDDEN, Reeks
from wwz.region.words import amount
from wwz.words.numbers import UNKNOWN, dutch

LEGEND = (
    "Samen: dit aantal is van een paar gemeenten samen, want een van de aantallen is klein. Tussen haken: apart, want geteld met een "
    "andere definitie of peildag, of zonder akkoord. Groepen overlappen en worden nooit bij elkaar opgeteld."
)


def rows(regio: Regio) -> list[dict[str, Any]]:
    """One row per group with numbers: titel, hoe, a text per gemeente (by code), and totaal.

    Made once for all who ask, until somebody writes something down, or it is another day.
    """
    store = regio.store
    question = "overzicht van de regio", regio.plaats, regio.codes, ownregion.mark(store.path), date.today()
    return list(store.remember(question, lambda: _rows(regio)))


def _rows(regio: Regio) -> list[dict[str, Any]]:
    found = []
    for code, ways in series.ways(regio).items():
        for way in ways:
            reeks = series.series(regio, code, way)
            cells = cells_of(reeks)
            found.append(
                {
                    "titel": reeks.groep.titel,
                    "hoe": f"{reeks.hoe}, {reeks.jaar}",
                    **cells,
                    "totaal": total(reeks),
                }
            )
    return found


def cells_of(reeks: Reeks) -> dict[str, str]:
    """A text per gemeente."""
    found = {}
    for deel in reeks.delen:
        for code in deel.gemeenten:
            if deel.aantal is not None:
                text = dutch(deel.aantal)
                found[code] = text if len(deel.gemeenten) == 1 else f"samen {text}"
            elif deel.stand == APART and deel.apart is not None:
                found[code] = f"({dutch(deel.apart)})"
            else:
                found[code] = HIDDEN if deel.stand == HIDDEN else UNKNOWN
    return found


def total(reeks: Reeks) -> str:
    """The total, as a band where a gemeente is missing."""
    if not reeks.met:
        return UNKNOWN
    if not reeks.zonder:
        return amount(reeks, reeks.totaal)
    if reeks.extra is None:
        return f"ten minste {amount(reeks, reeks.totaal)}"
    return f"{amount(reeks, reeks.totaal)} tot {amount(reeks, reeks.totaal + reeks.extra)}"
