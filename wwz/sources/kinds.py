"""Which kind of voorziening a row is: by the tags of OpenStreetMap, a column that says it, or the name of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from wwz.knowledge import load_toml
from wwz.sources.columns import first_column, without_accents
from wwz.sources.reading import Table

KIND = ("soort", "soortvoorziening", "type", "categorie", "category", "voorziening")
OSM_ID = ("osm", "id", "osmid")
PART = "onderdeel"


def kinds(table: Table) -> pd.Series:
    """Code of the kind of voorziening of every row, missing where it is not known."""
    frame = table.frame
    found = pd.Series(pd.NA, index=frame.index, dtype="string")
    knowledge = load_toml("voorzieningen.toml")
    rules = knowledge["voorziening"]
    for rule in rules:
        if _has_keys(frame, rule):
            found = found.mask(found.isna() & _tagged(frame, rule), rule["code"])
    column = first_column([c for c in frame.columns if c != "geometry"], KIND)
    if column is not None and found.isna().any():
        found = found.fillna(
            frame[column]
            .astype("string")
            .map(lambda text: _kind_in(text, rules), na_action="ignore")
            .astype("string")
        )
    named = named_kind(table.bestand, table.onderdeel)
    # What OpenStreetMap says of a row goes before what somebody called the file.
    told = _any_tag(frame, knowledge["osm"]["sleutels"], knowledge["osm"]["zegt_niets"])
    return found.mask(found.isna() & ~told & ~_part(frame) & ~_bare(frame), named) if named else found


def named_kind(*names: str) -> str | None:
    """Code of the kind of voorziening that the name of a file, sheet or layer tells; None when it tells none."""
    return _kind_in(" ".join(names), load_toml("voorzieningen.toml")["voorziening"])


def without_parts(table: Table) -> Table:
    """The table without corners and parts of a surface that are no voorziening by themselves."""
    loose = _part(table.frame) & kinds(table).isna()
    return Table(table.bestand, table.onderdeel, table.frame[~loose]) if loose.any() else table


def _part(frame: pd.DataFrame) -> pd.Series:
    """Which elements of OpenStreetMap are a corner or a part of another one in the file (overpass.py)."""
    if PART not in frame.columns or frame[PART].dtype != bool:
        return pd.Series(False, index=frame.index)
    return frame[PART]


def _bare(frame: pd.DataFrame) -> pd.Series:
    """Which rows are a point of OpenStreetMap without a single tag: a corner of something, never a voorziening."""
    names = [c for c in frame.columns if c not in ("geometry", PART)]
    column = first_column(names, OSM_ID)
    if column is None:
        return pd.Series(False, index=frame.index)
    node = frame[column].astype("string").str.match(r"^node/\d+$").fillna(False).astype(bool)
    told = [c for c in names if c != column and not str(c).startswith("@")]
    return node & ~_any_tag(frame, told) if node.any() else node


def _has_keys(frame: pd.DataFrame, rule: dict) -> bool:
    """Whether a table has the columns that the tags of a kind stand in; most tables are not of OpenStreetMap at all."""
    return any(all(tag.split("=")[0] in frame.columns for tag in tags.split("&")) for tags in rule["osm"])


def _tagged(frame: pd.DataFrame, rule: dict) -> pd.Series:
    """Which rows have the tags of a kind, and none that say it is something else."""
    result = pd.Series(False, index=frame.index)
    for tags in rule["osm"]:
        both = pd.Series(True, index=frame.index)
        for tag in tags.split("&"):
            both &= has_tag(frame, tag)
        result |= both
    for tag in rule.get("osm_niet", []):
        result &= ~has_tag(frame, tag)
    return result


def has_tag(frame: pd.DataFrame, tag: str) -> pd.Series:
    """Which rows have a tag of OpenStreetMap, written as key=value."""
    key, value = tag.split("=")
    return _has_value(frame[key], value) if key in frame.columns else pd.Series(False, index=frame.index)


def _any_tag(frame: pd.DataFrame, keys: Iterable[str], empty: Iterable[str] = ()) -> pd.Series:
    """Which rows have one of the keys, with a value that says something."""
    result = pd.Series(False, index=frame.index)
    for key in set(keys) & set(frame.columns):
        filled = frame[key].astype("string").str.len().fillna(0) > 0
        result |= filled & ~(key + "=" + frame[key].astype("string")).isin(list(empty)).fillna(False)
    return result


def _has_value(values: pd.Series, value: str) -> pd.Series:
    """OSM writes several values in one tag with a semicolon: doctors;pharmacy."""
    return (
        (";" + values.astype("string").str.replace(" ", "") + ";")
        .str.contains(f";{value};", regex=False)
        .fillna(False)
    )


def _kind_in(text: str, rules: list[dict]) -> str | None:
    """The kind that a text names by the beginning of a word; a code or title as a whole goes first.

    Accents do not count, in whichever way they are written: a Mac writes café as e with a loose accent.
    """
    plain = without_accents(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)).lower()
    for rule in rules:
        if any(
            re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", plain)
            for name in (rule["code"], without_accents(rule["titel"]).lower())
        ):
            return rule["code"]
    words = re.findall(r"[^\W\d_]+", plain)
    for rule in rules:
        wrong = tuple(rule.get("niet", ()))
        if any(word.startswith(tuple(rule["woorden"])) for word in words) and not any(
            word.startswith(wrong) for word in words
        ):
            return rule["code"]
    return None
