"""A table of StatLine on its side: areas as columns, subjects as rows. It is read as if it stood upright."""

from __future__ import annotations

import re

import pandas as pd

from wwz.base.codes import PATTERN
from wwz.sources.columns import NOT_A_COLUMN, PERIOD_NAMES, TOTALS, stem
from wwz.sources.headers import unique
from wwz.sources.reading import Table

TOP_ROWS = 20
# More rows than this are no subjects: a table on its side is wide, not long.
MOST_SUBJECTS = 2_000
MOSTLY = 0.5
SUBJECT = ("onderwerp", "onderwerpen")
COUNTRY = "nederland"
# What StatLine calls its column of areas.
AREAS = ("regio", "regios", "wijkenenbuurten", "wijken", "wijk", "buurt", "gemeente", "gemeenten")
ONLY_NAMES = (
    "De gebieden staan er alleen met hun naam, en er is geen kolom met cijfers die wij kennen. Neem bij StatLine ook de codes mee "
    "(zoals GM0518)."
)
REPEATED = re.compile(r"#\d+$")


def upright(table: Table) -> Table:
    """The same table with a row for each area and a column for each subject, if it lay on its side; else as it is."""
    if len(table.frame) > MOST_SUBJECTS:
        return table
    top = _rows(table.frame.head(TOP_ROWS - 1))
    codes = top.apply(_is_code)
    found = codes.sum(axis=1) > MOSTLY * (top != "").sum(axis=1)
    if not found.any():
        return table
    at = int(found.to_numpy().argmax())
    areas = codes.iloc[at].to_numpy(bool)
    first = int(areas.argmax())
    if first == 0:
        return table
    rows = _rows(table.frame)
    labels = _labels(rows.iloc[:, :first])
    # Above the codes are the names of the areas, or the periods.
    named = at > 0 and stem(labels[0]) not in PERIOD_NAMES
    kept = [i for i, label in enumerate(labels) if label and i != at and not (i == 0 and named)]
    turned = rows.loc[kept, areas].T.reset_index(drop=True)
    turned.columns = unique([labels[i] for i in kept])
    turned.insert(0, "code", rows.loc[at, areas].to_numpy())
    if named:
        turned.insert(1, "naam", [REPEATED.sub("", str(name)) for name in rows.columns[areas]])
    return Table(table.bestand, table.onderdeel, turned)


def under_headings(table: Table) -> Table:
    """The same table with a row for each area and period, when its columns have headings of several rows, as StatLine exports it:
    what is counted, of which period, and below that Regio's and the unit. What the lines above it choose is a column."""
    names, chosen = [str(c) for c in table.frame.columns], _chosen(table.kop)
    if stem(names[0]) not in SUBJECT or len(names) < 2:
        return _with_chosen(table, chosen)
    top = _rows(table.frame.head(TOP_ROWS))
    found = [at for at, label in enumerate(top.iloc[:, 0].map(stem)) if label in AREAS]
    if not found:
        return _with_chosen(table, chosen)
    headings, body = top.iloc[1 : found[0]], _cells(table.frame).iloc[found[0] :]
    labels = [*headings.iloc[:, 0], *(name for name, _ in chosen)]
    parts: dict[tuple[str, ...], dict[str, pd.Series]] = {}
    for number in range(1, len(names)):
        key = (*headings.iloc[:, number], *(value for _, value in chosen))
        parts.setdefault(key, {})[REPEATED.sub("", names[number])] = body.iloc[:, number]
    areas = {top.iloc[found[0], 0]: body.iloc[:, 0]}
    upright_rows = [
        pd.DataFrame({**areas, **figures}).assign(**dict(zip(labels, key, strict=True)))
        for key, figures in parts.items()
    ]
    return Table(table.bestand, table.onderdeel, pd.concat(upright_rows, ignore_index=True), table.kop)


def _with_chosen(table: Table, chosen: list[tuple[str, str]]) -> Table:
    known = {stem(str(c)) for c in table.frame.columns} if chosen else set()
    new = {name: value for name, value in chosen if stem(name) not in known}
    return Table(table.bestand, table.onderdeel, table.frame.assign(**new), table.kop) if new else table


def _chosen(kop: tuple[str, ...]) -> list[tuple[str, str]]:
    """What was chosen of a division for the whole table: *Soort misdrijf: Totaal misdrijven* above it."""
    parts = [line.partition(":") for line in kop]
    return [
        (name.strip(), value.strip()) for name, _, value in parts if value.strip() and stem(name) in TOTALS
    ]


def explain(frame: pd.DataFrame) -> str | None:
    """Why a table of StatLine without codes cannot be used; None when it does not look like one."""
    cells = _cells(frame.head(MOST_SUBJECTS))
    if cells.empty:
        return None
    if (cells.iloc[:, 0].map(stem) == COUNTRY).any():
        return ONLY_NAMES
    names = [stem(str(c)) for c in cells.columns]
    if named := set(AREAS) & set(names):
        at = cells.iloc[:, names.index(sorted(named)[0])]
        if at.str.contains("[A-Za-z]{3}", regex=True).mean() > MOSTLY:
            return ONLY_NAMES
    if COUNTRY in names or names[0] in SUBJECT:
        return (
            "De gebieden staan naast elkaar in kolommen, met hun naam en zonder hun code. Kies bij StatLine ook het onderwerp Codering, of zet "
            "de gebieden met hun code in de rijen."
        )
    return None


def _rows(frame: pd.DataFrame) -> pd.DataFrame:
    """All cells as text below the names of the columns, which count as a row: the codes may stand there."""
    cells = _cells(frame)
    return pd.concat([pd.DataFrame([cells.columns], columns=cells.columns), cells], ignore_index=True)


def _cells(frame: pd.DataFrame) -> pd.DataFrame:
    """All cells as text, the names of the columns as they are."""
    kept = [c for c in frame.columns if c not in NOT_A_COLUMN]
    return pd.DataFrame(frame)[kept].astype("string").fillna("").apply(lambda column: column.str.strip())


def _is_code(column: pd.Series) -> pd.Series:
    return column.astype("string").str.upper().str.fullmatch(PATTERN).fillna(False).astype(bool)


def _labels(rows: pd.DataFrame) -> list[str]:
    """One name for each row: the subjects with a / between them, the last cell as the unit."""
    subjects, units = (rows.iloc[:, :-1], rows.iloc[:, -1]) if rows.shape[1] > 1 else (rows, None)
    names = ["/".join(part.replace("|", "/") for part in row if part) for row in subjects.to_numpy(str)]
    if units is None:
        return names
    return [f"{name} ({unit})" if name and unit else name for name, unit in zip(names, units, strict=True)]
