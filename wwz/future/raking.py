"""The buurten of a gemeente together are what is expected of that gemeente, by the ages in which it is expected."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from wwz.future.tables import YEARS

# Classes of ages may overlap (everyone, and those of 65 and older): each in turn, until all of them hold.
ROUNDS, CLOSE = 50, 1e-9


def factors(
    people: np.ndarray, gemeenten: Sequence[str], years: Sequence[int], expected: pd.DataFrame
) -> np.ndarray:
    """By what every group of every buurt is multiplied, shape (years, n, 20).

    Parameters
    ----------
    people
        Shape (years, n, 20).
    gemeenten
        Of each buurt.
    expected
        gemeente, jaar, van, tot (ages) and mensen. Between two years that are given the factor goes along a straight line;
        before and after them the nearest holds. A gemeente of which nothing is expected stays as it is.
    """
    found = np.ones(people.shape)
    places = pd.Series(range(len(gemeenten))).groupby(pd.Series(list(gemeenten), dtype="str")).indices
    for gemeente, rows in expected.groupby("gemeente"):
        where = places.get(gemeente)
        given = {
            year: _fit(people[number][where].sum(axis=0), rows[rows["jaar"] == year])
            for number, year in enumerate(years)
            if where is not None and (rows["jaar"] == year).any()
        }
        if given:
            table = np.array(list(given.values()))
            line = [np.interp(years, list(given), table[:, group]) for group in range(table.shape[1])]
            found[:, where] = np.array(line).T[:, None, :]
    return found


def _fit(now: np.ndarray, rows: pd.DataFrame) -> np.ndarray:
    """The factor per group with which these people are in every class as many as expected."""
    fitted = now.copy()
    for _ in range(ROUNDS):
        before = fitted.copy()
        for row in rows.itertuples():
            part = slice(row.van // YEARS, row.tot // YEARS)
            total = fitted[part].sum()
            if total > 0:
                fitted[part] *= row.mensen / total
        if np.allclose(fitted, before, rtol=CLOSE):
            break
    return np.divide(fitted, now, out=np.ones_like(now), where=now > 0)
