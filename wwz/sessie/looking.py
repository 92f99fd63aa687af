"""What a step to look at tells in words, of the screen and the area of its link, as it stood when the link was given."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

from wwz.ask.area import Area, find_area
from wwz.ask.view import from_query
from wwz.profile.page import of_area
from wwz.sessie.programme import MOST_ROWS, PROFILE, Step, agenda_lines
from wwz.store import Store


def looked(step: Step, store: Store, own: Area) -> Step:
    """The step with the lines of the profile, or else of the agenda.

    Parameters
    ----------
    own
        The area of the session, for a link that names none.

    Raises
    ------
    Fout
        When the area of the link is not in the data.
    """
    codes = from_query(dict(parse_qsl(step.kijk))).gebied
    area = find_area(store, codes) if codes else own
    rows, sources = _profile(store, area) if step.scherm == PROFILE else agenda_lines(store, area)
    return replace(step, rijen=rows, bronnen=sources)


def _profile(store: Store, area: Area) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    found = of_area(store, area)
    lines = [
        f"{sentence.rstrip('.')} ({', '.join(block.known)})" if block.known else sentence
        for block in found.blocks
        for sentence in block.sentences
    ]
    return tuple((f"p{n}", line) for n, line in enumerate(lines[:MOST_ROWS], 1)), found.sources
