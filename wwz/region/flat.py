"""The spreidingsanalyse as flat rows, for a file or a terminal."""

from __future__ import annotations

from typing import Any

from wwz.region.series import Deel, Reeks
from wwz.region.spread import Aandeel, Spreiding
from wwz.region.words import as_known, key_text

COLUMNS = (
    "regio", "gemeente", "naam", "groep", "titel", "sleutel", "nu", "eerlijk", "eerlijk_onder", "eerlijk_boven", "verschil",
    "eenheid", "peildatum", "soort", "stand", "apart", "reden", "definitie", "bron",
)  # fmt: skip


def spread_rows(made: Spreiding) -> list[dict[str, Any]]:
    """A row per gemeente, or per set of gemeenten that are hidden together; the parts that count first."""
    counting = [_row(made, a.deel, a) for a in made.aandelen]
    return counting + [_row(made, deel, None) for deel in made.reeks.zonder]


def _row(made: Spreiding, deel: Deel, share: Aandeel | None) -> dict[str, Any]:
    reeks = made.reeks
    return {
        "regio": reeks.regio.naam,
        "gemeente": deel.code,
        "naam": deel.naam,
        "groep": reeks.groep.code,
        "titel": reeks.groep.titel,
        "sleutel": key_text(made),
        "nu": deel.aantal,
        "eerlijk": _shown(reeks, deel, share and share.eerlijk),
        "eerlijk_onder": _shown(reeks, deel, share and share.onder),
        "eerlijk_boven": _shown(reeks, deel, share and share.boven),
        "verschil": _shown(reeks, deel, share and share.verschil),
        "eenheid": "mensen",
        "peildatum": reeks.peildatum,
        "soort": reeks.hoe if deel.telt else "onbekend",
        "stand": deel.stand,
        "apart": deel.apart,
        "reden": deel.reden,
        "definitie": reeks.definitie.kenmerk,
        "bron": reeks.bron,
    }


def _shown(reeks: Reeks, deel: Deel, number: int | None) -> int | None:
    return None if number is None else as_known(reeks, deel, number)
