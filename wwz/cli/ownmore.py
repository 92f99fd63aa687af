"""python -m wwz eis, norm, punt and plan: the same pattern as for opgaven."""

from __future__ import annotations

import argparse

import pandas as pd

from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.cli.own import action, by, family, who
from wwz.own import plans, points
from wwz.own.eisen import matrix, norms
from wwz.own.eisen.history import History


def register(commands) -> None:
    """Add the commands."""
    eis = family(commands, "eis", matrix.SHELF)
    zet = action(eis, "zet", "wijzig een eis", set_eis)
    for name in matrix.KEYS:
        zet.add_argument(f"--{name}", required=True, metavar="CODE")
    zet.add_argument("--graad", required=True, metavar="CODE", help="N, W, F of nvt (niet van toepassing)")
    who(zet)
    _back(eis, matrix.history)
    norm = family(commands, "norm", norms.SHELF)
    zet = action(norm, "zet", "wijzig een norm", set_norm)
    zet.add_argument("--norm", required=True, metavar="CODE", help="zoals winkels-1000")
    zet.add_argument("--waarde", required=True, metavar="GETAL")
    who(zet)
    _back(norm, norms.history)
    punt = family(commands, "punt", points.SHELF)
    zet = action(punt, "zet", "voeg een punt toe, verplaats het, haal het weg of draai dat terug", set_point)
    zet.add_argument("--actie", required=True, choices=points.ACTIONS, help=", ".join(points.ACTIONS))
    zet.add_argument("--id", default="", metavar="KENMERK", help="van een punt dat er is")
    zet.add_argument("--soort", required=True, metavar="CODE", help="zoals supermarkt")
    zet.add_argument("--naam", default="")
    zet.add_argument("--lat", default="", metavar="GRADEN")
    zet.add_argument("--lon", default="", metavar="GRADEN")
    who(zet)
    plan = family(commands, "plan", plans.SHELF)
    zet = action(plan, "zet", "bewaar een plan", set_plan)
    zet.add_argument("--naam", required=True)
    zet.add_argument("--gebied", required=True, metavar="CODE", help="code, of meer codes met een komma")
    zet.add_argument("--plan", required=True, help="zoals in een link: erbij:supermarkt:52.07:4.30,dicht:…")
    by(zet)
    weg = action(plan, "weg", "haal een plan weg", remove_plan)
    weg.add_argument("--id", required=True, metavar="KENMERK", help="zie: plan lijst")
    by(weg)


def _back(actions, history) -> None:
    def put_back(chosen: argparse.Namespace, settings: Settings) -> str:
        found: History = history(settings.database)
        if not 0 <= chosen.versie < len(found.versions()):
            raise Fout(
                f"Versie {chosen.versie} is er niet, of is die van nu. Kies een eerdere; 0 is zoals geleverd."
            )
        return f"Teruggezet, als versie {found.back_to(chosen.versie, chosen.wie)}."

    terug = action(actions, "terug", "zet een eerdere versie terug", put_back)
    terug.add_argument("--versie", required=True, type=int, help="nummer van de versie; 0 is zoals geleverd")
    by(terug)


def set_eis(chosen: argparse.Namespace, settings: Settings) -> str:
    """Change one eis."""
    degree = "-" if chosen.graad.lower() in ("nvt", "n.v.t.") else chosen.graad
    row = {**{name: getattr(chosen, name) for name in matrix.KEYS}, "graad": degree}
    if wrong := matrix.mistakes([("De eis", row)]):
        raise Fout(*wrong)
    rows = matrix.changes(settings.database, pd.DataFrame([row]))
    number = matrix.history(settings.database).add(rows, chosen.wie, chosen.waarom)
    return f"Bewaard als versie {number} van de eisen."


def set_norm(chosen: argparse.Namespace, settings: Settings) -> str:
    """Change one norm."""
    if wrong := norms.mistakes(settings.database, [("De norm", chosen.norm, chosen.waarde)]):
        raise Fout(*wrong)
    rows = norms.changes(settings.database, {chosen.norm: norms.read_number(chosen.waarde) or 0.0})
    number = norms.history(settings.database).add(rows, chosen.wie, chosen.waarom)
    return f"Bewaard als versie {number} van de normen."


def set_point(chosen: argparse.Namespace, settings: Settings) -> str:
    """Change one point."""
    id = chosen.id or (points.new_id() if chosen.actie == points.ADDED else "")
    change = points.checked(
        id, chosen.actie, chosen.soort, chosen.naam, chosen.lat, chosen.lon, chosen.wie, chosen.waarom
    )
    points.add(settings.database, [change])
    return f"Bewaard: punt {change.id} is {change.actie}."


def set_plan(chosen: argparse.Namespace, settings: Settings) -> str:
    """Keep a plan."""
    changes = plans.from_text(chosen.plan, points.kinds())
    if len(changes) != len([part for part in chosen.plan.split(",") if part.strip()]):
        raise Fout(
            "In --plan staat een wijziging die niet te lezen is. Schrijf het zo: erbij:supermarkt:52.07:4.30"
        )
    plan = plans.keep(settings.database, chosen.naam, chosen.wie, chosen.gebied.split(","), changes)
    return f"Bewaard: plan {plan.id}."


def remove_plan(chosen: argparse.Namespace, settings: Settings) -> str:
    """Take a plan away."""
    if plans.find(settings.database, chosen.id) is None:
        raise Fout(f"Het plan {chosen.id} is er niet. Zie: python -m wwz plan lijst")
    plans.remove(settings.database, chosen.id, chosen.wie)
    return f"Plan {chosen.id} is weg."
