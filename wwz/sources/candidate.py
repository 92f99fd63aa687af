"""A raw table that is to be recognised: what several kinds ask of it, found once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from wwz.base.codes import PATTERN as CODE_PATTERN
from wwz.base.errors import Fout
from wwz.sources import columns as col
from wwz.sources.crosswise import under_headings, upright
from wwz.sources.kinds import kinds
from wwz.sources.reading import Table, clean

# So many rows of a long column tell whether it has codes of areas at all.
LOOK = 1000


@dataclass
class Candidate:
    """One table.

    Attributes
    ----------
    raw
        As it came from the file.
    years
        File name → year as the user gave it.
    """

    raw: Table
    years: Mapping[str, int]

    @property
    def table(self) -> Table:
        """With a row for each area, also when it lay on its side."""
        return self._upright[0]

    @property
    def frame(self) -> pd.DataFrame:
        """The rows of `table`."""
        return self.table.frame

    @property
    def code(self) -> str | None:
        """The column with the codes of areas; None without one."""
        return self._upright[1]

    @cached_property
    def _upright(self) -> tuple[Table, str | None]:
        table = under_headings(self.raw)
        code = _code_column(table.frame)
        if code is None and (turned := upright(table)) is not table:
            return turned, _code_column(turned.frame)
        return table, code

    @cached_property
    def is_of_voorzieningen(self) -> bool:
        """Whether at least one row tells which kind of voorziening it is."""
        return bool(kinds(self.table).notna().any())

    @cached_property
    def variables(self) -> dict[str, str]:
        """Columns with a known figure → its variable.

        Raises
        ------
        Fout
            When the columns are in another place than their names say.
        """
        if self.code is not None:
            _check_layout(self.frame, self.code)
        return col.map_columns([c for c in self.frame.columns if c not in (self.code, *col.NOT_A_COLUMN)])


def codes_of(values: pd.Series) -> pd.Series:
    """Codes of areas as we write them."""
    return values.astype("string").str.strip().str.upper()


def _are_codes(values: pd.Series) -> np.ndarray:
    return values.str.fullmatch(CODE_PATTERN).fillna(False).to_numpy(bool)


def _code_column(frame: pd.DataFrame) -> str | None:
    """The column that names the areas: mostly valid codes, and of those the one with most different codes.

    A buurt table also names its gemeente in every row, so the finest code wins; a known name wins a tie.
    """
    names = [c for c in frame.columns if c not in col.NOT_A_COLUMN]
    known = [c for n in col.CODE_NAMES if (c := col.first_column(names, (n,)))]
    best, most = None, 0
    for column in dict.fromkeys([*known, *names]):
        values = frame[column]
        if not (
            pd.api.types.is_string_dtype(values)
            or values.dtype == object
            or isinstance(values.dtype, pd.CategoricalDtype)
        ):
            continue
        # Of a long column a look first: counting all the addresses of a town tells no more.
        if not _are_codes(codes_of(values.iloc[:: max(1, len(values) // LOOK)])).any():
            continue
        counts = values.astype("string").value_counts()
        codes = codes_of(counts.index.to_series())
        valid = _are_codes(codes)
        if counts[valid].sum() > 0.5 * len(values) and codes[valid].nunique() > most:
            best, most = column, codes[valid].nunique()
    return best


def _check_layout(frame: pd.DataFrame, code: str) -> None:
    """Refuse a table whose columns are in another place than their names say."""
    if col.variable_of(code) is not None:
        raise Fout(
            f"De codes van de gebieden staan in de kolom {clean(code, 60)}. De kolommen zijn verwisseld; dit bestand is niet gebruikt."
        )
    stems = {col.stem(c) for c in frame.columns}
    if {"measure", "value"} <= stems:
        raise Fout(
            "Dit is de lange vorm van OData v4 (Measure en Value). Haal de tabel op als TypedDataSet of als csv."
        )
