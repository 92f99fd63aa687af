"""Is this WWZ-wijzer well: a database that can be used, own data that can be written, room on the disk, and how old it all is."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.keeping import keep_bytes
from wwz.base.settings import Settings
from wwz.own.ledger import ledger
from wwz.store import Store
from wwz.words.numbers import dutch

# Less than this and a build, or a change by a visitor, may find the disk full.
LEAST_FREE_MEGABYTE = 500
PROBE = ".gezond"
NO_DISK = "Van de schijf met de database is niet te zeggen hoe vol hij is. Kijk of {} er is."


@dataclass(frozen=True)
class Finding:
    """What was looked at, whether it is well, and a sentence about it.

    Attributes
    ----------
    naam
        database, leeftijd, eigen or ruimte.
    goed
        Whether it is as it has to be.
    zin
        In plain Dutch; names no folder and no person.
    waarde
        For a machine: days (leeftijd), megabyte (ruimte); None where there is no number.
    """

    naam: str
    goed: bool
    zin: str
    waarde: int | None = None


def findings(settings: Settings, most_days: int | None = None) -> list[Finding]:
    """Look at everything.

    Parameters
    ----------
    settings
        Where it all is.
    most_days
        Older figures than so many days are not well; None: any age is.
    """
    return [*of_database(settings.database, most_days), own_data(settings.database), room(settings.database)]


def is_well(found: list[Finding]) -> bool:
    """Whether all of it is."""
    return all(one.goed for one in found)


def of_database(path: Path, most_days: int | None = None) -> list[Finding]:
    """Whether the database can be used, and how old its figures are."""
    try:
        store = Store(path)
    except Fout as fout:
        return [Finding("database", False, fout.zinnen[0])]
    try:
        areas = len(store.areas())
        if not areas:
            return [
                Finding(
                    "database",
                    False,
                    "In de database staat geen gebied. Bouw hem opnieuw: python -m wwz bouw.",
                )
            ]
        usable = Finding(
            "database", True, counted("De database is te gebruiken, met {n} [gebied|gebieden].", areas), areas
        )
        return [usable, _age(store, most_days)]
    except Fout as fout:
        return [Finding("database", False, fout.zinnen[0])]
    finally:
        store.close()


def _age(store: Store, most_days: int | None) -> Finding:
    built = datetime.fromisoformat(str(store.about()["gebouwd_op"]))
    days = max(0, (datetime.now(built.tzinfo) - built).days)
    years = store.ask("dekking")["jaar"]
    newest = f" De nieuwste cijfers zijn van {int(years.max())}." if len(years) else ""
    when = "vandaag" if not days else "gisteren" if days == 1 else f"{dutch(days)} dagen geleden"
    too_old, advice = False, ""
    if most_days is not None and days > most_days:
        too_old, advice = True, f" Dat is langer dan {dutch(most_days)} dagen geleden: bouw hem opnieuw."
    return Finding("leeftijd", not too_old, f"De database is {when} gemaakt.{newest}{advice}", days)


def own_data(database: Path) -> Finding:
    """Whether what a visitor adds can be kept. It is tried: rights and room say too little about a network drive."""
    probe = database.parent / f"{PROBE}-{os.getpid()}"
    try:
        keep_bytes(probe, b"gezond")
        probe.unlink()
        ledger(database).place.check_writable()
    except Fout as fout:
        return Finding("eigen", False, _without_place(fout.zinnen[0], database.parent))
    except OSError:
        return Finding("eigen", False, "Wat de gemeente invult, is niet te bewaren.")
    return Finding("eigen", True, "Wat de gemeente invult, is te bewaren.")


def _without_place(sentence: str, folder: Path) -> str:
    """Anyone may read how we are: not where our files are."""
    return sentence.replace(str(folder), "de map van de database")


def room(database: Path) -> Finding:
    """Whether there is room on the disk of the database."""
    try:
        free = shutil.disk_usage(database.parent).free // 1_000_000
    except OSError:
        return Finding("ruimte", False, NO_DISK.format("de map van de database"))
    if free < LEAST_FREE_MEGABYTE:
        return Finding(
            "ruimte", False, f"Er is nog maar {dutch(free)} MB vrij op de schijf. Maak ruimte.", free
        )
    return Finding("ruimte", True, f"Er is nog {dutch(free)} MB vrij op de schijf.", free)
