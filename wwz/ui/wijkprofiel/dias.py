"""The wijkprofiel before a room: the finding with its map, and then each part of the story, one at a time."""

from __future__ import annotations

from functools import partial

from wwz.ask.area import Area
from wwz.profile.page import Profile
from wwz.profile.story import Block
from wwz.store import Store
from wwz.ui.shared import parts
from wwz.ui.shared.dias import Draw, dias
from wwz.ui.wijkprofiel.screen import area_map


def profile_dias(store: Store, area: Area, found: Profile) -> None:
    """The whole screen while projecting."""
    slides: dict[str, Draw] = {"Waar": partial(_where, store, area, found)}
    slides |= {block.title: partial(_block, area, block) for block in found.blocks}
    dias("wijkprofiel", slides)


def _where(store: Store, area: Area, found: Profile) -> None:
    parts.title(found.headline, found.about)
    if area.niveau != area.smallest:
        area_map(store, area, found, "wand")


def _block(area: Area, block: Block) -> None:
    parts.title(block.title, area.naam, *block.known)
    if block.lines:
        parts.number_list(block.lines)
    else:
        parts.points(block.sentences)
    parts.source_line(*block.sources)
