"""What every page has before the framework does anything: scripts, and the line that says that one has to wait."""

from __future__ import annotations

from functools import cache

from wwz.base.paths import PACKAGE
from wwz.ui.shared import dutch

SCRIPTS, STYLE = ("history.js", "waiting.js"), "waiting.css"
LINE = '<p id="wwz-bezig" role="status"></p>'


@cache
def for_head() -> str:
    """Script and style elements for the head of the page."""
    scripts = "".join(f"<script>{_text(name)}</script>" for name in SCRIPTS)
    return f"{dutch.script()}{scripts}<style>{_text(STYLE)}</style>"


def dressed(page: str) -> str:
    """The page of the framework with all that in it."""
    return page.replace("<head>", f"<head>{for_head()}", 1).replace("<body>", f"<body>{LINE}", 1)


def _text(name: str) -> str:
    return (PACKAGE / "ui" / "shared" / name).read_text(encoding="utf-8").strip()
