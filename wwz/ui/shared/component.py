"""What stands on screen in our own HTML: a component is a script and a style that lie beside this file."""

from __future__ import annotations

from typing import Any

import streamlit as st

from wwz.base.paths import PACKAGE

FOLDER = PACKAGE / "ui" / "shared"


def component(name: str, html: str, *scripts: str, css: str = "") -> Any:
    """A component without an iframe.

    Parameters
    ----------
    name
        Unique in the product.
    html
        What is there before the script fills it.
    scripts
        Names of files, put together to one in this order.
    css
        The style itself.
    """
    return st.components.v2.component(name, html=html, css=css or None, js="\n".join(map(text_of, scripts)))


def text_of(name: str) -> str:
    """The text of a script or style that lies here."""
    return (FOLDER / name).read_text(encoding="utf-8")
