"""The step of a build that works out who lives in every buurt until the last year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from wwz.base.paths import KNOWLEDGE, SQL
from wwz.future.growing import Buurten, Country, Plans
from wwz.future.kinds import DEMOLITION, kinds, newcomers
from wwz.future.path import path
from wwz.future.raking import factors
from wwz.future.tables import YEARS, moving, national_path
from wwz.knowledge.catalogue import load_toml
from wwz.workbench import Workbench

QUESTIONS = SQL / "future"
FACTOR = KNOWLEDGE / "model" / "toekomst_land.csv"
BASE, MOVING = "basis", "verhuizen"


def make(bench: Workbench) -> None:
    """Make the table toekomst_band: gebied, jaar, band, mensen, and anders: as many if more people move."""
    rows = bench.read(QUESTIONS / "buurten.sql")
    buurten, country = buurten_of(rows), country_path()
    plans = plans_of(bench.read(QUESTIONS / "plannen.sql"), rows, country)
    known = stored_factor()
    found = {
        variant: path(kinds(), country, buurten, plans, known[variant], moving=share)[0]
        for variant, share in variants().items()
    }
    expected = bench.read(QUESTIONS / "prognose.sql")
    raked = factors(found[BASE], rows["gemeente"], country.years[1:], expected)
    base, other = (in_bands(found[variant] * raked, rows, country) for variant in (BASE, MOVING))
    bench.load("toekomst_band", base.assign(anders=other["mensen"].to_numpy()))


def variants() -> dict[str, float]:
    """How many of those who stay, stay: in the base, and if more people move."""
    return {BASE: 1.0, MOVING: moving()}


def country_path() -> Country:
    """The country by groups of five years, from the first step on."""
    known = national_path()
    return Country(tuple(known.index), known.to_numpy())


def buurten_of(rows: pd.DataFrame) -> Buurten:
    """Rows of sql/future/buurten.sql as arrays."""
    groups = len(kinds().heads)
    people = np.array(rows["mensen"].tolist(), dtype=float).reshape(len(rows), groups)
    place = {code: number for number, code in enumerate(kinds().codes)}
    return Buurten(
        people,
        rows["jaar"].to_numpy(float),
        rows["soort"].map(place).to_numpy(int),
        pd.factorize(rows["gemeente"].fillna(""))[0],
        rows["woningen"].fillna(0).to_numpy(float),
    )


def plans_of(plans: pd.DataFrame, rows: pd.DataFrame, country: Country) -> Plans:
    """Rows of sql/future/plannen.sql as arrays: what is built in the years of a step, is there at its end."""
    first, steps, n = country.years[1], len(country.years) - 2, len(rows)
    built, gone = np.zeros((steps, n)), np.zeros((steps, n))
    people = np.zeros((steps, n, len(kinds().heads)))
    place = pd.Index(rows["gebied"]).get_indexer(plans["gebied"])
    moved = newcomers()
    for where, row in zip(place, plans.itertuples(), strict=True):
        step = -(-(row.jaar - first) // YEARS) - 1
        if where < 0 or not 0 <= step < steps:
            continue
        if row.soort == DEMOLITION:
            gone[step, where] += row.woningen
        else:
            built[step, where] += row.woningen
            people[step, where] += row.woningen * moved[row.soort]
    return Plans(built, gone, people)


def in_bands(found: np.ndarray, rows: pd.DataFrame, country: Country) -> pd.DataFrame:
    """People of groups of five years, shape (years, n, 20), in the bands of the screen; one row per buurt, year and band."""
    bands = load_toml("leeftijd.toml")["band"]
    people = np.stack([found[:, :, band["groepen"]].sum(axis=2) for band in bands], axis=2)
    years, n, count = people.shape
    return pd.DataFrame(
        {
            "gebied": np.tile(np.repeat(rows["gebied"].to_numpy(object), count), years),
            "jaar": np.repeat(np.array(country.years[1:], dtype="int64"), n * count),
            "band": np.tile(np.array([band["code"] for band in bands], dtype=object), years * n),
            "mensen": people.ravel(),
        }
    ).astype({"gebied": "str", "band": "str"})


def stored_factor() -> dict[str, np.ndarray]:
    """Per variant what every group is multiplied by, shape (years, 20): toekomst_land.csv, as `ijk` wrote it."""
    known = pd.read_csv(FACTOR, dtype={"variant": "str"})
    return {
        variant: rows.pivot(index="jaar", columns="groep", values="factor").to_numpy(float)
        for variant, rows in known.groupby("variant")
    }
