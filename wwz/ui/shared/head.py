"""What every page has before the framework does anything: scripts, and the line that says that one has to wait."""

from __future__ import annotations

from functools import cache

from wwz.ui.shared import dutch, early
from wwz.ui.shared.component import text_of

SCRIPTS = ("history.js", "waiting.js", "around.js")
STYLE = "waiting.css"
# In the body, after what the framework puts in the head: of two rules that say the same, ours goes first.
LOOK = ("style.css", "table.css", "around.css", "phone.css")
AROUND = "around.html"
# In the page with the screens, and in no frame; in the frame of a map.
OF_APP, OF_MAP = "<title>Streamlit</title>", "<title>Streamlit Folium Component</title>"
LINE = '<p id="wwz-bezig" role="status"></p>'


@cache
def _of_app() -> str:
    scripts = "".join(f"<script>{text_of(name)}</script>" for name in SCRIPTS)
    return f"{scripts}<style>{text_of(STYLE)}</style>"


@cache
def _look() -> str:
    return "".join(f"<style>{text_of(name)}</style>" for name in LOOK)


def dressed(page: str) -> str:
    """A page of the framework with what it needs: Dutch in all of them, the rest in the one that holds the screens.

    The frame in which a map is drawn is a page as well.
    """
    more = _of_app() if OF_APP in page else ""
    if more:
        page = page.replace("<body>", f"<body>{text_of(AROUND)}{LINE}{_look()}", 1)
        page = page.replace("</head>", f"{early.links()}{early.first_map()}</head>", 1)
    if OF_MAP in page:
        more = early.frame_links()
    return page.replace("<head>", f"<head>{dutch.script()}{more}", 1)
