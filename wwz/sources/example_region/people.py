"""The true figures of each buurt: whole people, households, dwellings, and the means that go with them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .traits import figures

AGES = ("p00", "p15", "p25", "p45", "p65")
MARITAL = ("ongehuwd", "gehuwd", "gescheiden", "verweduwd")
INCOME = (
    *("inkomen_inwoner", "inkomen_huishouden", "vermogen", "laag_inkomen", "rond_minimum"),
    *("huishoudens_laagste40", "huishoudens_hoogste20"),
)
GROWTH = 1.009  # from 2023 to 2024, about the national pace
PERSONS_WITH_CHILDREN = 3.6  # mean size of a household with children


def draw_traits(scales: np.ndarray, inhabitants: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Draw all traits of a buurt that are not health; see
    :func:`wwz.sources.example_region.traits.figures`."""
    shared = rng.normal(0, 1, len(scales))
    blocks = [figures("bevolking", scales, inhabitants, rng)]
    blocks += [figures(block, scales, inhabitants, rng, shared) for block in ("wonen", "inkomen")]
    return pd.concat(blocks, axis=1)


def grown(inhabitants: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return next year's inhabitants; an empty buurt stays empty."""
    return np.round(inhabitants * GROWTH * rng.normal(1, 0.008, len(inhabitants))).astype(int)


def count_people(inhabitants: np.ndarray, traits: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Count people and households.

    Parameters
    ----------
    inhabitants : ndarray of int, shape (n,)
    traits : DataFrame
        From :func:`draw_traits`.

    Returns
    -------
    DataFrame, shape (n, ...)
        Whole numbers; ages, marital states and origins each add up to ``inwoners``.
    """
    out = pd.DataFrame({"inwoners": inhabitants})
    women = np.clip(0.497 + 0.0006 * (traits["p65"] - 19) + rng.normal(0, 0.012, len(out)), 0.3, 0.7)
    out["vrouwen"] = np.round(inhabitants * women).astype(int)
    out["mannen"] = out["inwoners"] - out["vrouwen"]
    out[["a00", "a15", "a25", "a45", "a65"]] = _split(inhabitants, _ages(traits))
    out[list(MARITAL)] = _split(inhabitants, traits[list(MARITAL)].to_numpy())
    out[["geb_nl", "geb_eu", "gbl_eu", "geb_bui", "gbl_bui"]] = _split(inhabitants, _origins(traits))
    out["nl"], out["eu"] = out["geb_nl"], out["geb_eu"] + out["gbl_eu"]
    out["bui"] = out["geb_bui"] + out["gbl_bui"]
    return pd.concat([out, _households(inhabitants, traits)], axis=1)


def _split(totals: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Divide whole totals by shares, rows adding up exactly (largest remainder)."""
    exact = totals[:, None] * shares / shares.sum(axis=1, keepdims=True)
    whole = np.floor(exact).astype(int)
    rank = np.argsort(np.argsort(whole - exact, axis=1, kind="stable"), axis=1, kind="stable")
    return whole + (rank < (totals - whole.sum(axis=1))[:, None])


def _ages(traits: pd.DataFrame) -> np.ndarray:
    """Age shares with the share 65+ kept as drawn: the rest of the ages gives way."""
    shares = traits[list(AGES)].to_numpy()
    younger, older = shares[:, :4], shares[:, 4:]
    return np.hstack([younger / younger.sum(axis=1, keepdims=True) * (100 - older), older])


def _origins(traits: pd.DataFrame) -> np.ndarray:
    europe, other = traits["europa"].to_numpy(), traits["buiteneuropa"].to_numpy()
    return np.stack([100 - europe - other, 0.42 * europe, 0.58 * europe, 0.44 * other, 0.56 * other], axis=1)


def _households(inhabitants: np.ndarray, traits: pd.DataFrame) -> pd.DataFrame:
    single, couple = traits["eenpersoons"], traits["zonderkinderen"]
    couple = np.minimum(couple, 97 - single)
    shares = np.stack([single, couple, 100 - single - couple], axis=1)
    size = shares @ [1, 2.05, PERSONS_WITH_CHILDREN] / 100
    total = np.where(inhabitants > 0, np.maximum(1, np.round(0.985 * inhabitants / size)), 0).astype(int)
    out = pd.DataFrame(_split(total, shares), columns=["eenpersoons", "zonderkinderen", "metkinderen"])
    out.insert(0, "huishoudens", total)
    return out


def complete_figures(people: pd.DataFrame, traits: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Add dwellings, income, benefits, care and cars to the counts of people.

    Returns
    -------
    DataFrame
        ``people`` with more counts, and means and percentages per buurt; the weights that belong to those
        are in
        :data:`wwz.sources.example_region.areas.WEIGHTS`.
    """
    n, adults = people["inwoners"], people["inwoners"] - people["a00"]
    out = people.copy()
    out["woningen"] = np.round(people["huishoudens"] / (1 - 0.6 * traits["leegstand"] / 100)).astype(int)
    out["woz"], out["eengezins"], out["koop"] = traits["woz"], traits["eengezins"], traits["koop"]
    out["leegstand"], out["na2000"], out["onbekend"] = traits["leegstand"], traits["na2000"], 0.0
    out["corporatie"] = (100 - traits["koop"]) * traits["corporatiehuur"] / 100
    for name in ("bijstand", "ao", "ww", "auto"):
        out[name] = np.round(n * traits[name] / 100).astype(int)
    out["wmo"] = np.round(n * np.minimum(traits["wmo"], 300) / 1000).astype(int)
    out["aow"] = np.round(0.92 * people["a65"]).astype(int)
    out["jeugdzorg"] = np.round(
        (people["a00"] + 0.6 * people["a15"]) * (0.05 + 0.006 * traits["bijstand"])
    ).astype(int)
    out["jongeren"] = people["a00"] + np.round(0.8 * people["a15"]).astype(int)
    out["benzine"] = np.round(0.78 * out["auto"]).astype(int)
    out["overige_brandstof"] = out["auto"] - out["benzine"]
    out["motor"] = np.round(0.075 * out["auto"]).astype(int)
    out["geboorte"] = rng.poisson(0.036 * people["a25"])
    out["sterfte"] = rng.poisson(0.043 * people["a65"])
    out["inkomensontvangers"] = np.round(0.93 * adults).astype(int)
    out["hoog_opgeleiden"] = np.round(0.9 * adults * traits["hoog_opgeleid"] / 100).astype(int)
    out["laag_opgeleid"] = np.round((0.9 * adults - out["hoog_opgeleiden"]) * 0.4).astype(int)
    out["midden_opgeleid"] = (
        np.round(0.9 * adults).astype(int) - out["hoog_opgeleiden"] - out["laag_opgeleid"]
    )
    return pd.concat([out, traits[list(INCOME)]], axis=1)
