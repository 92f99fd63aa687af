"""The story of one area: who live there, what does not go by itself, what is missing, and what changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wwz.agenda import rows as agenda
from wwz.agenda.words import kinds
from wwz.ask import outlookwords as words
from wwz.ask.area import Area
from wwz.ask.outlook import BASE, outlook, scenarios, subjects
from wwz.ask.together import use_beside_need
from wwz.base.errors import Fout
from wwz.base.sentence import sentences
from wwz.knowledge import catalogue, load_toml
from wwz.store import Store
from wwz.words.sentences import StoryLine, story_line

ESTIMATED = "geschat"


@dataclass(frozen=True)
class Block:
    """A part of the story: a title, sentences, how its numbers are known (kind and year), its figures as lines, and its sources."""

    title: str
    sentences: tuple[str, ...]
    known: tuple[str, ...]
    lines: tuple[StoryLine, ...] = ()
    sources: tuple[str, ...] = ()


def blocks(store: Store, area: Area, rows: pd.DataFrame) -> tuple[Block, ...]:
    """The story in blocks; a block about which nothing can be said is left out.

    Parameters
    ----------
    rows
        The figures of the area, one row per indicator, as `wwz.figures.profile_rows` gives them.
    """
    found = [_block(store, area, rows, plan) for plan in load_toml("profiel.toml")["blok"]]
    return tuple(block for block in found if block.sentences)


def _block(store: Store, area: Area, rows: pd.DataFrame, plan: dict[str, Any]) -> Block:
    if "cijfers" in plan:
        return _figures(store, area, rows, plan)
    return _missing(store, area, plan) if plan.get("agenda") else _future(store, area, plan)


def _figures(store: Store, area: Area, rows: pd.DataFrame, plan: dict[str, Any]) -> Block:
    minimum = store.about()["minimum"]
    by_code = rows.set_index("indicator")
    codes = [
        code for code in plan["cijfers"] if code in by_code.index and pd.notna(by_code.loc[code, "waarde"])
    ]
    lines = tuple(story_line(by_code.loc[code], catalogue()[code], minimum) for code in codes)
    known = [f"{by_code.loc[code, 'soort']} {by_code.loc[code, 'jaar']}" for code in codes]
    use = use_beside_need(store, area) if plan.get("gebruik") else None
    if use is not None:
        lines, known = (*lines, use.line), [*known, f"{ESTIMATED} {use.year}"]
    return Block(
        plan["titel"],
        _sentences(lines),
        tuple(dict.fromkeys(known)),
        lines,
        _sources(by_code.loc[codes, "bron"]),
    )


def _sentences(lines: tuple[StoryLine, ...]) -> tuple[str, ...]:
    return tuple(line.sentence for line in lines)


def _missing(store: Store, area: Area, plan: dict[str, Any]) -> Block:
    """What the wijkagenda says; an area that is too large for an agenda has none."""
    try:
        found = agenda.of_area(store, area)
    except Fout:
        return Block(plan["titel"], (), ())
    if not found.has_groups:
        return Block(plan["titel"], (), ())
    needed = found.rows[found.rows["graad"] == "N"]
    said = (f"{found.headline}.", *sentences(found.about))
    return Block(plan["titel"], said, kinds(needed["hoe_code"]), sources=_sources(needed["bron"]))


def _future(store: Store, area: Area, plan: dict[str, Any]) -> Block:
    year, known = plan["jaar"], subjects(store)
    shown = [
        outlook(store, area, area.smallest, known[code], scenarios(known[code])[BASE])
        for code in plan["toekomst"]
        if code in known
    ]
    lines = tuple(line for line in (words.story_line(one, year) for one in shown) if line is not None)
    named = _sources(line for one in shown for line in words.sources(store, one))
    return Block(plan["titel"], _sentences(lines), (f"{ESTIMATED} {year}",), lines, named)


def _sources(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for line in lines if isinstance(line, str) and line))
