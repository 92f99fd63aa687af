"""Evidence by randvoorwaarde: what we have, what is free to fetch, and what only the municipality can give."""

from __future__ import annotations

import pandas as pd

from wwz.ask.narrowing import missing, rules_of
from wwz.base.counted import counted
from wwz.base.sentence import capital
from wwz.knowledge import domain, load_toml
from wwz.store import Store, remembered
from wwz.words.numbers import dutch

STATES = (("bekend", "bekend"), ("begrensd", "begrensd"), ("signaal", "een signaal"))
NOTHING = "nog niets"


@remembered
def of_conditions(store: Store) -> pd.DataFrame:
    """One row per randvoorwaarde, by groep.

    Returns
    -------
    pandas.DataFrame
        Columns groep, titel, hebben (in how many buurten it is known, bounded or signalled), openbaar (which data may say it, or
        why none can), ophalen (what of that is free to fetch and not here yet), meebrengen (what only the municipality can
        read in) and vragen (who knows).
    """
    rows = store.ask("bewijs_stand")
    groups, asked = domain.domein().groepen, _whom()
    return pd.DataFrame(
        {
            "groep": [groups[code].titel for code in rows["groep"]],
            "titel": rows["titel"],
            "hebben": [_have(row) for row in rows.to_dict("records")],
            "openbaar": [_reason(code) for code in rows["randvoorwaarde"]],
            "ophalen": [_missing(store, code, fetched=True) for code in rows["randvoorwaarde"]],
            "meebrengen": [_missing(store, code, fetched=False) for code in rows["randvoorwaarde"]],
            "vragen": [asked.get(code, "") for code in rows["randvoorwaarde"]],
        }
    )


def _have(row: dict) -> str:
    parts = [f"{word} in {dutch(row[name])}" for name, word in STATES if row[name]]
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
