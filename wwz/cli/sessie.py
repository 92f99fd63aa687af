"""python -m wwz sessie: make a work session, list them, the agreements, and the report."""

from __future__ import annotations

import argparse
from pathlib import Path

from wwz.ask.area import asked_area
from wwz.base.errors import Fout
from wwz.base.keeping import keep_bytes
from wwz.base.settings import Settings
from wwz.cli.commands import print_rows
from wwz.cli.main import AREA_HELP, add_command
from wwz.export.minutes import MEDIA, make_minutes
from wwz.sessie import agreements, control
from wwz.sessie.privacy import forget_names
from wwz.sessie.programme import from_template, templates
from wwz.sessie.room import room, rooms
from wwz.store import Store

SESSIONS = ("code", "titel", "datum", "gebied", "sjabloon", "stappen", "mensen", "afspraken", "stand")
AGREED = (
    "sessie",
    "wat",
    "wie",
    "met",
    "wanneer",
    "soort",
    "randvoorwaarde",
    "merkbaar",
    "bevestigd",
    "stand",
)


def register(commands) -> None:
    """Add the command `sessie`."""
    command = add_command(commands, "sessie", run=run)
    command.add_argument(
        "wat", choices=("nieuw", "lijst", "afspraken", "verslag"), help="nieuw, lijst, afspraken of verslag"
    )
    command.add_argument(
        "--sjabloon", choices=tuple(templates()), default="wijkagenda", help="bij nieuw: het programma"
    )
    command.add_argument("--gebied", metavar="CODE", help=f"bij nieuw: {AREA_HELP}")
    command.add_argument("--titel", default="", help="bij nieuw: hoe de sessie heet")
    command.add_argument("--datum", default="", help="bij nieuw: de dag, als 2026-12-01 (standaard: vandaag)")
    command.add_argument("--code", default="", help="bij afspraken en verslag: van welke sessie")
    command.add_argument(
        "--formaat", default="", help="bij verslag: docx, pdf, pptx of csv; anders csv of json"
    )
    command.add_argument(
        "--uit", type=Path, metavar="BESTAND", help="bij verslag: het bestand dat wordt gemaakt"
    )


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Do one of them."""
    forget_names(settings.database, settings.grenzen)
    return {"nieuw": _new, "lijst": _listed, "afspraken": _agreed, "verslag": _report}[chosen.wat](
        chosen, settings
    )


def _new(chosen: argparse.Namespace, settings: Settings) -> int:
    if not chosen.gebied:
        raise Fout("Geef met --gebied de code van een gebied, zoals WK051801.")
    store = Store(settings.database)
    area = asked_area(store, chosen.gebied)
    steps = from_template(chosen.sjabloon, store, area)
    title = chosen.titel or f"{templates()[chosen.sjabloon]['titel']}: {area.naam}"
    made = control.create(
        settings.database, title, area.codes, area.naam, chosen.sjabloon, steps, chosen.datum
    )
    base = (
        f"{settings.namen[0].removeprefix('*.')}" if settings.namen else f"{settings.host}:{settings.poort}"
    )
    address = f"http{'s' if settings.namen else ''}://{base}/meedoen/{made.code}"
    print(f"Code: {made.code}")
    print(f"Telefoons: {address}")
    print(f"Scherm: {address}/scherm")
    print(f"Begeleider (houd deze link voor uzelf): {address}/regie?sleutel={made.key}")
    return 0


def _listed(chosen: argparse.Namespace, settings: Settings) -> int:
    rows = [
        {
            "code": one.code, "titel": one.about["titel"], "datum": one.about["datum"], "gebied": one.about["naam"],
            "sjabloon": one.about["sjabloon"], "stappen": len(one.steps), "mensen": len(one.people()),
            "afspraken": len(one.agreements()), "stand": "gesloten" if one.is_closed(settings.grenzen) else "open",
        }
        for one in rooms(settings.database)
    ]  # fmt: skip
    print_rows(rows, SESSIONS, _form(chosen))
    return 0


def _agreed(chosen: argparse.Namespace, settings: Settings) -> int:
    if chosen.code:
        found = agreements.of_room(room(settings.database, chosen.code))
    else:
        found = agreements.everywhere(settings.database)
    rows = [
        {
            "sessie": a.code, "wat": a.wat, "wie": a.wie, "met": a.met, "wanneer": a.wanneer, "soort": a.kind_text or "gewoon",
            "randvoorwaarde": a.about, "merkbaar": a.merkbaar, "bevestigd": "ja" if a.bevestigd else "nee", "stand": a.status_text,
        }
        for a in found
    ]  # fmt: skip
    print_rows(rows, AGREED, _form(chosen))
    return 0


def _form(chosen: argparse.Namespace) -> str:
    if chosen.formaat not in ("", "csv", "json"):
        raise Fout("Kies bij --formaat uit csv en json.")
    return chosen.formaat or "csv"


def _report(chosen: argparse.Namespace, settings: Settings) -> int:
    if not chosen.code or not chosen.uit:
        raise Fout("Geef met --code de sessie en met --uit het bestand.")
    kind = chosen.formaat or chosen.uit.suffix.removeprefix(".")
    if kind not in MEDIA:
        raise Fout(f"Kies bij --formaat uit: {', '.join(MEDIA)}.")
    keep_bytes(chosen.uit, make_minutes(settings.database, room(settings.database, chosen.code), kind))
    print(f"Het verslag staat in {chosen.uit}.")
    return 0
