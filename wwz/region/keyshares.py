"""What each key means before there are numbers: which part of any number a gemeente would get."""

from __future__ import annotations

from wwz.knowledge.regions import sleutels
from wwz.region.places import Regio, measured
from wwz.region.whole import divided
from wwz.words.numbers import UNKNOWN, dutch

TITLE = "Wat elke sleutel betekent: zoveel van iedere 1.000 mensen"
OF = 1000


def table(regio: Regio) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Headings, and per gemeente how many of every 1,000 people it gets by each key that needs no numbers of people."""
    keys = [key for key in sleutels().values() if key.maat]
    found = measured(regio)
    columns = []
    for key in keys:
        values = [found[code].get(key.maat) for code in regio.codes]
        known = [v for v in values if v is not None]
        whole = len(known) == len(values)
        columns.append([dutch(n) for n in divided(OF, known)] if whole else [UNKNOWN] * len(values))
    lines = [(name, *(column[n] for column in columns)) for n, name in enumerate(regio.namen.values())]
    return ("Gemeente", *(key.titel for key in keys)), lines
