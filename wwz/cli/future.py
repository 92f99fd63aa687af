"""python -m wwz bouwplan and buurtsoort: what is built, and what kind a buurt is, without the screen."""

from __future__ import annotations

import argparse
from pathlib import Path

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.cli.commands import print_rows
from wwz.cli.main import add_command, add_format
from wwz.cli.owncounts import AGAIN, HISTORY, bytes_of, list_entries, target
from wwz.future.kinds import titles
from wwz.own import building, buurtkind
from wwz.store import Store

PLANS = ("toon", "lijst", "voegtoe", "weg", "sjabloon")
KINDS = ("toon", "lijst", "zet", "weg")
SHOWN = ("gebied", "naam", "soort", "gevonden", "opgegeven", "wie", "waarom")


def register(commands) -> None:
    """Add the commands `bouwplan` and `buurtsoort`."""
    plan = add_command(commands, "bouwplan", run=run_plans)
    plan.add_argument("actie", choices=PLANS, metavar="ACTIE", help=", ".join(PLANS))
    plan.add_argument("wat", nargs="?", default="", help="bestand (voegtoe, sjabloon)")
    plan.add_argument("--wie", default="", help="wie de plannen opgeeft")
    plan.add_argument("--bron", default="", help="waar de plannen staan")
    kind = add_command(commands, "buurtsoort", run=run_kinds)
    kind.add_argument("actie", choices=KINDS, metavar="ACTIE", help=", ".join(KINDS))
    kind.add_argument("buurt", nargs="?", default="", help="code van de buurt (zet, weg)")
    kind.add_argument("--soort", choices=tuple(titles()), help="bij zet")
    kind.add_argument("--wie", default="", help="wie dit zegt")
    kind.add_argument("--waarom", default="", help="bij zet: waarom de buurt van deze soort is")
    for command in (plan, kind):
        command.add_argument("--historie", action="store_true", help=HISTORY)
        add_format(command)


def run_plans(chosen: argparse.Namespace, settings: Settings) -> int:
    """Do one action with building plans."""
    if chosen.actie == "lijst":
        list_entries(building.SHELF, chosen, settings)
    elif chosen.actie == "toon":
        rows = [{c: getattr(p, c) for c in building.COLUMNS} for p in building.read(settings.database)]
        print_rows(rows, tuple(building.COLUMNS), chosen.formaat)
    elif chosen.actie == "voegtoe":
        homes = building.homes_now(Store(settings.database))
        rows = building.check(bytes_of(chosen.wat), Path(chosen.wat).name, homes, chosen.wie, chosen.bron)
        building.keep(settings.database, rows)
        print(counted("{n} [bouwplan|bouwplannen] bewaard. {again}", len(rows), again=AGAIN))
    elif chosen.actie == "weg":
        building.remove(settings.database, chosen.wie)
        print(f"De bouwplannen zijn weg. {AGAIN}")
    else:
        text = building.template(Store(settings.database).ask("toekomst_soort", binnen=[]))
        target(chosen.wat, "csv").write_text(text, encoding="utf-8")
        print(f"Sjabloon met alle buurten: {chosen.wat}")
    return 0


def run_kinds(chosen: argparse.Namespace, settings: Settings) -> int:
    """Show the kinds of buurten, or say what kind one is."""
    if chosen.actie == "lijst":
        list_entries(buurtkind.SHELF, chosen, settings)
        return 0
    known = Store(settings.database).ask("toekomst_soort", binnen=[])
    if chosen.actie == "toon":
        rows = known[(known["soort"] != "gewoon") | known["opgegeven"]]
        print_rows(rows[list(SHOWN)].fillna("").to_dict("records"), SHOWN, chosen.formaat)
        return 0
    if chosen.buurt not in set(known["gebied"]):
        raise Fout(f"{chosen.buurt!r} is geen bewoonde buurt in deze gegevens. Geef een code als BU05180101.")
    if chosen.actie == "zet":
        buurtkind.keep(settings.database, chosen.buurt, chosen.soort or "", chosen.waarom, chosen.wie)
        print(f"{chosen.buurt} telt als {titles()[chosen.soort].lower()}. {AGAIN}")
    else:
        buurtkind.remove(settings.database, chosen.buurt, chosen.wie)
        print(f"{chosen.buurt} volgt weer de tekenen. {AGAIN}")
    return 0
