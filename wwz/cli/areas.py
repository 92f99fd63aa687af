"""python -m wwz gebied …: areas of one's own, proposals for them, and what a woonservicegebied still lacks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wwz.ask.area import asked_area, asked_codes
from wwz.ask.ownareas import inhabitants, members
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.cli import areasaid
from wwz.cli.commands import print_rows
from wwz.cli.main import AREA_HELP, add_command, add_format
from wwz.cli.output import check_place, write_file, write_rows
from wwz.cli.own import action, by, who
from wwz.knowledge import serviceareas
from wwz.own import areas as ownareas
from wwz.own.areas import OwnArea
from wwz.own.areas import said as ownsaid
from wwz.own.areas.kept import keep_all
from wwz.servicearea.effects import arena
from wwz.servicearea.price import GOALS, Wishes
from wwz.servicearea.propose import propose
from wwz.servicearea.score import area_key, headline, score
from wwz.store import Store

LISTED = ("code", "versie", "naam", "inwoners", "buurten", "doel", "eigenaar", "wie", "wanneer")
SCORED = ("onderdeel", "groep", "titel", "status", "soort", "tekst")
AIMED = ("effect", "titel", "mensen", "maatregelen", "baat")
PROPOSED = ("naam", "inwoners", "buurten")


def register(commands) -> None:
    """Add the command `gebied` with its actions."""
    command = add_command(commands, "gebied")
    actions = command.add_subparsers(dest="actie", required=True, metavar="ACTIE")
    lijst = add_command(actions, "lijst", "toon de eigen gebieden, of elke versie ervan", show)
    lijst.add_argument("--historie", action="store_true", help="elke versie, ook van wat weg is")
    add_format(lijst)
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
        by(one)
        one.add_argument("--waarom", default="", help="waar het op rust; staat bij de wijziging")
    weg = action(actions, "weg", "haal een eigen gebied weg", remove)
    weg.add_argument("--code", required=True, metavar="CODE", help="zoals EGA000; zie: gebied lijst")
    by(weg)
    voorstel = add_command(actions, "voorstel", "stel gebieden voor van 5.000 tot 10.000 inwoners", suggest)
    voorstel.add_argument("--gebied", required=True, metavar="CODE", help=AREA_HELP)
    for goal in GOALS:
        voorstel.add_argument(
            f"--{goal}", choices=tuple(serviceareas.factors()), default="gewoon",
            help=serviceareas.explanations("doel")[goal],
        )  # fmt: skip
    voorstel.add_argument("--bewaar", action="store_true", help="bewaar het voorstel als eigen gebieden")
    voorstel.add_argument("--wie", default="", help="uw naam of organisatie; nodig bij --bewaar")
    add_format(voorstel)
    for name, text, run in (
        ("score", "toon wat een gebied van een woonservicegebied heeft en mist", tell_score),
        ("arena", "toon de effectenarena van een gebied: maatregelen, effecten, wie betaalt en wie er baat bij heeft", tell_arena),
    ):  # fmt: skip
        one = add_command(actions, name, text, run)
        one.add_argument("--gebied", required=True, metavar="CODE", help="code van één gebied, zoals EGA000")
        one.add_argument(
            "--formaat", choices=("csv", "json", "pdf"), default="csv", help="csv (standaard), json of pdf"
        )
        one.add_argument(
            "--uit",
            type=Path,
            metavar="BESTAND",
            help="schrijf in dit bestand, in plaats van op het scherm; nodig bij pdf",
        )
    zeg = action(actions, "zeg", "geef op of een onderdeel er is", say)
    zeg.add_argument("--gebied", required=True, metavar="CODE", help="code van één gebied, zoals EGA000")
    zeg.add_argument(
        "--onderdeel", required=True, metavar="CODE", help="zoals wijkzorgteam; zie: gebied score"
    )
    zeg.add_argument(
        "--status", required=True, choices=serviceareas.STATUSES, help=", ".join(serviceareas.STATUSES)
    )
    who(zeg)
    areasaid.register(actions)


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


def tell_score(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print or write the score of an area."""
    _check_place(chosen)
    store = Store(settings.database)
    area = asked_area(store, chosen.gebied)
    found = score(store, area)

    def pdf() -> bytes:
        from wwz.export.servicearea import make_score_pdf

        return make_score_pdf(area, found)

    rows = [
        {
            "onderdeel": one.onderdeel.code, "groep": one.onderdeel.groep, "titel": one.onderdeel.titel,
            "status": one.status, "soort": one.soort, "tekst": one.tekst,
        }
        for one in found
    ]  # fmt: skip
    return _tell(chosen, rows, SCORED, headline(area, found), pdf)


def tell_arena(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print or write the effectenarena of an area."""
    _check_place(chosen)
    store = Store(settings.database)
    area = asked_area(store, chosen.gebied)
    found = arena(store, area)

    def pdf() -> bytes:
        from wwz.export.servicearea import make_arena_pdf

        return make_arena_pdf(area, found)

    rows = [
        {
            "effect": one.code, "titel": one.titel, "mensen": one.mensen,
            "maatregelen": "; ".join(one.maatregelen), "baat": ", ".join(one.baat),
        }
        for one in found.effecten
    ]  # fmt: skip
    return _tell(chosen, rows, AIMED, found.kop, pdf)


def _check_place(chosen: argparse.Namespace) -> None:
    if chosen.formaat == "pdf" and chosen.uit is None:
        raise Fout("Geef met --uit het bestand dat wordt gemaakt.")
    if chosen.uit is not None:
        check_place(chosen.uit)


def _tell(
    chosen: argparse.Namespace,
    rows: list[dict[str, Any]],
    columns: tuple[str, ...],
    headline: str,
    pdf: Callable[[], bytes],
) -> int:
    """The rows with their headline beside them, or both on paper."""
    if chosen.formaat == "pdf":
        write_file(chosen.uit, pdf())
        return 0
    write_rows(rows, columns, chosen)
    print(headline, file=sys.stderr)
    return 0


def say(chosen: argparse.Namespace, settings: Settings) -> str:
    """Write down what somebody knows of one onderdeel."""
    area = asked_area(Store(settings.database), chosen.gebied)
    said = [(chosen.onderdeel, chosen.status, chosen.waarom)]
    ownsaid.say(settings.database, area_key(area), said, chosen.wie)
    return f"Bewaard: {chosen.onderdeel} in {area.naam} is {chosen.status}."
