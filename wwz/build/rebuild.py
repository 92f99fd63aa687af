"""Build again from the same input; from the screen in the background, while visitors go on with the figures there are."""

from __future__ import annotations

import logging
from pathlib import Path

from wwz.base.errors import AndereVersie, Fout
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.fetch import job as jobs
from wwz.own import data as owndata
from wwz.sources.example import is_example_place
from wwz.store import Store

KIND = "herbouw"
BUSY = "Er worden al gegevens opgehaald of berekend. Wacht tot dat klaar is en probeer het dan opnieuw."
GONE = "De map {} met de invoer is er niet meer. Bouw opnieuw met: python -m wwz bouw --invoer MAP."
FAILED = "Het berekenen ging mis. De cijfers van nu blijven staan. Probeer het later opnieuw."
# Besides one line a file: two steps of the build itself.
OWN_STEPS = 2


def same_input(database: Path) -> tuple[Path, ...]:
    """The folders that a database was made from, also when another version made it; none when that is not known.

    Raises
    ------
    Fout
        When a folder is gone. That of the example region never is: a build makes it.
    """
    return _there(_made_from(database), database)


def is_old_example(database: Path) -> bool:
    """Whether another version made this database, from nothing but the example region beside it."""
    try:
        Store(database).close()
    except AndereVersie as other:
        return bool(other.mappen) and all(is_example_place(folder, database) for folder in other.mappen)
    except Fout:
        return False
    return False


def _made_from(database: Path) -> tuple[Path, ...]:
    try:
        store = Store(database)
    except AndereVersie as other:
        return other.mappen
    except Fout:
        return ()
    try:
        return owndata.folders(store)
    finally:
        store.close()


def _there(folders: tuple[Path, ...], database: Path) -> tuple[Path, ...]:
    gone = [folder.name for folder in folders if not (folder.exists() or is_example_place(folder, database))]
    if gone:
        raise Fout(GONE.format(gone[0]))
    return folders


def start(settings: Settings, store: Store) -> jobs.Job:
    """Start a rebuild from the folders that `store` was built from.

    Raises
    ------
    Fout
        When something else is being built, or the input is gone.
    """
    folders = _there(owndata.folders(store), store.path)
    steps = len(store.ask("bestanden")) + OWN_STEPS

    def action(job: jobs.Job) -> None:
        job.progress.totaal = steps

        def say(text: str) -> None:
            job.progress.say(text)
            job.progress.advance(1)

        try:
            result = build(settings, folders, database=store.path, say=say, may_shrink=job.mag_kleiner)
        except Fout:
            raise
        except Exception as error:
            logging.getLogger(__name__).exception("Het berekenen brak af")
            raise Fout(FAILED) from error
        seconds = f"{result.seconds:.0f}"
        job.zin = (
            f"De cijfers zijn opnieuw berekend, in {seconds} seconden. Wat u wijzigde, telt nu overal mee."
        )

    job = jobs.start(KIND, action)
    if job.soort != KIND:
        raise Fout(BUSY)
    return job


def current() -> jobs.Job | None:
    """The rebuild that runs or ran last; None when something else did."""
    job = jobs.current()
    return job if job is not None and job.soort == KIND else None
