"""How large the groups are, now and later."""

from __future__ import annotations

from wwz.base.counted import counted
from wwz.base.dates import dutch_day
from wwz.base.sentence import listed
from wwz.knowledge.regions import groepen, regels
from wwz.own.region import register
from wwz.region.document import Onderdeel, Tabel
from wwz.region.overview import cells_of
from wwz.region.series import ESTIMATED, Reeks, series
from wwz.region.subject import Over
from wwz.words.numbers import UNKNOWN, dutch, rounded_people


def sizes(over: Over) -> Onderdeel:
    """Who needs care now and later by our own figures, and every other group by what was given."""
    each = [_each(over)] if not over.gemeente else []
    tables = [table for table in (_later(over), *each, _given(over)) if table.rijen]
    return Onderdeel(
        "1. Hoe groot zijn de groepen, nu en straks?", tuple(_sentences(over)), tuple(tables), _known(over)
    )


def _sentences(over: Over) -> list[str]:
    years = regels()["jaren"]
    texts = []
    if over.growth:
        now, first, last = over.growth
        texts.append(
            f"Het aantal 75-plussers gaat van ongeveer {_round(now)} nu naar ongeveer {_round(first)} in {years[0]} en ongeveer "
            f"{_round(last)} in {years[-1]}. Dat is {dutch(100 * (last / now - 1))}% meer dan nu."
        )
        missing = [g.kort for g in groepen().values() if g.code not in {r.groep.code for r in over.reeksen}]
    if missing:
        text = "Nog geen aantal is er van {n} [groep|groepen]: {wie}."
        texts.append(counted(text, len(missing), wie=listed(missing)))
    texts.append("Iemand kan in meer groepen zitten. Daarom tellen wij groepen nooit bij elkaar op.")
    return texts


def _round(number: int) -> str:
    return dutch(rounded_people(number))


def _later(over: Over) -> Tabel:
    years = regels()["jaren"]
    rows = []
    for reeks in over.estimated:
        ahead = over.ahead(reeks.groep)
        later = [f"{text}\n{margin}" if margin else text for text, margin in ahead.values()]
        rows.append((reeks.groep.titel, over.number(reeks), *later))
    heads = ("Groep (mensen)", f"Nu ({over.estimated[0].jaar})" if over.estimated else "Nu", *map(str, years))
    return Tabel.even("Ouderen en mensen met een beperking: geschat, met marge", heads, rows)


def _each(over: Over) -> Tabel:
    """75-plussers per gemeente, now and later."""
    years = regels()["jaren"]
    found = (
        [cells_of(series(over.regio, "ouderen", ESTIMATED, year)) for year in (0, *years)]
        if over.growth
        else []
    )
    rows = (
        [(name, *(cells[code] for cells in found)) for code, name in over.regio.namen.items()]
        if found
        else []
    )
    now = f"Nu ({over.estimated[0].jaar})" if over.estimated else "Nu"
    return Tabel.even(
        "75-plussers per gemeente (geschat)", ("Gemeente (mensen)", now, *map(str, years)), rows
    )


def _given(over: Over) -> Tabel:
    counted = {reeks.groep.code: reeks for reeks in over.reeksen if reeks.hoe != ESTIMATED}
    known = register.definities(over.regio.store.path)
    rows = []
    for code, group in groepen().items():
        if group.soort == "zorg" and code not in counted:
            continue
        reeks = counted.get(code)
        number = over.number(reeks) if reeks else UNKNOWN
        how = _how(reeks) if reeks else f"Te vragen: {known[code].bron}"
        rows.append((group.titel, number, how))
    return Tabel(
        "Aandachtsgroepen en urgenten", ("Groep", "Mensen", "Hoe bekend"), tuple(rows), (2.4, 1.0, 2.6)
    )


def _how(reeks: Reeks) -> str:
    """How a number is known; and when there are only numbers that stand apart, why they are not here."""
    apart = [] if reeks.met else list(dict.fromkeys(d.reden for d in reeks.zonder if d.apart is not None))
    text = f"{reeks.hoe}, {dutch_day(reeks.peildatum)}"
    return f"{text}; staat apart: {listed(apart)}" if apart else text


def _known(over: Over) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{reeks.hoe} {reeks.jaar}" for reeks in [*over.estimated, *over.reeksen]))
