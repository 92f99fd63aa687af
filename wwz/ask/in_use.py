"""Which data the dashboard shows, in words. The database says so itself: which sets and files lie beside it proves nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from wwz.base.dates import short_moment
from wwz.fetch.choice import fetch_folder
from wwz.knowledge.placenames import usual
from wwz.own import data as owndata
from wwz.sources.provenance import PROVENANCE
from wwz.store import Store

MOST_NAMES = 5


def in_words(store: Store) -> str:
    """The example region, a fetched set, or files of the municipality: one sentence."""
    about = store.about()
    if about["fictief"]:
        return "Nu staat de voorbeeldregio in het dashboard."
    found = fetched_set(store)
    if found:
        where = found.get("waar") or ", ".join(map(usual, found["gemeenten"].values())) or "heel Nederland"
        return f"Nu in het dashboard: {where}, grenzen van {found['jaar']}, opgehaald op {short_moment(found['gemaakt'])}."
    return (
        f"Nu in het dashboard: {_where(about)}, uit bestanden die op de server staan, indeling {about['indeling']}, "
        f"gemaakt op {short_moment(about['gebouwd_op'])}."
    )


def fetched_set(store: Store) -> dict[str, Any] | None:
    """What is known of the fetched set that the database was made from (its provenance); None when it was made from files."""
    sets = (fetch_folder(store.path) / "sets").resolve()
    for folder in owndata.folders(store):
        if folder.parent == sets and (found := _read(folder)):
            return found
    return None


def _read(folder: Path) -> dict[str, Any] | None:
    try:
        return json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _where(about: dict[str, Any]) -> str:
    names = (about["gemeenten"] or "").split(", ")
    if about["naam"]:
        return about["naam"]
    return ", ".join(names) if any(names) and len(names) <= MOST_NAMES else f"{len(names)} gemeenten"
