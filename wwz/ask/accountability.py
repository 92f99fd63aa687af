"""Method, assumptions, sources and terms, from the knowledge files."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache

import pandas as pd

from wwz.ask import ages
from wwz.ask.accuracy import MARKS
from wwz.knowledge import domain, load_toml
from wwz.knowledge.rules import FILE, calculation_rules
from wwz.store import Store, remembered
from wwz.words.numbers import dutch, in_full

LEVELS = {"buurt": "per buurt", "wijk": "per wijk", "gemeente": "per gemeente", "land": "voor het hele land"}


@dataclass(frozen=True)
class Section:
    """A heading and a text in Markdown."""

    title: str
    text: str


@remembered
def method(store: Store) -> list[Section]:
    """The method in a few short sections (methode.toml), with the values that this database was built with."""
    rules = load_toml("onzekerheid.toml")["regels"]
    values = {
        "minimum": store.about()["minimum"],
        "indeling": store.about()["indeling"],
        "dekking": dutch(100 * rules["dekking_minimaal"]),
        "verschil": dutch(100 * rules["zelfde_gebied_deel"]),
        **ages.in_text(),
    }
    return [Section(row["titel"], row["tekst"].format(**values)) for row in load_toml("methode.toml")["deel"]]


@remembered
def assumptions(store: Store) -> pd.DataFrame:
    """Every rule and assumption behind the figures, with its mark and source."""
    uncertain = load_toml("onzekerheid.toml")
    rows = [
        _row(
            f"Marge van gezondheidscijfers {LEVELS[m['niveau']]}",
            f"{dutch(100 * m['relatief'])}% naar boven en beneden",
            m,
        )
        for m in uncertain["modelmarge"]
    ]
    rows += [
        _row(
            f"Afronding van {a['soort']} ({a['familie']})",
            f"op {dutch(a['stap'], 1 if a['stap'] < 1 else 0)}",
            a,
        )
        for a in uncertain["afronding"]
    ]
    rows += [
        _row(
            norm.titel,
            f"{dutch(norm.waarde, 0 if float(norm.waarde).is_integer() else 1)} {norm.eenheid}",
            {
                "reden": norm.toelichting,
                "merk": norm.merk,
                "bron": domain.bronnen()[norm.bron].titel,
                "jaar": norm.jaar,
            },
        )
        for norm in domain.normen().values()
    ]
    rows += [
        _row(rule.titel, f"{in_full(rule.waarde)} {rule.eenheid}", asdict(rule))
        for rule in calculation_rules()
    ]
    rows.append(_row(*_density()))
    rows.append(
        _row(
            "Kleinste aantal mensen dat we tonen",
            str(store.about()["minimum"]),
            {
                "reden": "Bescherming van personen. De gemeente stelt dit in.",
                "merk": "A",
                "bron": "config.toml",
                "jaar": "",
            },
        )
    )
    return pd.DataFrame(rows)


def _density() -> tuple[str, str, dict]:
    """From how many addresses a square kilometre a buurt is how urban."""
    known = load_toml(FILE)["stedelijkheid"]
    limits = ", ".join(dutch(limit) for limit in known["vanaf"])
    return known["titel"], f"klasse 1 tot 5: vanaf {limits} adressen per vierkante kilometer", known


def _row(what: str, value: str, entry: dict) -> dict[str, str]:
    return {
        "wat": what,
        "waarde": value,
        "reden": entry["reden"],
        "hoe_bekend": MARKS[entry["merk"]],
        "bron": f"{entry['bron']} {entry['jaar']}".strip(),
    }


@cache
def sources() -> pd.DataFrame:
    """The sources of figures, with licence."""
    rows = [s for s in domain.bronnen().values() if s.soort == "dataset"]
    return pd.DataFrame(
        [
            {
                "titel": s.titel,
                "uitgever": s.uitgever,
                "toelichting": s.toelichting,
                "licentie": s.licentie,
                "url": s.url,
            }
            for s in rows
        ]
    )


@cache
def terms() -> pd.DataFrame:
    """The glossary."""
    return pd.DataFrame(
        [{"term": b.term, "uitleg": b.uitleg} for b in domain.begrippen().values()]
    ).sort_values("term", key=lambda c: c.str.lower())
