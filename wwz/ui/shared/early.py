"""What a browser may fetch while the framework still starts: the parts in which our screens are drawn, and the map.

The framework asks for each part when the first thing of its kind comes on screen, and then for what that part needs. The
frame of a map asks for its scripts when it hears from the page, one after the other.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import streamlit as st

from wwz.base.paths import STATIC
from wwz.maps.assets import APP_ROOT, local_links

PARTS = (
    "ComponentInstance", "BidiComponent", "Html", "Selectbox", "Radio", "ButtonGroup", "PageLink", "Checkbox", "Button",
)  # fmt: skip
FRAMEWORK = Path(st.__file__).parent / "static" / "static"
SCRIPTS = FRAMEWORK / "js"
FRAME = "component/streamlit_folium.st_folium/static/"
NEEDED = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')


def kept_folders(base: str) -> dict[str, Path]:
    """Where files lie that never change under their name, by their address. `base`: the path of the server, without slashes."""
    start = f"/{base}/" if base else "/"
    return {f"{start}static/": FRAMEWORK, f"{start}app/static/": STATIC, f"{start}{FRAME}": _frame_folder()}


def _frame_folder() -> Path:
    # Without loading it: that is said aloud as long as no server runs.
    found = find_spec("streamlit_folium")
    return Path(str(found.origin if found else "")).parent / "frontend" / "build" / "static"


@cache
def links() -> str:
    """Links for in the head of the page; of a part that another version of the framework does not have, none."""
    found: dict[str, None] = {}
    for part in PARTS:
        for path in sorted(SCRIPTS.glob(f"{part}.*.js")):
            _add(path.name, found)
    parts = "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in found)
    return parts + "".join(f'<link rel="prefetch" href="{address}">' for address in _of_frame())


def _of_frame() -> list[str]:
    """The scripts and the sheet of the map, seen from the page."""
    own = [f"{FRAME}js/{path.name}" for path in sorted((_frame_folder() / "js").glob("main.*.js"))]
    return [f"./{address}" for address in (*own, *(url.removeprefix(APP_ROOT) for url in _of_map()))]


def _of_map() -> list[str]:
    scripts, sheets = local_links()
    return [url for _, url in (*scripts, *sheets)]


@cache
def frame_links() -> str:
    """Links for in the head of the frame of a map."""
    scripts, sheets = local_links()
    kinds = [(url, "script") for _, url in scripts] + [(url, "style") for _, url in sheets]
    return "".join(f'<link rel="preload" as="{kind}" href="{url}">' for url, kind in kinds)


def _add(name: str, found: dict[str, None]) -> None:
    path = SCRIPTS / name
    if name in found or not path.is_file():
        return
    found[name] = None
    for other in NEEDED.findall(path.read_text(encoding="utf-8")):
        _add(other, found)
