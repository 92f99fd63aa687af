"""Pages made of templates: everything that somebody typed is escaped, and every page says what it may load."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from wwz.knowledge import steering
from wwz.maps import inks

FOLDER = Path(__file__).parent / "pages"
# Only our own files; nothing inline but the style of bars.
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'self'; form-action 'self'; base-uri 'self'"
)
# The colour of each kind of organisation at the table.
PARTS = {row["code"]: inks.INKS[row["kleur"]] for row in steering.rows("sjablonen", "tafel")}


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["kleur"] = PARTS
    return made


def render(name: str, **values: Any) -> str:
    """A template with its values."""
    return _templates().get_template(name).render(**values)


def page(name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A whole page."""
    headers = {
        "content-security-policy": POLICY, "content-language": "nl", "cache-control": "no-store",
        # Without this a form would be sent as if by a stranger.
        "referrer-policy": "same-origin",
    }  # fmt: skip
    return HTMLResponse(render(name, **values), status_code=status, headers=headers)


@cache
def _stylesheet() -> str:
    return render("stijl.css", inkt=inks)


@cache
def _script() -> str:
    return (FOLDER / "meedoen.js").read_text(encoding="utf-8")


def stylesheet() -> Response:
    """The one stylesheet, in the colours of the house."""
    return Response(_stylesheet(), media_type="text/css", headers={"cache-control": "max-age=300"})


def script() -> Response:
    """The one script."""
    return Response(_script(), media_type="text/javascript", headers={"cache-control": "max-age=300"})


# The address holds the name under which a browser knows this server: it may send any.
@lru_cache(maxsize=256)
def qr(address: str) -> str:
    """A code to point a phone at, as a drawing."""
    return segno.make(address, error="m").svg_inline(
        scale=1, border=2, omitsize=True, title="QR-code om mee te doen"
    )
