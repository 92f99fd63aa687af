"""What a browser may fetch while the framework still starts: the parts in which our screens are drawn, and the map.

The framework asks for each part when the first thing of its kind comes on screen, and then for what that part needs. The
frame of a map asks for its scripts when it hears from the page, one after the other, and then for the borders.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import streamlit as st

from wwz.ask.area import Area, whole
from wwz.base.errors import Fout
from wwz.base.paths import STATIC
from wwz.maps.assets import APP_ROOT, local_links
from wwz.store import Store
from wwz.ui.shared import state

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


@dataclass(frozen=True)
class _FirstMap:
    """The boundary files of all that is in a database, and which database that was."""

    mark: state.Mark
    url_paths: tuple[str, ...]


# One for all visitors, put in its place at once: the head of a page is asked while a map is drawn.
_first_map: _FirstMap | None = None


def remember_first_map(store: Store, area: Area, url_paths: Iterable[str]) -> None:
    """The boundary files of the map that a visitor sees who comes without a link: what a map was last drawn with.

    Every visitor gets them, also who may see nothing yet. So they are of all there is, and never of an area that somebody chose
    or put together; nor of a database that is not there any more, which a visitor may still have on screen.
    """
    global _first_map
    mark = state.mark()
    if area.codes == whole(store).codes and store is state.store():
        _first_map = _FirstMap(mark, tuple(url_paths))


def forget_first_map() -> None:
    """As on a server that has just started."""
    global _first_map
    _first_map = None


def first_map() -> str:
    """A script for in the head of the page that fetches those.

    Nothing before the first map was drawn, nor when another database took the place of the one it was drawn from.
    """
    known = _first_map
    if known is None or not known.url_paths or not _is_there(known.mark):
        return ""
    script = Path(__file__).with_name("early.js").read_text(encoding="utf-8").strip()
    return f"<script>{script}({json.dumps([f'./{url}' for url in known.url_paths])});</script>"


def _is_there(mark: state.Mark) -> bool:
    try:
        return mark == state.mark()
    except (Fout, OSError):
        return False  # what is wrong is told on the page, not in its head


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
