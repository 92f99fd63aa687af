"""Boundaries that fit: no gaps and no overlap between neighbours, and larger areas with the very edges of their parts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from wwz.base.paths import SQL
from wwz.base.planes import filled, together
from wwz.knowledge import load_toml
from wwz.words.numbers import dutch
from wwz.workbench import Workbench

PARTS, MEMBERS, SET = (SQL / "outlines" / name for name in ("kleinste.sql", "leden.sql", "omtrek.sql"))
# Areas; in the order of their codes neighbours are mostly near each other.
AT_ONCE = 1500
_SAME = 0.001  # metres: what moved less did not move


@dataclass(frozen=True)
class Fit:
    """Areas that fit, and what was needed for it.

    Attributes
    ----------
    shapes
        In the order they came in.
    gaps, overlap
        Square metres that were given to an area, and that were taken from one of two.
    """

    shapes: np.ndarray
    gaps: float = 0.0
    overlap: float = 0.0


def make_fit(bench: Workbench) -> None:
    """Make the boundaries of the smallest areas fit, say how much that changed, and put larger areas together of them."""
    rules = load_toml("aansluiting.toml")
    rows = bench.read(PARTS)
    shapes = filled(shapely.from_wkb([bytes(wkb) for wkb in rows["grens"]]))
    there = ~shapely.is_missing(shapes)
    codes, shapes = rows["code"].to_numpy()[there], shapes[there]
    if not len(codes):
        return
    fit = fitting(shapes, rules["gat_breedte_m"])
    if fit.gaps + fit.overlap >= rules["melden_vanaf_m2"]:
        bench.append("melding_bestand", _remark(fit, rules["gat_breedte_m"]))
    changed = ~_same(shapes, fit.shapes)
    small = pd.Series(fit.shapes, index=codes, dtype=object)
    _set(bench, pd.concat([small[changed], _larger(bench, small)]))


def fitting(shapes: np.ndarray, gap_width: float) -> Fit:
    """Close gaps narrower than a width, and give what two areas have both to one of them.

    Parameters
    ----------
    shapes
        Polygons in metres.
    gap_width
        In metres.
    """
    if shapely.coverage_is_valid(shapes, gap_width):
        return Fit(shapes)
    try:
        # What is nearly right takes little time, and many areas at once take more than as many apart.
        parts = np.array_split(shapes, -(-len(shapes) // AT_ONCE))
        apart = np.concatenate([shapely.coverage_clean(part, gap_width=gap_width) for part in parts])
        clean = shapely.coverage_clean(_without_slits(apart, gap_width), gap_width=gap_width)
    except shapely.errors.GEOSException:
        return Fit(shapes)
    # An area that lies wholly in another one stays, and so does the overlap: it has figures, and must be on the map.
    lost = shapely.is_empty(clean) | shapely.is_missing(clean)
    clean[lost] = shapes[lost]
    moved = ~_same(shapes, clean)
    before, after = shapes[moved], clean[moved]
    kept = shapely.area(shapely.intersection(before, after))
    return Fit(clean, float((shapely.area(after) - kept).sum()), float((shapely.area(before) - kept).sum()))


def _without_slits(shapes: np.ndarray, width: float) -> np.ndarray:
    """Fill what is narrow between two areas and open at an end, so that it is no hole: it goes to the one with the longest border."""
    whole = shapely.union_all(shapes)
    wide = shapely.buffer(whole, width / 2, join_style="mitre")
    closed = shapely.buffer(wide, -width / 2, join_style="mitre")
    pieces = shapely.get_parts(shapely.difference(closed, whole))
    pieces = pieces[shapely.area(pieces) > 1]
    of_piece, of_area = shapely.STRtree(shapes).query(pieces, predicate="intersects")
    shared = shapely.length(
        shapely.intersection(shapely.boundary(pieces[of_piece]), shapely.boundary(shapes[of_area]))
    )
    borders = pd.DataFrame({"piece": of_piece, "area": of_area, "shared": shared}).query("shared > @width")
    # Beside one area only it is no slit but a bay, or a corner.
    between = borders[borders.groupby("piece")["area"].transform("size") > 1]
    longest = between.loc[between.groupby("piece")["shared"].idxmax()]
    filled_up = shapes.copy()
    for area, mine in longest.groupby("area")["piece"]:
        filled_up[area] = shapely.union_all([shapes[area], *pieces[mine]])
    return filled_up


def _same(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return shapely.equals_exact(shapely.normalize(one), shapely.normalize(other), _SAME)


def _larger(bench: Workbench, small: pd.Series) -> pd.Series:
    """Every larger area of which all parts have a boundary, or that has none of its own: the union of its parts."""
    rows = bench.read(MEMBERS)
    rows["deel"] = small.reindex(rows["buurt"]).to_numpy()
    known = rows["deel"].notna()
    complete = known.groupby(rows["gebied"]).transform("all")
    usable = rows[known & (complete | ~rows["eigen_grens"])]
    found = {code: together(parts.to_numpy()) for code, parts in usable.groupby("gebied")["deel"]}
    return pd.Series(found, dtype=object)


def _set(bench: Workbench, shapes: pd.Series) -> None:
    frame = pd.DataFrame({"code": list(shapes.index), "grens": list(shapely.to_wkb(shapes.to_numpy()))})
    if len(frame):
        bench.offer("omtrek", frame)
        bench.run(SET)


def _remark(fit: Fit, gap_width: float) -> pd.DataFrame:
    parts = [
        f"{dutch(fit.gaps)} m² aan kieren (smaller dan {dutch(gap_width)} meter) is bij een buurt ernaast gevoegd"
        if round(fit.gaps)
        else "",
        f"{dutch(fit.overlap)} m² die in twee gebieden lag, ligt nog in één" if round(fit.overlap) else "",
    ]
    text = f"De grenzen sloten niet overal op elkaar aan. {', en '.join(filter(None, parts))}."
    return pd.DataFrame(
        [{"bestand": "grenzen", "ernst": "info", "tekst": text, "aantal": round(fit.gaps + fit.overlap)}]
    )
