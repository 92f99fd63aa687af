"""python -m wwz regio …: the region without the screen: shares, report, definitions and numbers."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.cli import regiontask
from wwz.cli.commands import print_rows
from wwz.cli.main import Parser, add_command, add_format
from wwz.cli.output import write_file, write_rows
from wwz.cli.own import by
from wwz.knowledge.regions import groepen, sleutels
from wwz.own.region import numbers, numbersread
from wwz.own.region import register as definitions
from wwz.region import flat, places, series, spread, usage
from wwz.store import Store

FORMATS = ("docx", "pdf", "pptx")
REGION = ("regio", "naam", "soort", "gemeenten", "in_de_gegevens", "herkomst")


def register(commands) -> None:
    """Add the command `regio` with its actions."""
    command = add_command(commands, "regio")
    actions = command.add_subparsers(dest="actie", required=True, metavar="ACTIE")
    lijst = add_command(actions, "lijst", "toon de regio's die er zijn", show_regions)
    add_format(lijst)
    verdeel = add_command(
        actions, "spreiding", "toon wie waar woont, en wat een eerlijk deel zou zijn", show_spread
    )
    _which(verdeel)
    verdeel.add_argument("--groep", default="", metavar="CODE", help=f"de groep: {', '.join(groepen())}")
    _how(verdeel)
    add_format(verdeel)
    verdeel.add_argument(
        "--uit", type=Path, metavar="BESTAND", help="schrijf in dit bestand, in plaats van op het scherm"
    )
    rapport = add_command(
        actions, "rapport", "maak de woonzorganalyse van een regio, of van een gemeente daarin", make_report
    )
    _which(rapport)
    rapport.add_argument(
        "--gemeente", default="", metavar="CODE", help="alleen deze gemeente, met de definities van de regio"
    )
    _how(rapport)
    rapport.add_argument("--formaat", choices=FORMATS, default="docx", help="docx (standaard), pdf of pptx")
    rapport.add_argument(
        "--uit", type=Path, required=True, metavar="BESTAND", help="het bestand dat wordt gemaakt"
    )
    taak = add_command(
        actions, "taakstelling", "toon of geef op wat de wet van iedere gemeente vraagt", show_task
    )
    _which(taak)
    regiontask.arguments(taak)
    add_format(taak)
    sjabloon = add_command(
        actions, "sjabloon", "maak een sjabloon voor de cijfers van de gemeenten", make_template
    )
    _which(sjabloon)
    sjabloon.add_argument("--groep", default="", metavar="CODE", help="alleen deze groepen, met een komma")
    sjabloon.add_argument(
        "--uit", type=Path, required=True, metavar="BESTAND", help="het bestand, eindigend op .xlsx"
    )
    voegtoe = add_command(
        actions, "voegtoe", "neem cijfers van gemeenten over uit een bestand (csv of xlsx)", add_numbers
    )
    voegtoe.add_argument("bestand", type=Path, metavar="BESTAND")
    by(voegtoe)
    weg = add_command(actions, "weg", "haal een cijfer van een gemeente weg", take_away)
    weg.add_argument("--groep", required=True, metavar="CODE", help="de groep")
    weg.add_argument("--gemeente", required=True, metavar="CODE", help="de gemeente")
    weg.add_argument("--jaar", type=int, required=True, help="jaar van de peildatum")
    by(weg)
    definitie = add_command(actions, "definitie", "stel vast wie er in een groep meetellen", settle)
    definitie.add_argument("--groep", required=True, metavar="CODE", help="de groep")
    definitie.add_argument(
        "--gepubliceerd", action="store_true", help="neem de definitie over waarmee een bron de groep telt"
    )
    definitie.add_argument("--tekst", default="", help="wie er meetellen (standaard: ons voorstel)")
    definitie.add_argument("--peildag", default="", help="dag waarop wordt geteld, als maand-dag: 01-01")
    definitie.add_argument("--bron", default="", help="waar het aantal vandaan komt")
    by(definitie)
    akkoord = add_command(
        actions, "akkoord", "schrijf op welke gemeenten het eens zijn met een definitie", agree
    )
    _which(akkoord)
    akkoord.add_argument("--groep", required=True, metavar="CODE", help="de groep")
    akkoord.add_argument(
        "--datum", default=date.today().isoformat(), help="dag van het akkoord (standaard: vandaag)"
    )
    akkoord.add_argument("--namens", default="", help="wie namens de gemeente akkoord gaf")
    by(akkoord)


def _which(parser: Parser) -> None:
    parser.add_argument(
        "--regio", default="", metavar="NAAM", help="naam of code van een regio; zie: regio lijst"
    )
    parser.add_argument("--gemeenten", default="", metavar="CODES", help="codes van gemeenten, met een komma")


def _how(parser: Parser) -> None:
    parser.add_argument(
        "--sleutel", choices=list(sleutels()), default="inwoners", help="waarnaar wordt verdeeld"
    )
    parser.add_argument("--gewichten", default="", help="van een mengvorm: corporatie=70,inwoners=30")
    parser.add_argument("--jaar", type=int, default=0, help="jaar van de peildatum (standaard: het nieuwste)")


def chosen_region(store: Store, chosen: argparse.Namespace) -> places.Regio:
    """The region that is asked for; without a name and codes all gemeenten in the data."""
    if chosen.regio and chosen.gemeenten:
        raise Fout("Geef --regio of --gemeenten, niet allebei.")
    if chosen.regio:
        return places.region(store, places.by_name(store, chosen.regio))
    codes = [code for code in chosen.gemeenten.split(",") if code.strip()]
    if not codes:
        raise Fout("Geef --regio met een naam, of --gemeenten met codes. Zie: python -m wwz regio lijst.")
    return places.region(store, places.of_gemeenten(store, codes))


def show_regions(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the regions of which there are gemeenten in the data."""
    store = Store(settings.database)
    there = set(store.areas()["code"])
    rows = [
        {
            "regio": p.code, "naam": p.naam, "soort": p.soort, "gemeenten": ",".join(p.gemeenten),
            "in_de_gegevens": len(there & set(p.gemeenten)), "herkomst": p.herkomst,
        }
        for p in places.known(store)
    ]  # fmt: skip
    print_rows(rows, REGION, chosen.formaat)
    return 0


def mix_of(text: str) -> dict[str, int] | None:
    """The weights of a mix as written: corporatie=70,inwoners=30; None when nothing is written."""
    if not text.strip():
        return None
    try:
        pairs = [part.split("=") for part in text.split(",")]
        return {key.strip(): int(weight) for key, weight in pairs}
    except ValueError:
        raise Fout(f"{text!r} zijn geen gewichten. Schrijf ze als corporatie=70,inwoners=30.") from None


def show_spread(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the shares of a group, or of every group of which there are enough numbers."""
    regio = chosen_region(Store(settings.database), chosen)
    groups = [chosen.groep] if chosen.groep else series.with_numbers(regio)
    rows: list[dict[str, Any]] = []
    for group in groups:
        try:
            made = spread.spread(
                series.series(regio, group, jaar=chosen.jaar), chosen.sleutel, mix_of(chosen.gewichten)
            )
        except Fout:
            # Of all groups together those are left out that cannot be divided; who asks for one is told why.
            if chosen.groep or len(groups) == 1:
                raise
            continue
        rows += flat.spread_rows(made)
    if not rows:
        raise Fout(f"Van {regio.naam} zijn er nog geen aantallen. Begin met: python -m wwz regio sjabloon.")
    write_rows(rows, flat.COLUMNS, chosen)
    return 0


def make_report(chosen: argparse.Namespace, settings: Settings) -> int:
    """Write the woonzorganalyse."""
    # Who only asks for shares does not wait for what makes documents.
    from wwz.export.logo import read_logo
    from wwz.export.region import make_region_file
    from wwz.region.analysis import analysis
    from wwz.region.subject import Over

    regio = chosen_region(Store(settings.database), chosen)
    if chosen.gemeente and chosen.gemeente not in regio.namen:
        raise Fout(
            f"{chosen.gemeente} is geen gemeente van {regio.naam}. Kies uit: {', '.join(regio.namen)}."
        )
    mix = spread.checked_weights(chosen.sleutel, mix_of(chosen.gewichten))
    over = Over(regio, chosen.gemeente, chosen.sleutel, tuple(mix.items()))
    write_file(chosen.uit, make_region_file(analysis(over), chosen.formaat, read_logo(settings.logo)))
    return 0


def show_task(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print what the law asks of each gemeente."""
    return regiontask.show(chosen, chosen_region(Store(settings.database), chosen))


def make_template(chosen: argparse.Namespace, settings: Settings) -> int:
    """Write the workbook that the gemeenten fill in."""
    if chosen.uit.suffix.lower() != ".xlsx":
        raise Fout(f"{chosen.uit} eindigt niet op .xlsx. Noem het sjabloon bijvoorbeeld regio.xlsx.")
    regio = chosen_region(Store(settings.database), chosen)
    codes = [code.strip() for code in chosen.groep.split(",") if code.strip()] or list(groepen())
    known = definitions.definities(settings.database)
    wanted = [known[definitions.known_group(code).code] for code in codes]
    write_file(chosen.uit, numbersread.template(regio.namen, wanted, date.today()))
    return 0


def add_numbers(chosen: argparse.Namespace, settings: Settings) -> int:
    """Keep the numbers of a file, and say which of them will stand apart."""
    try:
        content = chosen.bestand.read_bytes()
    except OSError as error:
        raise Fout(f"{chosen.bestand} is niet te lezen. Controleer de naam van het bestand.") from error
    people = places.gemeenten(Store(settings.database))["inwoners"].to_dict()
    rows = numbersread.read(content, chosen.bestand.name, people, chosen.wie)
    numbers.add(settings.database, rows, chosen.wie)
    print(counted("{n} [aantal|aantallen] bewaard.", len(rows)))
    for one in numbersread.apart(rows, definitions.definities(settings.database)):
        print(f"Apart, en niet opgeteld: {one.plaats} {one.reden}.")
    return 0


def take_away(chosen: argparse.Namespace, settings: Settings) -> int:
    """Take a number away."""
    numbers.remove(settings.database, chosen.groep, chosen.gemeente, chosen.jaar, chosen.wie)
    print("Het cijfer is weggehaald.")
    return 0


def settle(chosen: argparse.Namespace, settings: Settings) -> int:
    """Settle a definition."""
    definitions.known_group(chosen.groep)
    now = definitions.definities(settings.database)[chosen.groep]
    if chosen.gepubliceerd:
        source = usage.definition(groepen()[chosen.groep])
        if source is None:
            raise Fout(
                f"Over {groepen()[chosen.groep].kort} is niets gepubliceerd. Geef de definitie met --tekst."
            )
        now = source
    made = definitions.settle(
        settings.database, chosen.groep, chosen.tekst or now.definitie, chosen.peildag or now.peildag,
        chosen.bron or now.bron, chosen.wie,
    )  # fmt: skip
    print(f"Vastgesteld: {made.kenmerk}. Wie al akkoord was met een andere tekst, moet opnieuw akkoord gaan.")
    return 0


def agree(chosen: argparse.Namespace, settings: Settings) -> int:
    """Write down that gemeenten agreed."""
    regio = chosen_region(Store(settings.database), chosen)
    count = definitions.agree(
        settings.database, chosen.groep, regio.codes, chosen.datum, chosen.namens, chosen.wie
    )
    print(counted("Akkoord van {n} [gemeente|gemeenten] bewaard.", count))
    return 0
