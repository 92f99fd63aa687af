"""May a new database take the place of the one in use? Not without areas, nor when most areas would be gone unasked."""

from __future__ import annotations

from pathlib import Path

from wwz.base.counted import counted
from wwz.base.errors import Fout, MinderGebieden
from wwz.contents import Content, content_of
from wwz.words.numbers import dutch
from wwz.workbench import Workbench

# Fewer than this part of the areas that are on screen now is hardly ever what was meant.
LEAST_PART = 0.5
STAYS = "De gegevens van nu blijven staan."


def check_replacement(bench: Workbench, target: Path, *, may_shrink: bool, reason: str) -> None:
    """Refuse a new database that holds nothing, or much less than the one in use.

    The fictitious example region may be replaced by anything.

    Parameters
    ----------
    bench
        The new database, complete.
    target
        Where it should come; the database in use, if there is one.
    may_shrink
        Whether somebody asked for fewer areas.
    reason
        Dutch sentence: why something of the input was not used.

    Raises
    ------
    Fout
        When there is no area, or no figure; MinderGebieden when more than half of the areas would be gone.
    """
    new = bench.content()
    if not new.gebieden:
        raise Fout(f"In de bestanden staat geen gebied waar cijfers van zijn. {reason} {STAYS}")
    if not new.cijfers:
        raise Fout(f"Geen enkel cijfer in de bestanden is te gebruiken. {reason} {STAYS}")
    old = content_of(target)
    if old.fictief or may_shrink or new.gebieden >= LEAST_PART * old.gebieden:
        return
    raise MinderGebieden(
        f"Er zouden {_areas(new)} overblijven; nu zijn het er {dutch(old.gebieden)}. {STAYS} "
        "Controleer of alle bestanden er zijn."
    )


def _areas(content: Content) -> str:
    return counted("{n} [gebied|gebieden]", content.gebieden)
