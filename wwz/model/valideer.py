"""The accuracy of the model as a table: freshly measured, or as it was stored with the coefficients."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from wwz.model.baseline import STEP as WIJK
from wwz.model.tables import MODEL, recipe

ANCHOR_COLUMNS = {"geen": "alleen", "gemeente": "aan_gemeente", "wijk": "aan_wijk"}
BASELINE = "alleen_65plus"


def stored(name: str, folder: Path = MODEL) -> pd.DataFrame:
    """nauwkeurigheid.csv or dekking.csv as `ijk` wrote it."""
    return pd.read_csv(folder / f"{name}.csv")


def accuracy_table(accuracy: pd.DataFrame) -> pd.DataFrame:
    """R² per trede and indicator, alone and anchored, beside the baseline that knows only the share of 65 and over.

    Parameters
    ----------
    accuracy
        Columns trede, indicator, anker, r2, halve_breedte, dekking, buurten.

    Returns
    -------
    pandas.DataFrame
        trede, indicator, buurten, basis_65plus, basis_wijk (the figure of the wijk for every buurt in it: the fair
        baseline of aan_wijk), alleen, aan_gemeente, aan_wijk (R², 0-1), and halve_breedte
        (percentage points, median) and dekking (0-1) of the interval when anchored to the wijk. In the order of the
        ladder.
    """
    wide = accuracy.pivot(index=["trede", "indicator"], columns="anker", values="r2").rename(
        columns=ANCHOR_COLUMNS
    )
    baseline = accuracy[(accuracy["trede"] == BASELINE) & (accuracy["anker"] == "geen")].set_index(
        "indicator"
    )["r2"]
    of_wijk = accuracy[accuracy["trede"] == WIJK].set_index("indicator")["r2"]
    wijk = accuracy[accuracy["anker"] == "wijk"].set_index(["trede", "indicator"])
    table = wide.join(wijk[["buurten", "halve_breedte", "dekking"]]).reset_index()
    table["basis_65plus"] = table["indicator"].map(baseline)
    table["basis_wijk"] = table["indicator"].map(of_wijk)
    order = [step["code"] for step in recipe()["trede"]]
    table = table[table["trede"].isin(order)]
    table = table.iloc[table["trede"].map(order.index).argsort(kind="stable")]
    columns = [
        "trede",
        "indicator",
        "buurten",
        "basis_65plus",
        "basis_wijk",
        *ANCHOR_COLUMNS.values(),
        "halve_breedte",
        "dekking",
    ]
    return table[columns].reset_index(drop=True)


def coverage_table(coverage: pd.DataFrame, trede: str) -> pd.DataFrame:
    """Part of the held-out buurten within the interval: lowest and highest over the indicators.

    Returns
    -------
    pandas.DataFrame
        anker, soort (alle, grootte, stedelijkheid), klasse, laagste, gemiddeld, hoogste (0-1), streng_laagste,
        streng_gemiddeld and streng_hoogste (the same where the widths too were set without the gemeente), buurten.
    """
    rows = coverage[coverage["trede"] == trede]
    grouped = rows.groupby(["anker", "soort", "klasse"], sort=True)
    table = grouped["dekking"].agg(laagste="min", gemiddeld="mean", hoogste="max")
    return (
        table.join(grouped["streng"].agg(streng_laagste="min", streng_gemiddeld="mean", streng_hoogste="max"))
        .join(grouped["buurten"].max())
        .reset_index()
    )
