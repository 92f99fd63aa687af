"""Run the layers into a new DuckDB file, and swap it in when it is finished."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pandas as pd

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.keeping import disk_error
from wwz.base.paths import sql_files
from wwz.base.settings import Settings, config_path
from wwz.build import steps
from wwz.build.knowledge_tables import knowledge_tables
from wwz.build.outlines import from_buurten
from wwz.build.readings import load_readings
from wwz.build.replacing import check_replacement
from wwz.build.workplace import only_build, remove, remove_leftovers, unfinished
from wwz.fetch.choice import chosen_set
from wwz.model.groups import group_tables
from wwz.model.tables import model_tables
from wwz.own import countsprotect, given
from wwz.own import countstable as owncountstable
from wwz.own import data as owndata
from wwz.own import forecast as ownforecast
from wwz.own import points as ownpoints
from wwz.own.eisen.apply import with_own
from wwz.places import distance
from wwz.sources.division import settle
from wwz.sources.example import example_folder, is_example_place
from wwz.sources.files import is_fictitious, read_folders
from wwz.sources.reading import Reading, Report
from wwz.sources.registry import in_words
from wwz.store import Store
from wwz.workbench import Workbench, swap_in

# Set: the tables of every step stay in the database, to see how a figure came about.
KEEP_STEPS = "WWZ_STAPPEN"
MOST_OWN = 10_000
MOST_REASONS = 3


# Takes a Dutch line about each step.
Say = Callable[[str], None]


@dataclass(frozen=True)
class BuildResult:
    """What a build did: the database, the remarks about the input, and the time it took in seconds."""

    database: Path
    report: Report
    seconds: float


def build(
    settings: Settings,
    folders: tuple[Path, ...] = (),
    *,
    database: Path | None = None,
    say: Say = lambda text: None,
    may_shrink: bool = False,
) -> BuildResult:
    """Build the database from folders of files, or from the example region.

    Parameters
    ----------
    settings
        From config.toml.
    folders
        Input folders; empty means those of config.toml, and without those the example region.
    database
        Target file; defaults to the one in config.toml. The old file stays in place until the new one is
        complete, also when the build is killed.
    say
        Takes a Dutch line about each step.
    may_shrink
        Whether the new database may have far fewer areas than the one in use.

    Raises
    ------
    Fout
        When there is nothing to build from, nothing comes of it, or there is no room; MinderGebieden when most areas
        would be gone. The old database is then untouched.
    """
    start = time.monotonic()
    target = database or settings.database
    settings = replace(settings, database=target)
    folders = folders or settings.mappen or (chosen_set(target) or example_folder(target, say),)
    if any(is_example_place(folder, target) for folder in folders):
        example_folder(target, say)
    report = Report()
    readings = list(_read(folders, settings, report, say))
    if not any(r.cijfers for r in readings):
        raise Fout(
            "Er zijn geen cijfers gevonden in " + ", ".join(str(f) for f in folders) + ". " + _reasons(report)
        )
    settle(readings, report)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with only_build(target, say):
            remove_leftovers(target)
            owndata.tidy(target)
            new = target.with_name(f"{target.name}.nieuw-{os.getpid()}")
            place = new.with_name(f"{new.name}-stappen")
            with unfinished(place) as bench:
                bench.load(owndata.TABLE, owndata.record(folders, target))
                _fill(bench, settings, readings, report, is_fictitious(folders), say)
                _sign(bench, settings, is_fictitious(folders))
                check_replacement(bench, target, may_shrink=may_shrink, reason=_reasons(report))
            try:
                _publish(place, new)
            finally:
                remove(place)
            swap_in(new, target)
    except OSError as error:
        raise disk_error(error, target) from error
    return BuildResult(target, report, time.monotonic() - start)


def is_outdated(settings: Settings) -> bool:
    """Whether the database is missing, is not one of this version of the program, or is older than the settings."""
    if not settings.database.exists():
        return True
    try:
        Store(settings.database).close()
    except Fout:
        return True
    config = config_path()
    return config.exists() and config.stat().st_mtime > settings.database.stat().st_mtime


def _read(folders: tuple[Path, ...], settings: Settings, report: Report, say: Say) -> Iterable[Reading]:
    for reading in read_folders(folders, settings, report):
        year = f", {', '.join(f'{f} {j}' for f, j in sorted(reading.jaren.items()))}" if reading.jaren else ""
        say(
            f"{reading.bestand}: {in_words(reading.soort)}, {counted('{n} [rij|rijen]', reading.rijen)}{year}"
        )
        yield reading


def _reasons(report: Report) -> str:
    reasons = [f"{m.bestand}: {m.tekst}" for m in report.reasons()]
    return " ".join(reasons[:MOST_REASONS]) or "Zet er bestanden van CBS of RIVM in."


def _fill(
    bench: Workbench, settings: Settings, readings: list[Reading], report: Report, fictief: bool, say: Say
) -> None:
    def measure() -> None:
        distance.measure(bench, report, ownpoints.read(settings.database), dict(settings.omweg))

    def read() -> None:
        load_readings(bench, readings)
        say("De cijfers worden geordend.")

    _load_knowledge(bench, settings, fictief)
    steps.run_layer(bench, {steps.READ: read, steps.OUTLINE: lambda: from_buurten(bench)}, "staging")
    say("De cijfers worden berekend en opgeteld.")
    between = {
        steps.PROTECT: lambda: countsprotect.protect(bench, settings.database),
        steps.MEASURE: measure,
        steps.EVIDENCE: lambda: steps.run_meetregels(bench),
        steps.RECONCILE_AGAIN: lambda: steps.reconcile(bench),
    }
    steps.run_layer(bench, between, "figures", "rules")
    bench.append(
        "melding",
        pd.DataFrame([vars(m) for m in report.meldingen], columns=["bestand", "ernst", "tekst", "aantal"]),
    )


def _publish(place: Path, new: Path) -> None:
    """What screens ask into a file of its own, with the rules they share; the steps of the build stay behind."""
    if os.environ.get(KEEP_STEPS):
        place.replace(new)
        return
    with unfinished(new) as served:
        served.take(place)
        for path in sql_files("rules"):
            served.run(path)


def _sign(bench: Workbench, settings: Settings, fictief: bool) -> None:
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
    knowledge = with_own(knowledge_tables(settings.minimum, fictief, settings.schatten), settings.database)
    for name, frame in {**knowledge, **model_tables(settings.herkomst), **group_tables()}.items():
        bench.load(name, frame)
    numbers = own_codes([naam for naam, _ in settings.gebieden])
    own = [(numbers[naam], naam, code) for naam, codes in settings.gebieden for code in codes]
    areas = pd.DataFrame(own, columns=["code", "naam", "buurt"], dtype="str")
    # Offered, not stored: what is small in it is protected first (figures/40_opgegeven.sql).
    bench.offer("opgave_telling", owncountstable.table(settings.database))
    bench.offer("prognose_lezing", ownforecast.table(settings.database))
    bench.load("opgave", given.table(settings.database))
    bench.load("eigen_gebied", areas[["code", "naam"]].drop_duplicates())
    bench.load("eigen_gebied_buurt", areas[["code", "buurt"]].drop_duplicates())
