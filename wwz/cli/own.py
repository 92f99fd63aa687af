"""python -m wwz opgave …: what the municipality adds, set and listed without the screen."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.cli.commands import print_rows
from wwz.cli.main import Parser, add_command, add_format
from wwz.own import given
from wwz.own.ledger import Entry, Kind, Ledger, Shelf
from wwz.store import Store

Run = Callable[[argparse.Namespace, Settings], str]
OF_ENTRY = ("wie", "waarom", "wanneer")


def register(commands) -> None:
    """Add the commands."""
    opgave = family(commands, "opgave", given.SHELF)
    zet = action(opgave, "zet", "geef op of een gebied een randvoorwaarde heeft", set_given)
    zet.add_argument("--gebied", required=True, metavar="CODE", help="gemeente, wijk, buurt of eigen gebied")
    zet.add_argument("--randvoorwaarde", required=True, metavar="CODE", help="zoals respijtzorg")
    zet.add_argument("--status", required=True, choices=given.STATUSES, help=", ".join(given.STATUSES))
    zet.add_argument(
        "--aandeel", default="", metavar="PROCENT", help="deel van de mensen dat het mist, in procenten"
    )
    who(zet)
    lees = action(opgave, "lees", "lees opgaven uit een bestand (csv of xlsx)", read_given)
    lees.add_argument("bestand", type=Path)
    lees.add_argument("--wie", required=True, help="wie dit opgeeft")


def family(commands, name: str, shelf: Shelf) -> argparse._SubParsersAction:
    """A command with actions of its own, of which `lijst` is there already."""
    command = add_command(commands, name)
    actions = command.add_subparsers(dest="actie", required=True, metavar="ACTIE")
    add_list(actions, shelf)
    return actions


def add_list(actions, shelf: Shelf) -> None:
    """The action that lists what holds, or every change."""

    def show(chosen: argparse.Namespace, settings: Settings) -> int:
        rows, columns = listing(shelf.book(settings.database), shelf.kind, history=chosen.historie)
        print_rows(rows, columns, chosen.formaat)
        return 0

    lijst = add_command(actions, "lijst", "toon wat er nu geldt, of alles wat er ooit is opgeschreven", show)
    lijst.add_argument("--historie", action="store_true", help="elke wijziging, de oudste eerst")
    add_format(lijst)


def action(actions, name: str, text: str, run: Run) -> Parser:
    """An action of a family; `run` does it and says what was done."""

    def perform(chosen: argparse.Namespace, settings: Settings) -> int:
        print(run(chosen, settings))
        return 0

    return add_command(actions, name, text, perform)


def by(parser: argparse.ArgumentParser) -> None:
    """Who does it."""
    parser.add_argument("--wie", required=True, help="uw naam of organisatie; staat bij de wijziging")


def who(parser: argparse.ArgumentParser) -> None:
    """Who does it, and on what grounds."""
    by(parser)
    parser.add_argument("--waarom", required=True, help="waar het op rust; staat bij de wijziging")


def listing(book: Ledger, kind: Kind, *, history: bool) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """What holds now, or every entry, as rows with their columns; of what is secret only who, when and why.

    Of an entry: `nummer`, `versie`, `geboekt` (when) and `door` (by whom); in a history `was` is what it was before.
    """
    entries = book.history(kind) if history else book.state(kind)
    fields = () if kind.geheim else tuple(kind.velden)
    own = tuple(name for name in OF_ENTRY if name not in fields)
    columns = (
        *kind.sleutel,
        *fields,
        *own,
        "nummer",
        "versie",
        "geboekt",
        "door",
        *(("was",) if history else ()),
    )
    return [{name: _row(entry, kind)[name] for name in columns} for entry in entries], columns


def _row(entry: Entry, kind: Kind) -> dict[str, Any]:
    became = entry.werd or {}
    return {
        **{name: getattr(entry, name) for name in (*OF_ENTRY, "nummer", "versie")},
        "geboekt": entry.wanneer,
        "door": entry.wie,
        "was": in_short(entry.was),
        **{name: became.get(name) for name in kind.velden},
        **dict(zip(kind.sleutel, entry.sleutel, strict=True)),
    }


def in_short(content: dict[str, Any] | None) -> str:
    """Content on one line: status: deels; procent: 12.5."""
    return "; ".join(f"{name}: {value}" for name, value in (content or {}).items() if value not in (None, ""))


def areas_of(settings: Settings) -> Sequence[str] | None:
    """The codes of the areas there are; None when there is no database yet."""
    if not settings.database.exists():
        return None
    return list(Store(settings.database).areas()["code"])


def set_given(chosen: argparse.Namespace, settings: Settings) -> str:
    """Write one statement down."""
    statement = given.checked(
        chosen.gebied, chosen.randvoorwaarde, chosen.status, chosen.aandeel, chosen.wie, chosen.waarom
    )
    known = areas_of(settings)
    if known is not None and statement.gebied not in known:
        raise Fout(f"Het gebied {statement.gebied} zit niet in deze gegevens. Zie: python -m wwz gebieden")
    given.add(settings.database, [statement])
    return f"Bewaard: {statement.randvoorwaarde} in {statement.gebied} is {statement.status}."


def read_given(chosen: argparse.Namespace, settings: Settings) -> str:
    """Write the statements of a file down: all of them, or none."""
    try:
        content = chosen.bestand.read_bytes()
    except OSError as error:
        raise Fout(f"{chosen.bestand} is niet te lezen. Controleer de naam van het bestand.") from error
    statements = given.parse(content, chosen.bestand.name, areas_of(settings), chosen.wie)
    given.add(settings.database, statements, wie=chosen.wie)
    return counted("{n} [opgave|opgaven] bewaard.", len(statements))
