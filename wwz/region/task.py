"""What the law asks of each gemeente: the number the region gave, divided by inhabitants."""

from __future__ import annotations

from typing import Any

from wwz.base.errors import Fout
from wwz.knowledge.regions import groepen, sleutels
from wwz.own.region import task
from wwz.own.region.register import known_group
from wwz.own.region.task import Taak
from wwz.region.places import Regio, measured
from wwz.region.whole import divided

HOW = "geschat volgens de wettelijke sleutel"


def by_law(groep: str) -> bool:
    """Whether the law says how this group is divided."""
    return bool(groepen()[groep].wet_sleutel)


def latest(regio: Regio, groep: str) -> Taak | None:
    """The newest number the region gave."""
    return task.latest(regio.store.path, regio.sleutel, groep)


def keep(
    regio: Regio, groep: str, periode: str, aantal: int, bron: str, wie: str, *, gezien: int | None = None
) -> None:
    """Keep the number of a region.

    Parameters
    ----------
    gezien
        As in `Ledger.add`.

    Raises
    ------
    Botsing
        When somebody else gave another number since.
    Fout
        With everything that is wrong.
    """
    if not known_group(groep).wet_sleutel:
        lawful = ", ".join(code for code in groepen() if by_law(code))
        raise Fout(f"De wet verdeelt {groepen()[groep].kort} niet. Kies uit: {lawful}.")
    task.keep(regio.store.path, regio.sleutel, groep, periode, aantal, bron, wie, gezien=gezien)


def shares(regio: Regio, one: Taak) -> list[dict[str, Any]]:
    """The share of every gemeente: gemeente, naam, aantal (whole people), soort. They add up to what the region gave.

    Raises
    ------
    Fout
        When a gemeente of the region is not in the data, or its inhabitants are unknown.
    """
    if regio.afwezig:
        raise Fout(f"{regio.let_op} De taakstelling is dan niet te verdelen.")
    measure = sleutels()[groepen()[one.groep].wet_sleutel].maat
    found = measured(regio)
    unknown = [regio.namen[code] for code in regio.codes if measure not in found[code]]
    if unknown:
        raise Fout(f"Van {', '.join(unknown)} is niet bekend hoeveel {measure} er zijn. Lees die eerst in.")
    parts = divided(one.aantal, [found[code][measure] for code in regio.codes])
    return [
        {"gemeente": code, "naam": regio.namen[code], "aantal": part, "soort": HOW}
        for code, part in zip(regio.codes, parts, strict=True)
    ]
