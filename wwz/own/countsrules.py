"""A count of the municipality, and which counts may stand together: it depends on names, areas and years, never on a number."""

from __future__ import annotations

from dataclasses import dataclass

from wwz.knowledge import catalogue
from wwz.own import countskept

# So many areas can be read in one sentence.
MOST_NAMED = 10


@dataclass(frozen=True)
class Telling:
    """How many people the municipality counts in one area.

    Attributes
    ----------
    onderwerp
        What is counted, in words.
    gebruik, doel
        vervangt, ijkt or tonen, and the catalogue code it is about; empty where there is none.
    gebied, aantal, peildatum
        Code, people, ISO date.
    bron, wie, wanneer
        Which registration, who uploaded it, and when (ISO).
    """

    onderwerp: str
    gebruik: str
    doel: str
    gebied: str
    aantal: int
    peildatum: str
    bron: str
    wie: str
    wanneer: str

    @property
    def jaar(self) -> int:
        """Year of the reference date."""
        return int(self.peildatum[:4])

    @property
    def key(self) -> tuple[str, str, int]:
        """What a later count of the same thing replaces."""
        return self.onderwerp.lower(), self.gebied, self.jaar


def two_masters(counts: list[Telling]) -> list[str]:
    """Subjects that want the same estimate."""
    owner: dict[str, str] = {}
    mistakes = []
    for count in counts:
        if not count.doel or count.gebruik == "tonen":
            continue
        first = owner.setdefault(count.doel, count.onderwerp)
        if first.lower() != count.onderwerp.lower():
            mistakes.append(
                f"{count.onderwerp} en {first} gaan allebei over {catalogue()[count.doel].titel}. "
                "Haal er een weg, of kies voor een van de twee: alleen naast elkaar zetten."
            )
    return list(dict.fromkeys(mistakes))


def gemeente_of(count: Telling) -> str:
    """The code of the gemeente that a count is in."""
    return f"GM{count.gebied[2:6]}"


def missing(known: list[Telling], counts: list[Telling]) -> list[str]:
    """Areas that a subject has in a gemeente and year, and that are not in what replaces it."""
    given: dict[tuple[str, str, int], set[str]] = {}
    for count in counts:
        given.setdefault((count.onderwerp.lower(), gemeente_of(count), count.jaar), set()).add(count.gebied)
    there: dict[tuple[str, str, int], set[str]] = {}
    for count in known:
        there.setdefault((count.onderwerp.lower(), gemeente_of(count), count.jaar), set()).add(count.gebied)
    names = {count.onderwerp.lower(): count.onderwerp for count in counts}
    return [
        f"Van {names[key[0]]} is er in {key[1]} voor {key[2]} al meer opgegeven: {_listed(there[key] - areas)}. Lever alle "
        "gebieden in één keer in, of haal het onderwerp eerst weg."
        for key, areas in given.items()
        if there.get(key, set()) - areas
    ]


def other_aim(known: list[Telling], counts: list[Telling]) -> list[str]:
    """Subjects that would be about another estimate while counts of before stay.

    What a count is about decides how it is protected: that is not for the next who uploads to change.
    """
    replaced = {count.key for count in counts}
    stays = {c.onderwerp.lower(): c.doel for c in known if c.doel and c.key not in replaced}
    return list(
        dict.fromkeys(
            f"{c.onderwerp} gaat al over {catalogue()[doel].titel}. Kies dezelfde schatting, of haal het onderwerp eerst weg."
            for c in counts
            if (doel := stays.get(c.onderwerp.lower())) in catalogue() and doel != c.doel
        )
    )


def other_level(kept: countskept.Kept, counts: list[Telling]) -> list[str]:
    """Subjects and years that were shown per buurt, and now come per wijk: the two together can be subtracted."""
    shown: dict[tuple[str, int, str], str] = {}
    for subject, year, area in kept.seen:
        shown[subject, year, area[2:6]] = area[:2]
    return list(
        dict.fromkeys(
            f"{c.onderwerp} over {c.jaar} is in {gemeente_of(c)} al getoond per {_level_words({level})}. Geef het weer per "
            f"{_level_words({level})}, of geef een ander jaar."
            for c in counts
            if (level := shown.get((c.onderwerp.strip().lower(), c.jaar, c.gebied[2:6]), c.gebied[:2]))
            != c.gebied[:2]
        )
    )


def _listed(codes: set[str]) -> str:
    more = len(codes) - MOST_NAMED
    return ", ".join(sorted(codes)[:MOST_NAMED]) + (f" en nog {more} andere" if more > 0 else "")


def two_levels(counts: list[Telling], gemeenten: set[str]) -> list[str]:
    """One level per gemeente: of a wijk and its buurten together, the rest of the wijk would be known.

    Whether two subjects are about the same people only shows from their numbers, so it holds for all of them.
    """
    levels: dict[str, set[str]] = {}
    for count in counts:
        levels.setdefault(gemeente_of(count), set()).add(count.gebied[:2])
    names = {
        code: " en ".join(dict.fromkeys(c.onderwerp for c in counts if gemeente_of(c) == code))
        for code in gemeenten
    }
    return [
        f"In {code} staan cijfers per {_level_words(levels[code])}: {names[code]}. Geef alles in een gemeente op één niveau, "
        "of haal de oude cijfers eerst weg."
        for code in sorted(gemeenten)
        if len(levels[code]) > 1
    ]


def _level_words(prefixes: set[str]) -> str:
    words = {"BU": "buurt", "WK": "wijk", "GM": "gemeente"}
    return " en per ".join(words.get(p, p) for p in sorted(prefixes))
