"""What goes into a new database: knowledge, what was read, and the steps; and what of it screens may ask."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

import pandas as pd

from wwz.base.paths import sql_files
from wwz.base.settings import Settings
from wwz.build import kept, steps
from wwz.build.knowledge_tables import knowledge_tables
from wwz.build.outlines import from_buurten
from wwz.build.readings import load_readings
from wwz.build.topology import make_fit
from wwz.build.workplace import remove, unfinished
from wwz.future import step as future
from wwz.model.agetables import age_model_tables
from wwz.model.groups import group_tables
from wwz.model.people import step as people
from wwz.model.people.recipe import people_tables
from wwz.model.people.using import use_tables
from wwz.model.tables import model_tables
from wwz.own import building as ownbuilding
from wwz.own import buurtkind as ownkind
from wwz.own import countsprotect, given
from wwz.own import countstable as owncountstable
from wwz.own import forecast as ownforecast
from wwz.own import points as ownpoints
from wwz.own.eisen.apply import with_own
from wwz.places import distance
from wwz.sources.reading import Reading, Report
from wwz.workbench import Workbench, swap_in

# Set: the tables of every step stay in the database, to see how a figure came about.
KEEP_STEPS = "WWZ_STAPPEN"
MOST_OWN = 10_000
# What the files say, and what measuring says: in the database both stand in `melding` (figures/98_meldingen.sql).
OF_FILES, OF_PLACES = "melding_bestand", "melding_afstand"
REMARK = ["bestand", "ernst", "tekst", "aantal"]

# Takes a Dutch line about each step.
Say = Callable[[str], None]


def fill(
    bench: Workbench, settings: Settings, readings: list[Reading], report: Report, fictief: bool, say: Say
) -> None:
    """Everything into a new, empty database.

    Parameters
    ----------
    readings
        What was read; empty afterwards, because it takes as much memory as the database.
    report
        What was said of the files; takes what is said of places.
    """

    def read() -> None:
        load_readings(bench, readings)
        readings.clear()
        bench.append(OF_FILES, _remarks(report))
        say("De cijfers worden geordend.")

    _load_knowledge(bench, settings, fictief)
    outlines = {steps.OUTLINE: lambda: from_buurten(bench), steps.FIT: lambda: make_fit(bench)}
    steps.run_layer(bench, {steps.READ: read, **outlines}, "staging")
    say("De cijfers worden berekend en opgeteld.")
    keeps = None if os.environ.get(KEEP_STEPS) else kept.Keeper(bench)
    steps.run_layer(bench, between(bench, settings, report), "figures", "rules", keeper=keeps)


def between(bench: Workbench, settings: Settings, report: Report) -> Mapping[int, steps.Step]:
    """What no file does, among the steps of figures and rules."""

    def measure() -> None:
        said = Report()
        distance.measure(bench, said, ownpoints.read(settings.database), dict(settings.omweg))
        bench.append(OF_PLACES, _remarks(said))
        report.meldingen += said.meldingen

    return {
        steps.PROTECT: lambda: countsprotect.protect(bench, settings.database),
        steps.PEOPLE: lambda: people.make(bench),
        steps.MEASURE: measure,
        steps.EVIDENCE: lambda: steps.run_meetregels(bench),
        steps.RECONCILE_AGAIN: lambda: steps.reconcile(bench),
        steps.FUTURE: lambda: future.make(bench),
    }


def _remarks(report: Report) -> pd.DataFrame:
    return pd.DataFrame([vars(m) for m in report.meldingen], columns=REMARK)


def publish(place: Path, new: Path, target: Path) -> None:
    """Put what screens ask in the place of the database in use, with the rules they share; the steps are kept beside it."""
    if os.environ.get(KEEP_STEPS):
        swap_in(place, target)
        return
    try:
        with unfinished(new) as served:
            served.take(place)
            for path in sql_files("rules"):
                served.run(path, finished=True)
        swap_in(new, target)
        kept.keep(place, target)
    finally:
        remove(place)


def sign(bench: Workbench, settings: Settings, fictief: bool) -> None:
    """Note when this was made, and of which region."""
    signature = {
        "gebouwd_op": datetime.now().isoformat(timespec="seconds"),
        "fictief": fictief,
        "naam": settings.naam,
        "kenmerk": f"{time.time_ns():x}",
    }
    bench.load("bouw", pd.DataFrame([signature]))


def own_codes(names: Iterable[str]) -> dict[str, str]:
    """A code for each own area, from its name: what the municipality said of it stays with it when others come or go."""
    codes: dict[str, str] = {}
    for name in sorted(names):
        number = zlib.crc32(name.strip().casefold().encode()) % MOST_OWN
        while f"EG{number:04d}" in codes.values():
            number = (number + 1) % MOST_OWN
        codes[name] = f"EG{number:04d}"
    return codes


def _load_knowledge(bench: Workbench, settings: Settings, fictief: bool) -> None:
    shipped = knowledge_tables(settings.minimum, fictief, settings.schatten)
    known = {**shipped, **_own(shipped, settings)}
    people_known = {**people_tables(), **use_tables()}
    fitted = {**model_tables(settings.herkomst), **group_tables(), **people_known, **age_model_tables()}
    for name, frame in {**known, **fitted}.items():
        bench.load(name, frame)
    offer_own(bench, settings)
    numbers = own_codes([naam for naam, _ in settings.gebieden])
    own = [(numbers[naam], naam, code) for naam, codes in settings.gebieden for code in codes]
    areas = pd.DataFrame(own, columns=["code", "naam", "buurt"], dtype="str")
    bench.load("eigen_gebied", areas[["code", "naam"]].drop_duplicates())
    bench.load("eigen_gebied_buurt", areas[["code", "buurt"]].drop_duplicates())


def _own(shipped: dict[str, pd.DataFrame], settings: Settings) -> dict[str, pd.DataFrame]:
    """The tables of knowledge that the municipality may set, as it set them, and what it said itself."""
    known = with_own(shipped, settings.database)
    set_here = {name: frame for name, frame in known.items() if frame is not shipped[name]}
    return {**set_here, "opgave": given.table(settings.database)}


def load_changed(bench: Workbench, settings: Settings, fictief: bool) -> set[str]:
    """Load again what the municipality changed since; the tables that are another one now, or the columns of a single row."""
    changed: set[str] = set()
    shipped = knowledge_tables(settings.minimum, fictief, settings.schatten)
    for name, frame in _own(shipped, settings).items():
        other = bench.differs(name, frame)
        if other:
            bench.load(name, frame)
            changed |= other
    offer_own(bench, settings)
    return changed


def offer_own(bench: Workbench, settings: Settings) -> None:
    """What is offered to the steps and not stored: what is small in it is protected first (figures/40_opgegeven.sql)."""
    bench.offer("opgave_telling", owncountstable.table(settings.database))
    bench.offer("prognose_lezing", ownforecast.table(settings.database))
    bench.offer("soort_lezing", ownkind.table(settings.database))
    bench.offer("plan_lezing", ownbuilding.table(settings.database))
