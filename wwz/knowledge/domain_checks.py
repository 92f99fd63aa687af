"""Rules that hold between the knowledge files: references resolve, scales fit, the matrix is complete."""

from __future__ import annotations

from collections.abc import Container, Iterable
from itertools import product
from typing import Any

from wwz.knowledge.domain_models import Domein
from wwz.knowledge.domain_read import Lezer

MERKEN = ("S", "K", "A")
WERKINGEN = ("beslist", "begrenst", "signaleert")
# Kinds of rule that compare with the norm in metres of a randvoorwaarde.
MET_NORM = ("bereik", "vierkant", "telling", "gemiddelde")
SOORTEN = ("dataset", "document", "cijferbron", "eigen")
JAREN = range(1900, 2101)


def controleer(domein: Domein, lezer: Lezer) -> None:
    """Note every broken rule in ``lezer.fouten``.

    With a file missing, every reference to it would seem broken: then only that file is reported.
    """
    if lezer.onleesbaar:
        return
    _herkomst(domein, lezer)
    _doelgroepen(domein, lezer)
    _extramuralisering(domein, lezer)
    _randvoorwaarden(domein, lezer)
    _meetregels(domein, lezer)
    _eisen(domein, lezer)
    _normen(domein, lezer)
    _bronnen(domein, lezer)


def _herkomst(domein: Domein, lezer: Lezer) -> None:
    """Source, year and mark of everything that is a figure or a judgement."""
    for bestand, rij, record in _met_bron(domein):
        if _mist(record.bron, domein.bronnen, lezer):
            lezer.fout(bestand, rij, f"de bron '{record.bron}' staat niet in bronnen.toml")
        if record.merk not in MERKEN:
            lezer.fout(bestand, rij, f"het merk '{record.merk}' is geen S, K of A")
        if record.jaar not in JAREN:
            lezer.fout(bestand, rij, f"het jaar {record.jaar} kan niet")
    if not all(domein.herkomst.get(naam) for naam in ("bron", "eigen")):
        lezer.fout("randvoorwaarden.toml", "herkomst", "de tekst voor 'bron' of 'eigen' ontbreekt")
    for begrip in domein.begrippen.values():
        if begrip.bron and _mist(begrip.bron, domein.bronnen, lezer):
            wat = f"de bron '{begrip.bron}' staat niet in bronnen.toml"
            lezer.fout("begrippen.toml", f"begrip '{begrip.code}'", wat)


def _mist(code: str, lijst: Container[str], lezer: Lezer) -> bool:
    """Whether ``code`` is nowhere; a row left out for another mistake still counts as there."""
    return code not in lijst and code not in lezer.gebroken


def _met_bron(domein: Domein) -> Iterable[tuple[str, str, Any]]:
    for d in domein.doelgroepen.values():
        yield "doelgroepen.toml", f"doelgroep '{d.code}'", d
        for b in d.beperkingen:
            yield "doelgroepen.toml", f"doelgroep '{d.code}', domein '{b.domein}'", b
    for e in domein.extramuralisering:
        yield "doelgroepen.toml", f"extramuralisering '{e.zzp}'", e
    for r in domein.randvoorwaarden.values():
        yield "randvoorwaarden.toml", f"randvoorwaarde '{r.code}'", r
    for nummer, m in enumerate(domein.meetregels, start=1):
        yield "meetregels.toml", f"meetregel nummer {nummer} ('{m.regel}')", m
    for sleutel, eis in domein.eisen.items():
        yield "eisen.csv", " / ".join(sleutel), eis
    for n in domein.normen.values():
        yield "normen.toml", f"norm '{n.code}'", n
    for f in domein.referenties.values():
        yield "referenties.csv", f"'{f.code}'", f


def _doelgroepen(domein: Domein, lezer: Lezer) -> None:
    orde = list(domein.ernst)
    for d in domein.doelgroepen.values():
        bestand, rij = "doelgroepen.toml", f"doelgroep '{d.code}'"
        if _mist(d.cluster, domein.clusters, lezer):
            lezer.fout(bestand, rij, f"het cluster '{d.cluster}' bestaat niet")
        for laag in set(d.lagen) - set(domein.lagen):
            lezer.fout(bestand, rij, f"de laag '{laag}' bestaat niet")
        for naam in ("leeftijd_merk", "netwerk_merk"):
            if getattr(d, naam) not in MERKEN:
                lezer.fout(bestand, rij, f"'{naam}' is geen S, K of A")
        if not 0 < d.aandeel_zzp <= 1:
            lezer.fout(bestand, rij, "'aandeel_zzp' moet tussen 0 en 1 liggen")
        if sorted(b.domein for b in d.beperkingen) != sorted(domein.functiedomeinen):
            lezer.fout(bestand, rij, "elk functiedomein moet er precies één keer in staan")
        for b in d.beperkingen:
            if b.ernst_van not in orde or b.ernst_tot not in orde:
                lezer.fout(bestand, rij, f"de ernst bij domein '{b.domein}' bestaat niet")
            elif orde.index(b.ernst_van) > orde.index(b.ernst_tot):
                lezer.fout(bestand, rij, f"bij domein '{b.domein}' is 'van' erger dan 'tot'")


def _extramuralisering(domein: Domein, lezer: Lezer) -> None:
    for e in domein.extramuralisering:
        bestand, rij = "doelgroepen.toml", f"extramuralisering '{e.zzp}'"
        for code in e.doelgroepen:
            if _mist(code, domein.doelgroepen, lezer):
                lezer.fout(bestand, rij, f"de doelgroep '{code}' bestaat niet")
        if e.aantal <= 0 or not 0 < e.aandeel <= 1:
            lezer.fout(bestand, rij, "het aantal of aandeel kan niet")


def _randvoorwaarden(domein: Domein, lezer: Lezer) -> None:
    for r in domein.randvoorwaarden.values():
        bestand, rij = "randvoorwaarden.toml", f"randvoorwaarde '{r.code}'"
        if _mist(r.groep, domein.groepen, lezer):
            lezer.fout(bestand, rij, f"de groep '{r.groep}' bestaat niet")
        if r.norm_m is not None and r.norm_m <= 0:
            lezer.fout(bestand, rij, "de norm in meters moet groter dan 0 zijn")


def _meetregels(domein: Domein, lezer: Lezer) -> None:
    for nummer, m in enumerate(domein.meetregels, start=1):
        rij = f"meetregel nummer {nummer} ('{m.regel}')"
        if m.werking not in WERKINGEN:
            lezer.fout("meetregels.toml", rij, f"'{m.werking}' is geen werking: kies {', '.join(WERKINGEN)}")
        for code in m.randvoorwaarden:
            if _mist(code, domein.randvoorwaarden, lezer):
                lezer.fout("meetregels.toml", rij, f"de randvoorwaarde '{code}' bestaat niet")
            elif m.regel in MET_NORM and _zonder_norm(domein, code):
                lezer.fout("meetregels.toml", rij, f"de randvoorwaarde '{code}' heeft geen norm in meters")


def _zonder_norm(domein: Domein, code: str) -> bool:
    return code in domein.randvoorwaarden and domein.randvoorwaarden[code].norm_m is None


def _eisen(domein: Domein, lezer: Lezer) -> None:
    for sleutel, eis in domein.eisen.items():
        rij = " / ".join(sleutel)
        for naam, code, lijst in (
            ("doelgroep", eis.doelgroep, domein.doelgroepen),
            ("mantelzorgsituatie", eis.mantelzorg, domein.mantelzorg),
            ("randvoorwaarde", eis.randvoorwaarde, domein.randvoorwaarden),
            ("graad", eis.graad, domein.graden),
        ):
            if _mist(code, lijst, lezer):
                lezer.fout("eisen.csv", rij, f"de {naam} '{code}' bestaat niet")
    for sleutel in product(domein.doelgroepen, domein.mantelzorg, domein.randvoorwaarden):
        if sleutel not in domein.eisen and " / ".join(sleutel) not in lezer.gebroken:
            lezer.fout("eisen.csv", " / ".join(sleutel), "deze combinatie ontbreekt")


def _normen(domein: Domein, lezer: Lezer) -> None:
    for n in domein.normen.values():
        if n.waarde_tot is not None and n.waarde_tot <= n.waarde:
            lezer.fout("normen.toml", f"norm '{n.code}'", "'waarde_tot' moet groter zijn dan 'waarde'")


def _bronnen(domein: Domein, lezer: Lezer) -> None:
    for b in domein.bronnen.values():
        bestand, rij = "bronnen.toml", f"bron '{b.code}'"
        if b.soort not in SOORTEN:
            lezer.fout(bestand, rij, f"de soort '{b.soort}' bestaat niet")
        if b.jaar not in JAREN or b.jaar_merk not in MERKEN:
            lezer.fout(bestand, rij, "het jaar of het merk van het jaar kan niet")
        if "{" in b.naamsvermelding.replace("{jaar}", ""):
            lezer.fout(bestand, rij, "in de naamsvermelding mag alleen {jaar} tussen accolades staan")
        if b.url and not b.url.startswith("https://"):
            lezer.fout(bestand, rij, "de url moet met https:// beginnen")
