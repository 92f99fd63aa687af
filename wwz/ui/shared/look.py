"""How maps look in front of a room: the same for every map on a page."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from wwz.maps.ramps import on_dark

_KEY = "kaartstijl"


@dataclass(frozen=True)
class Look:
    """The look of a map.

    Attributes
    ----------
    dark
        Light colours on a dark ground.
    large
        Strong lines and large type, and the arrow keys are left to the page.
    """

    dark: bool = False
    large: bool = False

    def colours(self, colours: tuple[str, ...] | list[str]) -> list[str]:
        """Colours of a ramp as this look shows them."""
        return [on_dark(colour) if self.dark else colour for colour in colours]

    def state(self) -> dict[str, bool]:
        """What the map engine wants to know."""
        return {"dark": self.dark, "large": self.large}


def use_look(look: Look) -> None:
    """Give every map drawn in this run, and in the reruns of its fragments, this look."""
    st.session_state[_KEY] = look


def current_look() -> Look:
    """The look of this session's maps."""
    return st.session_state.get(_KEY, Look())
