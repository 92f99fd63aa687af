"""What a browser may fetch while the framework still starts: the parts in which our screens are drawn.

The framework asks for each part when the first thing of its kind comes on screen, and then for what that part needs.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import streamlit as st

PARTS = (
    "ComponentInstance", "BidiComponent", "Html", "Selectbox", "Radio", "ButtonGroup", "PageLink", "Checkbox", "Button",
)  # fmt: skip
SCRIPTS = Path(st.__file__).parent / "static" / "static" / "js"
NEEDED = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')


@cache
def links() -> str:
    """Links for in the head of the page; of a part that another version of the framework does not have, none."""
    found: dict[str, None] = {}
    for part in PARTS:
        for path in sorted(SCRIPTS.glob(f"{part}.*.js")):
            _add(path.name, found)
    return "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in found)


def _add(name: str, found: dict[str, None]) -> None:
    path = SCRIPTS / name
    if name in found or not path.is_file():
        return
    found[name] = None
    for other in NEEDED.findall(path.read_text(encoding="utf-8")):
        _add(other, found)
