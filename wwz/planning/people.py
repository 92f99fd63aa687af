"""The people of a group, per buurt and by age, and how many of them something happens to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wwz.ask.area import Area
from wwz.knowledge import domain
from wwz.planning.measured import Norm
from wwz.planning.situation import Situation
from wwz.store import Store
from wwz.words.numbers import dutch, people_between, rounded_people

INHABITANTS, OLDER, NEEDED = "inwoners", "65plus", "nodig"
COUNTED = (INHABITANTS, OLDER)


@dataclass(frozen=True)
class Count:
    """A number of people with its interval."""

    people: float
    low: float
    high: float

    def text(self, minimum: int) -> str:
        """For a sentence, and not when there are too few."""
        if self.people < minimum:
            return f"minder dan {minimum}"
        margin = self.margin(minimum, " en ")
        return f"ongeveer {dutch(rounded_people(self.people))}{f' (tussen {margin})' if margin else ''}"

    def short(self, minimum: int) -> str:
        """For a table."""
        return f"<{minimum}" if self.people < minimum else dutch(rounded_people(self.people))

    def margin(self, minimum: int, between: str = " tot ") -> str:
        """The interval."""
        return people_between(self.low, self.high, minimum, between)


@dataclass(frozen=True)
class Part:
    """The people of a group whose share within reach is that of one age.

    Attributes
    ----------
    people
        mensen, onder, boven, geteld (1 when the size was counted) per buurt, in the order of the situation; nobody where it was not
        measured.
    age
        See `wwz.planning.situation.AGES`.
    cluster
        The cluster of doelgroepen that they belong to, where a group is more than one; else empty.
    """

    people: pd.DataFrame
    age: str
    cluster: str = ""


def groups(area: Area, norm: Norm) -> dict[str, str]:
    """Groups of which the size is known in an area: code → title."""
    known = set(_people(area, norm)["groep"])
    titles = {
        INHABITANTS: "Alle inwoners",
        OLDER: "65-plussers",
        NEEDED: "Wie dit nodig heeft om thuis te wonen",
        **{code: group.titel for code, group in domain.doelgroepen().items()},
    }
    return {code: title for code, title in titles.items() if code in known}


def of_group(area: Area, found: Situation, group: str) -> list[Part]:
    """A group by age and cluster; one part for most groups."""
    rows = _people(area, found.norm)
    own = rows[rows["groep"] == group]
    parts = [
        _part_of(part, str(age), found, str(cluster))
        for (cluster, age), part in own.groupby(["cluster", "leeftijd"])
    ]
    return parts or [_part_of(own, INHABITANTS, found)]


def _part_of(rows: pd.DataFrame, age: str, found: Situation, cluster: str = "") -> Part:
    counts = rows.set_index("buurt")[["mensen", "onder", "boven", "geteld"]].reindex(found.buurten["buurt"])
    counts = counts.astype(float).fillna(0.0).reset_index(drop=True)
    return Part(counts.where(pd.Series(found.measured), 0.0), age, cluster)


def added(store: Store, rows: Sequence[dict]) -> dict[str, Count]:
    """Counts by their name (sleutel): parts of one group together, by the one rule of the database.

    Parameters
    ----------
    rows
        sleutel, buurt and cluster, and what `counted` gives.
    """
    sums = store.ask("mensen_opgeteld", rijen=list(rows))
    return {row.sleutel: Count(row.mensen, row.onder, row.boven) for row in sums.itertuples()}


def counted(people: pd.DataFrame, part: pd.DataFrame, *, known: bool) -> pd.DataFrame:
    """Per buurt people times part (binnen, onder, boven): mensen, onder, boven and spreiding.

    Both are uncertain on their own: within a buurt their margins add up as squares. Buurten go up and down together.
    `known`: whether it is known where these people live, so that there is no chance in it.
    """
    count, fewest, most = people[["mensen", "onder", "boven"]].to_numpy().T
    share, low, high = np.nan_to_num(part[["binnen", "onder", "boven"]].to_numpy().T)
    below = np.hypot((count - fewest) * share, count * (share - low))
    above = np.hypot((most - count) * share, count * (high - share))
    spread = count * share * (1 - people["geteld"].to_numpy() * share)
    found = {
        "mensen": count * share,
        "onder": count * share - below,
        "boven": count * share + above,
        "spreiding": np.zeros(len(count)) if known else spread,
    }
    return pd.DataFrame(found).clip(lower=0)


def rows_of(name: str, part: Part, buurten: pd.Series, shares: pd.DataFrame, *, known: bool) -> list[dict]:
    """What `added` takes of a part of a group: per buurt where somebody may be in two clusters, else all of it in one row."""
    found = counted(part.people, shares, known=known)
    if not part.cluster:
        return [{"sleutel": name, "buurt": "", "cluster": "", **found.sum().to_dict()}]
    rows = found.assign(sleutel=name, buurt=buurten.to_numpy(), cluster=part.cluster)
    # Nobody is a number too: one row stays where there is no one at all.
    there = found["boven"] > 0
    return rows[there | ((rows.index == 0) & ~there.any())].to_dict("records")


def _people(area: Area, norm: Norm) -> pd.DataFrame:
    return area.store.ask(
        "doorrekenen_mensen", buurten=list(area.buurten), randvoorwaarde=norm.randvoorwaarde
    )
