"""The step of a build that makes the population of every buurt."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from wwz.base.paths import SQL
from wwz.model.people.margin import bounds, by_group
from wwz.model.people.population import Population, Wanted, populate, table
from wwz.model.people.recipe import Recipe, recipe
from wwz.model.people.using import Counted, counted, uses
from wwz.workbench import Workbench

QUESTIONS = SQL / "people"
# How many people use which support, of the smallest area that was counted.
USED = QUESTIONS / "gebruik.sql"
GROUPS = ("18", "65")


def make(bench: Workbench) -> None:
    """Make the tables persoon (who live in a buurt) and persoon_marge (how sure it is how many have at least one limitation).

    persoon: gebied, leeftijd, geslacht, huishouden, beperkingen, doelgroepen and gebruik (a bit each, see persoon_beperking,
    persoon_doelgroep and gebruik_soort) and mensen. persoon_marge: gebied, groep (18 or 65), midden, onder and boven (0-1), and bekend:
    whether every limitation that is known anywhere is known there. persoon_gebruik: gebied, bit of a kind of support, and the
    niveau of the area that its users were counted in.
    """
    known = recipe()
    buurten = bench.read(QUESTIONS / "buurten.sql")
    layers, groups = bench.read(QUESTIONS / "lagen.sql"), bench.read(QUESTIONS / "groepen.sql")
    shares = {group: shares_of(known, buurten, layers[layers["groep"] == group]) for group in GROUPS}
    home = bench.read(QUESTIONS / "thuis.sql").pivot(index="gebied", columns="band", values="thuis")
    at_home = home.reindex(index=buurten["gebied"], columns=known.band).fillna(1).to_numpy(float)
    use = bench.read(USED)
    found = populate(
        known, replace(_wanted(known, buurten, at_home, shares, groups), uses=_uses(buurten, use))
    )
    bench.load("persoon", table(known, found, buurten))
    bench.load("persoon_gebruik", use[["gebied", "bit", "niveau"]])
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


def _uses(buurten: pd.DataFrame, rows: pd.DataFrame) -> tuple[Counted, ...]:
    return tuple(
        counted(use, pd.Index(buurten["gebied"]), rows[rows["bit"] == bit]) for bit, use in enumerate(uses())
    )


def _wanted(
    known: Recipe,
    buurten: pd.DataFrame,
    home: np.ndarray,
    shares: dict[str, np.ndarray],
    groups: pd.DataFrame,
) -> Wanted:
    ages = known.people(buurten)
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
    frames = []
    for group, sides in by_group(known, counts, shares, bounds).items():
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
