"""What can be fetched: a table or a layer of boundaries, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from wwz.base.settings import Settings
from wwz.fetch.client import Client
from wwz.knowledge import load_toml


def rules() -> dict[str, Any]:
    """How tables are fetched (knowledge/tabellen.toml)."""
    return load_toml("tabellen.toml")


@dataclass(frozen=True)
class Item:
    """One file to fetch.

    Attributes
    ----------
    familie
        Family in tabellen.toml.
    tabel
        Table number, or the name of a layer.
    jaar
        Year of the figures or boundaries.
    gemeenten
        Codes as GM0518; empty means the whole country.
    indeling
        Year of the boundaries to cut it out with, where that is not its own year.
    nodig
        Whether the set is worthless without it. What is not needed may have been withdrawn at the source.
    """

    familie: str
    tabel: str
    jaar: int
    gemeenten: tuple[str, ...] = ()
    nodig: bool = False
    indeling: int = 0

    @property
    def titel(self) -> str:
        """Dutch name with year and number."""
        name = rules()["familie"][self.familie]["titel"]
        return f"{name} {self.jaar} ({self.tabel})"

    @property
    def bestand(self) -> str:
        """File name in the set."""
        if self.familie == "grenzen":
            return f"grenzen_{self.tabel}_{self.jaar}.geojson"
        if self.familie == "osm":
            return f"voorzieningen_osm_{self.jaar}.json"
        if self.familie == "postcodes":
            return f"pc6hnr_{self.jaar}.parquet"
        if self.familie in ("bag", "lagen"):
            return f"{self.familie}_{self.tabel}_{self.jaar}.parquet"
        if self.familie == "bgt":
            return f"bgt_{self.tabel}_{self.jaar}.geojson"
        name = "raster100m" if self.familie.startswith("raster") else self.tabel
        return f"{name}_{self.jaar}.parquet"


@dataclass(frozen=True)
class Size:
    """How much an item is.

    Attributes
    ----------
    rijen, bytes
        Rows, and roughly the bytes they take; None when the source does not tell.
    versie
        Of the source.
    vragen
        Number of questions it takes.
    """

    rijen: int | None
    bytes: int | None
    versie: str
    vragen: int = 1

    @property
    def werk(self) -> float:
        """How much work it is, in rows."""
        return self.rijen if self.rijen is not None else (self.bytes or 0) * rows_per_byte()

    @property
    def seconden(self) -> float:
        """How long it takes on an ordinary line, roughly."""
        pace = rules()["tijd"]
        return (
            self.vragen * pace["seconden_per_vraag"] + (self.bytes or 0) / 1e6 / pace["megabyte_per_seconde"]
        )


def rows_per_byte() -> float:
    """A file counts as so many rows per byte, so that one bar shows tables and files."""
    return 1 / rules()["tijd"]["bytes_per_rij"]


@dataclass
class Provenance:
    """Where a file came from; every stored figure leads back to this."""

    tabel: str
    titel: str
    versie: str
    licentie: str
    adres: str
    rijen: int = 0
    opgehaald: str = field(default_factory=lambda: datetime.now().isoformat(timespec="seconds"))


@dataclass(frozen=True)
class Workplace:
    """What every fetcher needs.

    Attributes
    ----------
    settings
        Addresses of the services.
    client
        The door to the network.
    paginas
        Folder for pages.
    """

    settings: Settings
    client: Client
    paginas: Path

    def address(self, dienst: str) -> str:
        """Base url of a service, without a slash at the end."""
        return getattr(self.settings, f"bron_{dienst}").rstrip("/")


def digits(gemeente: str) -> str:
    """GM0518 → 0518."""
    return gemeente.removeprefix("GM")


def prefixes(gemeente: str) -> tuple[str, ...]:
    """How the codes of a gemeente and everything in it begin."""
    return tuple(level + digits(gemeente) for level in ("GM", "WK", "BU"))
