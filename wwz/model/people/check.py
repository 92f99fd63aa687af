"""How well the population does beside what others count: measured on a database of a whole country or city."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from wwz.base.paths import SQL
from wwz.knowledge import load_toml
from wwz.model.people import step
from wwz.model.people.margin import Measure, by_group, share_with_any
from wwz.model.people.recipe import country, recipe
from wwz.model.tables import MODEL
from wwz.store import Store

# Apart from what the step of a build reads: else a build would think that it depends on all that a check asks.
CHECKS = SQL / "peoplecheck"
COLUMNS = ["onderdeel", "toets", "groep", "maat", "basis", "uitkomst", "onder", "boven", "gebieden"]
PEOPLE, WMO = "personen", "wmo"
FEWEST_PEOPLE, FEWEST_HERE, FEWEST_AREAS, FOLDS, DAMPING = 50, 200, 30, 5, 1.0
# What the differences in use of the Wmo are explained with; the first alone is the baseline. In a gemeente who lives in an institution
# stands for beschermd wonen and opvang; one institution in a buurt says nothing of the next.
BESIDE = {
    "gemeenten": ["bewegen", "bewegen_alleen", "instelling"],
    "buurten": ["bewegen", "huishouden_alleen"],
}
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
    counts = known.people(buurten)
    shares = {g: step.shares_of(known, buurten, layers[layers["groep"] == g])[body, 0] for g in step.GROUPS}
    of_body = replace(known, prevalence=known.prevalence[body])
    found = {
        strength: by_group(of_body, counts, shares, _going_together(strength))
        for strength in (0.0, known.strength)
    }
    weights = {"18": counts[:, known.grown].sum(axis=1), "65": counts[:, known.older].sum(axis=1)}
    for group in step.GROUPS:
        real = (
            said[group].reindex(buurten["gebied"]).to_numpy(float)
            if group in said
            else np.full(len(buurten), np.nan)
        )
        there = np.isfinite(real) & (weights[group] >= FEWEST_PEOPLE) & np.isfinite(shares[group]).all(axis=0)
        if there.sum() < FEWEST_AREAS:
            continue
        base, own = (
            _fit(found[s][group][0][there], real[there], weights[group][there]) for s in (0.0, known.strength)
        )
        common = {"onderdeel": PEOPLE, "toets": "lichaam", "groep": group, "gebieden": int(there.sum())}
        yield {**common, "maat": "r2", "basis": base[0], "uitkomst": own[0]}
        yield {**common, "maat": "verschil", "basis": base[1], "uitkomst": own[1]}


def _going_together(strength: float) -> Measure:
    return lambda known, counts, shares: [share_with_any(known, counts, shares, strength)]


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
    bands = country()
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
    names = [*BESIDE["buurten"], "gebruik"]
    inside = inside.assign(**{n: inside[n] - inside.groupby("gemeente")[n].transform("mean") for n in names})
    for level, part in (("gemeenten", between), ("buurten", inside)):
        if len(part) < FEWEST_AREAS:
            continue
        base, own = (_out_of_fold(part, columns) for columns in (BESIDE[level][:1], BESIDE[level]))
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
