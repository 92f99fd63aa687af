"""What each command of python -m wwz does."""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from wwz.ask.area import area_counts, asked_area, smallest_level
from wwz.ask.datareport import coverage_share
from wwz.ask.ownareas import all_areas
from wwz.base.codes import plural
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.cli.main import asking_how
from wwz.knowledge import catalogue, themes
from wwz.store import Store
from wwz.words.harmless import neutral
from wwz.words.numbers import is_known, only_rounded

TABLE_COLUMNS = (
    "gebied",
    "naam",
    "niveau",
    "indicator",
    "jaar",
    "teller",
    "noemer",
    "waarde",
    "onder",
    "boven",
    "eenheid",
    "soort",
    "bron",
)
CATALOGUE_COLUMNS = ("code", "titel", "thema", "eenheid", "noemer", "bron", "kolom", "regel", "mensen")
# More digits than the source has would suggest that we know more than it does.
EXTRA_DIGITS = 1
LAST_PORT = 65535
UNKNOWN_INPUT = (
    "In {} staat niet uit welke bestanden de gegevens zijn gemaakt. "
    "Bouw met: python -m wwz bouw, of met --invoer MAP erbij voor uw eigen bestanden."
)


def bouw(chosen: argparse.Namespace, settings: Settings) -> int:
    """Build the database and print what was read."""
    # Who only asks for figures does not wait for what builds them.
    from wwz.build.build import build

    _check_writable(settings.database)
    folders = _again(settings) if chosen.opnieuw else tuple(Path(p) for p in chosen.invoer)
    with asking_how("--mag-kleiner"):
        result = build(
            settings,
            folders,
            database=settings.database,
            say=print,
            may_shrink=chosen.mag_kleiner,
            whole=chosen.volledig,
        )
    _print_report(Store(result.database))
    print(f"Klaar in {result.seconds:.0f} seconden: {result.database}")
    return 0


def _again(settings: Settings) -> tuple[Path, ...]:
    from wwz.build import rebuild

    folders = rebuild.same_input(settings.database)
    if not folders:
        raise Fout(UNKNOWN_INPUT.format(settings.database.name))
    return folders


def _check_writable(database: Path) -> None:
    """Say so before the reading starts when the database cannot be put where it has to be."""
    folder = next(parent for parent in database.absolute().parents if parent.exists())
    if database.is_dir():
        raise Fout(f"{database} is een map. Geef een bestand op, bijvoorbeeld {database / 'wwz.duckdb'}.")
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise Fout(f"In {folder} is niet te schrijven. Kies met --database een andere plaats.")


def _print_report(store: Store) -> None:
    about = store.about()
    fictitious = " (fictief)" if about["fictief"] else ""
    print(f"\nGebieden{fictitious}: {', '.join(area_counts(about))}, indeling {about['indeling']}.")
    print(f"\nCijfers (jaar, aandeel van de bewoonde {plural(smallest_level(about))} met een cijfer):")
    for row in store.ask("dekking").query("nieuwste").itertuples():
        print(f"  {row.code:28} {row.jaar}  {coverage_share(row.deel_buurten):>5}")
    remarks = store.ask("meldingen")
    if len(remarks):
        print("\nMeldingen:")
    for row in remarks.itertuples():
        print(f"  [{row.ernst.replace('_', ' ')}] {row.bestand}: {row.tekst}")


def controle(chosen: argparse.Namespace, settings: Settings) -> int:
    """Run all checks; 1 when one fails."""
    from wwz.build.checks import run_checks

    results = run_checks(Store(settings.database))
    for result in results:
        print(f"{result.verdict:6}  {result.title}")
        for line in result.examples:
            print(f"        {line}")
    return 0 if all(result.passed for result in results) else 1


def indicatoren(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the catalogue."""
    rows = [{name: getattr(row, name) for name in CATALOGUE_COLUMNS} for row in catalogue().values()]
    print_rows(rows, CATALOGUE_COLUMNS, chosen.formaat)
    return 0


def gebieden(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the codes of all areas."""
    areas = all_areas(Store(settings.database))
    if chosen.niveau:
        areas = areas[areas["niveau"] == chosen.niveau]
    columns = ("code", "naam", "niveau", "gemeentenaam", "wijknaam", "officieel")
    print_rows([{c: _plain(row[c]) for c in columns} for _, row in areas.iterrows()], columns, chosen.formaat)
    return 0


def tabel(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the figures of an area."""
    codes = _indicators(chosen.wat)
    store = Store(settings.database)
    area = asked_area(store, chosen.gebied)
    if chosen.niveau == "gebied" or (chosen.niveau == "eigen" and area.is_union):
        frame = area.figures(codes, chosen.jaar)
    else:
        frame = area.parts(chosen.niveau, codes, chosen.jaar)
    if frame.empty:
        raise Fout(_nothing_there(store, chosen, codes, area.naam))
    minimum = store.about()["minimum"]
    print_rows([_table_row(row, minimum) for _, row in frame.iterrows()], TABLE_COLUMNS, chosen.formaat)
    return 0


def _nothing_there(store: Store, chosen: argparse.Namespace, codes: list[str], naam: str) -> str:
    rows = store.ask("indicatoren").query("code in @codes")
    years = sorted({int(year) for row in rows["jaren"] for year in row})
    if not years:
        return f"Van {chosen.wat} zijn er geen cijfers in de database. Bouw hem met een bestand waar ze in staan."
    if chosen.jaar and chosen.jaar not in years:
        return f"Van {chosen.wat} is er geen {chosen.jaar}. Kies een jaar uit: {', '.join(map(str, years))}."
    return f"{naam} heeft geen gebieden van het niveau {chosen.niveau}. Kies een ander niveau."


def start(chosen: argparse.Namespace, settings: Settings) -> int:
    """Serve the dashboard."""
    from wwz.build.starting import make_ready
    from wwz.server import serve

    if chosen.poort is not None and not 0 < chosen.poort <= LAST_PORT:
        raise Fout(f"--poort {chosen.poort} is geen poort. Kies een getal tussen 1 en {LAST_PORT}.")
    make_ready(settings, outdated=chosen.bouw_zo_nodig)
    return serve(settings, host=chosen.host, port=chosen.poort)


def _indicators(what: str) -> list[str]:
    if what in catalogue():
        return [what]
    found = [row.code for row in catalogue().values() if what in (row.thema, row.laag)]
    if not found:
        names = ", ".join(t.code for t in themes())
        raise Fout(
            f"{what!r} is geen thema of indicator. Kies een thema ({names}) of een code uit: python -m wwz indicatoren."
        )
    return found


def _table_row(row: pd.Series, minimum: int) -> dict[str, Any]:
    digits = catalogue()[row["indicator"]].decimalen + EXTRA_DIGITS
    figures = {name: _rounded(row[name], digits) for name in ("waarde", "onder", "boven")}
    if only_rounded(row):
        figures |= {"onder": None, "boven": None}
    people = {
        "teller": f"<{minimum}" if row["verborgen"] else _rounded(row["teller"], 1),
        "noemer": _rounded(row["noemer"], 1),
    }
    return {name: {**figures, **people}.get(name, _plain(row[name])) for name in TABLE_COLUMNS}


def _rounded(value, digits: int) -> float | int | None:
    if not is_known(value) or pd.isna(value):
        return None
    number = round(float(value), digits)
    return int(number) if number.is_integer() else number


def _plain(value) -> Any:
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def print_rows(rows: list[dict[str, Any]], columns: tuple[str, ...], kind: str) -> None:
    """Print rows as csv or json."""
    if kind == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        [{name: neutral(v) if isinstance(v, str) else v for name, v in row.items()} for row in rows]
    )
