"""Distances as layers of the map: one row of the catalogue per kind of voorziening, distance and group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wwz.base.counted import counted
from wwz.base.sentence import capital


def reach_entries(catalogue: dict[str, Any], reaches: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows for indicatoren.toml, from the texts there and the distances in afstand.toml.

    Parameters
    ----------
    catalogue
        The content of indicatoren.toml: [bereik_aandeel], [bereik_mediaan] and the groups.
    reaches
        [[bereik]] of afstand.toml.
    """
    old = next(group for group in catalogue["groep"] if group["code"] == "65")
    for reach in reaches:
        words = {
            "Titel": capital(reach["titel"]),
            "kort": reach["kort"],
            "een": reach["een"],
        }
        layer = f"bereik_{reach['code']}"
        for meter in reach["kaart"]:
            row = _filled(
                catalogue["bereik_aandeel"],
                {**words, "meter": counted("{n}", meter)},
                f"{layer}_{meter}",
                layer,
            )
            yield row
            yield _for_old(row, old)
        for group in ("inwoners", "65-plussers"):
            row = _filled(catalogue["bereik_mediaan"], {**words, "mensen": group}, f"{layer}_mediaan", layer)
            yield row if group == "inwoners" else _for_old(row, old)


def _filled(texts: dict[str, Any], words: dict[str, Any], code: str, layer: str) -> dict[str, Any]:
    filled = {name: text.format(**words) if isinstance(text, str) else text for name, text in texts.items()}
    return {**filled, "code": code, "laag": layer}


def _for_old(row: dict[str, Any], group: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "code": f"{row['code']}_65",
        "titel": f"{row['titel']}, {group['titel']}",
        "groep": f"{group['kort']} {row['groep']}",
        "mensen": group["mensen"],
        "noemer": group["noemer"],
    }
