"""All formats in one list, for the screen and the command line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from wwz.ask.view import View
from wwz.base.errors import Fout
from wwz.base.limits import MEGABYTE, Limits
from wwz.base.media import DOCX, PPTX, XLSX
from wwz.export.agendapages import agenda_pages
from wwz.export.agendasheet import AgendaSheet, make_agenda_sheet
from wwz.export.agendaslides import make_agenda_pptx
from wwz.export.delimited import make_csv
from wwz.export.document import make_docx
from wwz.export.geopackage import make_gpkg
from wwz.export.image import make_image
from wwz.export.logo import Logo
from wwz.export.pdf import make_pdf
from wwz.export.report import make_report
from wwz.export.sheet import make_sheet
from wwz.export.slides import make_pptx
from wwz.export.spreadsheet import make_xlsx
from wwz.export.webpage import make_html
from wwz.maps.classes import Classes
from wwz.store import Store

PAPERS = ("A4", "A3")
LONGEST_NAME = 60
# Without boundaries these are nothing; the other formats leave the map out.
MAP_ONLY = ("png", "pdf", "svg", "gpkg")
# About the chosen area, whatever is on the map.
REPORTS, AGENDAS = ("docx", "rapport"), ("agenda", "agenda-docx", "agenda-pptx")


@dataclass(frozen=True)
class Paper:
    """What a file is printed on.

    Attributes
    ----------
    size, landscape
        A4 or A3, and which way up; for maps.
    logo
        Of the municipality, or None.
    scale
        Classes shared with the other files of a series; None for its own.
    """

    size: str = "A4"
    landscape: bool = True
    logo: Logo | None = None
    scale: Classes | None = None


@dataclass(frozen=True)
class Format:
    """A kind of file.

    Attributes
    ----------
    code
        As on the command line; `rapport` and `pdf` both end in .pdf.
    titel, uitleg
        For the screen.
    einde, mime
        Ending of the file name, and its media type.
    papier
        Whether size and direction of the paper matter.
    """

    code: str
    titel: str
    uitleg: str
    einde: str
    mime: str
    papier: bool
    make: Callable[[Store, View, Paper], bytes]


def _image(kind: str) -> Callable[[Store, View, Paper], bytes]:
    def make(store: Store, view: View, paper: Paper) -> bytes:
        sheet = make_sheet(store, view, paper.logo, paper.scale)
        return make_image(sheet, kind, paper.size, paper.landscape)

    return make


def _sheet(make) -> Callable[[Store, View, Paper], bytes]:
    return lambda store, view, paper: make(make_sheet(store, view, paper.logo, paper.scale))


def _report(make) -> Callable[[Store, View, Paper], bytes]:
    return lambda store, view, paper: make(make_report(store, view, paper.logo, paper.scale).pages)


def _agenda(make: Callable[[AgendaSheet], bytes]) -> Callable[[Store, View, Paper], bytes]:
    return lambda store, view, paper: make(make_agenda_sheet(store, view, paper.logo))


FORMATS = {
    row.code: row
    for row in (
        Format("png", "Kaart als plaatje (PNG)", "Om in een tekst te plakken, 300 punten per inch.", "png", "image/png", True, _image("png")),
        Format("pdf", "Kaart als PDF", "Om af te drukken.", "pdf", "application/pdf", True, _image("pdf")),
        Format("svg", "Kaart als tekening (SVG)", "Voor een vormgever: blijft scherp in elke maat.", "svg", "image/svg+xml", True, _image("svg")),
        Format("html", "Kaart en tabel als webpagina (HTML)", "Eén bestand dat zonder internet werkt.", "html", "text/html", False, _sheet(make_html)),
        Format("pptx", "Presentatie (PowerPoint)", "De conclusie van de wijkagenda, de kaart, een grafiek en een tabel. U kunt ze aanpassen.", "pptx", PPTX, False, _sheet(make_pptx)),
        Format("xlsx", "Tabel (Excel)", "Alle cijfers, met een blad Toelichting.", "xlsx", XLSX, False, _sheet(make_xlsx)),
        Format("csv", "Tabel (CSV)", "Puntkomma's en decimale komma's, zoals Excel in Nederland het opent.", "csv", "text/csv", False, _sheet(make_csv)),
        Format("gpkg", "Kaartlaag voor GIS (GeoPackage)", "In RD (EPSG:28992), met de kleuren voor QGIS.", "gpkg", "application/geopackage+sqlite3", False, _sheet(make_gpkg)),
        Format("docx", "Wijkrapport (Word)", "Het profiel van het gebied, om verder te schrijven.", "docx", DOCX, False, _report(make_docx)),
        Format("rapport", "Wijkrapport (PDF)", "Het profiel van het gebied, om te delen.", "pdf", "application/pdf", False, _report(make_pdf)),
        Format("agenda", "Wijkagenda (PDF)", "Wat ontbreekt, voor wie, en wat te doen: om te delen.", "pdf", "application/pdf", False, _agenda(lambda sheet: make_pdf(agenda_pages(sheet)))),
        Format("agenda-docx", "Wijkagenda (Word)", "Dezelfde agenda, om verder te schrijven.", "docx", DOCX, False, _agenda(lambda sheet: make_docx(agenda_pages(sheet)))),
        Format("agenda-pptx", "Wijkagenda (PowerPoint)", "De conclusie eerst, en dan één boodschap per dia.", "pptx", PPTX, False, _agenda(make_agenda_pptx)),
    )
}  # fmt: skip


def make_file(
    store: Store, view: View, code: str, paper: Paper | None = None, limits: Limits | None = None
) -> bytes:
    """The content of one file.

    Parameters
    ----------
    view
        What is exported.
    code
        A key of `FORMATS`.
    limits
        Those of this server; without, it may be of any size.

    Raises
    ------
    Fout
        When the view asks what is not in the data, or the file is larger than a visitor may take along.
    """
    content = FORMATS[code].make(store, view, paper or Paper())
    check_size(len(content), limits)
    return content


def check_size(size: int, limits: Limits | None) -> None:
    """Refuse what is larger than a visitor may take along; `size` in bytes."""
    if limits is not None and size > limits["uitvoer_megabyte"] * MEGABYTE:
        raise Fout(limits.beyond("uitvoer_megabyte"))


def stem_of(naam: str) -> str:
    """A name as it begins the name of a file: duinmonde."""
    plain = unicodedata.normalize("NFKD", naam).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME] or "gebied"


def file_name(naam: str, laag: str, code: str) -> str:
    """A file name that every system takes: duinmonde-mobiliteit_18.png."""
    subject = "profiel" if code in REPORTS else "wijkagenda" if code in AGENDAS else laag
    return f"{stem_of(naam)}-{subject}.{FORMATS[code].einde}"
