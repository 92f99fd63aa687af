"""python -m wwz haal: fetch real data from the command line."""

from __future__ import annotations

import argparse
import sys

import pandas as pd

from wwz.cli import add_command
from wwz.errors import Fout
from wwz.fetch.fetch import fetch_and_build, plan_for, workplace
from wwz.fetch.items import Workplace, rules
from wwz.fetch.newer import newer_tables
from wwz.fetch.opening import measure
from wwz.fetch.plan import Plan
from wwz.fetch.progress import Progress
from wwz.numbers import dutch
from wwz.settings import Settings


def register(commands) -> None:
    """Add the command haal."""
    haal = add_command(commands, "haal", "haal echte gegevens op bij CBS, RIVM en PDOK", run)
    haal.add_argument(
        "--gemeente", action="append", default=[], metavar="NAAM", help="naam of code (GM0518); mag vaker"
    )
    haal.add_argument("--met-buren", action="store_true", help="ook de gemeenten die eraan grenzen")
    haal.add_argument("--heel-nederland", action="store_true", help="alle gemeenten")
    haal.add_argument(
        "--jaar", type=int, default=rules()["standaard_jaar"], help="jaar van de grenzen (standaard: %(default)s)"
    )
    haal.add_argument("--droog", action="store_true", help="toon alleen wat er opgehaald zou worden, en hoeveel")
    haal.add_argument("--zoek-nieuwer", action="store_true", help="zoek tabellen die deze versie nog niet kent")


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Fetch, or only tell what would be fetched."""
    if chosen.zoek_nieuwer:
        _print_newer(workplace(settings, Printed()))
        return 0
    if bool(chosen.gemeente) == chosen.heel_nederland:
        raise Fout('Kies --gemeente NAAM (mag vaker) of --heel-nederland. Voorbeeld: haal --gemeente "Den Haag".')
    progress = Printed()
    place = workplace(settings, progress)
    plan = plan_for(tuple(chosen.gemeente), chosen.jaar, place, buren=chosen.met_buren)
    if chosen.droog:
        _print_plan(plan, place)
        return 0
    result = fetch_and_build(plan, place)
    for remark in result.opmerkingen:
        print(f"Let op: {remark}")
    print(f"Opgehaald: {progress.bytes / 1e6:.1f} MB in {result.seconden:.0f} seconden. Start met: python -m wwz start")
    return 0


def _print_newer(place: Workplace) -> None:
    found = newer_tables(place)
    for table in found:
        print(f"{table.tabel}  {table.versie}  {table.titel}")
    print(
        "Zet een nummer dat u wilt gebruiken bij zijn jaar in wwz/knowledge/bronnen.toml."
        if found
        else "Er zijn geen tabellen die deze versie nog niet kent."
    )


class Printed(Progress):
    """Progress on the screen of a terminal."""

    def say(self, tekst: str) -> None:
        """Print the line, once."""
        if tekst != self.tekst:
            print(tekst, flush=True)
        super().say(tekst)

    def advance(self, rows: int) -> None:
        """Show the part that is done, when somebody watches."""
        super().advance(rows)
        if sys.stdout.isatty():
            print(f"\r{100 * self.deel:4.0f}%", end="\r", flush=True)


def _print_plan(plan: Plan, place: Workplace) -> None:
    frame, remarks = measure(plan, place)
    print(f"\nVoor {plan.waar}, grenzen van {plan.jaar}. Er wordt nu niets opgehaald.\n")
    print(f"{'rijen':>10}  {'ongeveer':>9}  versie      wat")
    for row in frame.itertuples():
        rows = "onbekend" if pd.isna(row.rijen) else dutch(int(row.rijen))
        size = "onbekend" if pd.isna(row.megabyte) else f"{dutch(row.megabyte, 1)} MB"
        print(f"{rows:>10}  {size:>9}  {row.versie:10}  {row.titel}")
    for remark in remarks:
        print(f"Let op: {remark}")
