"""The view in a session: read from the link once, changed by widgets, written back to the link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from wwz.ask.area import Area, find_area, whole
from wwz.ask.view import View, from_query
from wwz.base.errors import Fout
from wwz.base.paths import STATIC
from wwz.base.settings import Settings, load_settings
from wwz.maps.assets import install_assets
from wwz.store import Store

# Of a database: where it is, when it was made, and which file it is.
Mark = tuple[str, int, int]
VIEW = "weergave"
# The link that belongs to the last step of a visitor, as the browser was told.
LINK = "link"
# Whether something was chosen since the browser was told.
STEP = "stap-gezet"
# A word in a link by which `history.js` knows that it takes the place of the one before: Back passes it by.
IN_PLACE = "vervang"
# Moving the map is no step: one would have to go back a hundred times.
NO_STEP = ("plaats",)
_NOTHING = object()
# Names in the session of what takes a room to the next step: two buttons, and the keys of a presenter.
STEP_BACK, STEP_ON, STEP_KEYS = "stap-terug", "stap-verder", "toetsen"


def settings() -> Settings:
    """The settings of this server."""
    return load_settings()


def store() -> Store:
    """The database; opened anew when a build has put another one in its place."""
    return _open(*mark())


def mark() -> Mark:
    """Which database is there now; another one when a build has put another one in its place."""
    path = settings().database
    if not path.exists():
        raise Fout(f"Er is nog geen database ({path.name}). Maak hem met: python -m wwz bouw.")
    stat = path.stat()
    return str(path), stat.st_mtime_ns, stat.st_ino


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(path: str, changed: int, inode: int) -> Store:
    install_assets(STATIC)
    return Store(Path(path), settings().grenzen)


def view() -> View:
    """The current view; on the first run of a session it comes from the link."""
    if VIEW not in st.session_state:
        _read_link()
    return st.session_state[VIEW]


def change(**changes: Any) -> None:
    """Change the view; the next `publish` writes it to the link."""
    st.session_state[VIEW] = view().changed(**changes)


def choose_area(code: str) -> None:
    """Open one area, or none with an empty code: the area that every screen is about. For callbacks."""
    change(gekozen=code)
    draw_all()


def draw_all() -> None:
    """Let what stands outside the part of the page where something was chosen follow too. For callbacks, at their end."""
    context = get_script_run_ctx()
    if context is not None and context.fragment_ids_this_run:
        st.rerun()


def begin() -> None:
    """At the start of every run: what was chosen since the last one is a step in the browser.

    After Back or Forward it is the other way round: the link says what is on screen.
    """
    context = get_script_run_ctx()
    if VIEW in st.session_state and context is not None and context.is_history_navigation:
        _read_link()
    query = view().to_query()
    if _steps(query) != _steps(st.session_state.get(LINK, query)):
        st.session_state[STEP] = True
    st.session_state[LINK] = query


def begin_part() -> None:
    """The same at the start of a part of a page that can run by itself. What a page changed on its way here is no step."""
    context = get_script_run_ctx()
    if context is not None and context.fragment_ids_this_run:
        begin()


def publish() -> None:
    """Make the link in the address bar show what is on screen, at the end of a run: who sees it, sees all of it.

    Back passes by what was no step of the visitor.
    """
    query = view().to_query()
    st.session_state[LINK] = query
    step = st.session_state.pop(STEP, False)
    if _query() != query:
        st.query_params.from_dict(query if step else {**query, IN_PLACE: "1"})


def _read_link() -> None:
    st.session_state[VIEW] = from_query(_query())
    st.session_state[LINK] = st.session_state[VIEW].to_query()


def _query() -> dict[str, str]:
    return {name: value for name, value in st.query_params.to_dict().items() if name != IN_PLACE}


def _steps(query: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in query.items() if name not in NO_STEP}


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
    then: Callable[[View], None] | None = None,
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
    then
        Called after a change, with the view before it.
    """
    key = f"keuze-{field}"
    current = getattr(view(), field)
    show(key, current if current in options else options[0], options, kwargs.get("format_func"))

    def store_choice() -> None:
        chosen = st.session_state[key]
        # A segmented control can be switched off by a second click; the choice then stays what it was.
        if chosen is not None and not is_step():
            before = view()
            change(**{field: chosen}, **(also or {}))
            if then is not None:
                then(before)

    return widget(label, options, key=key, on_change=store_choice, **kwargs)


def show(
    key: str, value: Any, options: Sequence[Any], format_func: Callable[[Any], str] | None = None
) -> None:
    """Make a widget show a value, only if it does not show it already.

    Saying so in every run would put back what a visitor chose while that run was still busy.
    """
    words = [str(format_func(option)) if format_func else str(option) for option in options]
    if st.session_state.get(key, _NOTHING) != value or st.session_state.get(f"{key}-opties") != words:
        st.session_state[key] = value
        st.session_state[f"{key}-opties"] = words
