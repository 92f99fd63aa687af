"""python -m wwz regio taakstelling: what the law asks of each gemeente of a region, and giving the number of the region."""

from __future__ import annotations

import argparse

from wwz.base.errors import Fout
from wwz.cli.commands import print_rows
from wwz.knowledge.regions import groepen
from wwz.region import task
from wwz.region.places import Regio

COLUMNS = ("gemeente", "naam", "aantal", "soort")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be given besides the region and how it is printed."""
    lawful = [code for code in groepen() if task.by_law(code)]
    parser.add_argument("--groep", choices=lawful, default=lawful[0], help=f"de groep: {', '.join(lawful)}")
    parser.add_argument(
        "--periode", default="", help="het halfjaar van een nieuwe taakstelling, zoals 2026-1"
    )
    parser.add_argument("--aantal", type=int, default=0, help="de taakstelling van de hele regio, in mensen")
    parser.add_argument("--bron", default="", help="waar de taakstelling staat")
    parser.add_argument("--wie", default="", help="uw naam of organisatie; nodig als u iets bewaart")


def show(chosen: argparse.Namespace, regio: Regio) -> int:
    """Print the shares; keep a new number first when one is given."""
    if chosen.periode or chosen.aantal:
        task.keep(regio, chosen.groep, chosen.periode, chosen.aantal, chosen.bron, chosen.wie)
    given = task.latest(regio, chosen.groep)
    if given is None:
        raise Fout(
            f"{regio.naam} heeft nog geen taakstelling. Geef haar op met --periode, --aantal, --bron en --wie."
        )
    print_rows(task.shares(regio, given), COLUMNS, chosen.formaat)
    return 0
