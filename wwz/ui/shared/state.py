"""The view in a session: read from the link once, changed by widgets, written back to the link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from wwz.ask.area import Area, find_area, whole
from wwz.ask.view import View, from_query
from wwz.base.errors import Fout
from wwz.base.paths import STATIC
from wwz.base.settings import Settings, load_settings
from wwz.maps.assets import install_assets
from wwz.store import Store

VIEW = "weergave"
# Names in the session of what takes a room to the next step: two buttons, and the keys of a presenter.
STEP_BACK, STEP_ON, STEP_KEYS = "stap-terug", "stap-verder", "toetsen"


def settings() -> Settings:
    """The settings of this server."""
    return load_settings()


def store() -> Store:
    """The database; opened anew when a build has put another one in its place."""
    path = settings().database
    if not path.exists():
        raise Fout(f"Er is nog geen database ({path.name}). Maak hem met: python -m wwz bouw.")
    stat = path.stat()
    return _open(str(path), stat.st_mtime_ns, stat.st_ino)


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(path: str, changed: int, inode: int) -> Store:
    install_assets(STATIC)
    return Store(Path(path))


def view() -> View:
    """The current view; on the first run of a session it comes from the link."""
    if VIEW not in st.session_state:
        st.session_state[VIEW] = from_query(st.query_params.to_dict())
    return st.session_state[VIEW]


def change(**changes: Any) -> None:
    """Change the view; the next `publish` writes it to the link."""
    st.session_state[VIEW] = view().changed(**changes)


def publish() -> None:
    """Make the link in the address bar show what is on screen."""
    query = view().to_query()
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)


def area() -> Area:
    """The area worked in. A code from an old link that is not in the data falls back to everything."""
    codes = view().gebied
    try:
        found = find_area(store(), codes) if codes else whole(store())
    except Fout as fout:
        st.toast(fout.zinnen[0])
        change(gebied=(), gekozen="", plaats=None)
        found = whole(store())
    # Not all data go down to the buurt.
    if found.level(view().niveau) != view().niveau:
        change(niveau=found.smallest)
    return found


def chosen_area() -> Area:
    """The area whose sheet is open on the map, or else the area worked in."""
    code = view().gekozen
    try:
        return find_area(store(), [code]) if code else area()
    except Fout:
        change(gekozen="")
        return area()


def is_step() -> bool:
    """Whether this run follows a step of a presenter.

    A quick step comes with the other choices as the browser knew them before the step ahead of it: those are no choices.
    """
    keys = st.session_state.get(STEP_KEYS) or {}
    return bool(st.session_state.get(STEP_BACK) or st.session_state.get(STEP_ON) or keys.get("stap"))


def bound(
    widget: Callable[..., Any],
    label: str,
    field: str,
    options: Sequence[Any],
    *,
    also: dict[str, Any] | None = None,
    **kwargs: Any,
) -> Any:
    """A widget that shows and changes one field of the view.

    Parameters
    ----------
    widget
        st.radio, st.selectbox, st.segmented_control …
    label, options, kwargs
        Passed to the widget.
    field
        The field of the view.
    also
        Fields that get this value when the choice changes.
    """
    key = f"keuze-{field}"
    current = getattr(view(), field)
    st.session_state[key] = current if current in options else options[0]

    def store_choice() -> None:
        chosen = st.session_state[key]
        # A segmented control can be switched off by a second click; the choice then stays what it was.
        if chosen is not None and not is_step():
            change(**{field: chosen}, **(also or {}))

    return widget(label, options, key=key, on_change=store_choice, **kwargs)
