"""Where what the municipality states cannot be, by what open data bound: told where it is stated, and in the agenda."""

from __future__ import annotations

from wwz.agenda.rows import ask_steady, parameters
from wwz.agenda.words import lacked
from wwz.ask.area import Area
from wwz.ask.conditions import bound_reason
from wwz.ask.stated import by_statements
from wwz.base.counted import counted
from wwz.base.sentence import capital
from wwz.store import Store
from wwz.words.numbers import dutch


@by_statements
def contradictions(store: Store, area: Area) -> list[str]:
    """One sentence for each randvoorwaarde of which a statement and a bound cannot both be true."""
    rows = ask_steady(store, "agenda_tegenspraak", **parameters(store, area))
    return [_sentence(row) for row in rows.to_dict("records")]


def _sentence(row: dict) -> str:
    said, edge = (row["boven"], row["minst"]) if row["te_weinig"] else (row["onder"], row["meest"])
    words = ("hooguit", "ten minste") if row["te_weinig"] else ("ten minste", "ten hoogste")
    where = counted("in {n} [buurt|buurten]", row["buurten"])
    example = f" ({row['voorbeeld']})" if row["buurten"] == 1 else f", zoals {row['voorbeeld']}"
    return (
        f"{capital(lacked(row['randvoorwaarde'], row['titel'], row['norm_m']))}: volgens de opgave mist {words[0]} "
        f"{_percent(said)} van de mensen dit. Dat kan niet kloppen met {bound_reason(row['hoe'])}: dan is het {words[1]} "
        f"{_percent(edge)}, {where}{example}. De opgave telt. Kijk haar na, of zeg erbij waar het uit blijkt."
    )


def _percent(part: float) -> str:
    return f"{dutch(100 * part)}%"
