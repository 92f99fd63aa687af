"""Fetch, check and build as one: a new set is taken into use only when its database is complete."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from wwz.base.counted import counted
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.fetch import job as jobs
from wwz.fetch.choice import choose_set, fetch_folder, forget_set
from wwz.fetch.fetch import Fetched, fetch_set, plan_for, remove_other_sets, workplace
from wwz.fetch.items import Workplace
from wwz.fetch.lock import only_fetch
from wwz.fetch.plan import Plan
from wwz.fetch.progress import Progress
from wwz.sources.example import example_folder
from wwz.sources.provenance import PROVENANCE


def fetch_and_build(plan: Plan, place: Workplace, *, may_shrink: bool = False) -> Fetched:
    """Fetch everything in the plan, check it, and build; `may_shrink` as in `build`.

    Raises
    ------
    Fout
        With one sentence; the old database and the old set are then untouched.
    """
    progress = place.client.progress
    with only_fetch(place.paginas.parent):
        folder, remarks = fetch_set(plan, place)
        _build_from(folder, place, may_shrink)
    parts = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))["bestanden"].values()
    rows, files = sum(part["rijen"] for part in parts), len(parts)
    sentence = f"Klaar: de cijfers van {plan.waar} zijn opgehaald en staan in het dashboard ({counted('{n} [rij|rijen]', rows)} uit {counted('{n} [tabel of kaartlaag|tabellen en kaartlagen]', files)})."
    progress.say(sentence)
    return Fetched(sentence, tuple(remarks), folder, progress.seconden)


def _build_from(folder: Path, place: Workplace, may_shrink: bool) -> None:
    """Build from a new set; only when that went well it takes the place of the others."""
    progress, database = place.client.progress, place.settings.database
    try:
        progress.check()
        progress.builds()
        progress.say("Alles is opgehaald en gecontroleerd. De database wordt gemaakt.")
        build(place.settings, (folder,), database=database, say=progress.say, may_shrink=may_shrink)
        choose_set(database, folder)
    except BaseException:
        # The pages are kept, so that nothing is lost with it.
        shutil.rmtree(folder, ignore_errors=True)
        raise
    remove_other_sets(folder)


def back_to_example(settings: Settings, progress: Progress) -> None:
    """Build the example region again; what was fetched stays on disk."""
    folder = fetch_folder(settings.database)
    with only_fetch(folder):
        example = example_folder(settings.database, progress.say)
        build(settings, (example,), database=settings.database, say=progress.say, may_shrink=True)
        forget_set(settings.database)
    progress.say(
        f"De voorbeeldregio staat weer in het dashboard. Wat is opgehaald, blijft bewaard in {folder.name}."
    )


def start_fetch(
    settings: Settings,
    asked: tuple[str, ...],
    jaar: int,
    *,
    buren: bool = False,
    regios: tuple[str, ...] = (),
    raster: bool = False,
    punten: bool = True,
    gebouwen: bool = True,
    postcodes: bool = True,
    van: str = "",
) -> jobs.Job:
    """Fetch gemeenten and regions (neither: the whole country) and build."""

    def action(job: jobs.Job) -> None:
        place = workplace(settings, job.progress)
        plan = plan_for(
            asked,
            jaar,
            place,
            buren=buren,
            regios=regios,
            raster=raster,
            punten=punten,
            gebouwen=gebouwen,
            postcodes=postcodes,
        )
        result = fetch_and_build(plan, place, may_shrink=job.mag_kleiner)
        job.zin, job.opmerkingen = result.zin, result.opmerkingen

    return jobs.start("ophalen", action, van)


def start_example(settings: Settings) -> jobs.Job:
    """Go back to the example region."""

    def action(job: jobs.Job) -> None:
        back_to_example(settings, job.progress)
        job.zin = "De voorbeeldregio staat weer in het dashboard."

    return jobs.start("voorbeeld", action)
