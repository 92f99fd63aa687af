"""Putting back what was kept: checked first, then all of it or nothing.

What is to come is laid ready beside the database. Giving that folder its final name is the decision: who is killed after it
finds the work finished at the next start (`finish`), and who is killed before it finds all as it was.
"""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wwz.base.errors import AndereVersie, Fout
from wwz.base.keeping import keep_bytes, one_at_a_time, writing
from wwz.base.settings import Settings, config_path, load_settings
from wwz.contents import content_of
from wwz.own.ledger import ledger
from wwz.own.ledger.copying import copy, entries
from wwz.own.ledger.engine import Place
from wwz.own.safe.archive import BESIDE, CONFIG, DATABASE, LEDGER, Listed, read_archive
from wwz.own.safe.save import beside, save
from wwz.store import Store

READY = ".herstel-klaar"
BEFORE = "voor-herstel-{}.zip"
IN_USE = "Er staan hier al gegevens. Er is niets teruggezet. Geef --vervang mee om ze te vervangen; wat er nu is, wordt dan eerst bewaard."
ELSEWHERE = (
    "In de bewaring staat bij [opslag] iets anders dan in uw {}. Er is niets teruggezet. Zet dat eerst gelijk, of geef "
    "--zonder-instellingen mee: dan blijven uw instellingen zoals ze zijn."
)
REBUILD = "De database is van een andere versie van de WWZ-wijzer. Maak hem opnieuw met: python -m wwz bouw --opnieuw."

UNUSABLE = "De database in de bewaring is niet te gebruiken. De database van nu is gebleven. Maak hem zo nodig opnieuw met: python -m wwz bouw."


@dataclass(frozen=True)
class Restored:
    """What was put back.

    Attributes
    ----------
    inhoud
        The list of the archive.
    boekingen
        Entries in the ledger now.
    eerder
        Where what was there before is kept; None when there was nothing.
    zinnen
        What is left to do.
    """

    inhoud: Listed
    boekingen: int
    eerder: Path | None
    zinnen: tuple[str, ...]


def restore(path: Path, settings: Settings, *, replace: bool = False, with_config: bool = True) -> Restored:
    """Put back what was kept; what was there is kept first.

    Parameters
    ----------
    path
        The archive.
    settings
        Where to put it: the database and the ledger that they name.
    replace
        Whether what is there may be replaced.
    with_config
        Whether the settings are put back too.

    Raises
    ------
    Fout
        When the archive cannot be used, or there is something already; then nothing was changed.
    """
    database = settings.database.absolute()
    database.parent.mkdir(parents=True, exist_ok=True)
    finish(database)
    with tempfile.TemporaryDirectory(prefix=".herstel-", dir=database.parent) as scratch:
        folder = Path(scratch) / "uit"
        folder.mkdir()
        listed = read_archive(path, folder)
        left = _check(folder, path, with_config)
        if in_use(settings) and not replace:
            raise Fout(IN_USE)
        earlier = _keep_present(settings)
        folder.rename(database.parent / READY)
    try:
        finish(database, strict=True)
    except Fout:
        # The ledger goes first: without it nothing was replaced yet.
        shutil.rmtree(database.parent / READY, ignore_errors=True)
        raise
    return Restored(listed, entries(ledger(database).place), earlier, left)


def in_use(settings: Settings) -> bool:
    """Whether something would be lost: what was added, or a database of real areas."""
    content = content_of(settings.database)
    filled = bool(beside(settings.database)) or entries(ledger(settings.database).place) > 0
    return filled or (content.gebieden > 0 and not content.fictief)


def _keep_present(settings: Settings) -> Path | None:
    if not in_use(settings):
        return None
    # To the microsecond: two in one second are two.
    moment = datetime.now().strftime("%Y%m%d-%H%M%S-%f")
    path = settings.database.absolute().parent / BEFORE.format(moment)
    save(path, settings)
    return path


def _check(folder: Path, path: Path, with_config: bool) -> tuple[str, ...]:
    """Everything that could be wrong is found before anything is replaced; gives what is left to do."""
    if (folder / LEDGER).exists():
        # Of an older version: this brings it to the tables of now. Of a newer one: this says so.
        entries(Place(file=folder / LEDGER))
        Place(file=folder / LEDGER).settle()
    if not with_config:
        (folder / CONFIG).unlink(missing_ok=True)
    elif (folder / CONFIG).exists():
        _check_config(folder / CONFIG)
    return _check_database(folder / DATABASE)


def _check_config(file: Path) -> None:
    load_settings(file)
    now = config_path()
    if _storage(file) != _storage(now):
        raise Fout(ELSEWHERE.format(now.name))
    # Whether it can be written is known only by trying.
    with suppress(_Tried), writing(now, private=False):
        raise _Tried


class _Tried(Exception):
    """Nothing is wrong: it could be written."""


def _storage(file: Path) -> dict[str, object]:
    known = Settings()
    raw = tomllib.loads(file.read_text(encoding="utf-8")).get("opslag", {}) if file.is_file() else {}
    return {"database": "data/wwz.duckdb", "eigen": known.eigen, **raw}


def _check_database(file: Path) -> tuple[str, ...]:
    if not file.exists():
        return ()
    try:
        Store(file).close()
    except AndereVersie:
        return (REBUILD,)
    except Fout:
        # It was kept when it was broken already. What was added is worth more: a database can be made again.
        file.unlink()
        return (UNUSABLE,)
    return ()


def finish(database: Path, *, strict: bool = False) -> None:
    """Finish a restore that was decided on; nothing to do when there is none. It may be done again.

    Parameters
    ----------
    strict
        Whether trouble with the ledger is an error; else it is tried again at the next start.

    Raises
    ------
    Fout
        When the ledger cannot be written (only if `strict`).
    """
    ready = database.absolute().parent / READY
    if not ready.is_dir():
        return
    with one_at_a_time(database):
        if (ready / LEDGER).exists():
            try:
                copy(Place(file=ready / LEDGER), ledger(database).place)
            except Fout:
                if strict:
                    raise
                return
        came = sorted((ready / BESIDE).glob("*"))
        for name, file in beside(database):
            if name not in [one.name for one in came]:
                file.unlink(missing_ok=True)
        for file in came:
            keep_bytes(database.parent / file.name, file.read_bytes())
        if (ready / DATABASE).exists():
            (ready / DATABASE).chmod(0o644)
            (ready / DATABASE).rename(database)
        if (ready / CONFIG).exists():
            keep_bytes(config_path(), (ready / CONFIG).read_bytes())
        shutil.rmtree(ready)
