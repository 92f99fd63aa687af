"""python -m wwz haal: fetch real data from the command line."""

from __future__ import annotations

import argparse
import sys

import pandas as pd

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.build.fetched import fetch_and_build
from wwz.cli.main import MAY_SHRINK, add_command, asking_how
from wwz.fetch.fetch import plan_for, workplace
from wwz.fetch.items import Workplace, rules
from wwz.fetch.newer import newer_tables
from wwz.fetch.opening import measure
from wwz.fetch.plan import Plan
from wwz.fetch.progress import Progress, duration
from wwz.fetch.regions import fetch_regions
from wwz.knowledge.placenames import usual
from wwz.words.numbers import dutch


def register(commands) -> None:
    """Add the command haal."""
    haal = add_command(commands, "haal", run=run)
    haal.add_argument(
        "--gemeente", action="append", default=[], metavar="NAAM", help="naam of code (GM0518); mag vaker"
    )
    haal.add_argument(
        "--regio", action="append", default=[], metavar="NAAM",
        help="alle gemeenten van een provincie, GGD-regio, zorgkantoorregio, arbeidsmarktregio, COROP-gebied …; mag vaker",
    )  # fmt: skip
    haal.add_argument("--met-buren", action="store_true", help="ook de gemeenten die eraan grenzen")
    haal.add_argument("--heel-nederland", action="store_true", help="alle gemeenten")
    haal.add_argument(
        "--jaar",
        type=int,
        default=rules()["standaard_jaar"],
        help="jaar van de grenzen (standaard: %(default)s)",
    )
    haal.add_argument(
        "--met-raster",
        action="store_true",
        help="ook de vierkanten van 100 meter (grote bestanden); van gemeenten en regio's komen ze vanzelf mee",
    )
    haal.add_argument("--zonder-raster", action="store_true", help="geen vierkanten van 100 meter")
    haal.add_argument(
        "--zonder-punten",
        action="store_true",
        help="geen voorzieningen uit OpenStreetMap (Overpass)",
    )
    haal.add_argument(
        "--zonder-gebouwen",
        action="store_true",
        help="geen gebouwen (BAG, bouwlagen van 3DBAG) en straten (BGT)",
    )
    haal.add_argument(
        "--zonder-postcodes",
        action="store_true",
        help="geen tabel van postcodes met hun buurt (om op postcode te zoeken)",
    )
    haal.add_argument(
        "--droog", action="store_true", help="toon alleen wat er opgehaald zou worden, en hoeveel"
    )
    haal.add_argument("--mag-kleiner", action="store_true", help=MAY_SHRINK)
    haal.add_argument("--toon-regios", action="store_true", help="toon de regio's waaruit u kunt kiezen")
    haal.add_argument(
        "--zoek-nieuwer", action="store_true", help="zoek tabellen die deze versie nog niet kent"
    )


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Fetch, or only tell what would be fetched."""
    progress = Printed()
    place = workplace(settings, progress)
    if chosen.zoek_nieuwer:
        _print_newer(place)
        return 0
    if chosen.toon_regios:
        _print_regions(place, chosen.jaar)
        return 0
    if bool(chosen.gemeente or chosen.regio) == chosen.heel_nederland:
        raise Fout(
            'Kies --gemeente NAAM, --regio NAAM of --heel-nederland. Voorbeeld: haal --gemeente "Den Haag".'
        )
    plan = plan_for(
        tuple(chosen.gemeente), chosen.jaar, place,
        buren=chosen.met_buren, regios=tuple(chosen.regio), raster=not chosen.zonder_raster and (chosen.met_raster or not chosen.heel_nederland),
        punten=not chosen.zonder_punten, gebouwen=not chosen.zonder_gebouwen,
        postcodes=not chosen.zonder_postcodes,
    )  # fmt: skip
    if chosen.droog:
        _print_plan(plan, place)
        return 0
    with asking_how("--mag-kleiner"):
        result = fetch_and_build(plan, place, may_shrink=chosen.mag_kleiner)
    for remark in result.opmerkingen:
        print(f"Let op: {remark}")
    print(
        f"Opgehaald: {dutch(progress.bytes / 1e6, 1)} MB in {result.seconden:.0f} seconden. Start met: python -m wwz start"
    )
    return 0


def _print_regions(place: Workplace, jaar: int) -> None:
    for region in fetch_regions(place, place.paginas.parent, jaar):
        print(
            f"{region.code:8}  {region.voluit} ({counted('{n} [gemeente|gemeenten]', len(region.gemeenten))})"
        )


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

    def advance(self, rows: float) -> None:
        """Show the part that is done and the time that is left, when somebody watches."""
        super().advance(rows)
        if sys.stdout.isatty():
            print(f"\r{100 * self.deel:4.0f}%  {self.nog:30}", end="\r", flush=True)


def _print_plan(plan: Plan, place: Workplace) -> None:
    frame, remarks = measure(plan, place)
    names = ", ".join(usual(naam) for _, naam in plan.gemeenten)
    print(f"\nVoor {plan.waar}, grenzen van {plan.jaar}. Er wordt nu niets opgehaald.")
    if plan.naam:
        print(counted("Dat [is|zijn] {n} [gemeente|gemeenten]: {namen}.", len(plan.gemeenten), namen=names))
    print(f"\n{'rijen':>12}  {'ongeveer':>9}  {'tijd':>7}  versie      wat")
    for row in frame.itertuples():
        about = "± " if row.ongeveer else ""
        rows = "onbekend" if pd.isna(row.rijen) else about + dutch(int(row.rijen))
        size = "onbekend" if pd.isna(row.megabyte) else f"{dutch(row.megabyte, 1)} MB"
        print(f"{rows:>12}  {size:>9}  {_short(row.seconden):>7}  {row.versie:10}  {row.titel}")
    total = f"{dutch(float(frame['megabyte'].sum()), 1)} MB"
    print(
        f"{dutch(int(frame['rijen'].sum())):>12}  {total:>9}  {'':7}  {'':10}  samen, uitgepakt; {duration(frame['seconden'].sum())} ophalen"
    )
    for remark in remarks:
        print(f"Let op: {remark}")


def _short(seconds: float) -> str:
    """How long it takes, in a column: 12 s, 3 min."""
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
