"""python -m wwz: bouwen, controleren, cijfers opvragen en starten."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from wwz.base.errors import Fout, MinderGebieden
from wwz.base.sentence import capital
from wwz.base.settings import Settings, load_settings

USAGE_ERROR = 2
AREA_HELP = "code, of meer codes met een komma voor een eigen gebied; NL of land voor het hele land"
MAY_SHRINK = "ook als er dan veel minder gebieden zijn dan nu"
# Parts of the product that bring commands of their own, and what those do. Each module has register(commands); only
# that of the command that is given is loaded, for the others this line is enough.
MORE_COMMANDS: dict[str, dict[str, str]] = {
    "wwz.cli.export": {"export": "maak een kaart, tabel, presentatie of rapport als bestand"},
    "wwz.cli.fetch": {"haal": "haal echte gegevens op bij CBS, RIVM en PDOK"},
    "wwz.cli.agenda": {"agenda": "toon waaraan in een wijk te werken is, op volgorde"},
    "wwz.cli.model": {
        "ijk": "ijk het schattingsmodel op de landelijke tabellen",
        "valideer": "toon hoe goed het schattingsmodel is",
    },
    "wwz.cli.owncounts": {
        "eigen": "eigen cijfers van de gemeente: toon, naast (de schatting), voegtoe, weg of sjabloon",
        "prognose": "eigen bevolkingsprognose: toon, voegtoe, weg of sjabloon",
    },
    "wwz.cli.future": {
        "bouwplan": "woningen die erbij komen of verdwijnen: toon, voegtoe, weg of sjabloon",
        "buurtsoort": "wat voor soort buurt het is, voor Toekomst: toon, zet of weg",
    },
    "wwz.cli.own": {"opgave": "wat de gemeente weet van een randvoorwaarde"},
    "wwz.cli.health": {
        "gezondheid": "kijk of de database te gebruiken is, of er te bewaren is, en hoe oud alles is; eindigt met 1 als "
        "iets niet klopt"
    },
    "wwz.cli.ownmore": {
        "eis": "hoe nodig een randvoorwaarde is voor een doelgroep",
        "norm": "de grenzen waarmee wordt gerekend",
        "punt": "voorzieningen die de gemeente toevoegt, verplaatst of weghaalt",
        "plan": "plannen: wat als er een voorziening komt of dichtgaat?",
    },
    "wwz.cli.region": {
        "regio": "de regio: wie waar woont, een eerlijk deel, en de cijfers en definities van de gemeenten"
    },
    "wwz.cli.areas": {"gebied": "eigen gebieden: toon, maak, wijzig, haal weg, of laat ze voorstellen"},
    "wwz.cli.sessie": {"sessie": "werksessies: nieuw, lijst, afspraken of verslag"},
    "wwz.cli.safe": {
        "bewaar": "bewaar de database, wat is ingevuld en de instellingen in één bestand",
        "herstel": "zet terug wat met bewaar is gemaakt",
    },
}

Run = Callable[[argparse.Namespace, Settings], int]


class Parser(argparse.ArgumentParser):
    """argparse with Dutch words; a wrong call is one sentence and exit code 2."""

    def error(self, message: str) -> None:
        """Report a wrong call in one Dutch sentence."""
        raise Fout(f"{_dutch_message(message)} Zie: {self.prog} --help.")

    def format_help(self) -> str:
        """The help text with Dutch headings."""
        return (
            super()
            .format_help()
            .replace("usage:", "gebruik:")
            .replace("positional arguments:", "wat:")
            .replace("options:", "opties:")
        )


def _dutch_message(message: str) -> str:
    for english, dutch in (
        ("the following arguments are required: ", "Er ontbreekt iets in de opdracht: "),
        ("unrecognized arguments: ", "Dit hoort niet bij de opdracht: "),
        ("expected one argument", "heeft een waarde nodig"),
        ("expected at least one argument", "heeft een waarde nodig"),
        ("invalid choice: ", "kan niet "),
        ("(choose from ", "(kies uit "),
        ("invalid int value: ", "moet een heel getal zijn, niet "),
        ("ignored explicit argument ", "krijgt geen waarde, ook niet "),
        ("not allowed with argument ", "kan niet samen met "),
        ("argument ", "Bij "),
    ):
        message = message.replace(english, dutch)
    return message.rstrip(".") + "."


def make_parser(given: str | None = None) -> Parser:
    """All commands with their Dutch help texts; with ``given``, of these only that command with its options."""
    parser = Parser(
        prog="python -m wwz",
        description="De WWZ-wijzer: wat ontbreekt om thuis te wonen, voor wie, en hoe zeker is dat.",
        add_help=False,
        allow_abbrev=False,
    )
    _add_help(parser)
    commands = parser.add_subparsers(dest="opdracht", required=True, metavar="OPDRACHT")

    bouw = add_command(commands, "bouw", "lees bestanden en maak de database")
    source = bouw.add_mutually_exclusive_group()
    source.add_argument(
        "--invoer",
        action="append",
        default=[],
        metavar="MAP",
        help="map met bestanden; mag vaker (standaard: config.toml, anders de voorbeeldregio)",
    )
    source.add_argument(
        "--opnieuw",
        action="store_true",
        help="uit dezelfde mappen als de vorige keer, bijvoorbeeld na een nieuwe versie van de WWZ-wijzer",
    )
    bouw.add_argument("--mag-kleiner", action="store_true", help=MAY_SHRINK)
    bouw.add_argument(
        "--volledig",
        action="store_true",
        help="lees alle bestanden opnieuw, ook als er sinds de vorige keer niets aan veranderd is",
    )
    add_command(commands, "controle", "controleer de tabellen; eindigt met 1 als iets niet klopt")
    indicatoren = add_command(commands, "indicatoren", "toon de catalogus")
    add_format(indicatoren)
    gebieden = add_command(commands, "gebieden", "toon de codes van alle gebieden")
    gebieden.add_argument(
        "--niveau", choices=("gemeente", "wijk", "buurt", "eigen", "land"), help="alleen dit niveau"
    )
    add_format(gebieden)
    tabel = add_command(commands, "tabel", "toon de cijfers van een gebied")
    tabel.add_argument(
        "wat", metavar="THEMA_OF_INDICATOR", help="code van een thema of indicator; zie: indicatoren"
    )
    tabel.add_argument(
        "--gebied",
        required=True,
        metavar="CODE",
        help=AREA_HELP,
    )
    tabel.add_argument(
        "--niveau",
        choices=("buurt", "wijk", "gemeente", "land", "eigen", "gebied"),
        default="gebied",
        help="niveau van de rijen; 'gebied' geeft het gebied als geheel (standaard)",
    )
    tabel.add_argument(
        "--jaar", type=int, default=0, help="jaar van de cijfers (standaard: het nieuwste complete jaar)"
    )
    add_format(tabel)
    start = add_command(commands, "start", "start het dashboard")
    start.add_argument("--host", help="adres om op te luisteren (ook: HOST)")
    start.add_argument("--poort", type=int, help="poort (ook: PORT)")
    start.add_argument(
        "--bouw-zo-nodig",
        action="store_true",
        help="bouw eerst als er nog geen database is, een andere versie hem maakte of config.toml nieuwer is",
    )
    for module, names in MORE_COMMANDS.items():
        if given is None or given in names:
            import_module(module).register(commands)
        else:
            for name, text in names.items():
                commands.add_parser(name, help=text)
    return parser


def add_command(commands, name: str, text: str = "", run: Run | None = None) -> Parser:
    """A command with --help and --database; `run(chosen, settings)` gives the exit code. MORE_COMMANDS may have its text."""
    text = text or next(names[name] for names in MORE_COMMANDS.values() if name in names)
    command = commands.add_parser(
        name, help=text, description=f"{capital(text)}.", add_help=False, allow_abbrev=False
    )
    _add_help(command)
    command.set_defaults(uitvoeren=run)
    command.add_argument(
        "--database", type=Path, metavar="BESTAND", help="de database (standaard: config.toml)"
    )
    return command


@contextmanager
def asking_how(option: str) -> Iterator[None]:
    """Name the option that lets a build leave far fewer areas."""
    try:
        yield
    except MinderGebieden as fewer:
        raise MinderGebieden(*fewer.zinnen, f"Klopt het? Geef dan {option} mee.") from fewer


def _add_help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help="toon deze uitleg")


def add_format(parser: argparse.ArgumentParser) -> None:
    """In which form rows are printed."""
    parser.add_argument("--formaat", choices=("csv", "json"), default="csv", help="csv (standaard) of json")


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Returns
    -------
    int
        0 when it went well, 1 when a check failed, 2 when the call or the input was wrong.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        chosen = make_parser(arguments[0] if arguments else "").parse_args(arguments)
        settings = load_settings()
        run = chosen.uitvoeren or getattr(import_module("wwz.cli.commands"), chosen.opdracht)
        return run(chosen, _with_database(settings, chosen.database))
    except Fout as fout:
        print("\n".join(fout.zinnen), file=sys.stderr)
        return USAGE_ERROR
    except BrokenPipeError:
        return 0


def _with_database(settings: Settings, database: Path | None) -> Settings:
    from dataclasses import replace

    return replace(settings, database=database) if database else settings
