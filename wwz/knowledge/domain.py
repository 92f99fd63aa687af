"""The domain as data: doelgroepen, randvoorwaarden, eisen, normen, referenties, begrippen and bronnen.

The files lie beside this module. They are read once, checked together, and handed out read-only. Every loader
takes an optional ``folder`` with its own set of files, so that a municipality can keep its own version.

Raises
------
KennisFout
    From every loader, when a file has mistakes: one message in Dutch that lists all of them.

Examples
--------
>>> eisen()["ouderen-3", "geen", "alarmopvolging-10"].graad
'N'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.knowledge.domain_checks import controleer
from wwz.knowledge.domain_models import (
    Begrip,
    Beperking,
    Bron,
    Doelgroep,
    Domein,
    Eis,
    Extramuralisering,
    Keuze,
    Meetregel,
    Norm,
    Randvoorwaarde,
    Referentie,
    Sleutel,
)
from wwz.knowledge.domain_read import Lezer, tabellen

HIER = Path(__file__).parent


class KennisFout(Fout, ValueError):
    """The knowledge files have mistakes; ``zinnen`` holds one heading and one sentence per mistake."""


def domein(folder: Path | None = None) -> Domein:
    """Everything at once, checked; cached per folder."""
    return _laden(Path(folder or HIER).resolve())


def doelgroepen(folder: Path | None = None) -> Mapping[str, Doelgroep]:
    """The doelgroepen by code, in the order of the file."""
    return domein(folder).doelgroepen


def extramuralisering(folder: Path | None = None) -> tuple[Extramuralisering, ...]:
    """People per zzp on 1 July 2013 (unit: people), with the year in which access to a home stopped."""
    return domein(folder).extramuralisering


def randvoorwaarden(folder: Path | None = None) -> Mapping[str, Randvoorwaarde]:
    """The randvoorwaarden by code, in the order of Tabel 3."""
    return domein(folder).randvoorwaarden


def meetregels(folder: Path | None = None) -> tuple[Meetregel, ...]:
    """What decides, bounds or signals randvoorwaarden; what stands first goes first."""
    return domein(folder).meetregels


def eisen(folder: Path | None = None) -> Mapping[Sleutel, Eis]:
    """The complete matrix: (doelgroep, mantelzorg, randvoorwaarde) -> Eis."""
    return domein(folder).eisen


def herkomst(eis: Eis, folder: Path | None = None) -> str:
    """How this eis is known, in words for the screen."""
    return domein(folder).herkomst["eigen" if eis.bron == "eigen" else "bron"]


def normen(folder: Path | None = None) -> Mapping[str, Norm]:
    """Norms and calculation rules by code."""
    return domein(folder).normen


def referenties(folder: Path | None = None) -> Mapping[str, Referentie]:
    """National figures by code."""
    return domein(folder).referenties


def referentie_van(indicator: str, jaar: int, folder: Path | None = None) -> Referentie | None:
    """The national figure of an indicator (code with age suffix) in ``jaar``, or None when there is none.

    Another year is never given instead: the questionnaire and the model change between years.
    """
    passend = (r for r in referenties(folder).values() if (r.indicator, r.jaar) == (indicator, jaar))
    return next(passend, None)


def begrippen(folder: Path | None = None) -> Mapping[str, Begrip]:
    """The glossary by code, in the order of the file."""
    return domein(folder).begrippen


def bronnen(folder: Path | None = None) -> Mapping[str, Bron]:
    """The sources by code."""
    return domein(folder).bronnen


@cache
def _laden(folder: Path) -> Domein:
    lezer = Lezer(folder)
    geladen = _lees(lezer)
    controleer(geladen, lezer)
    if lezer.fouten:
        raise KennisFout(*_melding(folder, lezer.fouten))
    return geladen


def _melding(folder: Path, fouten: list[str]) -> list[str]:
    aantal = counted("{n} [fout|fouten]", len(fouten))
    return [f"De kennisbestanden in '{folder.name}' hebben {aantal}. Verbeter dit en start opnieuw:", *fouten]


def _lees(lezer: Lezer) -> Domein:
    groepen, voorwaarden = lezer.toml("doelgroepen.toml"), lezer.toml("randvoorwaarden.toml")

    def toml(soort: type, bestand: str, naam: str) -> Mapping[str, Any]:
        return lezer.per_code(bestand, lezer.records(soort, bestand, tabellen(lezer.toml(bestand), naam)))

    def keuze(bestand: str, inhoud: Mapping[str, Any], naam: str) -> Mapping[str, Keuze]:
        return lezer.per_code(bestand, lezer.records(Keuze, bestand, tabellen(inhoud, naam)))

    return Domein(
        doelgroepen=lezer.per_code("doelgroepen.toml", _doelgroepen(lezer, groepen)),
        extramuralisering=tuple(
            lezer.records(Extramuralisering, "doelgroepen.toml", tabellen(groepen, "extramuralisering"))
        ),
        randvoorwaarden=lezer.per_code(
            "randvoorwaarden.toml",
            lezer.records(Randvoorwaarde, "randvoorwaarden.toml", tabellen(voorwaarden, "randvoorwaarde")),
        ),
        meetregels=tuple(
            lezer.records(Meetregel, "meetregels.toml", tabellen(lezer.toml("meetregels.toml"), "meetregel"))
        ),
        eisen=_eisen(lezer),
        normen=toml(Norm, "normen.toml", "norm"),
        referenties=lezer.per_code(
            "referenties.csv", lezer.records(Referentie, "referenties.csv", lezer.csv("referenties.csv"))
        ),
        begrippen=toml(Begrip, "begrippen.toml", "begrip"),
        bronnen=lezer.per_code("bronnen.toml", _bronnen(lezer)),
        graden=keuze("randvoorwaarden.toml", voorwaarden, "graad"),
        mantelzorg=keuze("randvoorwaarden.toml", voorwaarden, "mantelzorg"),
        groepen=keuze("randvoorwaarden.toml", voorwaarden, "groep"),
        clusters=keuze("doelgroepen.toml", groepen, "cluster"),
        functiedomeinen=keuze("doelgroepen.toml", groepen, "domein"),
        ernst=keuze("doelgroepen.toml", groepen, "ernst"),
        lagen=tuple(groepen.get("lagen", ())),
        herkomst=MappingProxyType(dict(voorwaarden.get("herkomst", {}))),
    )


def _doelgroepen(lezer: Lezer, inhoud: Mapping[str, Any]) -> Iterable[Doelgroep]:
    """Doelgroepen with their beperkingen; an assumed beperking has our own source and year."""
    eigen = inhoud.get("eigen", {})
    for rij, ruw in tabellen(inhoud, "doelgroep"):
        van = {"A": eigen}
        aangevuld = [
            (f"{rij}, {plek}", {**{n: van.get(b.get("merk"), ruw).get(n) for n in ("bron", "jaar")}, **b})
            for plek, b in tabellen(ruw, "beperkingen")
        ]
        beperkingen = tuple(lezer.records(Beperking, "doelgroepen.toml", aangevuld))
        gemaakt = lezer.record(Doelgroep, "doelgroepen.toml", rij, {**ruw, "beperkingen": ()})
        if gemaakt:
            yield replace(gemaakt, beperkingen=beperkingen)


def _bronnen(lezer: Lezer) -> Iterable[Bron]:
    """Sources; the years of their tables become whole numbers."""
    for rij, ruw in tabellen(lezer.toml("bronnen.toml"), "bron"):
        try:
            nummers = {int(jaar): str(tabel) for jaar, tabel in ruw.get("tabellen", {}).items()}
        except ValueError:
            lezer.fout("bronnen.toml", rij, "een jaar onder 'tabellen' is geen getal")
            continue
        gemaakt = lezer.record(Bron, "bronnen.toml", rij, {**ruw, "tabellen": MappingProxyType(nummers)})
        if gemaakt:
            yield gemaakt


def _eisen(lezer: Lezer) -> Mapping[Sleutel, Eis]:
    gevonden: dict[Sleutel, Eis] = {}
    for eis in lezer.records(Eis, "eisen.csv", lezer.csv("eisen.csv")):
        sleutel = (eis.doelgroep, eis.mantelzorg, eis.randvoorwaarde)
        if sleutel in gevonden:
            lezer.fout("eisen.csv", " / ".join(sleutel), "deze combinatie staat er twee keer in")
        gevonden[sleutel] = eis
    return MappingProxyType(gevonden)
