"""What each step of a build names, makes and changes: read from its SQL, so that it stays true when a step changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wwz.base.paths import SQL, sql_files
from wwz.build import steps

CREATED = re.compile(r"\bcreate\s+(?:temp\s+)?(table|view|macro)\s+(\w+)")
CHANGED = re.compile(r"\b(?:insert into|update|delete from|alter table|drop table|rename to)\s+(\w+)")
# A word behind a dot is a column of something, and keeps its dot. What stands between quotes counts: it may be a name.
WORD = re.compile(r"\.?\b[a-z_]\w*")
# A macro is called; a column of the same name is not it.
CALLED = re.compile(r"\b[a-z_]\w*(?=\()")
CALL = "()"
STATEMENT = re.compile(r";\s*(?:\n|$)")
# Numbers of staging come before those of figures, which begin anew.
BEFORE = 1000
# What stands for points that the municipality changed: no table, it is asked of the ledger by the step itself.
OWN_POINTS = "eigen_punt"
# What is no file of its own: the folder of its SQL, and what Python makes, changes or asks besides.
LOADED: Mapping[int, tuple[str, frozenset[str], frozenset[str], frozenset[str]]] = {
    steps.PROTECT: (
        "own",
        frozenset({"privacy_groep", "privacy_totaal"}),
        frozenset(),
        frozenset({"opgave_telling"}),
    ),
    steps.PEOPLE: (
        "people",
        frozenset({"persoon", "persoon_marge", "persoon_gebruik"}),
        frozenset(),
        frozenset(),
    ),
    steps.MEASURE: (
        "distance",
        frozenset(
            {
                "omweg",
                "afstandregel",
                "woonplaats",
                "bereik",
                "bereik_gemiddelde",
                "randvoorwaarde_bereik",
            }
        ),
        frozenset(
            {
                "punt",
                "punt_bestand",
                "punt_rand",
                "punt_vlak",
                "vierkant_buurt",
                "woonplek",
                "melding_afstand",
            }
        ),
        frozenset({OWN_POINTS}),
    ),
    steps.EVIDENCE: ("meetregels", frozenset(), frozenset(), frozenset()),
    steps.FUTURE: ("future", frozenset({"toekomst_band"}), frozenset(), frozenset()),
}


@dataclass(frozen=True)
class Need:
    """One step.

    Attributes
    ----------
    number
        Its place in the order; of staging less than zero.
    names
        Every word in it, also through a macro or a view: the tables that it may read are among them. A column of a table
        has a dot before it where it is written so. More than it reads is harmless, less is not.
    makes, changes
        The tables that are not there before it; and those of before that it fills, changes or takes away.
    """

    number: int
    names: frozenset[str]
    makes: frozenset[str]
    changes: frozenset[str]

    @property
    def writes(self) -> frozenset[str]:
        """Every table that is another one after it."""
        return self.makes | self.changes


@cache
def needs() -> tuple[Need, ...]:
    """Every step of staging, figures and rules, in order; of those that only say how something is asked nothing is made."""
    files: list[tuple[int, tuple[Path, ...]]] = [
        (steps.number_of(path) - BEFORE, (path,)) for path in sql_files("staging")
    ]
    files += [(steps.number_of(path), (path,)) for path in sql_files("figures", "rules")]
    files += [(number, tuple(sorted((SQL / known[0]).glob("*.sql")))) for number, known in LOADED.items()]
    files += [(steps.RECONCILE_AGAIN, (SQL / "figures" / steps.RECONCILE,))]
    return tuple(sorted((_need(number, paths) for number, paths in files), key=lambda need: need.number))


def _need(number: int, paths: Iterable[Path]) -> Need:
    text = "\n".join(_text(path) for path in paths)
    _, makes, changes, asks = LOADED.get(number, ("", frozenset(), frozenset(), frozenset()))
    made = {name for kind, name in CREATED.findall(text) if kind == "table"} | makes
    changed = set(CHANGED.findall(text)) | changes
    return Need(number, _names(text) | asks | changed, frozenset(made), frozenset(changed - made))


def _names(text: str) -> frozenset[str]:
    """The words of a text, and those behind every macro and view among them."""
    found: set[str] = set()
    todo = _words(text)
    while todo:
        found |= todo
        todo = frozenset().union(*(_defined().get(word, frozenset()) for word in todo)) - found
    return frozenset(word for word in found if not word.endswith(CALL))


def _words(text: str) -> frozenset[str]:
    """The words of a text; what is called stands there as a call too."""
    return frozenset(WORD.findall(text)) | {name + CALL for name in CALLED.findall(text)}


@cache
def _defined() -> Mapping[str, frozenset[str]]:
    """Macro (as a call) or view → the words of what it stands for."""
    return {
        name + CALL * (kind == "macro"): _words(statement)
        for path in sql_files("staging", "figures", "rules", "meetregels", "distance")
        for statement in STATEMENT.split(_text(path))
        for kind, name in CREATED.findall(statement)
        if kind != "table"
    }


def _text(path: Path) -> str:
    return re.sub("--.*", "", path.read_text(encoding="utf-8"))
