"""Build a database from files, or only renew what changed; either is swapped in when it is finished."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.keeping import disk_error
from wwz.base.settings import Settings, config_path
from wwz.build import kept
from wwz.build.filling import Say, fill, publish, sign
from wwz.build.renew import renew
from wwz.build.replacing import check_replacement
from wwz.build.workplace import only_build, remove_leftovers, unfinished
from wwz.fetch.choice import chosen_set
from wwz.own import data as owndata
from wwz.sources.division import settle
from wwz.sources.example import example_folder, is_example_place
from wwz.sources.files import is_fictitious, read_folders
from wwz.sources.named import settle_names
from wwz.sources.reading import Reading, Report
from wwz.sources.registry import in_words
from wwz.store import Store

MOST_REASONS = 3


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
    whole: bool = False,
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
    whole
        Read every file and run every step, also where nothing of it changed since the build before.

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
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        report = None if whole else renew(settings, folders, say, may_shrink=may_shrink)
        if report is None:
            report = _anew(settings, folders, say, may_shrink=may_shrink)
    except OSError as error:
        raise disk_error(error, target) from error
    return BuildResult(target, report, time.monotonic() - start)


def _anew(settings: Settings, folders: tuple[Path, ...], say: Say, *, may_shrink: bool) -> Report:
    """Build from the files; what was said of them."""
    target, report = settings.database, Report()
    start = kept.mark_of(settings, folders)
    readings = list(_read(folders, settings, report, say))
    settle_names(readings, dict(settings.jaren), report)
    if not any(r.cijfers for r in readings):
        raise Fout(
            "Er zijn geen cijfers gevonden in " + ", ".join(str(f) for f in folders) + ". " + _reasons(report)
        )
    settle(readings, report)
    with only_build(target, say):
        remove_leftovers(target)
        owndata.tidy(target)
        new = target.with_name(f"{target.name}.nieuw-{os.getpid()}")
        place = new.with_name(f"{new.name}-stappen")
        with unfinished(place) as bench:
            bench.load(owndata.TABLE, owndata.record(folders, target))
            kept.write_mark(bench, start)
            fill(bench, settings, readings, report, is_fictitious(folders), say)
            sign(bench, settings, is_fictitious(folders))
            check_replacement(bench, target, may_shrink=may_shrink, reason=_reasons(report))
        publish(place, new, target)
    return report


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
