"""A list of a woningcorporatie: of each dwelling a label that says how accessible it is, in the codes of VERA."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from wwz.base.codes import is_buurt
from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.knowledge import load_toml
from wwz.sources.candidate import Candidate, codes_of
from wwz.sources.columns import first_column, stem, without_accents
from wwz.sources.coordinates import address_of
from wwz.sources.homes import object_numbers
from wwz.sources.reading import Reading, Report, clean
from wwz.sources.tablekind import TableKind, into
from wwz.sources.years import year_from_name

# So much of what is filled in must be a label that we know.
MOSTLY = 0.5
ANSWERS = {"ja": True, "nee": False}
# What a label says of a dwelling: without stairs, fit for a wheelchair, and whether it has nothing special.
ANSWERED = ("nultrede", "rolstoel", "zonder")


def has_labels(candidate: Candidate) -> bool:
    """Whether a table has a column with labels, and tells which dwelling each is of."""
    return _column(candidate.raw.frame) is not None


def read_labels(candidate: Candidate, report: Report) -> Reading:
    """Read the dwellings with a label; one of which nobody knows where it is, or what its label says, is told.

    Raises
    ------
    Fout
        When no dwelling has a buurt, an address or a number of the BAG.
    """
    table = candidate.raw
    frame, column = table.frame, _column(table.frame)
    known = {_plain(text): row for row in _rules()["label"] for text in (row["code"], row["titel"])}
    found = frame[column].astype("string").map(_plain, na_action="ignore")
    rows = pd.DataFrame(
        {
            **{
                name: found.map(
                    lambda text, n=name: ANSWERS.get(known.get(text, {}).get(n, "")), na_action="ignore"
                )
                for name in ANSWERED
            },
            "buurt": _buurten(frame, candidate.code),
            "object": object_numbers(frame),
            **address_of(frame),
        },
        index=frame.index,
    ).astype(dict.fromkeys(ANSWERED, "boolean"))
    strange = found.notna() & (found != "") & ~found.isin(known)
    placed = (
        rows["buurt"].notna()
        | rows["object"].notna()
        | (rows["postcode"].notna() & rows["huisnummer"].notna())
    )
    for wrong, words in (
        (strange, f"{{n}} [woning heeft een label dat|woningen hebben een label dat] wij niet kennen (bijvoorbeeld {_example(frame[column][strange])}); [het is|ze zijn] niet gebruikt."),
        (~strange & ~placed, "{n} [woning heeft|woningen hebben] geen buurt, geen postcode met huisnummer en geen nummer van de BAG; [ze is|ze zijn] niet gebruikt."),
    ):  # fmt: skip
        if wrong.any():
            report.reject(table.bestand, counted(words, int(wrong.sum())), int(wrong.sum()))
    kept = rows[placed & found.isin(known)]
    if kept.empty:
        raise Fout(
            "Van geen enkele woning is bekend waar zij staat. Zet er de code van de buurt bij, of postcode en huisnummer."
        )
    year = year_from_name("labels", table.onderdeel, table.bestand)
    kept = kept.assign(jaar=year.jaar if year else date.today().year, rij=range(len(kept)))
    return Reading(table.bestand, table.onderdeel, "labels", inhoud=kept, rijen=len(frame))


def _rules() -> dict[str, Any]:
    return load_toml("soorten.toml")["labels"]


def _plain(text: str) -> str:
    return without_accents(text).strip().lower()


def _column(frame: pd.DataFrame) -> str | None:
    """The column with labels: by its name, and because most of what is in it is one."""
    codes = {_plain(text) for row in _rules()["label"] for text in (row["code"], row["titel"])}
    for name in (c for c in map(str, frame.columns) if stem(c) in _rules()["kolommen"]):
        cells = frame[name].dropna().astype("string").map(_plain)
        cells = cells[cells != ""]
        if len(cells) and cells.isin(codes).mean() > MOSTLY:
            return name
    return None


def _buurten(frame: pd.DataFrame, column: str | None) -> pd.Series:
    named = (
        column
        if column is not None and column in frame
        else first_column(list(map(str, frame.columns)), ("buurtcode",))
    )
    if named is None:
        return pd.Series(pd.NA, index=frame.index, dtype="string")
    codes = codes_of(frame[named])
    return codes.where(codes.map(is_buurt, na_action="ignore").fillna(False).astype(bool))


def _example(values: pd.Series) -> str:
    return repr(clean(values.iloc[0], 30)) if len(values) else ""


KIND = TableKind(
    {"labels": "labels van corporatiewoningen"},
    has_labels,
    read_labels,
    into("woninglabel"),
    {
        "woninglabel": {
            "nultrede": "boolean", "rolstoel": "boolean", "zonder": "boolean", "buurt": "string", "object": "string", "postcode": "string",
            "huisnummer": "string", "jaar": "Int64", "rij": "Int64", "bestand": "string",
        }
    },
)  # fmt: skip
