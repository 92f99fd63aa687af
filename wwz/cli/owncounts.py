"""python -m wwz eigen and prognose: own counts and an own forecast, without the screen."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

import pandas as pd

from wwz.ask import owncounts as owncountscompare
from wwz.ask.area import asked_area
from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.cli.commands import print_rows
from wwz.cli.main import AREA_HELP, add_command, add_format
from wwz.cli.own import listing
from wwz.own import counts as owncounts
from wwz.own import forecast as ownforecast
from wwz.own.countscheck import check
from wwz.own.countsread import lines_of, template
from wwz.own.ledger import Shelf
from wwz.store import Store

ACTIONS = ("toon", "lijst", "naast", "voegtoe", "weg", "sjabloon")
FORECAST = ("toon", "lijst", "voegtoe", "weg", "sjabloon")
SHOWN = ("onderwerp", "gebruik", "doel", "gebied", "aantal", "jaar", "bron", "wie", "wanneer", "soort")
BESIDE = (
    "onderwerp",
    "gebied",
    "naam",
    "aantal_tekst",
    "schatting_tekst",
    "marge_tekst",
    "verschil_tekst",
    "oordeel",
)
HISTORY = "bij lijst: elke wijziging, de oudste eerst"
AGAIN = "Bouw opnieuw om ze mee te laten tellen: python -m wwz bouw"


def register(commands) -> None:
    """Add the commands `eigen` and `prognose`."""
    own = add_command(commands, "eigen", run=run)
    own.add_argument("actie", choices=ACTIONS, metavar="ACTIE", help=", ".join(ACTIONS))
    own.add_argument("wat", nargs="?", default="", help="bestand (voegtoe, sjabloon) of onderwerp (weg)")
    own.add_argument("--wie", default="", help="wie de cijfers opgeeft (bij voegtoe)")
    own.add_argument("--bron", default="", help="uit welke registratie (bij voegtoe)")
    own.add_argument(
        "--gebruik",
        choices=tuple(owncounts.USES),
        help="wat elk onderwerp doet (standaard: een bekend onderwerp vervangt)",
    )
    own.add_argument("--doel", default="", metavar="INDICATOR", help="welke schatting (zie: indicatoren)")
    own.add_argument(
        "--gebied",
        default="",
        metavar="CODE",
        help=f"bij sjabloon: {AREA_HELP} (standaard: alles)",
    )
    own.add_argument(
        "--niveau", choices=("buurt", "wijk"), default="wijk", help="bij sjabloon (standaard: wijk)"
    )
    add_format(own)
    own.add_argument("--historie", action="store_true", help=HISTORY)
    ahead = add_command(commands, "prognose", run=run_forecast)
    ahead.add_argument("actie", choices=FORECAST, metavar="ACTIE", help=", ".join(FORECAST))
    ahead.add_argument("wat", nargs="?", default="", help="bestand (voegtoe, sjabloon)")
    ahead.add_argument("--wie", default="", help="wie de prognose opgeeft")
    ahead.add_argument("--bron", default="", help="welke prognose het is")
    ahead.add_argument("--historie", action="store_true", help=HISTORY)
    add_format(ahead)


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Do one action with own counts."""
    if chosen.actie == "lijst":
        list_entries(owncounts.SHELF, chosen, settings)
    elif chosen.actie == "toon":
        _show(settings, chosen.formaat)
    elif chosen.actie == "naast":
        found = owncountscompare.comparisons(Store(settings.database))
        rows = [{"onderwerp": c.onderwerp, **row} for c in found for row in c.rows.to_dict("records")]
        print_rows([{name: row[name] for name in BESIDE} for row in rows], BESIDE, chosen.formaat)
    elif chosen.actie == "voegtoe":
        store, name = Store(settings.database), Path(chosen.wat).name
        checked = check(store, lines_of(bytes_of(chosen.wat), name), name)
        uses = {subject: _use(checked.default_use(subject), chosen) for subject in checked.subjects}
        owncounts.add(settings.database, checked.counts(uses, chosen.wie, chosen.bron))
        print(counted("{n} [aantal|aantallen] bewaard. {again}", len(checked.rows), again=AGAIN))
    elif chosen.actie == "weg":
        gone = owncounts.remove(settings.database, chosen.wat, chosen.wie)
        print(counted("{n} [aantal|aantallen] weggehaald. {again}", gone, again=AGAIN))
    else:
        rows = _to_fill_in(Store(settings.database), chosen.niveau, chosen.gebied)
        target(chosen.wat, "xlsx").write_bytes(template(rows, [chosen.doel or "Wmo-cliënten"], date.today()))
        print(counted("Sjabloon met {n} [gebied|gebieden]: {naam}", len(rows), naam=chosen.wat))
    return 0


def _to_fill_in(store: Store, niveau: str, gebied: str) -> pd.DataFrame:
    """The buurten or wijken of a template: all of them, or those in what --gebied names."""
    areas = store.areas()
    if gebied:
        inside = areas["code"].isin(asked_area(store, gebied).buurten)
        areas = areas[inside | areas["code"].isin(areas.loc[inside, "wijk"])]
    return areas[areas["niveau"] == niveau]


def _show(settings: Settings, kind: str) -> None:
    """What may be seen: a protected count stays out, here too."""
    frame = Store(settings.database).ask("eigen")
    rows = [
        {
            "onderwerp": r["onderwerp"], "gebruik": r["gebruik"], "doel": r["doel"], "gebied": r["gebied"],
            "aantal": None if r["verborgen"] else int(r["aantal"]), "jaar": int(r["jaar"]), "bron": r["bronregel"], "wie": None, "wanneer": None,
            "soort": "niet getoond" if r["verborgen"] else "opgegeven",
        }
        for r in frame.to_dict("records")
    ]  # fmt: skip
    columns = tuple(c for c in SHOWN if c not in ("wie", "wanneer"))
    print_rows([{c: row[c] for c in columns} for row in rows], columns, kind)


def list_entries(shelf: Shelf, chosen: argparse.Namespace, settings: Settings) -> None:
    """Print what stands in the ledger of one kind: as it holds, or every change."""
    rows, columns = listing(shelf.book(settings.database), shelf.kind, history=chosen.historie)
    print_rows(rows, columns, chosen.formaat)


def _use(default: tuple[str, str], chosen: argparse.Namespace) -> tuple[str, str]:
    use = chosen.gebruik or ("vervangt" if chosen.doel else default[0])
    return use, chosen.doel or default[1]


def bytes_of(name: str) -> bytes:
    """The content of a file that was named on the command line.

    Raises
    ------
    Fout
        When none was named, or it cannot be read.
    """
    if not name:
        raise Fout(
            "Geef het bestand op. Bijvoorbeeld: python -m wwz eigen voegtoe cijfers.csv --wie Wijkteam"
        )
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Fout(f"{name} is niet te lezen. Controleer de naam van het bestand.") from error


def target(name: str, ending: str) -> Path:
    """Where a file is to be written.

    Raises
    ------
    Fout
        When none was named, it has another ending, or its folder is not there.
    """
    if not name:
        raise Fout(f"Geef een naam voor het sjabloon op, zoals sjabloon.{ending}.")
    if Path(name).suffix.lower() != f".{ending}":
        raise Fout(
            f"{name} eindigt niet op .{ending}. Noem het sjabloon bijvoorbeeld {Path(name).stem}.{ending}."
        )
    if not Path(name).absolute().parent.is_dir():
        raise Fout(f"De map van {name} bestaat niet. Kies een andere plaats.")
    return Path(name)


def run_forecast(chosen: argparse.Namespace, settings: Settings) -> int:
    """Do one action with the own forecast."""
    if chosen.actie == "lijst":
        list_entries(ownforecast.SHELF, chosen, settings)
    elif chosen.actie == "toon":
        rows = [{c: getattr(p, c) for c in ownforecast.COLUMNS} for p in ownforecast.read(settings.database)]
        print_rows(rows, tuple(ownforecast.COLUMNS), "csv")
    elif chosen.actie == "voegtoe":
        areas = Store(settings.database).areas()
        known = areas[areas["niveau"] == "gemeente"].set_index("code")["naam"].to_dict()
        rows = ownforecast.check(bytes_of(chosen.wat), Path(chosen.wat).name, known, chosen.wie, chosen.bron)
        ownforecast.keep(settings.database, rows)
        print(counted("Prognose met {n} [regel|regels] bewaard. {again}", len(rows), again=AGAIN))
    elif chosen.actie == "weg":
        ownforecast.remove(settings.database, chosen.wie)
        print(f"De eigen prognose is weg. {AGAIN}")
    else:
        text = ownforecast.template(Store(settings.database).ask("prognose_gemeente"))
        target(chosen.wat, "csv").write_text(text, encoding="utf-8")
        print(f"Sjabloon met de aantallen van nu: {chosen.wat}")
    return 0
