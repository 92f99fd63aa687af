"""What a build read, what it covers, and what it left out, ready for the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from wwz.ask.area import area_counts
from wwz.base.counted import counted
from wwz.base.dates import short_day, short_moment
from wwz.base.sentence import listed
from wwz.sources.registry import in_words
from wwz.store import Store, remembered
from wwz.words.numbers import UNKNOWN, dutch, is_known

REMARKS = {"afgekeurd": "niet gebruikt", "let_op": "let op", "info": "ter informatie"}
HOW_TO = """
1. Zet de bestanden in één map. Dat kunnen tabellen van het CBS en het RIVM zijn (csv, xlsx of parquet),
   grenzen (gpkg, geojson of shp) en lijsten van voorzieningen (geojson, csv of json). Ook adressen uit de BAG en de
   tabel van het CBS met postcodes en hun buurt kunnen erbij.
2. Zet de map in `config.toml` onder `[invoer]`, of geef hem mee: `python -m wwz bouw --invoer MAP`.
3. Laad dit scherm opnieuw. Zolang de nieuwe gegevens niet compleet en gecontroleerd zijn, blijven de oude staan.
"""


@dataclass(frozen=True)
class DataReport:
    """Frames and sentences for the page Gegevens."""

    about: str
    sentence: str
    files: pd.DataFrame
    remarks: pd.DataFrame
    coverage: pd.DataFrame


@remembered
def of_build(store: Store) -> DataReport:
    """Describe the database in use."""
    about = store.about()
    files = store.ask("bestanden")
    files["wat"] = [
        f"{in_words(s)}{' en cijfers' if s == 'grenzen' else ''}{f' ({family})' if family else ''}"
        for s, family in zip(files["soort"], files["familie"], strict=True)
    ]
    files["jaar_tekst"] = ["" if pd.isna(y) else str(int(y)) for y in files["jaar"]]
    files["jaar_uit"] = [
        f"uit {text}" if isinstance(text, str) and text else "" for text in files["jaar_uit"]
    ]
    files["herkomst"] = [_origin(row) for row in files.to_dict("records")]
    remarks = store.ask("meldingen")
    remarks["soort"] = remarks["ernst"].map(REMARKS)
    return DataReport(
        about=f"Gemaakt op {short_moment(about['gebouwd_op'])} · indeling {about['indeling']}",
        sentence=(
            f"{listed(area_counts(about))}, uit {counted('{n} [tabel|tabellen]', len(files))}. {_rejected(remarks)}"
        ),
        files=files,
        remarks=remarks,
        coverage=_coverage(store),
    )


def _rejected(remarks: pd.DataFrame) -> str:
    number = int((remarks["ernst"] == "afgekeurd").sum())
    if remarks.empty:
        return "Alles wat is ingelezen, is gebruikt."
    if not number:
        # A remark may be about something that was left out or not needed.
        return counted("{n} [opmerking staat|opmerkingen staan] bij Meldingen.", len(remarks))
    return counted("{n} [melding gaat|meldingen gaan] over iets dat niet is gebruikt.", number)


def _origin(file: dict[str, Any]) -> str:
    """Table number, version, time and licence of a file that was fetched; empty for other files."""
    if not file["tabel"]:
        return ""
    version = f", versie {short_day(file['versie'])}" if file["versie"] else ""
    return f"tabel {file['tabel']}{version}, opgehaald op {short_day(file['opgehaald'])}, {file['licentie']}"


def _coverage(store: Store) -> pd.DataFrame:
    rows = store.ask("dekking")
    return rows.assign(
        bron=rows["bron"].str.removeprefix("Bron: "),
        sleutel=rows["code"] + rows["jaar"].astype(str),
        jaar_tekst=rows["jaar"].astype(str),
        gebruikt=rows["nieuwste"].map({True: "ja", False: "op verzoek"}),
        deel_tekst=[
            _coverage_text(b, d, g)
            for b, d, g in zip(rows["buurten"], rows["deel_buurten"], rows["gebieden"], strict=True)
        ],
    )


def _coverage_text(buurten: int, part: float, areas: int) -> str:
    if not buurten:
        return counted("geen (wel {n} [groter gebied|grotere gebieden])", areas)
    return f"{dutch(buurten)} ({coverage_share(part)})"


def coverage_share(part: float) -> str:
    """Which part (0 to 1) of the inhabited buurten has a figure; of no inhabited buurten there is no part."""
    return f"{dutch(100 * part)}%" if is_known(part) else UNKNOWN
