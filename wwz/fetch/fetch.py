"""Fetch a plan as one complete, checked set."""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from wwz.base.errors import Fout
from wwz.base.keeping import disk_error, writing
from wwz.base.settings import Settings
from wwz.fetch.cache import DAY
from wwz.fetch.choice import fetch_folder
from wwz.fetch.client import Client, Limits
from wwz.fetch.complete import check_areas, check_gemeenten
from wwz.fetch.gemeenten import choose, fetch_gemeenten, neighbours
from wwz.fetch.items import Item, Provenance, Workplace
from wwz.fetch.opening import build_seconds, is_loose, open_all, sizes
from wwz.fetch.plan import Plan, check_year, make_plan
from wwz.fetch.progress import Gestopt, Progress
from wwz.fetch.regions import choose_regions, fetch_regions
from wwz.fetch.trouble import STAYS
from wwz.knowledge.placenames import usual
from wwz.sources.provenance import PROVENANCE

UNFINISHED = ".nieuw-"
# What is compared when all of it is there; the rest need not stay in memory.
COMPARED = ("kwb", "grenzen")


@dataclass(frozen=True)
class Fetched:
    """What came of it.

    Attributes
    ----------
    zin
        One Dutch sentence with the result.
    opmerkingen
        What could not be had, and is left out.
    map
        The set; `seconden` all together.
    """

    zin: str
    opmerkingen: tuple[str, ...]
    map: Path
    seconden: float


def workplace(settings: Settings, progress: Progress, limits: Limits | None = None) -> Workplace:
    """Everything a fetch needs, with its pages beside the database."""
    client = Client(progress, limits or Limits())
    return Workplace(settings, client, fetch_folder(settings.database) / "paginas")


def plan_for(
    asked: tuple[str, ...],
    jaar: int,
    place: Workplace,
    *,
    buren: bool = False,
    regios: tuple[str, ...] = (),
    raster: bool = False,
    punten: bool = False,
    gebouwen: bool = False,
    postcodes: bool = False,
) -> Plan:
    """Plan for gemeenten and regions by name or code; none of either means the whole country.

    `buren` adds the gemeenten that touch them, `raster` the squares of 100 metres, `punten` the voorzieningen
    of OpenStreetMap, `gebouwen` buildings and streets, `postcodes` in which buurt a postcode lies.

    Raises
    ------
    Fout
        When a name does not exist, or a source cannot be reached.
    """
    if not asked and not regios:
        return make_plan((), jaar, raster=raster, punten=punten, postcodes=postcodes)
    check_year(jaar)
    place.client.progress.say("De lijst van gemeenten wordt opgehaald.")
    folder = place.paginas.parent
    known = fetch_gemeenten(place, folder, jaar)
    chosen = dict(choose(asked, known))
    names = [usual(name) for name in chosen.values()]
    regions = choose_regions(regios, fetch_regions(place, folder, jaar)) if regios else ()
    for region in regions:
        chosen.update((code, known[code]) for code in region.gemeenten if code in known)
        names.append(region.voluit)
    if buren:
        near = neighbours(tuple(chosen), jaar, place)
        chosen.update((code, known[code]) for code in near if code in known)
        names.append("buurgemeenten")
    return make_plan(
        tuple(chosen.items()),
        jaar,
        " en ".join(names) if regions or buren else "",
        raster=raster,
        punten=punten,
        gebouwen=gebouwen,
        postcodes=postcodes,
    )


def fetch_set(plan: Plan, place: Workplace) -> tuple[Path, list[str]]:
    """Fetch all items into one new folder, that appears only when it is complete; sets that are there stay.

    Returns
    -------
    tuple of Path and list
        The folder, and remarks about tables that are no longer there.
    """
    folder = place.paginas.parent / "sets" / _name(plan)
    new = folder.with_name(f"{folder.name}{UNFINISHED}{secrets.token_hex(4)}")
    shutil.rmtree(new, ignore_errors=True)
    try:
        new.mkdir(parents=True)
        notes, remarks = _fetch_items(plan, place, new)
        _write_note(new, plan, notes, remarks)
        new.replace(folder)
    except OSError as error:
        raise disk_error(error, new) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return folder, remarks


def _fetch_items(plan: Plan, place: Workplace, folder: Path) -> tuple[dict[str, Provenance], list[str]]:
    progress = place.client.progress
    notes: dict[str, Provenance] = {}
    content: dict[Item, pd.DataFrame | dict[str, Any]] = {}
    fetchers, remarks = open_all(plan, place)
    known = sizes(fetchers)
    work = {item: size.werk for item, (size, _) in known.items()}
    progress.plan(sum(work.values()), build_seconds(known))
    done = 0.0
    for number, (item, fetcher) in enumerate(fetchers.items(), 1):
        progress.check()
        progress.say(f"Ophalen, {number} van {len(fetchers)}: {item.titel}")
        try:
            part, note = fetcher.fetch()
            remarks += check_gemeenten(plan, item, part)
            _write(part, folder / item.bestand)
            notes[item.bestand] = note
            if item.familie in COMPARED:
                content[item] = part
        except Gestopt:
            raise
        except Fout as problem:
            if not is_loose(item):
                raise
            remarks.append(f"Niet opgehaald, de rest wel: {item.titel}: {problem}")
        # What was expected and what came may differ: boundaries are a guess, and a file may be there already.
        done += work[item]
        progress.gedaan = done
    remarks += check_areas(plan, content)
    return notes, remarks


def _write(content: pd.DataFrame | dict[str, Any], path: Path) -> None:
    with writing(path) as new:
        if isinstance(content, pd.DataFrame):
            content.to_parquet(new, index=False)
        else:
            new.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _write_note(folder: Path, plan: Plan, notes: dict[str, Provenance], remarks: list[str]) -> None:
    if missing := [name for name in notes if not (folder / name).is_file()]:
        raise Fout(
            f"Het opgehaalde bestand {missing[0]} is verdwenen; misschien haalt een ander programma ook op. {STAYS} Haal opnieuw op."
        )
    text = {
        "gemaakt": datetime.now().isoformat(timespec="seconds"),
        "jaar": plan.jaar,
        "waar": plan.waar,
        "gemeenten": dict(plan.gemeenten),
        "meldingen": remarks,
        "bestanden": {name: asdict(note) for name, note in notes.items()},
    }
    with writing(folder / PROVENANCE) as new:
        new.write_text(json.dumps(text, ensure_ascii=False, indent=1), encoding="utf-8")


def _name(plan: Plan) -> str:
    """A name that no other set has: the one in use may be of the same area and year."""
    area = hashlib.sha256(json.dumps([plan.jaar, sorted(plan.gemeenten)]).encode()).hexdigest()[:12]
    return f"{plan.jaar}-{area}-{datetime.now():%Y%m%d%H%M%S%f}"


def remove_other_sets(folder: Path) -> None:
    """Throw away the sets beside this one, unless something may be using them."""
    for other in folder.parent.iterdir():
        if other != folder and other.is_dir() and not _may_be_busy(other):
            shutil.rmtree(other, ignore_errors=True)


def _may_be_busy(folder: Path) -> bool:
    """Whether another program may be filling it; what was left behind longer ago is of a fetch that was killed."""
    return UNFINISHED in folder.name and time.time() - folder.stat().st_mtime < DAY
