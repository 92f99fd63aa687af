"""Only what changed: from the file of the build before, the steps that follow from what the municipality changed since."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

from wwz.base.errors import Fout
from wwz.base.keeping import FULL
from wwz.base.settings import Settings
from wwz.base.version import version
from wwz.build import kept, steps
from wwz.build.filling import KEEP_STEPS, OF_FILES, OF_PLACES, Say, between, load_changed, publish, sign
from wwz.build.needs import OWN_POINTS, needs
from wwz.build.plan import Plan, Planner
from wwz.build.replacing import check_replacement
from wwz.build.workplace import only_build, remove, remove_leftovers, unfinished
from wwz.own import countstable as owncountstable
from wwz.own import data as owndata
from wwz.sources.files import is_fictitious
from wwz.sources.reading import Melding, Report
from wwz.workbench import Workbench

# Of what the municipality keeps: which tables follow from it, where these are not stored themselves (empty: they are, and
# are compared). A kind that is not here makes a whole build.
FOLLOWS = {
    "opgave": (),
    "eis": (),
    "norm": (),
    "telling": ("opgave_telling",),
    "prognose": ("prognose_lezing",),
    "buurtsoort": ("soort_lezing",),
    "bouwplan": ("plan_lezing",),
    "punt": (OWN_POINTS,),
}
SAID = "De bestanden zijn niet veranderd. Alleen wat van uw wijziging afhangt, wordt opnieuw berekend."


class _Anew(Exception):
    """What changed cannot be told, or follows from everything: build from the files."""


def renew(settings: Settings, folders: tuple[Path, ...], say: Say, *, may_shrink: bool) -> Report | None:
    """Renew the database of `settings`; None when it has to be built from the files.

    Raises
    ------
    Fout, OSError
        As a build does. The database in use is then untouched.
    """
    target = settings.database
    start = kept.place_of(target)
    if os.environ.get(KEEP_STEPS) or not start.exists():
        return None
    with only_build(target, say):
        remove_leftovers(target)
        owndata.tidy(target)
        new = target.with_name(f"{target.name}.nieuw-{os.getpid()}")
        place = new.with_name(f"{new.name}-stappen")
        try:
            shutil.copyfile(start, place)
            with unfinished(place, again=True) as bench:
                report = _run(bench, settings, folders, say)
                check_replacement(bench, target, may_shrink=may_shrink, reason="")
        except _Anew:
            return None
        except Fout:
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno in FULL:
                raise
            # Whatever is wrong with it: the files are the truth, and they are still there.
            logging.getLogger(__name__).exception("Van wat bewaard was, is niet verder te rekenen")
            remove(start)
            return None
        publish(place, new, target)
    return report


def _run(bench: Workbench, settings: Settings, folders: tuple[Path, ...], say: Say) -> Report:
    fictief = is_fictitious(folders)
    changed = _changed(bench, settings, folders) | load_changed(bench, settings, fictief)
    todo = _planner(bench).plan(changed)
    if todo is None:
        raise _Anew
    say(SAID)
    _steps(bench, todo, settings)
    bench.load(owndata.TABLE, owndata.record(folders, settings.database))
    sign(bench, settings, fictief)
    rows = [row for name in (OF_FILES, OF_PLACES) for row in bench.table(name).itertuples(index=False)]
    return Report([Melding(*row) for row in rows])


def _changed(bench: Workbench, settings: Settings, folders: tuple[Path, ...]) -> set[str]:
    """What changed of what is not stored.

    Raises
    ------
    _Anew
        When the file is of another version, of other files or settings, or when something changed that we do not know.
    """
    tables = bench.tables()
    if kept.MARKED not in tables or bench.made_by != version():
        raise _Anew
    if list(bench.table(kept.MARKED)[kept.MARK]) != [kept.mark_of(settings, folders)]:
        raise _Anew
    noted = bench.table(owndata.TABLE)
    before = noted[noted["soort"] == "eigen"].set_index("naam")["kenmerk"].to_dict()
    now = owndata.marks(settings.database)
    other = {code for code in before.keys() | now.keys() if before.get(code, "") != now.get(code, "")}
    if other - FOLLOWS.keys():
        raise _Anew
    changed = {table for code in other for table in FOLLOWS[code]}
    # What was hidden before counts too when counts are hidden now: with counts, their steps always run.
    return changed | ({"opgave_telling"} if len(owncountstable.table(settings.database)) else set())


def _planner(bench: Workbench) -> Planner:
    tables = bench.tables()
    moments: dict[str, list[int]] = {}
    for moment, names in kept.moments().items():
        for name in names:
            if kept.aside(name, moment) in tables:
                moments.setdefault(name, []).append(moment)
    return Planner(needs(), tables, moments)


def _steps(bench: Workbench, todo: Plan, settings: Settings) -> None:
    runs = {**steps.of_files(bench, "figures", "rules"), **between(bench, settings, Report())}
    for number in todo.steps:
        for table, moment in todo.before.get(number, {}).items():
            bench.copy(kept.aside(table, moment), table)
        runs[number]()
