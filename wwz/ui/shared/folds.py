"""Parts of a page that are made when somebody looks at them: behind a tab, or folded up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

import streamlit as st

# Which parts were looked at in this session.
SEEN = "bekeken"
Draw = Callable[[], None]


def tabs(parts: Mapping[str, Draw], key: str) -> None:
    """Tabs, the first one open. What was opened once stays made, so that nothing that was filled in there is lost.

    Parameters
    ----------
    parts
        Title → what draws it.
    key
        Unique on the page.
    """
    for title, place in zip(parts, st.tabs(list(parts), key=key, on_change="rerun"), strict=True):
        if _looked_at(f"{key}-{title}", bool(place.open)):
            with place:
                parts[title]()


def folded(title: str, draw: Draw, key: str) -> None:
    """A part that is folded up until somebody opens it. Parameters as for `tabs`."""
    place = st.expander(title, key=key, on_change="rerun")
    if _looked_at(key, bool(place.open)):
        with place:
            draw()


def folded_on_phone(title: str) -> None:
    """What comes right after this is folded up on a phone, and stands there on a larger screen."""
    words = f"<span>{escape(title)}</span><span>Verberg</span>"
    st.html(f'<details class="wwz-meer wwz-vouw"><summary>{words}</summary></details>')


def _looked_at(name: str, now: bool) -> bool:
    seen = st.session_state.setdefault(SEEN, set())
    if now:
        seen.add(name)
    return name in seen
