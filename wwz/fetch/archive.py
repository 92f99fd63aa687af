"""Take one file out of a zip from outside, and trust nothing that the zip says about itself."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath, PureWindowsPath

from wwz.base.errors import Fout
from wwz.fetch.items import rules
from wwz.fetch.progress import Progress
from wwz.fetch.trouble import STAYS, Onbruikbaar

CHUNK = 1024 * 1024
ENCRYPTED = 0x1
GIGABYTE = 1e9


def unpack_one(archive: Path, endings: tuple[str, ...], target: Path, progress: Progress) -> Path:
    """Write the one member whose name ends like this to `target` with that ending; the name inside is not used.

    Raises
    ------
    Onbruikbaar
        When the zip is damaged: fetching it again may help.
    Fout
        When the zip may not be unpacked, or there is no room for it.
    """
    try:
        with zipfile.ZipFile(archive) as zipped:
            _check(zipped, archive.name)
            member = _wanted(zipped, endings, archive.name)
            out = target.with_suffix(PurePosixPath(member.filename).suffix.lower())
            _check_room(target.parent, member.file_size)
            _copy(zipped, member, out, progress)
            return out
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Onbruikbaar("stuurde een zip-bestand dat beschadigd is") from error


def _check(zipped: zipfile.ZipFile, name: str) -> None:
    limits, members = rules()["zip"], zipped.infolist()
    if len(members) > limits["meeste_bestanden"]:
        raise _refused(name, f"er zitten {len(members)} bestanden in")
    for member in members:
        if _leads_elsewhere(member.filename):
            raise _refused(name, "een bestand erin wijst naar een andere map")
        if member.flag_bits & ENCRYPTED:
            raise _refused(name, "het is beveiligd met een wachtwoord")
        if member.file_size > max(1, member.compress_size) * limits["grootste_verhouding"]:
            raise _refused(name, "het pakt verdacht groot uit")
    if sum(m.file_size for m in members) > limits["grootste_gb"] * GIGABYTE:
        raise _refused(name, f"het is uitgepakt groter dan {limits['grootste_gb']} GB")


def _leads_elsewhere(name: str) -> bool:
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    return (
        posix.is_absolute()
        or windows.is_absolute()
        or bool(windows.drive)
        or ".." in posix.parts + windows.parts
    )


def _wanted(zipped: zipfile.ZipFile, endings: tuple[str, ...], name: str) -> zipfile.ZipInfo:
    for ending in endings:
        found = [m for m in zipped.infolist() if m.filename.lower().endswith(ending) and not m.is_dir()]
        if found:
            return max(found, key=lambda m: m.file_size)
    raise _refused(name, f"er zit geen {' of '.join(endings)} in")


def _check_room(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free < 1.1 * size:
        raise Fout(
            f"De schijf heeft te weinig ruimte: er is {size / GIGABYTE:.1f} GB nodig. {STAYS} Maak ruimte en probeer het opnieuw.".replace(
                ".", ",", 1
            )
        )


def _copy(zipped: zipfile.ZipFile, member: zipfile.ZipInfo, out: Path, progress: Progress) -> None:
    written = 0
    with zipped.open(member) as source, out.open("wb") as target:
        while chunk := source.read(CHUNK):
            progress.check()
            written += len(chunk)
            if written > member.file_size:
                raise _refused(zipped.filename or "zip", "het pakt groter uit dan het zelf zegt")
            target.write(chunk)


def _refused(name: str, reason: str) -> Fout:
    return Fout(f"{Path(name).name} wordt niet uitgepakt: {reason}. {STAYS} Meld dit aan de beheerder.")
