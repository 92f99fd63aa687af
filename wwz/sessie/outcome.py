"""What the answers of the room add up to: the registijl, and whom of the mirror one resembles."""

from __future__ import annotations

from dataclasses import dataclass

from wwz.knowledge import steering
from wwz.sessie.results import Answers


@dataclass(frozen=True)
class Style:
    """The style that follows from the answers, and what the room chose itself.

    Attributes
    ----------
    volgt, gekozen
        Rows of the styles; None when the room is divided or has not answered.
    uitleg
        Why, in a sentence.
    verdeeld
        For each style who placed it there: title and the kinds of organisations with their numbers.
    """

    volgt: dict | None
    gekozen: dict | None
    uitleg: str
    verdeeld: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


def style(answers: list[Answers]) -> Style:
    """The style of a step Regie bepalen."""
    by_code = {one.vraag.code: one for one in answers}
    script, power = (by_code[code].leading() if code in by_code else "" for code in ("script", "macht"))
    rows = {row["code"]: row for row in steering.rows("registijlen", "stijl")}
    follows = next(
        (r for r in rows.values() if script in ("ja", "nee") and power in ("ja", "nee")
         and r["script"] == (script == "ja") and r["macht"] == (power == "ja")),
        None,
    )  # fmt: skip
    chosen = rows.get(by_code["stijl"].leading()) if "stijl" in by_code else None
    placed = tuple(
        (rows[option.code]["titel"], option.delen)
        for option in (by_code["stijl"].opties if "stijl" in by_code else ())
    )
    return Style(follows, chosen, _why(follows, script, power, chosen), placed)


def _why(follows: dict | None, script: str, power: str, chosen: dict | None) -> str:
    if follows is None:
        return "De tafel is het nog niet eens over het script of de doorzettingsmacht. Bespreek dat eerst."
    words = f"{'Wel' if script == 'ja' else 'Geen'} eigen script en {'wel' if power == 'ja' else 'geen'} doorzettingsmacht"
    text = f"{words}: daar past {follows['titel'].lower()} bij."
    if chosen and chosen["code"] != follows["code"]:
        text += f" De tafel koos zelf {chosen['titel'].lower()}. Bespreek waarom."
    return text


def instruments(style_row: dict | None) -> list[str]:
    """The instruments that go with a style."""
    return [row["tekst"] for row in style_row["instrumenten"]] if style_row else []


def resembled(answers: list[Answers]) -> list[tuple[dict, int, int]]:
    """The municipalities of the mirror, the most alike first: the row, on how many subjects it is alike, of how many."""
    own = {one.vraag.code: one.leading() for one in answers}
    own = {code: choice for code, choice in own.items() if choice}
    found = [
        (row, sum(row["kies"].get(code) == choice for code, choice in own.items()), len(own))
        for row in steering.rows("spiegel", "gemeente")
    ]
    return sorted(found, key=lambda one: -one[1])
