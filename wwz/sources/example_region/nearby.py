"""Distances to facilities and how many lie near, as in CBS *Nabijheid voorzieningen*."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from .layout import load_table

ROAD_FACTOR = 1.3  # by road against straight line: assumption
CHUNK = 16_384


def _lines() -> list[list[str]]:
    lines = load_table("kolommen.toml")["nabijheid_2023"]
    return [([part.strip() for part in line.split("|")] + [""] * 5)[:5] for line in lines]


def columns() -> list[tuple[str, str]]:
    """Titles of the table with our column for each; an empty one is not filled.

    Returns
    -------
    list of (title, column)
        In the order of the source, without the five that name the area.
    """
    out = []
    for path, what, radii, counted, ours in _lines():
        place = f"{path}/" if path else ""
        out.append((f"{place}Afstand tot {what} (km)", f"afstand_{ours}" if ours else ""))
        for radius in radii.split():
            # The source has two blanks before "km" in one block of titles.
            blank = "  " if radius.endswith("_") else " "
            title = f"{place}{counted}/Binnen {radius.rstrip('_')}{blank}km (aantal)"
            out.append((title, f"{ours}_{radius}km" if ours else ""))
    return out


def wanted() -> dict[str, list[int]]:
    """Facility kinds to measure, each with the radii (km) to count within."""
    out: dict[str, list[int]] = {}
    for _, _, radii, _, ours in _lines():
        if ours:
            out[ours] = sorted(set(out.get(ours, [])) | {int(r) for r in re.findall(r"\d+", radii)})
    return out


def measure(addresses: pd.DataFrame, facilities: pd.DataFrame, count: int) -> pd.DataFrame:
    """Measure from every address and average over the inhabitants of each buurt.

    Returns
    -------
    DataFrame, shape (count, ...)
        ``afstand_<soort>`` in km by road and ``<soort>_<r>km`` as numbers; ``NaN`` where nobody lives.
    """
    buurt, weight = addresses["buurt"].to_numpy(), addresses["inwoners"].to_numpy()
    people = np.bincount(buurt, weight, count)
    people = np.where(people > 0, people, np.nan)
    # Relative to one corner, so that single precision is exact to the centimetre.
    corner = addresses[["x", "y"]].min().to_numpy()
    xy = (addresses[["x", "y"]].to_numpy() - corner).astype(np.float32)
    out = {}
    for kind, radii in wanted().items():
        spots = (facilities.loc[facilities["soort"] == kind, ["x", "y"]].to_numpy() - corner).astype(
            np.float32
        )
        if not len(spots):
            continue
        nearest, near = _distances(xy, spots, radii)
        out[f"afstand_{kind}"] = np.bincount(buurt, weight * nearest, count) / people
        for radius, number in zip(radii, near, strict=True):
            out[f"{kind}_{radius}km"] = np.bincount(buurt, weight * number, count) / people
    return pd.DataFrame(out)


def _distances(xy: np.ndarray, spots: np.ndarray, radii: list[int]) -> tuple[np.ndarray, np.ndarray]:
    nearest, near = np.empty(len(xy)), np.empty((len(radii), len(xy)))
    for start in range(0, len(xy), CHUNK):
        part = slice(start, start + CHUNK)
        square = (xy[part, :1] - spots[:, 0]) ** 2 + (xy[part, 1:] - spots[:, 1]) ** 2
        nearest[part] = np.sqrt(square.min(axis=1)) * ROAD_FACTOR / 1000
        for row, radius in enumerate(radii):
            near[row, part] = np.count_nonzero(square <= (radius * 1000 / ROAD_FACTOR) ** 2, axis=1)
    return nearest, near
