"""What every group is multiplied by so that all buurten of the country together have the ages of its forecast."""

from __future__ import annotations

import pandas as pd

from wwz.future.growing import no_plans
from wwz.future.kinds import kinds
from wwz.future.path import path
from wwz.future.step import FACTOR, QUESTIONS, buurten_of, country_path, variants
from wwz.store import Store

DIGITS = 6


def fit(store: Store) -> pd.DataFrame:
    """Variant, jaar, groep and factor, from a database of the whole country.

    Parameters
    ----------
    store
        With the tables of the steps.
    """
    buurten, country = buurten_of(store.check(QUESTIONS / "buurten.sql")), country_path()
    frames = []
    for variant, moving in variants().items():
        _, factor = path(kinds(), country, buurten, no_plans(buurten, len(country.years) - 2), moving=moving)
        wide = pd.DataFrame(factor, index=pd.Index(country.years[1:], name="jaar")).rename_axis(
            columns="groep"
        )
        frames.append(wide.stack().rename("factor").reset_index().assign(variant=variant))
    return pd.concat(frames)[["variant", "jaar", "groep", "factor"]]


def write(found: pd.DataFrame) -> None:
    """Keep it with the knowledge."""
    found.to_csv(FACTOR, index=False, float_format=f"%.{DIGITS}g", lineterminator="\n")
