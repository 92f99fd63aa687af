"""The future as it would have been worked out some years ago, beside what was counted since."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from wwz.base.errors import Fout
from wwz.base.paths import SQL
from wwz.future.kinds import kinds, titles
from wwz.future.path import until
from wwz.future.step import buurten_of, country_path
from wwz.knowledge.catalogue import load_toml
from wwz.model.tables import MODEL
from wwz.store import Store

# Apart from what the step of a build reads: else a build would think that it depends on all that a check asks.
CHECKS = SQL / "futurecheck"
STORED = MODEL / "toekomst_toets.csv"
COLUMNS = ["van", "tot", "niveau", "soort", "wat", "model", "land", "niets", "dekking", "gebieden"]
EVERY, ALL = "alle", "inwoners"
# Smaller areas say nothing of a rule, nor do fewer of them.
FEWEST_PEOPLE, FEWEST_COUNTED, FEWEST_AREAS = 200, 20, 5
DIGITS = 4


def measure(store: Store) -> pd.DataFrame:
    """How far the numbers of buurten and wijken lay from what was counted later.

    Of the country only what happened is used: every method gets its number of people per age band, and shares it out.

    Parameters
    ----------
    store
        With the tables of the steps, made of Kerncijfers of at least two years.

    Returns
    -------
    pandas.DataFrame
        van and tot (years), niveau, soort (of buurt; alle), wat (a band, or inwoners), the median error (share) of model, land (every buurt
        grows as the country) and niets (nothing changes), dekking (share inside the margin of 90%) and gebieden.

    Raises
    ------
    Fout
        When ages were counted in one year only.
    """
    first, last = _years(store)
    rows = store.check(CHECKS / "toen.sql")
    rows = rows[rows["jaar"] == first].reset_index(drop=True)
    buurten = buurten_of(rows)
    after = until(kinds(), country_path(), buurten, last)
    counted = store.check(CHECKS / "geteld.sql")
    then, now = (_wide(counted, year).reindex(rows["gebied"]) for year in (first, last))
    bands = [band for band in then if band in now and (then[band].notna() & now[band].notna()).any()]
    found = _coarse(after, bands)
    about = rows[["gebied", "wijk", "soort"]]
    frames = [_compared(about, found[band], then[band], now[band]).assign(wat=band) for band in bands]
    every = pd.concat(frames)
    whole = every.groupby(["gebied", "wijk", "soort"], as_index=False).agg(
        {"model": "sum", "land": "sum", "niets": "sum", "geteld": "sum", "wat": "size"}
    )
    whole = whole[whole["wat"] == len(bands)].assign(wat=ALL)
    if len(bands) == len(then.columns):
        every = pd.concat([every, whole])
    checked = pd.DataFrame(_judged(every, last - first))
    return checked.assign(van=first, tot=last)[COLUMNS]


def _years(store: Store) -> tuple[int, int]:
    years = store.check(CHECKS / "jaren.sql")
    if len(years) < 2:
        raise Fout(
            "Voor deze toets zijn Kerncijfers van twee jaren nodig: een ouder en een nieuwer jaar, in dezelfde map."
        )
    return int(years["jaar"].iloc[0]), int(years["jaar"].iloc[-1])


def _wide(counted: pd.DataFrame, year: int) -> pd.DataFrame:
    return counted[counted["jaar"] == year].pivot(index="gebied", columns="band", values="mensen")


def _coarse(after: np.ndarray, bands: list[str]) -> dict[str, np.ndarray]:
    """Per coarse band the people of every buurt."""
    known = load_toml("leeftijd.toml")
    old = {part["band"] for part in known["oud"]}
    groups: dict[str, list[int]] = {}
    for row in known["band"]:
        groups.setdefault(known["splitsing"]["grof"] if row["code"] in old else row["code"], []).extend(
            row["groepen"]
        )
    return {band: after[:, groups[band]].sum(axis=1) for band in bands}


def _compared(about: pd.DataFrame, found: np.ndarray, then: pd.Series, now: pd.Series) -> pd.DataFrame:
    """The three ways beside what was counted, of buurten of which both years are known."""
    known = (then.notna() & now.notna()).to_numpy()
    total = now[known].sum()
    rows = about[known].assign(geteld=now[known].to_numpy(), niets=then[known].to_numpy())
    for name, values in (("model", found[known]), ("land", then[known].to_numpy())):
        rows[name] = values * total / values.sum()
    return rows


def _judged(every: pd.DataFrame, years: int) -> Iterator[dict]:
    for niveau, key in (("buurt", "gebied"), ("wijk", "wijk")):
        for wat, rows in every.groupby("wat"):
            groups = {EVERY: rows} if niveau == "wijk" else {EVERY: rows, **dict(iter(rows.groupby("soort")))}
            for soort, some in groups.items():
                yield from _row(some, key, years, {"niveau": niveau, "soort": soort, "wat": wat})


def _row(some: pd.DataFrame, key: str, years: int, names: dict) -> Iterator[dict]:
    parts = some.assign(kwadraat=_own_error(some["model"], years) ** 2)
    area = parts.groupby(key)[["model", "land", "niets", "geteld", "kwadraat"]].sum()
    area = area[area["geteld"] >= (FEWEST_PEOPLE if names["wat"] == ALL else FEWEST_COUNTED)]
    if len(area) < FEWEST_AREAS:
        return
    wrong = {name: (area[name] / area["geteld"] - 1).abs().median() for name in ("model", "land", "niets")}
    # What differs in a gemeente goes the same way in all its buurten.
    half = np.sqrt(area["kwadraat"] + (_known("gemeente") * np.sqrt(years) * area["model"]) ** 2)
    inside = ((area["model"] - area["geteld"]).abs() <= half).mean()
    yield {**names, **wrong, "dekking": inside, "gebieden": len(area)}


def _own_error(people: pd.Series, years: int) -> pd.Series:
    """What differs in a buurt, and chance (90%)."""
    chance = load_toml("onzekerheid.toml")["regels"]["toeval"] ** 2 * people
    return np.sqrt((_known("lokaal") * np.sqrt(years) * people) ** 2 + chance)


def _known(code: str) -> float:
    return next(row["waarde"] for row in load_toml("toekomst.toml")["aanname"] if row["code"] == code)


def write(found: pd.DataFrame) -> None:
    """Keep it with the knowledge."""
    found.to_csv(STORED, index=False, float_format=f"%.{DIGITS}g", lineterminator="\n")


def kind_titles() -> dict[str, str]:
    """Kind of buurt → title, with all of them first."""
    return {EVERY: "Alle buurten", **titles()}
