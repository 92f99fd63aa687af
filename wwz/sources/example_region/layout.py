"""Read the layout of the example region: gemeenten, wijken, buurten, seeds of their shapes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
SCALES = ("ouder", "kwetsbaar", "stedelijk", "alleenwonend")
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))


@dataclass(frozen=True)
class Layout:
    """The region before anything is drawn.

    Attributes
    ----------
    buurten : DataFrame
        One row a buurt: codes, names, soort, inwoners (2023), seed x/y and reach in km, the four
        hidden scales of its soort and ``dicht``.
    wijken : DataFrame
        One row a wijk: wijkcode, wijknaam, gemeentecode, gemeentenaam, x, y (centre, km).
    outline, river : ndarray, shape (n, 2)
        Control points in km.
    fairway : dict
        Part of the river that is a water buurt: until which x, half its width, and the lake.
    origin : tuple of float
        RD coordinates (metres) of the grid's lower left corner.
    """

    buurten: pd.DataFrame
    wijken: pd.DataFrame
    outline: np.ndarray
    river: np.ndarray
    fairway: dict
    origin: tuple[float, float]


def load_table(name: str) -> dict:
    """Read one of the TOML files that lie beside this module."""
    with (HERE / name).open("rb") as stream:
        return tomllib.load(stream)


def read_layout(rng: np.random.Generator) -> Layout:
    """Read ``indeling.toml``; the generator only varies sizes and seeds within a wijk."""
    plan = load_table("indeling.toml")
    buurten, wijken = [], []
    for gemeente in plan["gemeente"]:
        for number, wijk in enumerate(gemeente["wijken"], start=1):
            code = f"{gemeente['code']}{number:02d}"
            wijken.append(
                {
                    "wijkcode": f"WK{code}",
                    "wijknaam": f"Wijk {number:02d} {wijk['naam']}",
                    "gemeentecode": f"GM{gemeente['code']}",
                    "gemeentenaam": gemeente["naam"],
                    "x": wijk["midden"][0],
                    "y": wijk["midden"][1],
                }
            )
            buurten += [wijken[-1] | buurt for buurt in _buurten_of(wijk, code, rng)]
    frame = pd.DataFrame(buurten)
    kinds = plan["soorten"]
    frame[list(SCALES)] = [kinds[soort]["schalen"] for soort in frame["soort"]]
    frame["dicht"] = [kinds[soort]["dicht"] for soort in frame["soort"]]
    return Layout(
        frame,
        pd.DataFrame(wijken),
        np.array(plan["omtrek"]),
        np.array(plan["rivier"]),
        plan["vaarwater"],
        tuple(plan["oorsprong"]),
    )


def _buurten_of(wijk: dict, code: str, rng: np.random.Generator) -> list[dict]:
    rows = [_parse(text, wijk["soort"]) for text in wijk["buurten"]]
    for number, row in enumerate(rows, start=1):
        row["buurtcode"] = f"BU{code}{number:02d}"
    _share_inhabitants(rows, wijk["inwoners"], rng)
    _place_on_spiral([row for row in rows if row["x"] is None], wijk, rng)
    return rows


def _parse(text: str, default_kind: str) -> dict:
    fields = [field.strip() for field in text.split(";")]
    fields += [""] * (4 - len(fields))
    x, y, reach = (float(v) for v in fields[3].split(",")) if fields[3] else (None, None, None)
    return {
        "buurtnaam": fields[0],
        "soort": fields[1] or default_kind,
        "inwoners": int(fields[2]) if fields[2] else None,
        "x": x,
        "y": y,
        "reach": reach,
    }


def _share_inhabitants(rows: list[dict], total: int, rng: np.random.Generator) -> None:
    """Divide what the wijk has left over the buurten without a number of their own."""
    free = [row for row in rows if row["inwoners"] is None]
    left = total - sum(row["inwoners"] or 0 for row in rows)
    shares = rng.lognormal(0, 0.28, len(free))
    for row, share in zip(free, shares / shares.sum() if free else shares, strict=True):
        row["inwoners"] = round(left * share)


def _place_on_spiral(rows: list[dict], wijk: dict, rng: np.random.Generator) -> None:
    """Sunflower pattern: evenly filled, round, and never a grid."""
    count = len(rows)
    turn, jitter = rng.uniform(0, 2 * np.pi), rng.normal(0, 0.12, (count, 2))
    for i, row in enumerate(rows):
        distance = wijk["straal"] * np.sqrt((i + 0.35) / count)
        angle = turn + i * GOLDEN_ANGLE
        offset = np.array([np.cos(angle), np.sin(angle)]) * distance + jitter[i] * wijk["straal"] / np.sqrt(
            count
        )
        row["x"], row["y"] = wijk["midden"] + offset
        row["reach"] = wijk["straal"] / np.sqrt(count)
