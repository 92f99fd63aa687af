"""Which differences are there: the one place that asks the rule for it (sql/rules/23_verschil.sql)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wwz.ask.area import Area
from wwz.knowledge import load_toml
from wwz.store import Store
from wwz.words.numbers import is_known

NO_DIFFERENCE = "geen duidelijk verschil"
NO_DIFFERENCES = "geen duidelijke verschillen"
HIGHER, LOWER, UNKNOWN = "hoger", "lager", "onbekend"
NUMBERS, TEXTS = ("waarde", "onder", "boven"), ("marge_uit", "niveau")
Row = Mapping[str, Any]


def half_of_90() -> float:
    """As wide as 90% of a normal distribution is to one side, in standard deviations (onzekerheid.toml)."""
    return float(load_toml("onzekerheid.toml")["regels"]["toeval"])


def place_of(area: Area) -> dict[str, str]:
    """Where an area lies, as `verdicts` wants it: its niveau, and its gemeente (empty where it is of several)."""
    inside = {code[2:6] for code in area.buurten}
    return {"niveau": area.niveau, "gemeente": inside.pop() if len(inside) == 1 else ""}


def place_of_code(code: str, niveau: str) -> dict[str, str]:
    """The same of one area of the data, by its code."""
    return {"niveau": niveau, "gemeente": "" if niveau in ("land", "eigen") else code[2:6]}


def verdicts(store: Store, about: Sequence[Row], others: Sequence[Row]) -> list[str]:
    """How each of the others compares with what stands beside it: hoger, lager, no clear difference or onbekend.

    Parameters
    ----------
    about, others
        Equally long. Each row with waarde, onder and boven (in the same unit; an interval that is not known counts as the
        value alone), marge_uit, niveau and gemeente (missing or empty: not known, and then nothing of the error is shared).
    """
    if not about:
        return []
    rows = store.ask(
        "verschil",
        **{name: [_number(row, name) for row in about] for name in NUMBERS},
        **{name: [_text(row, name) for row in about] for name in TEXTS},
        ander=[_number(row, "waarde") for row in others],
        ander_onder=[_number(row, "onder") for row in others],
        ander_boven=[_number(row, "boven") for row in others],
        ander_uit=[_text(row, "marge_uit") for row in others],
        ander_niveau=[_text(row, "niveau") for row in others],
        samen=[
            bool(_text(one, "gemeente")) and _text(one, "gemeente") == _text(other, "gemeente")
            for one, other in zip(about, others, strict=True)
        ],
    )
    return list(rows["woord"])


def _number(row: Row, name: str) -> float | None:
    value = row.get(name)
    return float(value) if value is not None and is_known(value) else None


def _text(row: Row, name: str) -> str | None:
    value = row.get(name)
    return value if isinstance(value, str) and value else None
