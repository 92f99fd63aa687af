"""The step of a build that makes the population of every buurt."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from wwz.base.paths import SQL
from wwz.model.people.margin import bounds
from wwz.model.people.population import Population, Wanted, populate, table
from wwz.model.people.recipe import Recipe, recipe
from wwz.workbench import Workbench

QUESTIONS = SQL / "people"
GROUPS = ("18", "65")


def make(bench: Workbench) -> None:
    """Make the tables persoon (who live in a buurt) and persoon_marge (how sure it is how many have at least one limitation).

    persoon: gebied, leeftijd, geslacht, huishouden, beperkingen and doelgroepen (a bit each, see persoon_beperking and
    persoon_doelgroep) and mensen. persoon_marge: gebied, groep (18 or 65), midden, onder and boven (0-1), and bekend: whether every
    limitation that is known anywhere is known there.
    """
    known = recipe()
    buurten = bench.read(QUESTIONS / "buurten.sql")
    layers, groups = bench.read(QUESTIONS / "lagen.sql"), bench.read(QUESTIONS / "groepen.sql")
    shares = {group: shares_of(known, buurten, layers[layers["groep"] == group]) for group in GROUPS}
    home = bench.read(QUESTIONS / "thuis.sql").pivot(index="gebied", columns="band", values="thuis")
    at_home = home.reindex(index=buurten["gebied"], columns=known.band).fillna(1).to_numpy(float)
    found = populate(known, _wanted(known, buurten, at_home, shares, groups))
    bench.load("persoon", table(known, found, buurten))
    bench.load("persoon_marge", _margins(known, found, buurten, shares))


def shares_of(known: Recipe, buurten: pd.DataFrame, layers: pd.DataFrame) -> np.ndarray:
    """Per limitation its share, least and most, shape (limitation, 3, n)."""
    found = np.full((len(known.limits), 3, len(buurten)), np.nan)
    place = pd.Index(buurten["gebied"]).get_indexer(layers["gebied"])
    there = place >= 0
    values = layers[["aandeel", "onder", "boven"]].to_numpy(float)
    for side in range(3):
        found[layers["bit"].to_numpy()[there], side, place[there]] = values[there, side]
    return found


def _wanted(
    known: Recipe,
    buurten: pd.DataFrame,
    home: np.ndarray,
    shares: dict[str, np.ndarray],
    groups: pd.DataFrame,
) -> Wanted:
    ages = buurten[[f"leeftijd_{code}" for code in known.ages]].to_numpy(float)
    older = ages[:, known.older].sum(axis=1)
    limited = shares["65"][:, 0].T * older[:, None]
    grown = shares["18"][:, 0].T * ages[:, known.grown].sum(axis=1)[:, None]
    sizes = np.zeros((len(buurten), len(known.groups)))
    place = pd.Index(buurten["gebied"]).get_indexer(groups["gebied"])
    sizes[place[place >= 0], groups["bit"].to_numpy()[place >= 0]] = groups["mensen"].to_numpy(float)[
        place >= 0
    ]
    # Of older people never more than of everybody, and what is only known of older people is theirs.
    return Wanted(buurten, home, np.fmax(grown, limited), limited, sizes)


def _margins(
    known: Recipe, found: Population, buurten: pd.DataFrame, shares: dict[str, np.ndarray]
) -> pd.DataFrame:
    counts = found.people.sum(axis=(2, 3)).astype(float)
    parts = {"18": known.grown & ~known.older, "65": known.older}
    people = {group: counts[:, ages].sum(axis=1) for group, ages in parts.items()}
    older = shares["65"]
    young = rest(shares["18"], older, people["18"], people["65"])
    part = {
        group: bounds(_of(known, ages), counts[:, ages], which)
        for (group, ages), which in zip(parts.items(), (young, older), strict=True)
    }
    both = [weighed(part["18"][side], part["65"][side], people["18"], people["65"]) for side in range(3)]
    frames = []
    for group, sides in (("18", both), ("65", part["65"])):
        shown = shares[group][:, 0]
        everywhere = ~np.isnan(shown).all(axis=1)
        frames.append(
            pd.DataFrame(
                {
                    "gebied": buurten["gebied"],
                    "groep": group,
                    "midden": sides[0],
                    "onder": sides[1],
                    "boven": sides[2],
                    "bekend": ~np.isnan(shown[everywhere]).any(axis=0),
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def _of(known: Recipe, ages: np.ndarray) -> Recipe:
    return replace(known, prevalence=known.prevalence[:, ages])


def rest(every: np.ndarray, older: np.ndarray, young: np.ndarray, old: np.ndarray) -> np.ndarray:
    """The shares of people of 18 to 65, from those of everybody and of older people."""
    people = every * (young + old) - np.nan_to_num(older) * old
    return np.clip(np.divide(people, young, out=np.full(people.shape, np.nan), where=young > 0), 0, 1)


def weighed(first: np.ndarray, second: np.ndarray, one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Shares of two parts (of so many people) as one."""
    total = one + two
    return np.divide(first * one + second * two, total, out=np.zeros(len(total)), where=total > 0)
