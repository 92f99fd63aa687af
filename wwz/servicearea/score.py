"""What a woonservicegebied has and lacks: from evidence where a rule exists, as somebody says otherwise, and never assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wwz.agenda.rows import ask_steady, parameters
from wwz.agenda.words import ASSUMED
from wwz.ask.area import Area
from wwz.ask.conditions import how_known
from wwz.base.dates import short_day
from wwz.base.errors import Fout
from wwz.knowledge import domain, serviceareas
from wwz.knowledge.serviceareas import MISSING, PARTLY, PRESENT, UNKNOWN, Norm, Onderdeel
from wwz.own.areas import said as ownsaid
from wwz.own.areas.said import Said
from wwz.servicearea.within import within
from wwz.store import Store
from wwz.words.numbers import dutch, is_known, whole_or_half

GIVEN, MEASURED, NOTHING = "opgegeven", "geschat", "onbekend"
NOT_MEASURED = "Dit is niet te meten. Vraag het na en vul het in."


@dataclass(frozen=True)
class Judged:
    """One onderdeel of one area.

    Attributes
    ----------
    status, soort
        One of `serviceareas.STATUSES`, and how it is known: opgegeven, geschat or onbekend.
    bewijs
        What the data say, in a sentence; also where somebody said otherwise.
    gemeten
        The status by the data alone.
    opgave
        What somebody said; None when nobody did.
    """

    onderdeel: Onderdeel
    status: str
    soort: str
    bewijs: str
    gemeten: str
    opgave: Said | None

    @property
    def tekst(self) -> str:
        """All that is known of it, in sentences."""
        if self.opgave is None:
            return self.bewijs
        said = f"{self.opgave.wie} gaf dit op, {short_day(self.opgave.wanneer)}."
        why = f" {self.opgave.toelichting.rstrip('.')}." if self.opgave.toelichting else ""
        other = f" Volgens de gegevens: {self.gemeten}. {self.bewijs}" if self.gemeten != UNKNOWN else ""
        return f"{said}{why}{other}"


def area_key(area: Area) -> str:
    """By what name the ledger keeps what is said of an area.

    Raises
    ------
    Fout
        When it is a choice of several areas that was not kept yet.
    """
    if len(area.link) != 1:
        raise Fout("Bewaar dit gebied eerst onder een naam. Daarna is te zien wat er is en wat ontbreekt.")
    return area.link[0]


def score(store: Store, area: Area) -> list[Judged]:
    """Every onderdeel of an area, in the order of the source.

    Raises
    ------
    Fout
        As `area_key`, and when the area is too large for an agenda.
    """
    said = ownsaid.statuses(store.path, area_key(area))
    norms = ownsaid.norms(store.path)
    rows = _conditions(store, area)
    return [_judge(store, area, one, said, norms, rows) for one in serviceareas.onderdelen().values()]


def _conditions(store: Store, area: Area) -> dict[str, dict[str, Any]]:
    """What the agenda knows of each randvoorwaarde; of two degrees the stricter."""
    rows = ask_steady(store, "agenda_tekort", **parameters(store, area))
    found: dict[str, dict[str, Any]] = {}
    for row in rows.to_dict("records"):
        found.setdefault(str(row["randvoorwaarde"]), {str(k): v for k, v in row.items()})
    return found


def _judge(
    store: Store,
    area: Area,
    one: Onderdeel,
    said: Mapping[str, Said],
    norms: Mapping[tuple[str, str], Norm],
    rows: Mapping[str, Mapping[str, Any]],
) -> Judged:
    if one.bereik:
        found = [_by_norm(store, area, norms[one.code, norm.code], rows) for norm in one.bereik]
    else:
        found = [_by_condition(code, rows.get(code)) for code in one.rv]
    status = together([each for each, _ in found])
    proof = " ".join([*(text for _, text in found), one.noot if status != UNKNOWN else ""]).strip()
    given = said.get(one.code)
    # Who says that it is not known, leaves it to the data.
    if given is not None and given.status != UNKNOWN:
        return Judged(one, given.status, GIVEN, proof or NOT_MEASURED, status, given)
    kind = MEASURED if status != UNKNOWN else NOTHING
    return Judged(one, status, kind, proof or NOT_MEASURED, status, None)


def together(statuses: Sequence[str]) -> str:
    """Of several proofs of one thing: all there, none there, or partly; with one unknown it is not known."""
    if not statuses or UNKNOWN in statuses:
        return UNKNOWN
    return statuses[0] if len(set(statuses)) == 1 else PARTLY


def verdict(part: float, wanted: float) -> str:
    """There when at least the wanted part (0 to 1) has it; missing when hardly anybody has."""
    lacks = serviceareas.section("oordeel")["ontbreekt"]
    return PRESENT if part >= wanted else MISSING if part <= min(lacks, wanted) else PARTLY


def _by_norm(store: Store, area: Area, norm: Norm, rows: Mapping[str, Mapping[str, Any]]) -> tuple[str, str]:
    """By who has it within reach; where that is not measured, by what the agenda knows of the same distance."""
    found = _by_distance(store, area, norm)
    if found[0] != UNKNOWN or not norm.rv:
        return found
    other = _by_condition(norm.rv, rows.get(norm.rv))
    return other if other[0] != UNKNOWN else found


def _by_distance(store: Store, area: Area, norm: Norm) -> tuple[str, str]:
    what = f"{serviceareas.voorziening(norm.code)} binnen {dutch(norm.meter)} meter"
    who = serviceareas.GROUPS[norm.wie]
    found = within(store, area, norm)
    if found.deel is None or found.bekend < serviceareas.section("oordeel")["bekend"]:
        return UNKNOWN, f"Niet bekend is wie {what} heeft."
    low, high = (100 * (part or 0.0) for part in (found.onder, found.boven))
    status = verdict(found.deel, norm.procent / 100)
    # With points that are not in the list, more people have it: what is there stays there, what lacks may not.
    if (
        status != PRESENT
        and not store.ask("bereik_onvolledig", buurten=list(area.buurten), bereik=norm.code).empty
    ):
        return UNKNOWN, f"Wie {what} heeft, is niet te zeggen: de lijst met punten lijkt niet volledig."
    margin = f", tussen {dutch(low)} en {dutch(high)}%" if high - low >= 1 else ""
    unsure = " Of dat de norm haalt, is niet zeker." if low < norm.procent <= high else ""
    return (
        status,
        f"{dutch(100 * found.deel)}% van de {who} heeft {what}{margin} (norm: {whole_or_half(norm.procent)}%).{unsure}",
    )


def _by_condition(code: str, row: Mapping[str, Any] | None) -> tuple[str, str]:
    title = domain.randvoorwaarden()[code].titel
    if row is None or not (row["genoeg"] or row["begrensd"]):
        return UNKNOWN, f"Van {title.lower()} is niet genoeg bekend."
    if row["hoe"] == ASSUMED:
        return UNKNOWN, f"Van {title.lower()} is er alleen een ruwe aanname. Die telt hier niet."
    if bool(row["niemand"]):
        return PRESENT, f"{title}: niemand mist dit, voor zover bekend."
    lacks = (row["zeker"], row["mogelijk"])
    if not all(map(is_known, lacks)):
        return UNKNOWN, f"{title}: het gaat om te weinig mensen om te tonen."
    rule = serviceareas.section("oordeel")
    has_least, has_most = 1 - float(lacks[1]), 1 - float(lacks[0])
    status = _between(has_least, has_most, rule["aanwezig"], rule["ontbreekt"])
    how = how_known("begrensd" if row["begrensd"] else str(row["hoe"]))
    return (
        status,
        f"{title}: {dutch(100 * has_least)} tot {dutch(100 * has_most)}% van wie het nodig heeft, heeft het. {how}.",
    )


def _between(least: float, most: float, there: float, missing: float) -> str:
    """A status only where both bounds have the same one."""
    if least >= there:
        return PRESENT
    if most <= missing:
        return MISSING
    return PARTLY if least > missing and most < there else UNKNOWN


def counts(found: Sequence[Judged]) -> dict[str, int]:
    """How many onderdelen have each status."""
    number = Counter(one.status for one in found)
    return {status: number[status] for status in serviceareas.STATUSES}


def headline(area: Area, found: Sequence[Judged]) -> str:
    """The finding of a score in one sentence."""
    number, total = counts(found), len(found)
    if number[UNKNOWN] == total:
        return f"{area.naam}: van geen van de {total} onderdelen is bekend of het er is"
    parts = [f"{number[status]} {status}" for status in serviceareas.STATUSES if number[status]]
    return f"{area.naam}: van {total} onderdelen {', '.join(parts[:-1])} en {parts[-1]}" if len(parts) > 1 else (
        f"{area.naam}: alle {total} onderdelen {parts[0].split(' ', 1)[1]}"
    )  # fmt: skip


def arrangements(found: Sequence[Judged]) -> pd.DataFrame:
    """What each of the three arrangements would lack here.

    Returns
    -------
    pandas.DataFrame
        code, titel, uitleg, nodig (how many onderdelen), one column a status with the titles, and merk.
    """
    by_code = {one.onderdeel.code: one for one in found}
    rows = []
    for each in serviceareas.arrangements().values():
        here = [by_code[code] for code in each.nodig]
        row = {
            "code": each.code,
            "titel": each.titel,
            "uitleg": each.uitleg,
            "nodig": len(here),
            "merk": each.merk,
        }
        for status in serviceareas.STATUSES:
            row[status] = [one.onderdeel.titel for one in here if one.status == status]
        rows.append(row)
    return pd.DataFrame(rows)
