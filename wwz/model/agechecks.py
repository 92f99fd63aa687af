"""How far ages are off on gemeenten that a fit did not see: R², errors, widths of margins and what falls within them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from wwz.model.logit import logit

NOTHING, OWN, EIGHTY = "niets", "gemeente", "80plus"
EDGE = 0.002


@dataclass(frozen=True)
class Held:
    """Postcodes with their held-out shares: of 75 and older in 65 and older, and of 85 and older in those (0-1)."""

    rijen: pd.DataFrame
    vanaf_75: np.ndarray
    vanaf_85: np.ndarray

    def people(self, known: str) -> pd.DataFrame:
        """Estimated and counted people per band: columns schatting_* and geteld_*, of the postcodes fit to learn from.

        known: niets, or gemeente: then the postcodes of a gemeente together are what was counted in it.
        """
        rows = self.rijen
        young, old = (rows["geteld"] * (1 - self.vanaf_75)), rows["geteld"] * self.vanaf_75
        frame = pd.DataFrame(
            {
                "gemeente": rows["gemeente"],
                "ouderen": rows["ouderen"],
                "goed": rows["goed"],
                "heel": rows["heel"],
                "geteld": rows["geteld"].astype(float),
                "schatting_65_75": young,
                "schatting_75_85": old * (1 - self.vanaf_85),
                "schatting_85plus": old * self.vanaf_85,
                "geteld_65_75": rows["geteld"] - rows["vanaf_75"],
                "geteld_75_85": rows["vanaf_75"] - rows["vanaf_85"],
                "geteld_85plus": rows["vanaf_85"].astype(float),
            }
        )
        return _raked(frame) if known == OWN else frame


BANDS = ("65_75", "75_85", "85plus")


def _raked(frame: pd.DataFrame) -> pd.DataFrame:
    """Every gemeente as a whole as it was counted, every postcode with its own number of older people."""
    frame = frame[frame["heel"]].copy()
    names = [f"schatting_{band}" for band in BANDS]
    for _ in range(20):
        for band in BANDS:
            sums = frame.groupby("gemeente")[[f"geteld_{band}", f"schatting_{band}"]].transform("sum")
            frame[f"schatting_{band}"] *= sums[f"geteld_{band}"] / sums[f"schatting_{band}"]
        frame[names] = frame[names].mul(frame["geteld"] / frame[names].sum(axis=1), axis=0)
    return frame


def measures(step: str, held: Held, rules: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """R² between gemeenten, median error of postcodes, and the coverage of margins, of the 75+ and the 85+.

    Yields
    ------
    dict
        trede, bekend, wat (vanaf_75, vanaf_85), r2 (gemeenten; with their own ages known it is not asked), gemeenten, fout
        (median over postcodes, share of the number), postcodes, dekking (0-1), dekking_laagste and dekking_hoogste (over
        classes of size).
    """
    for known in (NOTHING, OWN):
        frame = held.people(known)
        for what, bands in (("vanaf_75", BANDS[1:]), ("vanaf_85", BANDS[2:])):
            guess = frame[[f"schatting_{b}" for b in bands]].sum(axis=1)
            real = frame[[f"geteld_{b}" for b in bands]].sum(axis=1)
            good = frame["goed"] & (real > 0)
            cover = _coverage(frame[frame["goed"]], what, rules)
            yield {
                "trede": step,
                "bekend": known,
                "wat": what,
                "r2": _r2(frame, guess, real) if known == NOTHING else np.nan,
                "gemeenten": int(frame.loc[frame["heel"], "gemeente"].nunique()),
                "fout": float((guess[good] / real[good] - 1).abs().median()),
                "postcodes": int(good.sum()),
                "dekking": cover[0],
                "dekking_laagste": min(cover[1]),
                "dekking_hoogste": max(cover[1]),
            }


def errors(step: str, held: Held, rules: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """How wide a margin must be: vast + per_mens / people of 65 and older, both squared logits, per band and what is known.

    Where 80+ is known in the buurt, part of the error is left: what of it lies within 65-80 and within 80+.
    """
    for known in (NOTHING, OWN):
        frame = held.people(known)
        frame = frame[frame["goed"]]
        for band in BANDS:
            fixed, per = _width(frame, _gap(frame, (band,)), rules)
            yield {"trede": step, "wat": band, "bekend": known, "vast": fixed, "per_mens": per}
            if known == NOTHING:
                part = rules["deel_80plus"] ** 2
                yield {"trede": step, "wat": band, "bekend": EIGHTY, "vast": fixed * part, "per_mens": per}


def _r2(frame: pd.DataFrame, guess: pd.Series, real: pd.Series) -> float:
    rows = pd.DataFrame({"g": guess, "r": real, "n": frame["geteld"], "gemeente": frame["gemeente"]})[
        frame["heel"]
    ]
    by = rows.groupby("gemeente")[["g", "r", "n"]].sum()
    share, truth = by["g"] / by["n"], by["r"] / by["n"]
    return float(1 - ((truth - share) ** 2).sum() / ((truth - truth.mean()) ** 2).sum())


def _gap(frame: pd.DataFrame, bands: tuple[str, ...]) -> np.ndarray:
    """Logit of the estimated share in 65+ minus that of the counted share."""
    guess = frame[[f"schatting_{b}" for b in bands]].sum(axis=1) / frame["geteld"]
    real = frame[[f"geteld_{b}" for b in bands]].sum(axis=1) / frame["geteld"]
    return logit(np.clip(guess, EDGE, 1 - EDGE)).to_numpy() - logit(np.clip(real, EDGE, 1 - EDGE)).to_numpy()


def _width(frame: pd.DataFrame, gap: np.ndarray, rules: dict[str, Any]) -> tuple[float, float]:
    """The two parts of the squared half width, so that in every class of size as many fall within as should."""
    size = frame["ouderen"].to_numpy(float)
    classes = pd.qcut(size, rules["klassen"], labels=False)
    wide = np.array(
        [np.quantile(np.abs(gap[classes == c]), rules["dekking"]) ** 2 for c in range(rules["klassen"])]
    )
    inverse = np.array([np.mean(1 / size[classes == c]) for c in range(rules["klassen"])])
    slope, fixed = np.polyfit(inverse, wide, 1)
    if slope < 0 or fixed < 0:
        slope = max(slope, 0.0)
        fixed = max(float((wide - slope * inverse).mean()), 0.0)
    return float(fixed), float(slope)


def _coverage(frame: pd.DataFrame, what: str, rules: dict[str, Any]) -> tuple[float, list[float]]:
    """Part of the postcodes within the margin, with widths that were set on the other half; all, and per class of size."""
    bands = BANDS[1:] if what == "vanaf_75" else BANDS[2:]
    gap, size = _gap(frame, bands), frame["ouderen"].to_numpy(float)
    half = np.asarray(pd.factorize(frame["gemeente"], sort=True)[0] % 2, dtype=bool)
    within = np.zeros(len(gap), dtype=bool)
    for part in (half, ~half):
        fixed, per = _width(frame[~part], gap[~part], rules)
        within[part] = np.abs(gap[part]) <= np.sqrt(fixed + per / size[part])
    classes = pd.qcut(size, rules["klassen"], labels=False)
    return float(within.mean()), [float(within[classes == c].mean()) for c in range(rules["klassen"])]
