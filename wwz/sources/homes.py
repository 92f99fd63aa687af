"""Which rows of a list of addresses are homes: what stands there now, with a woonfunctie, each object once."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.sources.bag import (
    NOTHING,
    by_value,
    earlier,
    gone,
    named_columns,
    not_now,
    plain_of,
    rules_of,
    text_of,
)
from wwz.sources.reading import Report, Table
from wwz.words.numbers import dutch

BAG_NUMBER = re.compile(r"(\d{15,16})(?:\.0)?$")
MOSTLY = 0.5


def tells_use(frame: pd.DataFrame) -> bool:
    """Whether a table says what its objects are used for, in the words of the BAG: then it is a list of addresses."""
    return _use(frame) is not None


def homes(table: Table, report: Report) -> pd.DataFrame:
    """Which rows are there, and which of those are somebody's home.

    Parameters
    ----------
    table
        A list of addresses or verblijfsobjecten, with whatever the BAG tells of them.
    report
        Takes how many rows are no home, and why.

    Returns
    -------
    pandas.DataFrame
        Columns bestaat, woning and object (its number in the BAG, missing where it has none), in the order of the
        table. What exists and is no home (an office, a nevenadres) can still tell where a postcode lies.
    """
    frame = table.frame
    objects = _objects(frame)
    old = not_now(frame) | earlier(frame, objects)
    ended = ~old & gone(frame)
    there = ~(old | ended)
    use, side = _use(frame), there & _side(frame)
    other = there & ~side & ~use if use is not None else pd.Series(False, index=frame.index)
    left = there & ~side & ~other
    again = left & (objects.where(left).duplicated() & objects.notna())
    woning = left & ~again
    reasons = {
        "zonder woonfunctie": other,
        "nevenadres": side,
        "dezelfde woning nog eens": again,
        "ingetrokken of nog niet gebouwd": ended,
        "geldt niet nu: een ander voorkomen van hetzelfde object": old,
    }
    parts = [f"{words} ({int(which.sum())})" for words, which in reasons.items() if which.any()]
    if parts:
        report.info(
            table.bestand,
            counted(
                "Als woning [telt|tellen] {n} van de {all} adressen. De andere niet: {reasons}.",
                int(woning.sum()),
                all=dutch(len(frame)),
                reasons="; ".join(parts),
            ),
            int((~woning).sum()),
        )
    if use is None and objects.notna().any():
        report.warn(
            table.bestand,
            "Er staat geen gebruiksdoel in dit bestand: kantoren en winkels tellen ook als woning. Neem de kolom gebruiksdoel van de BAG mee.",
        )
    # Only a number of the BAG is the same in another file; any other just tells the rows of this one apart.
    number = objects.where(objects.str.fullmatch(r"\d{16}").fillna(False).astype(bool))
    return pd.DataFrame({"bestaat": there, "woning": woning, "object": number})


def _use(frame: pd.DataFrame) -> pd.Series | None:
    """Which rows have a woonfunctie; None when the table does not tell. One cell may hold a list, in any notation."""
    rules = rules_of("gebruiksdoel")
    columns = named_columns(frame, rules["kolommen"])
    if not columns:
        return None
    cells = frame[columns[0]]

    def says(test: Callable[[list[str]], bool]) -> pd.Series:
        return by_value(cells, lambda cell: test(_words(cell))).astype(bool)

    known = says(
        lambda words: any(word in rules["woning"] or word.endswith(rules["eindigt"]) for word in words)
    )
    if known.sum() <= MOSTLY * says(bool).sum():
        return None
    return says(lambda words: any(word in rules["woning"] for word in words))


def _words(cell: object) -> list[str]:
    """woonfunctie · {woonfunctie,winkelfunctie} · ["woonfunctie"] · (1:woonfunctie) · a list of them."""
    parts = cell if isinstance(cell, (list, tuple, set, np.ndarray)) else [cell]
    return [
        word for part in parts for word in re.findall(r"[^\W\d_]+", str(part).lower()) if word not in NOTHING
    ]


def _side(frame: pd.DataFrame) -> pd.Series:
    """Which rows are a nevenadres: a second address of an object that has another one."""
    result = pd.Series(False, index=frame.index)
    for subject, values in (("nevenadres", "ja"), ("hoofdadres", "nee")):
        for column in named_columns(frame, rules_of(subject)["kolommen"]):
            result |= plain_of(frame[column]).isin(rules_of(subject)[values]).fillna(False)
    return result


def object_numbers(frame: pd.DataFrame) -> pd.Series:
    """The number of the BAG of each row; missing where there is none."""
    number = _objects(frame)
    return number.where(number.str.fullmatch(r"\d{16}").fillna(False).astype(bool))


def _objects(frame: pd.DataFrame) -> pd.Series:
    """What names the object of each row, the same in whatever way the number is written; missing where nothing does.

    Raises
    ------
    Fout
        When the rows are buildings: nobody can tell how many homes are in one.
    """
    rules = rules_of("object")
    kinds: list[str] = []
    for column in named_columns(frame, rules["kolommen"]):
        text = text_of(frame[column])
        # A spreadsheet that shows 2,21E+14 lost the number itself.
        text = text.mask(text.str.contains(r"\d[eE]\+?\d", regex=True).fillna(False))
        if text.isna().all():
            continue
        # A number of the BAG may have lost its first zero.
        number = text.str.extract(BAG_NUMBER.pattern, expand=False).str.zfill(16)
        kind = number.str[4:6]
        if number.notna().mean() <= MOSTLY or kind.isin(rules["soorten"]).any():
            return number.fillna(text.str.upper())
        kinds.append(str(kind.mode().iloc[0]))
    if rules["pand"] in kinds:
        raise Fout(
            "Dit is een lijst van panden. In één pand kunnen veel woningen zijn, of geen. Neem de verblijfsobjecten of de adressen van de BAG."
        )
    return pd.Series(pd.NA, index=frame.index, dtype="string")
