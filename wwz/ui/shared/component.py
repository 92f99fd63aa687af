"""What stands on screen in our own HTML: a component is a script and a style that lie beside this file.

The framework sends both along with every component in every run. Here the browser fetches them once, as a file with its
content in its name; what is sent is a line that says where it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from wwz.base.paths import PACKAGE, STATIC
from wwz.maps.assets import VENDOR_URL, keep_asset

FOLDER = PACKAGE / "ui" / "shared"
LOADER = """const it = await import(new URL({address}, document.location.origin).href);
export default (part) => (it.dress(part), it.default(part));
"""
# Beside the script. A style sheet that is adopted is there before the first thing is drawn.
DRESS = """
const sheet = new CSSStyleSheet();
sheet.replaceSync({css});
export function dress(part) {{
  const root = part.parentElement.getRootNode();
  if ({used} && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}}
"""


def component(name: str, html: str, *scripts: str, css: str = "") -> Callable[..., Any]:
    """A component without an iframe.

    Parameters
    ----------
    name
        Unique in the product.
    html
        What is there before the script fills it.
    scripts
        Names of files, put together to one module in this order.
    css
        The style itself.
    """

    @cache
    def registered() -> Callable[..., Any]:
        # Not while the program starts: only when something is shown the path of the server is known.
        address = _kept(name, "\n".join(map(text_of, scripts)), css)
        return st.components.v2.component(name, html=html, js=LOADER.format(address=json.dumps(address)))

    def shown(**options: Any) -> Any:
        return registered()(**options)

    return shown


def _kept(name: str, script: str, css: str) -> str:
    """Write the module; gives its address with the path of the server before it."""
    code = (script + DRESS.format(css=json.dumps(css), used=json.dumps(bool(css)))).encode()
    file = f"{name.replace('_', '-')}-{hashlib.sha256(code).hexdigest()[:12]}.js"
    keep_asset(STATIC, file, code)
    base = st.get_option("server.baseUrlPath").strip("/")
    return "/".join(["", *filter(None, [base]), VENDOR_URL, file])


def text_of(name: str) -> str:
    """The text of a script or style that lies here."""
    return (FOLDER / name).read_text(encoding="utf-8")
