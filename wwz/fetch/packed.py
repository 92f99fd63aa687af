"""A file of the whole country that comes packed in a zip: fetched, unpacked beside it, read, and only the zip stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from wwz.fetch.archive import unpack_one
from wwz.fetch.client import Client
from wwz.fetch.download import Downloaded, download
from wwz.fetch.items import Item, Provenance, Size, Workplace, rules
from wwz.fetch.trouble import Onbruikbaar

Content = TypeVar("Content")


class Packed:
    """One zip of one year.

    Attributes
    ----------
    adres
        Where it is.
    """

    def __init__(self, item: Item, place: Workplace, client: Client, found: tuple[str, int | None]) -> None:
        self._item, self._place, self._client = item, place, client
        self.adres, self._bytes = found

    def size(self) -> Size:
        """Bytes of the zip; how many rows are in it only shows after unpacking."""
        return Size(None, self._bytes, "", 2)

    def _about(self, file: Downloaded, title: str, rows: int) -> Provenance:
        name = self._item.tabel.removesuffix(".zip")
        return Provenance(name, title, file.dag, rules()["licentie"], self.adres, rows)

    def _read_packed(
        self, kept: str, endings: tuple[str, ...], read: Callable[[Path], Content]
    ) -> tuple[Downloaded, Content]:
        """Fetch the zip into the folder `kept`, or use the one that is there, and read the member that ends like this.

        Raises
        ------
        Fout
            When the zip cannot be had or may not be unpacked; Onbruikbaar when it is damaged in the end.
        """
        folder = self._place.paginas.parent / kept

        def once() -> tuple[Downloaded, Content]:
            file = download(self._client, self.adres, folder / Path(self.adres).name)
            unpacked = None
            try:
                self._client.progress.say(f"{self._item.titel} wordt uitgepakt.")
                unpacked = unpack_one(file.pad, endings, folder / "uitgepakt", self._client.progress)
                return file, read(unpacked)
            except Onbruikbaar:
                file.pad.unlink(missing_ok=True)
                raise
            finally:
                if unpacked:
                    unpacked.unlink(missing_ok=True)

        return self._client.insist(self.adres, once)
