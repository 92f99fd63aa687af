"""The register of definitions as it reads: what was settled, who agreed when, and who did not yet."""

from __future__ import annotations

from typing import Any

from wwz.base.counted import counted
from wwz.base.dates import dutch_day
from wwz.base.sentence import listed
from wwz.knowledge.regions import groepen
from wwz.own.region import register
from wwz.own.region.register import Akkoord, Definitie
from wwz.region.places import Regio

KINDS = {
    "aandachtsgroep": "Aandachtsgroepen",
    "zorg": "Ouderen en mensen met een beperking",
    "urgent": "Urgent volgens de wet",
}


def agreed(regio: Regio, definition: Definitie) -> dict[str, Akkoord]:
    """Gemeente of this region → its agreement with the words of now."""
    return _among(regio, definition, register.akkoorden(regio.store.path))


def _among(regio: Regio, definition: Definitie, everything: list[Akkoord]) -> dict[str, Akkoord]:
    return {
        a.gemeente: a
        for a in everything
        if a.groep == definition.groep and a.kenmerk == definition.kenmerk and a.gemeente in regio.namen
    }


def waiting(regio: Regio, definition: Definitie) -> list[str]:
    """Gemeenten that did not agree with the words of now."""
    return _others(regio, agreed(regio, definition))


def _others(regio: Regio, yes: dict[str, Akkoord]) -> list[str]:
    return [code for code in regio.codes if code not in yes]


def state(regio: Regio, definition: Definitie) -> list[str]:
    """In sentences: whether it was settled, who agreed when, and who did not."""
    if not definition.vastgesteld:
        return ["Dit is ons voorstel. De regio heeft nog geen definitie vastgesteld."]
    yes = agreed(regio, definition)
    no, moment = _others(regio, yes), dutch_day(definition.wanneer)
    texts = [f"Vastgesteld op {moment} door {definition.wie}, als {definition.kenmerk}."]
    texts += [
        f"{regio.namen[code]}: akkoord op {dutch_day(a.datum)}, namens {a.namens}." for code, a in yes.items()
    ]
    if no:
        texts.append(
            counted(
                "Nog geen akkoord van {n} [gemeente|gemeenten]: {wie}.",
                len(no),
                wie=listed([regio.namen[c] for c in no]),
            )
        )
    return texts


def rows(regio: Regio) -> list[dict[str, Any]]:
    """All groups, by kind: titel, kenmerk, definitie, bron, peildag, stand, akkoord and wie_niet."""
    known, everything = register.definities(regio.store.path), register.akkoorden(regio.store.path)
    found = []
    for code, group in groepen().items():
        definition = known[code]
        no = _others(regio, _among(regio, definition, everything))
        total = len(regio.codes)
        found.append(
            {
                "soort": KINDS[group.soort],
                "titel": group.titel,
                "kenmerk": definition.kenmerk,
                "definitie": definition.definitie,
                "bron": definition.bron,
                "peildag": definition.peildag,
                "stand": f"{dutch_day(definition.wanneer)}, {definition.wie}"
                if definition.vastgesteld
                else "voorstel",
                "akkoord": f"{total - len(no)} van {total}"
                if definition.vastgesteld
                else "nog niet gevraagd",
                "wie_niet": f"niet: {listed([regio.namen[c] for c in no])}"
                if definition.vastgesteld and no
                else "",
            }
        )
    return sorted(found, key=lambda row: list(KINDS.values()).index(row["soort"]))
