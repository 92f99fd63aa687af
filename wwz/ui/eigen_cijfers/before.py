"""What stood there when somebody brought a file: who was before them since, is told once, and then it is their choice."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from wwz.own.ledger import Botsing


def note(place: str, file: tuple[str, bytes] | None, latest: int) -> None:
    """Note the last entry when another file comes (or, without one, at every look); drawing the page again is no new look.

    Parameters
    ----------
    place
        Tells what is kept here apart from what is kept elsewhere.
    """
    mark = None if file is None else hash(file)
    if file is None or st.session_state.get(place, (None, 0))[0] != mark:
        st.session_state[place] = (mark, latest)


def keep(place: str, write: Callable[[int], object], latest: Callable[[], int]) -> None:
    """Write, unless somebody wrote the same since; `write` takes the last entry that was seen.

    Raises
    ------
    Botsing
        When somebody did. A second time it is kept.
    """
    mark, seen = st.session_state[place]
    try:
        write(seen)
    except Botsing:
        st.session_state[place] = (mark, latest())
        raise
    st.session_state[place] = (mark, latest())
