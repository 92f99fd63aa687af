"""Which data would say more of a randvoorwaarde and is not here: what is free to fetch, and what only the municipality has."""

from __future__ import annotations

from dataclasses import dataclass

from wwz.knowledge import domain, load_toml, variables
from wwz.knowledge.domain_models import Meetregel
from wwz.store import Store, remembered

GIVEN, SIGNAL = "opgave", "signaleert"


@dataclass(frozen=True)
class Data:
    """Something a meetregel rests on: the kind or family of a file, or the kind of voorziening, its name in a sentence, and whether we fetch it."""

    gelezen: str
    titel: str
    ophalen: bool


def rules_of(code: str) -> list[Meetregel]:
    """The meetregels about a randvoorwaarde, what goes first first; without that of what a municipality states."""
    return [r for r in domain.meetregels() if r.regel != GIVEN and code in r.randvoorwaarden]


def missing(store: Store, code: str) -> list[Data]:
    """Data of rules that know or bound it, of which nothing was read; what decides goes first."""
    rules = [r for r in rules_of(code) if r.werking != SIGNAL]
    here = _here(store)
    found = dict.fromkeys(d for r in rules for d in _data(r) if d.gelezen not in here)
    return list(found)


def narrower(store: Store, code: str) -> str:
    """What to fetch or to read in so that it is better known, as a sentence; empty when everything is here."""
    data = missing(store, code)
    first = next((d for d in data if d.ophalen), data[0] if data else None)
    if first is None:
        return ""
    return f"Haal {first.titel} op (Gegevens)." if first.ophalen else f"Lees {first.titel} in (Gegevens)."


def ways(store: Store, code: str, ask: str) -> str:
    """How to find out more: by data that is not here yet first, and then by asking (`ask`)."""
    return f"{narrower(store, code)} {ask}".strip()


@remembered
def _here(store: Store) -> frozenset[str]:
    files = store.ask("bestanden")
    families = {name for text in files["familie"].dropna() for name in text.split(", ")}
    return frozenset({*families, *files["soort"], *store.ask("voorzieningen")["soort"]})


def _data(rule: Meetregel) -> list[Data]:
    known = load_toml("confrontatie.toml")["gegeven"]
    named = [d for d in known if set(rule.indicatoren) & set(d.get("indicatoren", ()))]
    found = named or [d for d in known if rule.regel in d.get("regels", ())]
    own = [Data(d["gelezen"], d["titel"], d["ophalen"]) for d in found]
    return own or [_of_family(variables()[name].familie) for name in rule.indicatoren if name in variables()]


def _of_family(family: str) -> Data:
    fetched = load_toml("tabellen.toml")["familie"].get(family)
    title = fetched["titel"] if fetched else domain.bronnen()[family].titel
    return Data(family, title, fetched is not None)
