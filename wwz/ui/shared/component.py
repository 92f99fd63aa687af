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
# A style sheet that is adopted is there before the first thing is drawn.
LOADER = """const {{ default: draw, css }} = await import(new URL({address}, document.location.origin).href);
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
export default function (component) {{
  const root = component.parentElement.getRootNode();
  if (css && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  return draw(component);
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
    code = f"{script}\nexport const css = {json.dumps(css)};\n".encode()
    file = f"{name.replace('_', '-')}-{hashlib.sha256(code).hexdigest()[:12]}.js"
    keep_asset(STATIC, file, code)
    base = st.get_option("server.baseUrlPath").strip("/")
    return "/".join(["", *filter(None, [base]), VENDOR_URL, file])


def text_of(name: str) -> str:
    """The text of a script or style that lies here."""
    return (FOLDER / name).read_text(encoding="utf-8")
