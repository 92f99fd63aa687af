"""A part below the fold that is made when somebody looks at it, and follows what is chosen above it.

It is a fragment of its own. What is chosen above it only tells the browser that what stands there is of something else: it
is covered at once, and made anew when it is looked at (later.js): in view, reached with the keyboard, or about to be printed.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from wwz.ui.shared.component import component, text_of
from wwz.ui.shared.turn import fragment

_watch = component(
    "wwz_later",
    '<button type="button" class="wwz-later" lang="nl" hidden></button>',
    "later.js",
    css=text_of("later.css"),
)


# Components that ask for a part, and the name by which each does.
_asking: dict[str, str] = {}


def asks(key: str, trigger: str) -> None:
    """Remember of a component that it asks for a part with this trigger."""
    _asking[key] = trigger


def part_asked_for() -> bool:
    """Whether a part is asked for in this very moment."""
    return any((st.session_state.get(key) or {}).get(trigger) for key, trigger in _asking.items())


class Later:
    """One such part.

    Parameters
    ----------
    name
        Unique in the product; letters, digits and hyphens.
    word
        What the button says by which it is shown without a mouse.
    draw
        Draws it, of what is chosen now.
    of
        What it is about now: another text is another content.
    """

    def __init__(self, name: str, word: str, draw: Callable[..., None], of: Callable[..., str]) -> None:
        self.name, self.word, self._draw, self._of = name, word, draw, of
        self.show = fragment(self._show, key=name)
        asks(f"{name}-volgt", "gezien")

    def follow(self, *about: Any) -> None:
        """At the end of the fragment where one chooses; `show` comes right after that fragment."""
        data = {"part": self.name, "of": self._of(*about), "word": self.word}
        _watch(key=f"{self.name}-volgt", data=data, on_gezien_change=self._seen)

    def _seen(self) -> None:
        st.session_state[f"{self.name}-gezien"] = st.session_state[f"{self.name}-volgt"].get("gezien")
        st.rerun(self.name)

    def _show(self, *about: Any) -> None:
        of = self._of(*about)
        with st.container(key=self.name):
            if st.session_state.get(f"{self.name}-gezien") != of:
                st.html("<span></span>")
                return
            self._draw(*about)
            st.html(f'<span hidden data-van="{escape(of)}"></span>')
