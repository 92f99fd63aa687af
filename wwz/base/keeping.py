"""Writing files that matter: whole or not at all, on disk before anyone is told so."""

from __future__ import annotations

import csv
import errno
import glob
import io
import os
import secrets
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from wwz.base.errors import Fout
from wwz.base.locking import ENDING, hold

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# Visitors share one process, and there may be more than one: a second server, or a command beside it.
_threads = threading.RLock()
# Seconds: longer than any file here takes to be written.
PATIENCE = 30.0
LOCK = f".schrijven{ENDING}"
# Between the name of a file and what tells its unfinished copies apart.
UNFINISHED = ".nieuw-"
OWNER_ONLY, OTHERS, NOT_FOR_OTHERS = 0o600, 0o007, 0o770
BUSY = "Een ander programma schrijft al te lang in {}. Er is niets bewaard. Probeer het zo opnieuw."


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Who reads a file, adds to it and writes it, does so while nobody else does: no other visitor, no other program.

    Parameters
    ----------
    path
        The file; all files in one folder share a lock.

    Raises
    ------
    Fout
        When another program does not let go.
    """
    with _threads, hold(path.with_name(LOCK), PATIENCE, again=True) as ours:
        if not ours:
            raise Fout(BUSY.format(path.parent))
        _remove_unfinished(path)
        yield


def _remove_unfinished(path: Path) -> None:
    """Nobody else writes now: an unfinished copy is of a program that was killed. It may hold what has to stay here."""
    name = f"{glob.escape(path.name)}{UNFINISHED}*"
    left = [*path.parent.glob(name), *(path.glob(f"*{UNFINISHED}*") if path.is_dir() else ())]
    for old in left:
        with suppress(OSError):
            old.unlink()


def make_private(path: Path) -> None:
    """Take a file away from other users of this machine; a group that was let in on purpose stays."""
    with suppress(OSError):
        if path.is_file() and path.stat().st_mode & OTHERS:
            path.chmod(OWNER_ONLY)


@contextmanager
def writing(path: Path, *, private: bool = False) -> Iterator[Path]:
    """A new file next to `path` that takes its place when it is complete; of one that is not, nothing stays.

    Parameters
    ----------
    private
        Only for the user of this program: it is about people, or says who wrote something.

    Raises
    ------
    Fout
        When the disk is full or cannot be written.
    """
    # A name of its own: two containers have processes of the same number, and two threads are one process.
    new = path.with_name(f"{path.name}{UNFINISHED}{os.getpid()}-{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if private:
            # It never exists with wider rights, not for a moment.
            os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
            new.chmod(_rights(path))
        yield new
        new.replace(path)
    except BaseException as error:
        with suppress(OSError):
            new.unlink()
        if isinstance(error, OSError):
            raise disk_error(error, path) from error
        raise


def _rights(path: Path) -> int:
    """The rights that a private file keeps: those it has, if other users have none."""
    now = path.stat().st_mode & 0o777 if path.exists() else OWNER_ONLY
    return OWNER_ONLY if now & OTHERS else now & NOT_FOR_OTHERS | OWNER_ONLY


def disk_error(error: OSError, path: Path) -> Fout:
    """Say in Dutch why a file cannot be written."""
    if error.errno in FULL:
        return Fout("De schijf is vol. De gegevens van nu blijven staan. Maak ruimte en probeer het opnieuw.")
    return Fout(
        f"In {path.parent} is niet te schrijven. Geef dit programma schrijfrechten en probeer het opnieuw."
    )


def keep_bytes(path: Path, content: bytes) -> None:
    """Replace a private file by this content, and wait until it is on disk.

    Raises
    ------
    Fout
        As `writing`.
    """
    with writing(path, private=True) as new, new.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def keep_rows(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Replace a private CSV file by these rows; None becomes an empty cell.

    Raises
    ------
    Fout
        As `writing`.
    """
    with writing(path, private=True) as new, new.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns)
        writer.writeheader()
        writer.writerows(rows)
        handle.flush()
        os.fsync(handle.fileno())


def kept_rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a CSV file that this program keeps, all text; none when there is no file.

    Raises
    ------
    Fout
        When it is empty, misses a column, or has a line with more or fewer values than columns: it was damaged, and going
        on with what is left would lose the rest.
    """
    if not path.exists():
        return []
    try:
        text = path.read_text(encoding="utf-8-sig")
        head, *lines = [line for line in csv.reader(io.StringIO(text, newline=""), strict=True) if line]
        if not set(columns).issubset(head) or any(len(line) != len(head) for line in lines):
            raise ValueError(head)
    except (OSError, ValueError, csv.Error) as error:
        raise damaged(path) from error
    return [dict(zip(head, line, strict=True)) for line in lines]


def damaged(path: Path) -> Fout:
    """Say that a file that this program keeps cannot be used."""
    return Fout(
        f"{path.name} is beschadigd, of niet te lezen. Zet een oudere versie terug, of haal het bestand weg."
    )
