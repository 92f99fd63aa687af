"""The manual on screen: the pages of docs/, with their pictures."""

from __future__ import annotations

import re

import streamlit as st

from wwz.base.paths import ROOT

DOCS = ROOT / "docs"
GUIDES = {"bestuurder": "Bestuurder", "facilitator": "Begeleider", "ambtenaar": "Beleidsmedewerker"}
_PICTURE = re.compile(r"^!\[([^\]]*)\]\((beelden/[a-z]+\.png)\)$", re.MULTILINE)
_HEADING = re.compile(r"\A# .*\n")


def show_document(name: str, **words: str) -> None:
    """One page of docs/, without its title: the screen has a title of its own.

    Parameters
    ----------
    name
        File name without ending.
    words
        What stands in place of {word} in the text.
    """
    text = _HEADING.sub("", (DOCS / f"{name}.md").read_text(encoding="utf-8"))
    for word, value in words.items():
        text = text.replace(f"{{{word}}}", _plain(value))
    pieces = _PICTURE.split(text)
    for place in range(0, len(pieces), 3):
        st.markdown(pieces[place])
        if place + 2 < len(pieces) and (DOCS / pieces[place + 2]).exists():
            left, _ = st.columns([2, 1])
            left.image(
                str(DOCS / pieces[place + 2]),
                caption=pieces[place + 1],
                alt=pieces[place + 1],
                width="stretch",
            )


def _plain(text: str) -> str:
    """A text of config.toml that Markdown leaves as it is."""
    return re.sub(r"([\\`*_{}\[\]<>()#|$!])", r"\\\1", text)
