"""python -m wwz export: the files of the screen, from the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from wwz.ask.area import asked_codes, find_area, whole
from wwz.ask.view import LEVELS, MEASURES, View, from_query
from wwz.base.errors import Fout
from wwz.base.paths import ROOT
from wwz.base.settings import Settings
from wwz.cli.main import AREA_HELP, add_command
from wwz.cli.output import check_place, write_file
from wwz.export.formats import AGENDAS, FORMATS, PAPERS, Paper, make_file
from wwz.export.logo import read_logo
from wwz.export.series import make_series
from wwz.store import Store

# What the other screens show is not in a file.
WITH_FILE = ("kaart", "wijkagenda", "wijkprofiel", "exporteren")
SCREENS = frozenset(path.stem for path in (ROOT / "pages").glob("*.py"))


def register(commands) -> None:
    """Add the command to the others."""
    command = add_command(commands, "export", run=run)
    command.add_argument("--gebied", metavar="CODE", help=AREA_HELP)
    command.add_argument("--laag", metavar="INDICATOR", help="code van een indicator; zie: indicatoren")
    command.add_argument(
        "--link", metavar="LINK", help="de link van een scherm, in plaats van gebied en laag"
    )
    command.add_argument("--niveau", choices=LEVELS, help="niveau van de gebieden (standaard: buurt)")
    command.add_argument("--maat", choices=MEASURES, help="aandeel (standaard) of aantal")
    command.add_argument("--jaar", type=int, help="jaar (standaard: het nieuwste complete jaar)")
    command.add_argument("--formaat", required=True, choices=list(FORMATS), help="soort bestand")
    command.add_argument(
        "--uit", required=True, type=Path, metavar="BESTAND", help="het bestand dat wordt gemaakt"
    )
    command.add_argument(
        "--formaat-papier", choices=PAPERS, default="A4", help="papier van een kaart (standaard: A4)"
    )
    command.add_argument("--liggend", action="store_true", help="papier liggend in plaats van staand")
    command.add_argument("--per-wijk", action="store_true", help="een zip met een bestand voor elke wijk")


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Write the file; everything is made before anything is written."""
    check_place(chosen.uit)
    store = Store(settings.database)
    view = _view(chosen)
    paper = Paper(chosen.formaat_papier, chosen.liggend, read_logo(settings.logo))
    if chosen.jaar:
        _check_year(store, view)
    if chosen.per_wijk:
        area = find_area(store, view.gebied) if view.gebied else whole(store)
        content = make_series(store, view, area, chosen.formaat, paper, view.laag, _say)
    else:
        content = make_file(store, view, chosen.formaat, paper)
    write_file(chosen.uit, content)
    return 0


def _view(chosen: argparse.Namespace) -> View:
    """What a link shows, or what the options say; an option wins from the link."""
    if not chosen.link and not (chosen.gebied and (chosen.laag or chosen.formaat in AGENDAS)):
        raise Fout(
            "Geef --gebied en --laag, of --link met de link van een scherm. Een wijkagenda heeft geen laag nodig."
        )
    query = _query(chosen.link) if chosen.link else {}
    asked = {name: getattr(chosen, name) for name in ("laag", "niveau", "maat", "jaar")}
    if chosen.gebied:
        asked["gebied"] = asked_codes(chosen.gebied)
        # The area that was open in the link lies in another area than the one asked for.
        query.pop("gekozen", None)
    return from_query(query).changed(**{name: value for name, value in asked.items() if value})


def _query(link: str) -> dict[str, str]:
    """What a link of a screen with a file of its own asks; the path may begin with the path of the server."""
    parts = urlsplit(link)
    screen = parts.path.rstrip("/").rsplit("/", 1)[-1]
    of_map = (parts.netloc or parts.query) and parts.path[-1:] in ("", "/") and screen not in SCREENS
    if screen not in WITH_FILE and not of_map:
        raise Fout(
            "Van dit scherm kan geen bestand worden gemaakt. Neem de link van de Kaart of de Wijkagenda."
        )
    return dict(parse_qsl(parts.query))


def _check_year(store: Store, view: View) -> None:
    """A file that silently has another year than was asked for would be quoted with the wrong year."""
    rows = store.ask("indicatoren").set_index("code")
    years = sorted(map(int, rows.loc[view.laag, "jaren"])) if view.laag in rows.index else []
    if years and view.jaar not in years:
        raise Fout(
            f"Van {view.laag} is er geen {view.jaar}. Kies een jaar uit: {', '.join(map(str, years))}."
        )


def _say(number: int, total: int, naam: str) -> None:
    print(f"{number}/{total} {naam}", flush=True)
