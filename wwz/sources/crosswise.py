"""A table of StatLine on its side: areas as columns, subjects as rows. It is read as if it stood upright."""

from __future__ import annotations

import re

import pandas as pd

from wwz.base.codes import PATTERN
from wwz.sources.columns import NOT_A_COLUMN, PERIOD_NAMES, stem
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
ONLY_NAMES = "De gebieden staan er alleen met hun naam, en een naam komt vaker voor. Neem bij StatLine ook de codes mee (zoals GM0518)."
REPEATED = re.compile(r"#\d+$")


def upright(table: Table) -> Table:
    """The same table with a row for each area and a column for each subject, if it lay on its side; else as it is."""
    if len(table.frame) > MOST_SUBJECTS:
        return table
    cells = _cells(table.frame)
    # The names of the columns count as a row: the codes may stand there.
    rows = pd.concat([pd.DataFrame([cells.columns], columns=cells.columns), cells], ignore_index=True)
    top = rows.head(TOP_ROWS)
    codes = top.apply(_is_code)
    found = codes.sum(axis=1) > MOSTLY * (top != "").sum(axis=1)
    if not found.any():
        return table
    at = int(found.to_numpy().argmax())
    areas = codes.iloc[at].to_numpy(bool)
    first = int(areas.argmax())
    if first == 0:
        return table
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
