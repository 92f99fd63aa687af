"""What a table calls things, where only their titles are known: a figure, and the kinds of a dimension."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from wwz.sources.columns import without_accents

NOT_WORD = re.compile(r"[^a-z0-9]")


def plain(text: Any) -> str:
    """Letters and digits only: titles differ in accents, capitals and signs from year to year."""
    return NOT_WORD.sub("", without_accents(str(text or "")).lower())


def topics_by_title(
    rows: Iterable[Mapping[str, Any]], wanted: Mapping[str, Mapping[str, list[str]]]
) -> dict[str, str]:
    """Which topics are the figures we want, by the words in their title, in the titles of their groups and in their unit.

    Parameters
    ----------
    rows
        DataProperties of a table: ID, ParentID, Key, Title, Unit.
    wanted
        Name of a column as we know it → `wel` (all of these must be in the words; a bar stands between choices) and `niet`
        (none of these may).

    Returns
    -------
    dict
        Key at the source → name of the column. Of several topics that fit, the first.
    """
    known = {row.get("ID"): row for row in rows}
    found: dict[str, str] = {}
    for name, words in wanted.items():
        for row in known.values():
            key = str(row.get("Key") or "").strip()
            if key and key not in found and _fits(_words(row, known), words):
                found[key] = name
                break
    return found


def _words(row: Mapping[str, Any], known: Mapping[Any, Mapping[str, Any]]) -> str:
    parts, at, seen = [plain(row.get("Key")), plain(row.get("Unit"))], row, set()
    while at is not None and at.get("ID") not in seen:
        seen.add(at.get("ID"))
        parts.append(plain(at.get("Title")))
        at = known.get(at.get("ParentID"))
    return " ".join(parts)


def _fits(words: str, rule: Mapping[str, list[str]]) -> bool:
    return all(any(w in words for w in choice.split("|")) for choice in rule["wel"]) and not any(
        w in words for w in rule.get("niet", ())
    )


def keys_by_title(rows: Iterable[Mapping[str, Any]], titles: Iterable[str]) -> dict[str, str]:
    """Key → title of the kinds with one of these titles (compared as `plain`)."""
    wanted = set(titles)
    return {
        str(row["Key"]).strip(): str(row["Title"]).strip()
        for row in rows
        if row.get("Key") is not None and plain(row.get("Title")) in wanted
    }
