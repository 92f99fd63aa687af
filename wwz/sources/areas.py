"""Rows of a table → areas: code, name, change flag, water and boundary."""

from __future__ import annotations

import pandas as pd

from wwz.sources import columns as col
from wwz.sources.reading import Report, clean
from wwz.sources.shapes import measures, to_rd, usable

LONGEST_NAME = 120


def areas_of(name: str, frame: pd.DataFrame, code: str, report: Report) -> pd.DataFrame:
    """One row per area: what it is called and where it lies.

    Parameters
    ----------
    name
        File name for the report.
    frame
        Rows with a valid code in column `code`.
    report
        Takes boundaries that cannot be used.

    Returns
    -------
    pandas.DataFrame
        Columns as `Reading.gebieden`.
    """
    names = [c for c in frame.columns if c not in col.NOT_A_COLUMN]
    gemeente = col.first_column(names, col.GEMEENTE_NAMES)
    naam = col.first_column([c for c in names if c != gemeente], col.NAME_NAMES)
    if naam is None and code != col.first_column(names, ("wijkenenbuurten",)):
        naam = col.first_column(names, ("wijkenenbuurten", "regio"))
    areas = pd.DataFrame({"code": frame[code].to_numpy()})
    for target, source in (
        ("naam", naam),
        ("gemeentenaam", gemeente),
        ("wijziging", col.first_column(names, col.CHANGE_NAMES)),
        ("water", col.first_column(names, col.WATER_NAMES)),
    ):
        areas[target] = _texts(frame, source)
    areas["wijziging"] = areas["wijziging"].str.removesuffix(".0")
    areas["water"] = areas["water"].str.upper()
    # A name that is itself a code says nothing.
    areas["naam"] = areas["naam"].where(areas["naam"] != areas["code"])
    # A table without a name column of its own names its gemeenten by the gemeente column.
    is_gemeente = areas["code"].str.startswith("GM") & areas["naam"].isna()
    areas.loc[is_gemeente, "naam"] = areas.loc[is_gemeente, "gemeentenaam"]
    shapes = usable(to_rd(frame, name, report), areas["code"], name, report)
    areas[["midden_x", "midden_y", "vlak_ha"]] = measures(shapes)
    areas["geometry"] = shapes
    # An area with water may have two rows; the one on land is the area people live in.
    order = (areas["water"] == "JA").fillna(False).astype(int) * 2 + areas["geometry"].isna().astype(int)
    return areas.loc[order.sort_values(kind="stable").index].drop_duplicates("code").sort_index()


def _texts(frame: pd.DataFrame, column: str | None) -> pd.Series:
    if column is None:
        return pd.Series(pd.NA, index=range(len(frame)), dtype="string")
    text = (
        frame[column]
        .astype("string")
        .map(lambda t: clean(t, LONGEST_NAME), na_action="ignore")
        .reset_index(drop=True)
    )
    return text.astype("string").where(lambda t: t != "")
