"""The words of the framework in Dutch: a table in knowledge, and a script that every page starts with."""

from __future__ import annotations

import json
from functools import cache

from wwz.base.paths import PACKAGE
from wwz.knowledge import load_toml


@cache
def script() -> str:
    """A script element that translates what Streamlit writes, before it can write anything."""
    table = load_toml("vertalingen.toml")
    words = {
        "patronen": table["patroon"],
        **{name: table[name] for name in ("tekst", "hulptekst", "herstel")},
    }
    code = (PACKAGE / "ui" / "shared" / "dutch.js").read_text(encoding="utf-8").strip()
    # "</" would end the element inside a text.
    data = json.dumps(words, ensure_ascii=False).replace("</", "<\\/")
    return f"<script>{code}({data});</script>"
