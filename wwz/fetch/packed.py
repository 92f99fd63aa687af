"""A file that comes packed in a zip: fetched, unpacked beside it, read, and only the zip stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from wwz.fetch.archive import unpack_one
from wwz.fetch.client import Client
from wwz.fetch.download import Downloaded, download
from wwz.fetch.trouble import Onbruikbaar

Content = TypeVar("Content")


def read_packed(
    client: Client,
    url: str,
    folder: Path,
    endings: tuple[str, ...],
    title: str,
    read: Callable[[Path], Content],
) -> tuple[Downloaded, Content]:
    """Fetch a zip into `folder`, or use the one that is there, and read the member that ends like this.

    Raises
    ------
    Fout
        When the zip cannot be had or may not be unpacked; Onbruikbaar when it is damaged in the end.
    """

    def once() -> tuple[Downloaded, Content]:
        file = download(client, url, folder / Path(url).name)
        unpacked = None
        try:
            client.progress.say(f"{title} wordt uitgepakt.")
            unpacked = unpack_one(file.pad, endings, folder / "uitgepakt", client.progress)
            return file, read(unpacked)
        except Onbruikbaar:
            file.pad.unlink(missing_ok=True)
            raise
        finally:
            if unpacked:
                unpacked.unlink(missing_ok=True)

    return client.insist(url, once)
