"""python -m wwz agenda: the wijkagenda as rows."""

from __future__ import annotations

import argparse
import sys

from wwz.agenda import rows as agenda
from wwz.agenda.differences import COLUMNS as COMPARED
from wwz.agenda.differences import differences
from wwz.agenda.flat import COLUMNS, agenda_rows
from wwz.ask.area import asked_area
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.cli.commands import print_rows
from wwz.cli.main import AREA_HELP, add_command, add_format
from wwz.store import Store

MEANING = (
    "bekend, aanname, begrensd: in zo veel wijken. gescheiden_procent: bij welk deel van de paren wijken de marges los liggen. "
    "rangcorrelatie: hoe gelijk de volgorde van twee wijken is (1 is gelijk); naar_mensen: hetzelfde naar aantal mensen alleen; "
    "halven: van twee helften van één wijk. Zijn halven gelijker dan wijken, dan verschillen wijken meer dan door toeval."
)


def register(commands) -> None:
    """Add the command `agenda`."""
    command = add_command(commands, "agenda", run=run)
    command.add_argument(
        "--gebied",
        required=True,
        metavar="CODE",
        help=AREA_HELP,
    )
    command.add_argument(
        "--vergelijk", action="store_true",
        help="toon hoe ver de wijken verschillen: hoe gelijk hun volgorde is, en bij hoeveel paren de marges los liggen",
    )  # fmt: skip
    add_format(command)


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the agenda of an area."""
    store = Store(settings.database)
    area = asked_area(store, chosen.gebied)
    if chosen.vergelijk:
        # Beside the rows, so that a file of them holds nothing else.
        print(MEANING, file=sys.stderr)
        rows = [{name: row[name] for name in COMPARED} for row in differences(store, area)]
        print_rows(rows, COMPARED, chosen.formaat)
        return 0
    found = agenda.of_area(store, area)
    if not found.has_groups:
        raise Fout(
            f"{found.headline}: in de database staan geen doelgroepen. Bouw hem met cijfers over leeftijd en gezondheid."
        )
    print_rows(agenda_rows(found, area), COLUMNS, chosen.formaat)
    return 0
