"""What several workers need and is dear to make: made once, by the first that asks."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

from filelock import FileLock


def once(tmp_path_factory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder filled by ``make(folder)``, by the first worker that asks; the others wait for it and read it."""
    folder = _common(tmp_path_factory) / f"eenmaal-{name}"
    with FileLock(f"{folder}.lock"):
        if not (folder / "klaar").exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            (folder / "klaar").touch()
    return folder


@contextmanager
def running(
    tmp_path_factory, name: str, start: Callable[[Path], tuple[Popen, str]]
) -> Iterator[tuple[str, Path]]:
    """A server of all workers: the address and the folder of ``start(folder)``, which the first that asks calls.

    It runs until the last of those who asked is ready.
    """
    folder = _common(tmp_path_factory) / f"server-{name}"
    lock, address, guest = FileLock(f"{folder}.lock"), folder / "adres", folder / f"gast-{os.getpid()}"
    with lock:
        folder.mkdir(exist_ok=True)
        if not address.exists():
            process, url = start(folder)
            address.write_text(f"{process.pid} {url}", encoding="utf-8")
        guest.touch()
        number, url = address.read_text(encoding="utf-8").split(" ", 1)
    try:
        yield url, folder
    finally:
        with lock:
            guest.unlink()
            if not any(map(_is_there, folder.glob("gast-*"))):
                address.unlink()
                os.kill(int(number), signal.SIGTERM)


def _is_there(guest: Path) -> bool:
    """A worker that was killed did not say goodbye."""
    try:
        os.kill(int(guest.name.removeprefix("gast-")), 0)
    except ProcessLookupError:
        return False
    return True


def _common(tmp_path_factory) -> Path:
    """The folder of the whole run, whichever worker asks."""
    root = tmp_path_factory.getbasetemp()
    return root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
