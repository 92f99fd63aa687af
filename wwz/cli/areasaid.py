"""python -m wwz gebied zone|maatregel|norm: the centre of an area, its measures, and the norms all areas go by.

Without anything to keep, each of them prints what there is.
"""

from __future__ import annotations

import argparse
import sys

from wwz.ask.area import asked_area
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.cli.commands import print_rows
from wwz.cli.main import Parser, add_command, add_format
from wwz.knowledge import serviceareas
from wwz.knowledge.serviceareas import Norm
from wwz.own.areas import said as ownsaid
from wwz.own.areas.said import Maatregel, Zone
from wwz.servicearea.score import area_key
from wwz.servicearea.within import older_assumed
from wwz.servicearea.zone import WHO, inside
from wwz.store import Store
from wwz.words.numbers import UNKNOWN

LIVING = ("naam", "lat", "lon", "straal", "wie", "mensen", "deel", "soort")
MEASURES = ("id", "titel", "onderdeel", "effecten", "investeert")
NORMS = ("onderdeel", "voorziening", "meter", "procent", "van")


def register(actions) -> None:
    """Add the actions to those of `gebied`."""
    zone = _one(
        actions, "zone", "toon de centrale zone van een gebied en wie er woont, of leg haar vast", show_zone
    )
    zone.add_argument(
        "--plek", default="", metavar="BREEDTE,LENGTE", help="het hart in graden, zoals 52.071,4.312"
    )
    zone.add_argument("--straal", type=int, metavar="METER", help="hoever de zone reikt, in meters")
    zone.add_argument("--naam", default="", help="hoe de zone heet")
    maatregel = _one(
        actions, "maatregel", "toon de maatregelen van een gebied, voeg er een toe, of haal er een weg", show_measures
    )  # fmt: skip
    maatregel.add_argument("--titel", default="", help="wat u gaat doen")
    maatregel.add_argument("--onderdeel", default="", metavar="CODE", help="waarvoor; zie: gebied score")
    maatregel.add_argument(
        "--effecten", default="", metavar="CODES", help=f"met een komma: {', '.join(serviceareas.effects())}"
    )
    maatregel.add_argument(
        "--investeert", default="", metavar="CODES", help=f"met een komma: {', '.join(serviceareas.titles('partij'))}"
    )  # fmt: skip
    maatregel.add_argument("--weg", default="", metavar="ID", help="haal deze maatregel weg")
    norm = add_command(
        actions, "norm", "toon de normen van een woonservicegebied, of wijzig er een", show_norms
    )
    norm.add_argument("--onderdeel", default="", metavar="CODE", help="van welk onderdeel u de norm wijzigt")
    norm.add_argument("--voorziening", default="", metavar="CODE", help="welke voorziening, zoals huisarts")
    norm.add_argument("--meter", type=int, metavar="METER", help="binnen hoeveel meter")
    norm.add_argument("--procent", type=float, metavar="PROCENT", help="van hoeveel procent van de mensen")
    norm.add_argument("--van", choices=tuple(serviceareas.GROUPS), help="van wie")
    _common(norm)


def _one(actions, name: str, text: str, run) -> Parser:
    parser = add_command(actions, name, text, run)
    parser.add_argument("--gebied", required=True, metavar="CODE", help="code van één gebied, zoals EGA000")
    _common(parser)
    return parser


def _common(parser: Parser) -> None:
    parser.add_argument("--wie", default="", help="uw naam of organisatie; nodig als u iets bewaart")
    add_format(parser)


def _named(chosen: argparse.Namespace) -> str:
    """Who keeps something."""
    if not chosen.wie.strip():
        raise Fout("Zet achter --wie uw naam of organisatie. Die staat bij de wijziging.")
    return str(chosen.wie)


def show_zone(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the zone and who lives in it; keep it first when something of it is given."""
    store = Store(settings.database)
    area = asked_area(store, chosen.gebied)
    key = area_key(area)
    now = ownsaid.zone(settings.database, key)
    if chosen.plek or chosen.straal is not None or chosen.naam:
        ownsaid.set_zone(settings.database, key, _zone(chosen, now), _named(chosen))
        now = ownsaid.zone(settings.database, key)
    if now is None:
        raise Fout(f"{area.naam} heeft nog geen centrale zone. Leg haar vast met --plek en --wie.")
    found = inside(store, area, now)
    rows = [
        {"naam": now.naam, "lat": now.lat, "lon": now.lon, "straal": now.straal, "wie": WHO[who], "mensen": number, "deel": part, "soort": "geschat" if number != UNKNOWN else UNKNOWN}
        for who, (number, part) in (found.mensen or dict.fromkeys(WHO, (UNKNOWN, ""))).items()
    ]  # fmt: skip
    print_rows(rows, LIVING, chosen.formaat)
    print("\n".join(filter(None, (found.zin, older_assumed()))), file=sys.stderr)
    return 0


def _zone(chosen: argparse.Namespace, now: Zone | None) -> Zone:
    """What is given; the rest stays as it was."""
    if chosen.plek:
        lat, lon = _place(chosen.plek)
    elif now is not None:
        lat, lon = now.lat, now.lon
    else:
        raise Fout("Geef met --plek waar het hart van de zone is, zoals 52.071,4.312.")
    usual = now.straal if now else int(serviceareas.section("zone")["straal_m"])
    radius = usual if chosen.straal is None else chosen.straal
    return Zone(chosen.naam or (now.naam if now else ""), lat, lon, radius)


def _place(text: str) -> tuple[float, float]:
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError:
        raise Fout(f"{text!r} is geen plek. Schrijf haar in graden, als 52.071,4.312.") from None
    return lat, lon


def show_measures(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the measures of an area; keep one or take one away first when that is asked."""
    key = area_key(asked_area(Store(settings.database), chosen.gebied))
    said = (chosen.titel, chosen.onderdeel, chosen.effecten, chosen.investeert)
    if chosen.weg and any(said):
        raise Fout("Geef --weg, of een nieuwe maatregel, niet allebei.")
    if chosen.weg:
        if chosen.weg not in {one.id for one in ownsaid.measures(settings.database, key)}:
            raise Fout(
                f"De maatregel {chosen.weg!r} is er niet. Zie: gebied maatregel --gebied {chosen.gebied}."
            )
        ownsaid.drop_measure(settings.database, key, chosen.weg, _named(chosen))
    elif any(said):
        new = Maatregel(
            "", chosen.titel, chosen.onderdeel, _codes(chosen.effecten), _codes(chosen.investeert)
        )
        ownsaid.add_measure(settings.database, key, new, _named(chosen))
    rows = [
        {
            "id": one.id, "titel": one.titel, "onderdeel": one.onderdeel, "effecten": ",".join(one.effecten),
            "investeert": ",".join(one.investeert),
        }
        for one in ownsaid.measures(settings.database, key)
    ]  # fmt: skip
    print_rows(rows, MEASURES, chosen.formaat)
    return 0


def _codes(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def show_norms(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the norms that hold; change one first when something of it is given."""
    given = (chosen.meter, chosen.procent, chosen.van)
    if chosen.onderdeel or chosen.voorziening or any(value is not None for value in given):
        now = ownsaid.norms(settings.database).get((chosen.onderdeel, chosen.voorziening))
        if now is None:
            raise Fout("Deze norm is er niet. Geef --onderdeel en --voorziening zoals in: gebied norm.")
        new = Norm(
            now.code,
            now.meter if chosen.meter is None else chosen.meter,
            now.procent if chosen.procent is None else chosen.procent,
            chosen.van or now.wie,
        )
        ownsaid.set_norm(settings.database, chosen.onderdeel, new, _named(chosen))
    rows = [
        {"onderdeel": part, "voorziening": norm.code, "meter": norm.meter, "procent": norm.procent, "van": norm.wie}
        for (part, _), norm in ownsaid.norms(settings.database).items()
    ]  # fmt: skip
    print_rows(rows, NORMS, chosen.formaat)
    return 0
