"""python -m wwz gebied …: areas of one's own, proposals for them, and what a woonservicegebied still lacks."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from wwz.ask.area import asked_area, asked_codes
from wwz.ask.ownareas import inhabitants, members
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.cli.commands import print_rows
from wwz.cli.main import AREA_HELP, add_command
from wwz.cli.own import action
from wwz.knowledge import serviceareas
from wwz.own import areas as ownareas
from wwz.own.areas import OwnArea
from wwz.own.areas.kept import keep_all
from wwz.servicearea.price import GOALS, Wishes
from wwz.servicearea.propose import propose
from wwz.store import Store

LISTED = ("code", "versie", "naam", "inwoners", "buurten", "doel", "eigenaar", "wie", "wanneer")
PROPOSED = ("naam", "inwoners", "buurten")


def register(commands) -> None:
    """Add the command `gebied` with its actions."""
    command = add_command(commands, "gebied")
    actions = command.add_subparsers(dest="actie", required=True, metavar="ACTIE")
    lijst = add_command(actions, "lijst", "toon de eigen gebieden, of elke versie ervan", show)
    lijst.add_argument("--historie", action="store_true", help="elke versie, ook van wat weg is")
    _format(lijst)
    for name, text, run in (
        ("nieuw", "maak een eigen gebied van buurten, wijken of andere eigen gebieden", add),
        ("wijzig", "maak een nieuwe versie van een eigen gebied", change),
    ):
        one = action(actions, name, text, run)
        if name == "wijzig":
            one.add_argument("--code", required=True, metavar="CODE", help="zoals EGA000; zie: gebied lijst")
        one.add_argument("--naam", required=name == "nieuw", default="", help="hoe het gebied heet")
        one.add_argument("--gebied", required=name == "nieuw", default="", metavar="CODES", help=AREA_HELP)
        one.add_argument("--doel", default="", help="waar het gebied voor is")
        one.add_argument("--eigenaar", default="", help="van wie het gebied is")
        one.add_argument("--wie", required=True, help="uw naam of organisatie; staat bij de wijziging")
        one.add_argument("--waarom", default="", help="waar het op rust; staat bij de wijziging")
    weg = action(actions, "weg", "haal een eigen gebied weg", remove)
    weg.add_argument("--code", required=True, metavar="CODE", help="zoals EGA000; zie: gebied lijst")
    weg.add_argument("--wie", required=True, help="uw naam of organisatie; staat bij de wijziging")
    voorstel = add_command(actions, "voorstel", "stel gebieden voor van 5.000 tot 10.000 inwoners", suggest)
    voorstel.add_argument("--gebied", required=True, metavar="CODE", help=AREA_HELP)
    for goal in GOALS:
        voorstel.add_argument(
            f"--{goal}", choices=tuple(serviceareas.factors()), default="gewoon",
            help=serviceareas.explanations("doel")[goal],
        )  # fmt: skip
    voorstel.add_argument("--bewaar", action="store_true", help="bewaar het voorstel als eigen gebieden")
    voorstel.add_argument("--wie", default="", help="uw naam of organisatie; nodig bij --bewaar")
    _format(voorstel)


def _format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--formaat", choices=("csv", "json"), default="csv", help="csv (standaard) of json")


def show(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the areas of one's own."""
    database = settings.database
    found = ownareas.kept(database)
    if chosen.historie:
        codes = dict.fromkeys(entry.sleutel[0] for entry in ownareas.SHELF.entries(database))
        found = [version for code in codes for version in ownareas.versions(database, code)]
    people = inhabitants(Store(database)) if found else None
    rows = [_row(one, None if people is None else people.reindex(one.buurten)) for one in found]
    _print(rows, LISTED, chosen.formaat)
    return 0


def _row(one: OwnArea, people: Any) -> dict[str, Any]:
    known = people is not None and people.notna().all()
    return {
        **{name: getattr(one, name) for name in LISTED if name not in ("inwoners", "buurten")},
        "inwoners": int(people.sum()) if known else None,
        "buurten": list(one.buurten),
    }


def _print(rows: list[dict[str, Any]], columns: tuple[str, ...], kind: str) -> None:
    if kind == "csv":
        rows = [{**row, "buurten": ",".join(row["buurten"])} for row in rows]
    print_rows([{name: row[name] for name in columns} for row in rows], columns, kind)


def add(chosen: argparse.Namespace, settings: Settings) -> str:
    """Keep a new area."""
    buurten = members(Store(settings.database), asked_codes(chosen.gebied))
    one = ownareas.keep(
        settings.database, chosen.naam, buurten, chosen.wie,
        doel=chosen.doel, eigenaar=chosen.eigenaar, waarom=chosen.waarom,
    )  # fmt: skip
    return f"Bewaard: {one.naam} is {one.code}, versie {one.versie}."


def change(chosen: argparse.Namespace, settings: Settings) -> str:
    """Keep a new version of an area; what is not given, stays as it was."""
    now = ownareas.find(settings.database, chosen.code)
    if now is None:
        raise Fout(f"Het gebied {chosen.code} is er niet. Zie: python -m wwz gebied lijst")
    given = asked_codes(chosen.gebied)
    one = ownareas.keep(
        settings.database,
        chosen.naam or now.naam,
        members(Store(settings.database), given) if given else now.buurten,
        chosen.wie,
        doel=chosen.doel or now.doel,
        eigenaar=chosen.eigenaar or now.eigenaar,
        code=now.code,
        gezien=now.versie,
        waarom=chosen.waarom,
    )
    return f"Bewaard: {one.naam} is {one.code}, versie {one.versie}."


def remove(chosen: argparse.Namespace, settings: Settings) -> str:
    """Take an area away."""
    ownareas.remove(settings.database, chosen.code, chosen.wie)
    return f"Gebied {chosen.code} is weg."


def suggest(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print a proposal; how far it is from what was meant, is told beside it."""
    store = Store(settings.database)
    area = asked_area(store, chosen.gebied)
    weight = serviceareas.factors()
    found = propose(store, area, Wishes(**{goal: weight[getattr(chosen, goal)] for goal in GOALS}))
    rows = [
        {"naam": one.naam, "inwoners": one.inwoners, "buurten": list(one.buurten)} for one in found.gebieden
    ]
    if chosen.bewaar:
        keep_all(settings.database, [(one.naam, one.buurten) for one in found.gebieden], chosen.wie)
    _print(rows, PROPOSED, chosen.formaat)
    print("\n".join(found.zinnen), file=sys.stderr)
    return 0
