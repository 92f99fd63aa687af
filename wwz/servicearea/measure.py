"""How large, how compact and how whole a set of buurten is: told at once while somebody composes an area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wwz.ask.area import Area
from wwz.ask.outlook import BASE, Outlook, in_words, outlook, scenarios, subjects, years
from wwz.ask.ownareas import usable
from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.knowledge.serviceareas import rules
from wwz.servicearea.parts import Parts, parts_of
from wwz.store import Store, remembered
from wwz.words.numbers import UNKNOWN, dutch, is_known

OLD = "leeftijd_75plus"
METRES = 1000
TOO_SMALL, TOO_LARGE, FITS = "te klein", "te groot", "past"


def between() -> str:
    """How many people a woonservicegebied has: 5.000 tot 10.000."""
    return f"{dutch(rules().minst)} tot {dutch(rules().meest)}"


@dataclass(frozen=True)
class Measured:
    """One set of buurten.

    Attributes
    ----------
    inwoners, onbekend
        People, and of how many buurten that is not known.
    maat
        Whether it fits: past, te klein or te groot.
    stukken
        Names in each piece that hangs together, the largest first; empty without boundaries.
    tot_midden
        Metres from people to the buurt in the middle, on average; None without boundaries or people.
    """

    inwoners: int
    onbekend: int
    maat: str
    stukken: tuple[tuple[str, ...], ...]
    tot_midden: float | None

    @property
    def zinnen(self) -> list[str]:
        """Size, continuity and compactness in sentences."""
        rule = rules()
        found = {
            FITS: [f"Dat past: een woonservicegebied heeft {between()} inwoners."],
            TOO_SMALL: [
                f"Dat zijn er {dutch(rule.minst - self.inwoners)} te weinig voor een woonservicegebied ({between()})."
            ],
            TOO_LARGE: [
                f"Dat zijn er {dutch(self.inwoners - rule.meest)} te veel voor een woonservicegebied ({between()})."
            ],
        }[self.maat]
        if self.onbekend:
            found.append(counted("Van {n} [buurt|buurten] is het aantal inwoners onbekend.", self.onbekend))
        if len(self.stukken) > 1:
            loose = ", ".join(name for piece in self.stukken[1:] for name in piece[:3])
            found.append(f"Het gebied ligt niet aan elkaar vast. Los liggen: {loose}.")
        elif self.stukken:
            found.append("Het gebied ligt aan elkaar vast.")
        if self.tot_midden is not None:
            found.append(
                f"Mensen wonen gemiddeld {dutch(round(self.tot_midden, -1))} meter van het midden (in een rechte lijn, gemeten per buurt)."
            )
        return found


@remembered
def measure(store: Store, codes: Sequence[str]) -> Measured:
    """Measure a set of buurten."""
    people_of = store.areas().set_index("code")["inwoners"].reindex(list(codes)).astype("float64")
    total, unknown = round(people_of.sum()), int(people_of.isna().sum())
    rule = rules()
    fits = TOO_SMALL if total < rule.minst else TOO_LARGE if total > rule.meest else FITS
    parts = _drawn(store, tuple(codes))
    if parts is None:
        return Measured(total, unknown, fits, (), None)
    everything = list(range(len(parts.codes)))
    pieces = tuple(tuple(parts.namen[one] for one in piece) for piece in parts.pieces(everything))
    return Measured(total, unknown, fits, pieces, _to_middle(parts))


def _drawn(store: Store, codes: tuple[str, ...]) -> Parts | None:
    try:
        return parts_of(store, codes) if codes else None
    except Fout:
        return None


def _to_middle(parts: Parts) -> float | None:
    if parts.mensen.sum() <= 0:
        return None
    return float((parts.mensen @ parts.ver).min() / parts.mensen.sum() * METRES)


def overlaps(store: Store, codes: Sequence[str], but: str = "") -> list[str]:
    """A sentence for every area of one's own that shares buurten with this one (`but` is itself)."""
    mine = set(codes)
    return [
        counted("{n} [buurt hoort|buurten horen] ook bij {naam}.", len(shared), naam=own.naam)
        for own in usable(store)
        if own.code != but and (shared := mine & set(own.buurten))
    ]


@remembered
def older_by_part(store: Store, area: Area) -> dict[str, float]:
    """People of 75 and older in each smallest area, where that may be shown; estimated."""
    shown = _older(store, area)
    if shown is None:
        return {}
    now = shown.parts[shown.parts["jaar"] == years()[0]]
    return {
        row["gebied"]: float(row["teller"])
        for row in now.to_dict("records")
        if is_known(row["teller"]) and not row["verborgen"] and not row["beschermd"]
    }


@remembered
def older_text(store: Store, area: Area) -> str:
    """People of 75 and older in an area, in words."""
    shown = _older(store, area)
    return UNKNOWN if shown is None else in_words(shown.whole.loc[years()[0]], shown.minimum)


def _older(store: Store, area: Area) -> Outlook | None:
    subject = subjects(store).get(OLD)
    return subject and outlook(store, area, area.smallest, subject, scenarios(subject)[BASE])
