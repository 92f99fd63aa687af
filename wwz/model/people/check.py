"""How well the population does beside what others count: measured on a database of a whole country or city."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from wwz.base.paths import SQL
from wwz.knowledge import load_toml
from wwz.model.people import step
from wwz.model.people.margin import share_with_any
from wwz.model.people.recipe import Recipe, recipe
from wwz.model.tables import MODEL
from wwz.store import Store

# Apart from what the step of a build reads: else a build would think that it depends on all that a check asks.
CHECKS = SQL / "peoplecheck"
COLUMNS = ["onderdeel", "toets", "groep", "maat", "basis", "uitkomst", "onder", "boven", "gebieden"]
PEOPLE, WMO = "personen", "wmo"
FEWEST_PEOPLE, FEWEST_HERE, FEWEST_AREAS, FOLDS, DAMPING = 50, 200, 30, 5, 1.0
# Of how many: begeleiding is told per 1,000 inhabitants, the rest in per cent.
PER = {"begeleiding": 1000}


def measure(store: Store) -> pd.DataFrame:
    """Every check that these data allow.

    Parameters
    ----------
    store
        With the tables of the steps.

    Returns
    -------
    pandas.DataFrame
        onderdeel (personen or wmo), toets, groep, maat (r2, verschil in percentage points, aandeel in per cent or per 1,000), basis (the baseline),
        uitkomst, onder and boven (between what it must lie, where sources say so) and gebieden (how many).
    """
    rows = [*_three(store), *_country(store), *_use(store)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _three(store: Store) -> Iterator[dict]:
    """Who has at least one of hearing, seeing and moving: from each apart, beside what is published of all three."""
    known = recipe()
    buurten = store.check(step.QUESTIONS / "buurten.sql")
    layers = store.check(step.QUESTIONS / "lagen.sql")
    said = store.check(CHECKS / "toets_lichaam.sql").pivot(index="gebied", columns="groep", values="aandeel")
    body = [n for n, row in enumerate(load_toml("personen.toml", MODEL)["beperking"]) if row.get("lichaam")]
    counts = buurten[[f"leeftijd_{code}" for code in known.ages]].to_numpy(float)
    shares = {g: step.shares_of(known, buurten, layers[layers["groep"] == g])[body] for g in step.GROUPS}
    parts = {"18": known.grown & ~known.older, "65": known.older}
    people = {g: counts[:, ages].sum(axis=1) for g, ages in parts.items()}
    young = step.rest(shares["18"], shares["65"], people["18"], people["65"])
    found = {}
    for strength in (0.0, known.strength):
        part = {
            g: share_with_any(_narrow(known, body, ages), counts[:, ages], which[:, 0], strength)
            for (g, ages), which in zip(parts.items(), (young, shares["65"]), strict=True)
        }
        found[strength] = {
            "18": step.weighed(part["18"], part["65"], people["18"], people["65"]),
            "65": part["65"],
        }
    weights = {"18": people["18"] + people["65"], "65": people["65"]}
    for group in step.GROUPS:
        real = (
            said[group].reindex(buurten["gebied"]).to_numpy(float)
            if group in said
            else np.full(len(buurten), np.nan)
        )
        there = (
            np.isfinite(real)
            & (weights[group] >= FEWEST_PEOPLE)
            & np.isfinite(shares[group][:, 0]).all(axis=0)
        )
        if there.sum() < FEWEST_AREAS:
            continue
        base, own = (
            _fit(found[s][group][there], real[there], weights[group][there]) for s in (0.0, known.strength)
        )
        common = {"onderdeel": PEOPLE, "toets": "lichaam", "groep": group, "gebieden": int(there.sum())}
        yield {**common, "maat": "r2", "basis": base[0], "uitkomst": own[0]}
        yield {**common, "maat": "verschil", "basis": base[1], "uitkomst": own[1]}


def _narrow(known: Recipe, body: list[int], ages: np.ndarray) -> Recipe:
    return replace(known, prevalence=known.prevalence[body][:, ages])


def _fit(guess: np.ndarray, real: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """R² and the mean difference in percentage points, weighted by people."""
    mean = np.average(real, weights=weight)
    off = np.average((guess - real) ** 2, weights=weight)
    return float(1 - off / np.average((real - mean) ** 2, weights=weight)), float(
        100 * np.average(guess - real, weights=weight)
    )


def _country(store: Store) -> Iterator[dict]:
    """Beside what sources count in the country; of a part of it that says little, so then it is left out."""
    if "land" not in set(store.ask("gebieden")["niveau"]):
        return
    bounds = _bounds()
    buurten = len(store.check(step.QUESTIONS / "buurten.sql"))
    for row in store.check(CHECKS / "toets_land.sql").itertuples():
        low, high = bounds.get(row.toets, (np.nan, np.nan))
        yield {
            "onderdeel": PEOPLE, "toets": row.toets, "groep": "", "maat": "aandeel", "basis": np.nan,
            "uitkomst": PER.get(row.toets, 100) * row.uitkomst, "onder": low, "boven": high, "gebieden": buurten,
        }  # fmt: skip


def _bounds() -> dict[str, tuple[float, float]]:
    """Between what a check must lie according to sources, in its own unit."""
    groups = load_toml("doelgroepen.toml", MODEL)
    needed = {row["randvoorwaarde"]: (row["onder"], row["boven"]) for row in groups["landelijk"]}
    care = groups["mantelzorg"]["ontvangt"]
    newest = max(load_toml("leeftijd.toml")["land"], key=lambda row: row["jaar"])["duizend"]
    bands = {
        row["code"]: sum(newest[g] for g in row["groepen"]) for row in load_toml("leeftijd.toml")["band"]
    }
    people = [sum(bands[band] for band in row["banden"]) for row in care]
    low, high = (
        100 * sum(n * row[side] for n, row in zip(people, care, strict=True)) / sum(people)
        for side in ("onder", "boven")
    )
    away = load_toml("personen.toml", MODEL)["leeftijden"]
    return {**needed, "mantelzorg": (low, high), "instelling": (away["land_onder"], away["land_boven"])}


def _use(store: Store) -> Iterator[dict]:
    """How much of the differences in use of the Wmo the population explains, beside moving badly alone; out of fold."""
    rows = store.check(CHECKS / "toets_wmo.sql")
    rows = rows[rows["inwoners"] >= FEWEST_HERE]
    between = rows[rows["niveau"] == "gemeente"]
    inside = rows[rows["niveau"] == "buurt"]
    # Between buurten of one gemeente: what a gemeente has more or less than others falls away.
    names = ["bewegen", "huishouden_alleen", "gebruik"]
    inside = inside.assign(**{n: inside[n] - inside.groupby("gemeente")[n].transform("mean") for n in names})
    for level, part in (("gemeenten", between), ("buurten", inside)):
        if len(part) < FEWEST_AREAS:
            continue
        base, own = (_out_of_fold(part, columns) for columns in (names[:1], names[:2]))
        yield {
            "onderdeel": WMO, "toets": "gebruik", "groep": level, "maat": "r2", "basis": base, "uitkomst": own,
            "onder": np.nan, "boven": np.nan, "gebieden": len(part),
        }  # fmt: skip


def _out_of_fold(rows: pd.DataFrame, columns: list[str]) -> float:
    """R² of a damped straight line on areas that it did not see."""
    x, y = rows[columns].to_numpy(float), rows["gebruik"].to_numpy(float)
    fold = np.random.default_rng(0).permutation(len(rows)) % FOLDS
    guess = np.empty(len(rows))
    for number in range(FOLDS):
        seen = fold != number
        mean, scale = x[seen].mean(axis=0), x[seen].std(axis=0)
        z = (x - mean) / scale
        left = z[seen].T @ z[seen] + DAMPING * np.eye(len(columns))
        slope = np.linalg.solve(left, z[seen].T @ (y[seen] - y[seen].mean()))
        guess[~seen] = y[seen].mean() + z[~seen] @ slope
    return float(1 - ((y - guess) ** 2).sum() / ((y - y.mean()) ** 2).sum())
