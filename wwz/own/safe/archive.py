"""One file that holds everything, with a list of what is in it and a checksum of each: nothing of it is trusted."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from wwz.base.errors import Fout
from wwz.base.keeping import FULL, OWNER_ONLY, disk_error, writing
from wwz.base.version import version

KIND, FORM = "wwz-bewaring", 1
LIST = "inhoud.json"
DATABASE, LEDGER, CONFIG = "wwz.duckdb", "eigen.sqlite", "config.toml"
# Files that are kept beside the database, as they may be called in an archive.
BESIDE = "eigen/"
ALLOWED = re.compile(rf"{DATABASE}|{LEDGER}|{re.escape(CONFIG)}|{BESIDE}[a-z_]{{1,40}}\.csv")
BLOCK, LONGEST_LIST = 1024 * 1024, 4 * 1024 * 1024
FOREIGN = "{} is geen bewaring van de WWZ-wijzer. Kies een bestand dat is gemaakt met: python -m wwz bewaar."
DAMAGED = "De bewaring {} is beschadigd. Er is niets teruggezet. Kies een andere bewaring."
NEWER = "De bewaring {} is gemaakt met een nieuwere versie van de WWZ-wijzer. Er is niets teruggezet. Neem eerst die versie in gebruik."


@dataclass(frozen=True)
class Listed:
    """What an archive says of itself.

    Attributes
    ----------
    gemaakt
        When, ISO.
    versie
        The version of the program that made it.
    bestanden
        Name → bytes and SHA-256.
    """

    gemaakt: str
    versie: str
    bestanden: Mapping[str, tuple[int, str]]


def write_archive(path: Path, files: Iterable[tuple[str, Path]]) -> Listed:
    """Put files in one archive: it is there when it is complete and on disk, or not at all. Only for its owner.

    Raises
    ------
    Fout
        When the disk is full or cannot be written.
    """
    listed: dict[str, tuple[int, str]] = {}
    made = datetime.now().astimezone().isoformat(timespec="seconds")
    with writing(path, private=True) as new:
        with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, source in files:
                with source.open("rb") as content, archive.open(name, "w", force_zip64=True) as kept:
                    listed[name] = _copy(content, kept)
            about = {"soort": KIND, "vorm": FORM, "gemaakt": made, "versie": version(), "bestanden": listed}
            archive.writestr(LIST, json.dumps(about, indent=1))
        with new.open("rb+") as handle:
            os.fsync(handle.fileno())
    return Listed(made, version(), listed)


def _copy(content: BinaryIO, kept: Any, most: int | None = None) -> tuple[int, str]:
    total, size = hashlib.sha256(), 0
    while block := content.read(BLOCK):
        size += len(block)
        if most is not None and size > most:
            raise ValueError(size)
        total.update(block)
        kept.write(block)
    return size, total.hexdigest()


def read_archive(path: Path, folder: Path) -> Listed:
    """Take everything out into an empty folder, each checked by its sum.

    Raises
    ------
    Fout
        When it is not ours, of a newer version, or damaged; or there is no room.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            listed = _list(path, archive)
            _check_room(listed, folder)
            for name, told in listed.bestanden.items():
                target = folder / name
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY)
                with archive.open(name) as content, os.fdopen(handle, "wb") as kept:
                    if _copy(content, kept, told[0]) != told:
                        raise Fout(DAMAGED.format(path.name))
                    kept.flush()
                    os.fsync(kept.fileno())
            return listed
    except FileNotFoundError as error:
        raise Fout(f"{path} is er niet. Kies een bestand dat er is.") from error
    except OSError as error:
        # The library also says this of a place in the file that cannot be.
        if error.errno in (*FULL, errno.EACCES, errno.EPERM, errno.EROFS):
            raise disk_error(error, folder / LIST) from error
        raise Fout(DAMAGED.format(path.name)) from error
    except zipfile.BadZipFile as error:
        raise Fout((DAMAGED if _begins_as_ours(path) else FOREIGN).format(path.name)) from error
    # What a broken or hostile archive can bring about in the library, or a file that is larger than it says.
    except (ValueError, KeyError, EOFError, RuntimeError, NotImplementedError, zipfile.zlib.error) as error:
        raise Fout(DAMAGED.format(path.name)) from error


def _list(path: Path, archive: zipfile.ZipFile) -> Listed:
    if LIST not in archive.namelist() or archive.getinfo(LIST).file_size > LONGEST_LIST:
        raise Fout(FOREIGN.format(path.name))
    about = json.loads(archive.read(LIST))
    if not isinstance(about, dict) or about.get("soort") != KIND:
        raise Fout(FOREIGN.format(path.name))
    if about.get("vorm") != FORM:
        raise Fout(NEWER.format(path.name))
    files = {name: (int(size), str(sum_)) for name, (size, sum_) in dict(about["bestanden"]).items()}
    if sorted([LIST, *files]) != sorted(archive.namelist()) or not all(map(ALLOWED.fullmatch, files)):
        raise Fout(DAMAGED.format(path.name))
    return Listed(str(about["gemaakt"]), str(about["versie"]), files)


def _begins_as_ours(path: Path) -> bool:
    with path.open("rb") as handle:
        return handle.read(4) == b"PK\x03\x04"


def _check_room(listed: Listed, folder: Path) -> None:
    needed = sum(size for size, _ in listed.bestanden.values())
    if needed > shutil.disk_usage(folder).free:
        raise Fout(
            f"Er is te weinig ruimte op de schijf: {needed // 1_000_000 + 1} MB is nodig. Er is niets teruggezet."
        )
