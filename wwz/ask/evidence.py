"""Evidence by randvoorwaarde: what we have, what is free to fetch, and what only the municipality can give."""

from __future__ import annotations

import pandas as pd

from wwz.ask.narrowing import missing, rules_of
from wwz.base.counted import counted
from wwz.base.sentence import capital, listed
from wwz.knowledge import domain, load_toml
from wwz.store import Store, remembered
from wwz.words.numbers import dutch

# How it is known, surest first; a signal decides nothing, so it goes beside what is known and never in its place.
KNOWN = ("gemeten", "geschat", "aanname", "begrensd")
SIGNAL, UNKNOWN, NOTHING = "signaal", "onbekend", "nog niets"


@remembered
def of_conditions(store: Store) -> pd.DataFrame:
    """One row per randvoorwaarde, by groep.

    Returns
    -------
    pandas.DataFrame
        Columns groep, titel, hoe (how it is known in most buurten), hebben (in how many buurten it is measured, estimated, assumed,
        bounded or signalled), openbaar (which data may say it, or why none can), ophalen (what of that is free to fetch and
        not here yet), meebrengen (what only the municipality can read in) and vragen (who knows).
    """
    rows = store.ask("bewijs_stand")
    groups, asked = domain.domein().groepen, _whom()
    return pd.DataFrame(
        {
            "groep": [groups[code].titel for code in rows["groep"]],
            "titel": rows["titel"],
            "hoe": [_mostly(row) for row in rows.to_dict("records")],
            "hebben": [_have(row) for row in rows.to_dict("records")],
            "openbaar": [_reason(code) for code in rows["randvoorwaarde"]],
            "ophalen": [_missing(store, code, fetched=True) for code in rows["randvoorwaarde"]],
            "meebrengen": [_missing(store, code, fetched=False) for code in rows["randvoorwaarde"]],
            "vragen": [asked.get(code, "") for code in rows["randvoorwaarde"]],
        }
    )


def in_words(rows: pd.DataFrame) -> str:
    """How many randvoorwaarden are mostly measured, estimated, bounded or unknown, in two sentences. `rows`: of `of_conditions`."""
    counts = rows["hoe"].value_counts()
    told = [f"{kind} bij {counts[kind]}" for kind in (*KNOWN, SIGNAL, UNKNOWN) if kind in counts]
    words = listed(
        "alleen een signaal" + text.removeprefix(SIGNAL) if text.startswith(SIGNAL) else text for text in told
    )
    return counted(
        "Zo weten wij het in de meeste buurten, van {n} [randvoorwaarde|randvoorwaarden]: {deel}. Gemeten zegt wie haar mist. "
        "Begrensd zegt alleen hoeveel mensen dat minstens of hooguit zijn.",
        len(rows),
        deel=words,
    )


def _mostly(row: dict) -> str:
    """What holds in most buurten; of equally many the surest."""
    unknown = row["buurten"] - sum(row[name] for name in KNOWN)
    found = max((*KNOWN, UNKNOWN), key=lambda name: row.get(name, unknown))
    return SIGNAL if found == UNKNOWN and row[SIGNAL] else found


def _have(row: dict) -> str:
    parts = [f"{name} in {dutch(row[name])}" for name in KNOWN if row[name]]
    parts += [f"een signaal in {dutch(row[SIGNAL])}"] if row[SIGNAL] else []
    if not parts:
        return NOTHING
    return counted("{deel} van {n} [buurt|buurten]", row["buurten"], deel=", ".join(parts))


def _missing(store: Store, code: str, *, fetched: bool) -> str:
    titles = "; ".join(d.titel for d in missing(store, code) if d.ophalen is fetched)
    if fetched:
        return capital(titles) or "Niets"
    return f"Zelf in te lezen: {titles}" if titles else ""


def _reason(code: str) -> str:
    """What the rules for it rest on, in their order; without a rule why there is none."""
    texts = dict.fromkeys(r.toelichting for r in rules_of(code))
    return " ".join(texts) or load_toml("confrontatie.toml")["geen_bron"].get(code, "")


def _whom() -> dict[str, str]:
    return {
        code: party["wie"]
        for party in load_toml("confrontatie.toml")["vraag"]
        for question in party["vragen"]
        for code in question["randvoorwaarden"]
    }
