"""From buurten to wijken and gemeenten, and from true figures to published ones."""

from __future__ import annotations

import numpy as np
import pandas as pd

LEVELS = (
    ("Gemeente", "gemeentecode", "gemeentenaam"),
    ("Wijk", "wijkcode", "wijknaam"),
    ("Buurt", "buurtcode", "buurtnaam"),
)
NAMES = ["buurtcode", "buurtnaam", "wijkcode", "wijknaam", "gemeentecode", "gemeentenaam"]
# Means and percentages, and what they are weighted by when buurten are taken together.
WEIGHTS = {
    "woningen": ("woz", "eengezins", "koop", "corporatie", "leegstand", "na2000", "onbekend"),
    "inwoners": ("inkomen_inwoner",),
    "huishoudens": ("inkomen_huishouden", "huishoudens_laagste40", "huishoudens_hoogste20", "laag_inkomen",
                    "rond_minimum", "vermogen"),
    "adressen": ("oad",),
}  # fmt: skip
PERSON_GROUPS = "a00 a15 a25 a45 a65 ongehuwd gehuwd gescheiden verweduwd nl eu bui".split()
SECRET = np.nan


def all_levels(names: pd.DataFrame, truth: pd.DataFrame) -> pd.DataFrame:
    """Sum and weigh buurten up to wijken and gemeenten.

    Parameters
    ----------
    names : DataFrame
        Codes and names per buurt.
    truth : DataFrame, same rows
        Counts, and means named in :data:`WEIGHTS` or starting with ``afstand_`` or ending in ``km`` (by
        inhabitants).

    Returns
    -------
    DataFrame
        Gemeente, then its wijken each followed by their buurten, with ``code``, ``naam``, ``soortregio``.
    """
    weight_of = {mean: weight for weight, means in WEIGHTS.items() for mean in means}
    weight_of |= {c: "inwoners" for c in truth if c.startswith("afstand_") or c.endswith("km")}
    frame = pd.concat([names.reset_index(drop=True), truth.reset_index(drop=True)], axis=1)
    levels = [_level(frame, list(truth), weight_of, *level) for level in LEVELS]
    out = pd.concat(levels, ignore_index=True)
    order = out["code"].str[2:].str.ljust(8, " ")
    return out.iloc[np.argsort(order.to_numpy(dtype=str), kind="stable")].reset_index(drop=True)


def _level(
    frame: pd.DataFrame, columns: list[str], weight_of: dict[str, str], kind: str, code: str, name: str
) -> pd.DataFrame:
    groups = frame.groupby(code, sort=False)
    labels = groups.agg(naam=(name, "first"), gemeentenaam=("gemeentenaam", "first"))
    counts = [c for c in columns if c not in weight_of]
    means = [c for c in columns if c in weight_of]
    weights = pd.DataFrame(
        {c: frame[weight_of[c]].where(frame[c].notna(), 0.0) for c in means}, index=frame.index
    )
    total = (frame[means].fillna(0.0) * weights).groupby(frame[code], sort=False).sum()
    weighted = total / weights.groupby(frame[code], sort=False).sum().replace(0, np.nan)
    out = pd.concat([labels, groups[counts].sum(), weighted], axis=1)
    return out.rename_axis("code").reset_index().assign(soortregio=kind)


def with_ratios(table: pd.DataFrame) -> pd.DataFrame:
    """Add the ratios that follow from counts, at every level alike."""
    out = table.copy()
    people, homes = out["inwoners"].replace(0, np.nan), out["huishoudens"].replace(0, np.nan)
    km2 = (out["opp_land"] / 100).replace(0, np.nan)
    out["huishoudensgrootte"], out["dichtheid"] = out["inwoners"] / homes, out["inwoners"] / km2
    out["stedelijkheid"] = 5 - np.searchsorted([500, 1000, 1500, 2500], out["oad"].fillna(0), side="right")
    for group in PERSON_GROUPS:
        out[f"p_{group}"] = 100 * out[group] / people
    for kind in ("eenpersoons", "zonderkinderen", "metkinderen"):
        out[f"p_{kind}"] = 100 * out[kind] / homes
    if "wmo" in out:  # the first release of a year has people and households only
        for count in ("wmo", "geboorte", "sterfte"):
            out[f"{count}_rel"] = 1000 * out[count] / people
        out["auto_huishouden"], out["auto_km2"] = out["auto"] / homes, out["auto"] / km2
        out["jeugdzorg_pct"] = 100 * out["jeugdzorg"] / out["jongeren"].replace(0, np.nan)
        out["inkomen_ontvanger"] = (
            out["inkomen_inwoner"] * people / out["inkomensontvangers"].replace(0, np.nan)
        )
        out["huur"], out["bewoond"] = 100 - out["koop"], 100 - out["leegstand"]
        out["particulier"], out["meergezins"] = out["huur"] - out["corporatie"], 100 - out["eengezins"]
        out["voor2000"] = 100 - out["na2000"]
    return out


def publish(table: pd.DataFrame, spec: list[str]) -> pd.DataFrame:
    """Round and withhold figures the way CBS does.

    Parameters
    ----------
    table : DataFrame
        From :func:`all_levels`.
    spec : list of str
        Lines of ``kolommen.toml``: name, our column, form, least inhabitants, least value.

    Returns
    -------
    DataFrame
        Columns in the order of `spec`; ``NaN`` is missing, never 0. Names may repeat, as they do at CBS.
    """
    columns = [
        _published(table, *([part.strip() for part in line.split("|")] + [""] * 4)[1:5]) for line in spec
    ]
    out = pd.concat(columns, axis=1)
    out.columns = [line.split("|")[0].strip() for line in spec]
    return out


def _published(table: pd.DataFrame, column: str, form: str, people: str, least: str) -> pd.Series:
    if not column:
        return pd.Series(SECRET, index=table.index)
    values = table[column]
    if form == "tekst":
        return values
    municipal = table["soortregio"] == "Gemeente"
    if form in ("n5", "n10"):
        step = float(form[1:])
        shown = values.where(municipal, np.floor(values / step + 0.5) * step)
    else:
        shown = values.round(0 if form == "n1" else int(form[1:]))
    if people:
        shown = shown.where(table["inwoners"] >= int(people), SECRET)
    if least:
        count = table[column.removesuffix("_rel")]
        shown = shown.where(count >= int(least), SECRET)
    return shown
