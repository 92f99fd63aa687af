"""Tables that every visitor can read: real HTML, in Dutch, sortable by value.

The sortable table is a Streamlit component without an iframe; ``table.js`` draws one page of rows at a time, and
every text from the data becomes a text node, never HTML. The short table is plain HTML with everything escaped.
"""

import html
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

import numpy as np
import pandas as pd
import streamlit as st

from wwz.ui.shared.celltext import MISSING, dutch_text, escaped, pill, shown_text, tag_look
from wwz.ui.shared.component import component, text_of
from wwz.ui.shared.drawings import Drawing
from wwz.words.numbers import dutch

CSS = text_of("table.css")
_DECIMALS_SENT = 6
# With more columns than this a row becomes a card on a phone; and of so many cards the rest is folded up there (table.js, table.css).
_BESIDE = 2
_CARDS, _LONG_CARDS, _LONG = 4, 3, 3
_component = component("wwz_table", '<div class="wwz-table" lang="nl"></div>', "dom.js", "table.js", css=CSS)
_marks = component("wwz_table_marks", "<span></span>", "marks.js")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    field
        Column of the frame to sort by, and to show if there is no `text_field`.
    title
        Dutch heading, with the unit where the cells do not carry it.
    help
        Explanation of the heading, shown under the table.
    align
        By default numbers right, all else left.
    text_field
        Column with the text to show, as already formatted.
    kind
        ``tag`` shows the text as a small pill.
    sub_field, tag_field
        Columns with a second, smaller line and with a pill under the text.
    tint_field
        Column with 0 (none) to 5 (darkest): the colour behind the cell in a short table. The text says it too.
    look_field
        Column with the look (table.css) of the text in a short table. The text says it too.
    drawing
        What stands under the text of the cell in a short table, or in its place.
    """

    field: str
    title: str
    help: str = ""
    align: Literal["left", "right"] | None = None
    text_field: str | None = None
    kind: Literal["text", "number", "tag"] = "text"
    sub_field: str | None = None
    tag_field: str | None = None
    tint_field: str | None = None
    look_field: str | None = None
    drawing: Drawing | None = None

    @property
    def fields(self) -> tuple[str | None, ...]:
        """All columns of the frame that it draws on."""
        one = (self.field, self.text_field, self.sub_field, self.tag_field, self.tint_field, self.look_field)
        return (*one, *(self.drawing.fields if self.drawing else ()))

    @property
    def side(self) -> str:
        """Where the cells are aligned."""
        return self.align or ("right" if self.kind == "number" else "left")


@dataclass(frozen=True)
class Table:
    """What every table on screen is: rows, columns and a caption; how it is shown follows from how it is read.

    Parameters
    ----------
    rows
        In the order to show them. Everything in the used columns reaches the browser: a number that may not be shown
        (privacy) must be missing in ``Column.field`` and have its text in ``Column.text_field``.
    columns
        The first one names the row, and has the button of a row that can be chosen.
    caption
        What the table is about, with unit and year; shown above it.
    """

    rows: Sequence[Mapping[str, Any]] | pd.DataFrame
    columns: Sequence[Column]
    caption: str

    def short(self, *, group_field: str | None = None, folds: bool | None = None) -> None:
        """Show it whole, without sorting: for a few rows. Parameters as `as_html`."""
        st.html(self.as_html(group_field=group_field, folds=folds))

    def as_html(self, *, group_field: str | None = None, folds: bool | None = None) -> str:
        """The HTML of `short`, all texts escaped.

        Parameters
        ----------
        group_field
            Field whose value becomes a heading above each run of rows that share it; those stand together.
        folds
            Whether on a phone every row becomes a card of lines, each with its heading; by default where two columns are not all.
        """
        records = self._records(group_field)
        folds = len(self.columns) > _BESIDE if folds is None else folds
        # A browser forgets that a table is one when its rows are laid out as blocks: roles say so all the same.
        role = _role if folds else lambda name: ""
        heads = "".join(
            f'<th scope="col"{role("columnheader")} class="{_look(c)}">{escaped(c.title)}</th>'
            for c in self.columns
        )
        bodies, number, cards = [], 0, _cards(self.columns)
        for name, group in groupby(records, key=lambda row: row[group_field] if group_field else None):
            span = (
                f'<th scope="rowgroup"{role("rowheader")} colspan="{len(self.columns)}">{escaped(name)}</th>'
            )
            lines = (
                [f'<tr class="wwz-group{_later(number, cards)}"{role("row")}>{span}</tr>']
                if group_field
                else []
            )
            for row in group:
                lines.append(_line(row, self.columns, folds, _later(number, cards)))
                number += 1
            bodies.append(f"<tbody{role('rowgroup')}>{''.join(lines)}</tbody>")
        label = html.escape(self.caption, quote=True)
        return (
            f'<div class="wwz-table wwz-short{" wwz-folds" if folds else ""}" lang="nl">'
            f'<div class="wwz-scroll" role="region" tabindex="0" aria-label="{label}">'
            f"<table{role('table')}><caption><span>{label}</span></caption>"
            f"<thead{role('rowgroup')}><tr{role('row')}>{heads}</tr></thead>{''.join(bodies)}</table></div>{_more(number, cards)}</div>"
        )

    def _records(self, group_field: str | None) -> Sequence[Mapping[str, Any]]:
        """The rows with no more than what is shown."""
        if not isinstance(self.rows, pd.DataFrame):
            return self.rows
        used = {group_field, *(name for column in self.columns for name in column.fields)}
        return self.rows[[name for name in self.rows.columns if name in used]].to_dict("records")

    def sortable(
        self,
        key: str,
        *,
        row_key: str = "gebied",
        selected: str | None = None,
        rows_per_page: int = 50,
        on_pick: Callable[[str], None] | None = None,
    ) -> None:
        """Show it so that it can be sorted, searched and paged: for many rows.

        Parameters
        ----------
        key
            Unique on the page; sorting and search last as long as the key does. A key that stays the same when other
            rows come keeps what was chosen on the old ones while the new ones were being made.
        row_key
            Column whose value is returned.
        selected
            Row to highlight. If it changes, the table turns to its page.
        on_pick
            Called with the `row_key` of a row that is chosen, before the run that follows: a choice is not lost when
            that run has to make place for the next before it gets here..

        Raises
        ------
        KeyError
            If the rows lack a column.
        """
        frame = self.rows if isinstance(self.rows, pd.DataFrame) else pd.DataFrame(list(self.rows))
        keys = [str(value) for value in frame[row_key]]
        known = frozenset(keys)

        def picked() -> None:
            chosen = st.session_state[key].get("gekozen")
            if on_pick is not None and chosen in known:
                on_pick(chosen)

        data = {
            "table": key,
            "caption": self.caption,
            "columns": [
                {"title": c.title, "help": c.help, "side": c.side, "kind": c.kind} for c in self.columns
            ],
            "keys": keys,
            "cells": [encode_column(frame, column) for column in self.columns],
            "size": rows_per_page,
            "missing": MISSING,
            "folds": len(self.columns) > _BESIDE,
            "cards": _cards(self.columns),
        }
        with st.container(gap=None):
            # Apart from the rows and the script, so that choosing another row does not send them all again.
            _marks(key=f"{key}-gekozen", data={"table": key, "selected": selected}, height=0)
            _component(key=key, data=data, on_gekozen_change=picked)


def encode_column(frame: pd.DataFrame, column: Column) -> dict[str, Any]:
    """A column as compact arrays for the browser.

    Returns
    -------
    dict
        ``text``, ``sub`` and ``tag``: ``{"words": [...], "at": [...]}``, where ``at`` (left out if most texts differ)
        points into ``words`` and -1 is missing; a tag also has ``looks``. ``sort``: numbers or texts with None for
        missing, left out if the rows sort by the text shown.
    """
    texts = _texts(frame[column.text_field or column.field])
    encoded: dict[str, Any] = {"text": _words(texts, tags=column.kind == "tag")}
    if column.sub_field:
        encoded["sub"] = _words(_texts(frame[column.sub_field]))
    if column.tag_field:
        encoded["tag"] = _words(_texts(frame[column.tag_field]), tags=True)
    if pd.api.types.is_numeric_dtype(frame[column.field]):
        numbers = frame[column.field].astype("float64").round(_DECIMALS_SENT).tolist()
        encoded["sort"] = [number if math.isfinite(number) else None for number in numbers]
    elif column.text_field:
        encoded["sort"] = _texts(frame[column.field])
    return encoded


def _texts(values: pd.Series) -> list[str | None]:
    known = values.notna().tolist()
    shown = str if isinstance(values.dtype, pd.StringDtype) else dutch_text
    return [shown(value) if there else None for value, there in zip(values.tolist(), known, strict=True)]


def _words(texts: list[str | None], tags: bool = False) -> dict[str, Any]:
    at, words = pd.factorize(np.array(texts, dtype=object))
    if tags:
        return {"words": words.tolist(), "at": at.tolist(), "looks": [tag_look(word) for word in words]}
    if 2 * len(words) > len(texts):
        return {"words": texts}
    return {"words": words.tolist(), "at": at.tolist()}


def _role(name: str) -> str:
    return f' role="{name}"'


def _cards(columns: Sequence[Column]) -> int:
    """How many cards a phone shows at once."""
    return _LONG_CARDS if len(columns) > _LONG else _CARDS


def _later(number: int, cards: int) -> str:
    """The mark of a row that a phone shows when asked."""
    return " wwz-rest" if number >= cards else ""


def _more(rows: int, cards: int) -> str:
    if rows <= cards:
        return ""
    words = f"<span>Toon alle {dutch(rows)} rijen</span><span>Toon minder rijen</span>"
    return f'<details class="wwz-meer"><summary>{words}</summary></details>'


def _line(row: Mapping[str, Any], columns: Sequence[Column], folds: bool, later: str) -> str:
    cells = []
    for place, column in enumerate(columns):
        tag = "td" if place else "th"
        scope = "" if place else ' scope="row"'
        role = _role("cell" if place else "rowheader") if folds else ""
        # Only seen, and only read aloud, where the row of headings is gone.
        name = f'<span class="wwz-name">{escaped(column.title)}</span>' if folds and place else ""
        tint = f" wwz-tint-{int(row[column.tint_field])}" if column.tint_field else ""
        cells.append(f'<{tag}{scope}{role} class="{_look(column)}{tint}">{name}{_cell(row, column)}</{tag}>')
    look = f' class="{later.strip()}"' if later else ""
    return f"<tr{look}{_role('row') if folds else ''}>{''.join(cells)}</tr>"


def _look(column: Column) -> str:
    return f"wwz-{column.side} wwz-is-{column.kind}"


def _cell(row: Mapping[str, Any], column: Column) -> str:
    text = shown_text(row[column.text_field or column.field])
    drawn = column.drawing.draw(row) if column.drawing else ""
    if column.drawing and column.drawing.alone:
        return f'<span class="wwz-aloud">{escaped(text)}</span>{drawn}'
    look = f' class="wwz-{escaped(row[column.look_field])}"' if column.look_field else ""
    parts = [pill(text) if column.kind == "tag" else f"<span{look}>{escaped(text)}</span>"]
    if column.sub_field:
        parts.append(f"<small>{escaped(shown_text(row[column.sub_field]))}</small>")
    if column.tag_field:
        parts.append(pill(shown_text(row[column.tag_field]), "wwz-below"))
    return "".join((*parts, drawn))
