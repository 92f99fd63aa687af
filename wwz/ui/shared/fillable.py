"""Tables that a visitor fills in: one way to show them, and one to read back what was changed.

``fill.js`` draws the fields of the browser itself, so that they work with a keyboard, on a phone and with a screen reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from wwz.ui.shared.celltext import shown_text
from wwz.ui.shared.component import component
from wwz.ui.shared.table import CSS, Column, Table

LONGEST = 400
FILLED = "ingevuld"
_component = component(
    "wwz_fill", '<div class="wwz-table wwz-fill wwz-folds" lang="nl"></div>', "dom.js", "fill.js", css=CSS
)


@dataclass(frozen=True, slots=True)
class Field(Column):
    """A column to fill in.

    Parameters
    ----------
    options
        What there is to choose from; none: free text.
    longest
        Of free text, in signs.
    number
        Whether the text is a number: a phone then offers its digits.
    """

    options: tuple[str, ...] = ()
    longest: int = LONGEST
    number: bool = False


@dataclass(frozen=True)
class FillTable(Table):
    """A table of which a visitor may change the columns that are a `Field`; all of its cells are texts, in a frame.

    Parameters
    ----------
    key
        Unique on the page; what was filled in lasts as long as the key does.
    row_key
        Column that tells the rows apart. The first of `columns` names the row on screen.
    """

    key: str
    row_key: str

    def show(self, *, group_field: str | None = None) -> None:
        """Show it to fill in. `group_field`: as for `short`."""
        columns = [
            {
                "title": c.title,
                "field": c.field if isinstance(c, Field) else None,
                "options": list(c.options) or None if isinstance(c, Field) else None,
                "longest": c.longest if isinstance(c, Field) else None,
                "number": isinstance(c, Field) and c.number,
            }
            for c in self.columns
        ]
        rows = [
            {
                "key": row[self.row_key],
                "group": row[group_field] if group_field else None,
                "cells": [shown_text(row[c.field]) for c in self.columns],
            }
            for row in self._frame().to_dict("records")
        ]
        data = {"caption": self.caption, "columns": columns, "rows": rows, "filled": self._changes()}
        _component(key=self.key, data=data, **{f"on_{FILLED}_change": lambda: None})

    def filled(self) -> pd.DataFrame:
        """The rows with what is filled in now, also when that is newer than the page."""
        found, changes = self._frame().copy(), self._changes()
        for at, key in found[self.row_key].items():
            for name, value in changes.get(key, {}).items():
                found.loc[at, name] = value
        return found

    def _frame(self) -> pd.DataFrame:
        return pd.DataFrame(self.rows).reset_index(drop=True)

    def _changes(self) -> dict[str, dict[str, str]]:
        """What differs, per row and column. What cannot have been filled in is left out: another row, a word that is no choice."""
        fields = {column.field: column for column in self.columns if isinstance(column, Field)}
        told = (st.session_state.get(self.key) or {}).get(FILLED) or {}
        known = set(self._frame()[self.row_key])
        return {
            key: {n: v[: fields[n].longest] for n, v in values.items() if n in fields and _fits(v, fields[n])}
            for key, values in told.items()
            if key in known and isinstance(values, Mapping)
        }


def _fits(value: Any, field: Field) -> bool:
    return isinstance(value, str) and (not field.options or value in field.options)
