"""What a reader hands over, and what it has to say about a file."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

LONGEST_TEXT = 400
# Marks that turn the direction of writing around: they can make a name look like another name.
DIRECTION = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str, longest: int = LONGEST_TEXT) -> str:
    """Text that is safe to print: no control characters, no broken characters, not too long.

    HTML stays as it is: it is text, and whoever shows it must escape it.
    """
    safe = str(text)
    # Nearly every text is printable as it is: only of another one each character is looked at.
    if not safe.isprintable():
        safe = "".join(
            " " if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in DIRECTION else c for c in safe
        )
    short = " ".join(safe.split())
    return short if len(short) <= longest else short[: longest - 1] + "…"


@dataclass
class Melding:
    """One remark about a file: `ernst` is afgekeurd, let_op or info; `heel` when it is why nothing of the file is used."""

    bestand: str
    ernst: str
    tekst: str
    aantal: int = 1
    heel: bool = False


@dataclass
class Table:
    """A raw table as it came from a file: all columns, nothing interpreted.

    Attributes
    ----------
    bestand
        File name as the user knows it; `onderdeel` the sheet, layer or table number.
    frame
        The rows; a GeoDataFrame when the file has geometry.
    kop
        What stands above the names of the columns, a text for each line.
    """

    bestand: str
    onderdeel: str
    frame: pd.DataFrame | gpd.GeoDataFrame
    kop: tuple[str, ...] = ()


@dataclass
class Reading:
    """A recognised table.

    Attributes
    ----------
    soort
        What its kind calls it (registry.py).
    cijfers
        Columns gebied, rij_jaar, maat (waarde, onder, boven) and one column per variable, values as in the
        source. Empty when the table holds no figures.
    gebieden
        Columns code, naam, gemeentenaam, wijziging, water, geometry (RD, EPSG:28992; None where absent) and
        of the boundary midden_x, midden_y (m) and vlak_ha.
    inhoud
        The rows that go to the table of its kind, for a kind other than areas. Of punten: soort, naam, lat, lon,
        postcode and huisnummer; without a place only the last two. Of adressen: x, y (RD metres), buurt, inwoners,
        vanaf_65, postcode and huisnummer (missing where the file does not tell), woning (whether it is a home) and
        object (its number in the BAG), pand and oppervlakte (m2). Of panden: nummer, kenmerk (how PDOK points to it),
        bouwjaar and bouwlagen. Of wegdelen: x, y, breedte (m), soort and bronhouder, along their edge; of meubilair:
        x, y and bronhouder of the benches. Of vierkanten (100 metres): x and y of the middle (RD metres), inwoners and
        vanaf_65 (missing where secret). Of looproutes: straight pieces x1, y1, x2, y2 (RD metres). Of koppeling:
        postcode, buurt, jaar (of the division; missing where it is not told) and adressen (how many house numbers).
    punten
        Of haltes: the same rows as voorzieningen, where the file tells their place.
    jaren
        Family (kwb, nabijheid, gezondheid) → year; `indeling` the year of the area codes.
    jaar_uit
        How the year was found, in Dutch.
    tabel, versie, opgehaald, licentie
        Of a file we fetched ourselves: table number, date of the version, when it was fetched, licence.
    """

    bestand: str
    onderdeel: str
    soort: str
    cijfers: list[pd.DataFrame] = field(default_factory=list)
    gebieden: pd.DataFrame | None = None
    inhoud: pd.DataFrame | None = None
    punten: pd.DataFrame | None = None
    jaren: dict[str, int] = field(default_factory=dict)
    indeling: int | None = None
    jaar_uit: str = ""
    rijen: int = 0
    fictief: bool = False
    tabel: str = ""
    versie: str = ""
    opgehaald: str = ""
    licentie: str = ""


@dataclass
class Report:
    """Everything a build has to tell about its input."""

    meldingen: list[Melding] = field(default_factory=list)

    def reject(self, bestand: str, tekst: str, aantal: int = 1) -> None:
        """Note something that was not used, and why."""
        self._add(bestand, "afgekeurd", tekst, aantal)

    def refuse(self, bestand: str, tekst: str) -> None:
        """Note why nothing of a file is used."""
        self._add(bestand, "afgekeurd", tekst, 1)
        self.meldingen[-1].heel = True

    def reasons(self) -> list[Melding]:
        """Why files are not used: first what they were refused for as a whole, and only without that what was left out."""
        rejected = [m for m in self.meldingen if m.ernst == "afgekeurd"]
        return [m for m in rejected if m.heel] or rejected

    def warn(self, bestand: str, tekst: str, aantal: int = 1) -> None:
        """Note something used with care."""
        self._add(bestand, "let_op", tekst, aantal)

    def info(self, bestand: str, tekst: str, aantal: int = 1) -> None:
        """Note something worth knowing."""
        self._add(bestand, "info", tekst, aantal)

    def _add(self, bestand: str, ernst: str, tekst: str, aantal: int) -> None:
        # Names of files and cells come from outside: they may hold anything.
        self.meldingen.append(Melding(clean(bestand, 120), ernst, clean(tekst), aantal))
