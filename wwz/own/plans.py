"""A plan: voorzieningen that come or close. It fits in a link, and can be kept in the ledger."""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from wwz.base import permission
from wwz.base.codes import is_code, is_own
from wwz.base.errors import Fout
from wwz.own import ledger
from wwz.own.ledger import Field, Kind

log = logging.getLogger(__name__)
FOLDER = "plannen"
OPEN, CLOSE = "erbij", "dicht"
# What a link or a file may hold; anything else is left out.
CHANGE = re.compile(r"(erbij|dicht):([a-z0-9_]{1,40}):(\d{2}\.\d{1,6}):(\d{1,2}\.\d{1,6})", re.ASCII)
PLAN_ID = re.compile(r"p-[0-9a-f]{12}")
SOUTH, NORTH, WEST, EAST = 50.6, 53.8, 3.0, 7.4
MOST_CHANGES, MOST_PLANS, MOST_COMPARED = 40, 500, 3
DAMAGED = "Het plan {} is beschadigd, en is niet overgenomen."
LONGEST_NAME, LONGEST_WHO, LARGEST = 80, 100, 200_000
DECIMALS = 5  # about a metre
# Less than half a person is nobody.
NOBODY = 0.5


@dataclass(frozen=True)
class Change:
    """One voorziening that comes (erbij) or closes (dicht): its kind (voorzieningen.toml) and place in degrees."""

    wat: str
    soort: str
    lat: float
    lon: float

    @property
    def point(self) -> str:
        """Which point it is about: the same text for the same kind at the same place."""
        return point_id(self.soort, self.lat, self.lon)

    def text(self) -> str:
        """As it stands in a link."""
        return f"{self.wat}:{self.point}"


@dataclass(frozen=True)
class Plan:
    """A plan that was kept: by whom, when (ISO), and in which area it was made (codes)."""

    id: str
    naam: str
    wie: str
    wanneer: str
    gebied: tuple[str, ...]
    wijzigingen: tuple[Change, ...]


def point_id(soort: str, lat: float, lon: float) -> str:
    """Names a point by what it is and where."""
    return f"{soort}:{lat:.{DECIMALS}f}:{lon:.{DECIMALS}f}"


def to_text(changes: Sequence[Change]) -> str:
    """A plan as it stands in a link."""
    return ",".join(change.text() for change in changes)


def from_text(text: str, kinds: Collection[str] | None = None) -> tuple[Change, ...]:
    """Read a plan from a link; what cannot be a change is left out.

    Parameters
    ----------
    text
        Anything: a link can be made by anyone.
    kinds
        The kinds of voorzieningen that exist; without it any well-formed code.
    """
    found = (_change(part) for part in text[: MOST_CHANGES * 200].split(","))
    known = [c for c in found if c is not None and (kinds is None or c.soort in kinds)]
    return tuple(dict.fromkeys(known))[:MOST_CHANGES]


def is_id(text: str) -> bool:
    """Whether it is the id of a kept plan, and not the plan itself."""
    return bool(PLAN_ID.fullmatch(text))


def _change(text: str) -> Change | None:
    parts = CHANGE.fullmatch(text)
    if not parts:
        return None
    lat, lon = round(float(parts[3]), DECIMALS), round(float(parts[4]), DECIMALS)
    inside = SOUTH < lat < NORTH and WEST < lon < EAST
    return Change(parts[1], parts[2], lat, lon) if inside else None


def toggled(changes: Sequence[Change], point: str, lat: float, lon: float, soort: str) -> tuple[Change, ...]:
    """The plan after pointing at something.

    An existing point closes; a closed one opens again; one that the plan added goes away; a place without a point gets
    a new voorziening of `soort`.

    Parameters
    ----------
    point
        `point_id` of what was pointed at; empty for a place without one.
    """
    rest = tuple(change for change in changes if change.point != point)
    if len(rest) < len(changes):
        return rest
    if point:
        kind, *at = point.split(":")
        return add(changes, Change(CLOSE, kind, float(at[0]), float(at[1])))
    return add(changes, Change(OPEN, soort, round(lat, DECIMALS), round(lon, DECIMALS)))


def add(changes: Sequence[Change], *new: Change) -> tuple[Change, ...]:
    """The plan with more changes.

    Raises
    ------
    Fout
        When it would become too large.
    """
    together = tuple(dict.fromkeys((*changes, *new)))
    if len(together) > MOST_CHANGES:
        raise Fout(f"Een plan kan hooguit {MOST_CHANGES} wijzigingen hebben. Haal er eerst een weg.")
    return together


KIND = Kind(
    "plan",
    "plan",
    ("id",),
    {
        "naam": Field(langst=LONGEST_NAME),
        "wie": Field(langst=LONGEST_WHO),
        "wanneer": Field(langst=40),
        "gebied": Field(list, langst=LARGEST),
        "plan": Field(langst=LARGEST),
    },
)


def _of_file(folder: Path) -> list[ledger.Change]:
    """The plans of a folder, the oldest first; each was a file. One that is damaged is told, and stays in the folder."""
    found = []
    for path in sorted(folder.glob("p-*.json")):
        if (plan := _read(path)) is None:
            log.warning(DAMAGED.format(path.name))
        else:
            found.append(plan)
    found.sort(key=lambda plan: (plan.wanneer, plan.id))
    return [replace(_entry(plan), wanneer=plan.wanneer, groep=plan.id) for plan in found]


def _entry(plan: Plan) -> ledger.Change:
    said = {
        "naam": plan.naam, "wie": plan.wie, "wanneer": plan.wanneer, "gebied": list(plan.gebied),
        "plan": to_text(plan.wijzigingen),
    }  # fmt: skip
    return ledger.Change(KIND, (plan.id,), said, wie=plan.wie)


SHELF = ledger.Shelf(KIND, "plannen", FOLDER, _of_file)


def kept(database: Path) -> list[Plan]:
    """All plans, the newest first."""
    plans = [_plan(entry) for entry in SHELF.state(database)]
    return sorted(plans, key=lambda plan: (plan.wanneer, plan.id), reverse=True)


def _plan(entry: ledger.Entry) -> Plan:
    said = entry.werd or {}
    changes = from_text(said["plan"])
    return Plan(*entry.sleutel, said["naam"], said["wie"], said["wanneer"], tuple(said["gebied"]), changes)


def find(database: Path, plan_id: str) -> Plan | None:
    """One plan by its id; None when there is none."""
    return next((p for p in kept(database) if p.id == plan_id), None) if is_id(plan_id) else None


def keep(database: Path, naam: str, wie: str, gebied: Sequence[str], changes: Sequence[Change]) -> Plan:
    """Write a plan down under a name.

    Raises
    ------
    Fout
        Without a name, a maker or a change; when the name is taken; when there are too many plans; when it may not be done.
    """
    permission.need("plan")
    naam, wie = naam.strip()[:LONGEST_NAME], wie.strip()[:LONGEST_WHO]
    moment = datetime.now().isoformat(timespec="seconds")
    plan = Plan(f"p-{secrets.token_hex(6)}", naam, wie, moment, tuple(gebied), tuple(changes))
    _refuse(plan, [])

    def add(entries: list[ledger.Entry]) -> list[ledger.Change]:
        _refuse(plan, [_plan(entry).naam for entry in entries])
        return [_entry(plan)]

    SHELF.book(database).revise(KIND, add, wie)
    return plan


def _refuse(plan: Plan, names: Sequence[str]) -> None:
    """Say what is wrong with a new plan beside those with these names."""
    wrong = {
        "Geef het plan een naam.": not plan.naam,
        "Vul in wie het plan bewaart.": not plan.wie,
        "Het plan is nog leeg. Zet er eerst een voorziening in.": not plan.wijzigingen,
        f"Er is al een plan met de naam {plan.naam}. Kies een andere naam.": plan.naam in names,
        f"Er zijn al {MOST_PLANS} plannen. Verwijder er eerst een.": len(names) >= MOST_PLANS,
    }
    if any(wrong.values()):
        raise Fout(next(text for text, is_wrong in wrong.items() if is_wrong))


def remove(database: Path, plan_id: str, wie: str = "") -> None:
    """Take a plan away; a link to it then says that it is gone. `wie`: who does it, where the login does not say."""
    who = permission.need("plan")

    def gone(entries: list[ledger.Entry]) -> list[ledger.Change]:
        return [ledger.Change(KIND, e.sleutel, None) for e in entries if e.sleutel == (plan_id,)]

    if is_id(plan_id):
        SHELF.book(database).revise(KIND, gone, wie or who.naam, "Verwijderd")


def _read(path: Path) -> Plan | None:
    """A plan from its file; None when the file is absent, damaged, or not a plan."""
    try:
        if path.stat().st_size > LARGEST:
            return None
        raw = json.loads(path.read_text(encoding="utf-8"))
        texts = [str(raw[name]) for name in ("naam", "wie", "wanneer")]
        codes = tuple(str(code) for code in raw["gebied"] if _is_area(str(code)))
        changes = from_text(str(raw["plan"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if not is_id(path.stem) or not texts[0].strip() or not changes:
        return None
    return Plan(path.stem, texts[0][:LONGEST_NAME], texts[1][:LONGEST_WHO], texts[2][:30], codes, changes)


def _is_area(text: str) -> bool:
    return is_code(text) or is_own(text)
