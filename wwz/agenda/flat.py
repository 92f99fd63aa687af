"""The agenda as flat rows, for a file or a terminal: numbers as on the screen, few people as '<10'."""

from __future__ import annotations

from wwz.agenda import rows as agenda
from wwz.ask.area import Area
from wwz.words.numbers import is_known, rounded_people

COLUMNS = (
    "gebied", "naam", "rang", "randvoorwaarde", "titel", "graad", "eigen_eis", "voor_wie", "mensen", "onder", "boven", "onbekend_nodig", "onbekend_onder", "onbekend_tot",
    "verschil", "verwacht", "verwacht_onder", "verwacht_boven", "eenheid", "hoe", "soort", "doen", "helpt", "uitzoeken", "bron",
)  # fmt: skip
NUMBERS = (
    "mensen", "onder", "boven", "onbekend_nodig", "onbekend_onder", "onbekend_tot", "verwacht", "verwacht_onder", "verwacht_boven",
)  # fmt: skip


def agenda_rows(found: agenda.Agenda, area: Area) -> list[dict]:
    """The agenda as flat rows with the columns of `COLUMNS`: numbers as on the screen, few people as '<10'."""
    codes = ",".join(area.link)
    rows = [
        {
            "gebied": codes,
            "naam": area.naam,
            "rang": number,
            "eenheid": "mensen",
            **_texts(row, found.minimum),
        }
        for number, row in enumerate(found.rows.to_dict("records"), 1)
    ]
    return [{name: row[name] for name in COLUMNS} for row in rows]


def _texts(row: dict, minimum: int) -> dict:
    numbers = {name: _number(row[name], minimum) for name in NUMBERS}
    # Too few people to show is not the same as unknown.
    if row["mensen_tekst"].startswith("<"):
        numbers["mensen"] = row["mensen_tekst"]
    return {**row, **numbers, "graad": row["graad_titel"], "eigen_eis": "ja" if row["eigen_eis"] else "nee"}


def _number(value: float, minimum: int) -> int | str | None:
    if not is_known(value):
        return None
    return f"<{minimum}" if value < minimum else int(rounded_people(value))
