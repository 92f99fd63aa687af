"""Tables that a visitor fills in: one way to show them, and one to read back what was changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from wwz.ui.shared.table import Column, Table

LONGEST = 400


@dataclass(frozen=True, slots=True)
class Field(Column):
    """A column to fill in.

    Parameters
    ----------
    options
        What there is to choose from; none: free text.
    longest
        Of free text, in signs.
    """

    options: tuple[str, ...] = ()
    longest: int = LONGEST


@dataclass(frozen=True)
class FillTable(Table):
    """A table of which a visitor may change the columns that are a `Field`; the rows are a frame.

    Parameters
    ----------
    key
        Unique on the page; what was filled in lasts as long as the key does.
    """

    key: str = ""

    def show(self) -> None:
        """Show it to fill in."""
        shown = [column.field for column in self.columns]
        st.data_editor(
            self.rows,
            key=self.key,
            hide_index=True,
            disabled=[c.field for c in self.columns if not isinstance(c, Field)],
            column_order=shown,
            column_config={column.field: _config(column) for column in self.columns},
            height=35 * (len(self.rows) + 1) + 3,
            num_rows="fixed",
        )

    def filled(self) -> pd.DataFrame:
        """The rows with what is filled in now, also when that is newer than the page.

        What cannot have been filled in (another row, another column, a word that is no choice) is left out.
        """
        found = pd.DataFrame(self.rows).copy().reset_index(drop=True)
        fields = {column.field: column for column in self.columns if isinstance(column, Field)}
        changed = (st.session_state.get(self.key) or {}).get("edited_rows", {})
        for row, values in changed.items():
            for name, value in values.items():
                if int(row) < len(found) and name in fields and _fits(value, fields[name]):
                    found.loc[int(row), name] = str(value or "")[: fields[name].longest]
        return found


def _fits(value: Any, field: Field) -> bool:
    return value in field.options if field.options else isinstance(value, str | None)


def _config(column: Column) -> Any:
    if not isinstance(column, Field):
        return st.column_config.TextColumn(column.title)
    if column.options:
        return st.column_config.SelectboxColumn(column.title, options=list(column.options), required=True)
    return st.column_config.TextColumn(column.title, max_chars=column.longest)
