"""Who uses which support: as many people as were counted, those for whom it is likeliest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from wwz.knowledge import load_toml
from wwz.model.people.cells import Cells, of_bits
from wwz.model.people.recipe import ALONE, INSTITUTION, Recipe, recipe
from wwz.model.people.whole import Handed, chosen
from wwz.model.tables import MODEL

FILE = "gebruik.toml"
# The level (logit) at which nobody has it, and nearly everybody.
NEVER, EDGE = -50.0, 1e-6
# Where no smaller area was counted.
COUNTRY = "land"


@dataclass(frozen=True)
class Use:
    """One kind of support.

    Attributes
    ----------
    within
        The bit of the kind that its users use too; -1 if none.
    national
        Whether the number in the country says how many there are where nothing is counted.
    place
        How likely it is by (age, sex, household), on the logit scale.
    limits, groups
        What each limitation and doelgroep adds to that, shapes (limitation,) and (doelgroep,).
    """

    within: int
    national: bool
    place: np.ndarray
    limits: np.ndarray
    groups: np.ndarray

    def chances(self, cells: Cells, care: np.ndarray | None = None) -> np.ndarray:
        """The chance (0-1) of who is in each cell; `care`: per buurt and place which part (0-1) has it at all, flat."""
        flat, limits, groups = self.place.reshape(-1), of_bits(self.limits), of_bits(self.groups)
        # Odds against: a product of what each place and combination of bits does to them.
        against = np.exp(-flat)[cells.place % flat.size] * np.exp(-limits)[cells.limits]
        share = 1 / (1 + against * np.exp(-groups)[cells.groups])
        share = share if care is None else share * care[cells.place]
        return share if self.within < 0 else np.where(cells.uses >> self.within & 1, share, 0.0)


@dataclass(frozen=True)
class Counted:
    """How many people use a kind.

    Attributes
    ----------
    area
        Per buurt of which counted area it is a part (n,); -1: nothing is known there.
    total
        Per area its users; missing: as many as the chances say.
    """

    area: np.ndarray
    total: np.ndarray


@cache
def uses(folder: Path = MODEL) -> tuple[Use, ...]:
    """Every kind of support, in the order of their bits."""
    known, rows = recipe(folder), load_toml(FILE, folder)["soort"]
    codes = [row["code"] for row in rows]
    return tuple(
        Use(
            within=codes.index(row["binnen"]) if "binnen" in row else -1,
            national="land" in row,
            place=_by_place(known, row),
            limits=np.log([row["past"].get(name, 1.0) for name in known.limits]),
            groups=np.log([row["past"].get(name, 1.0) for name in known.groups]),
        )
        for row in rows
    )


def _by_place(known: Recipe, row: dict) -> np.ndarray:
    found = np.empty((len(known.ages), 2, 3))
    found[...] = _logit(row["leeftijd"])[:, None, None]
    alone = np.where(known.older, row["alleen"], row.get("alleen_jong", row["alleen"]))
    found[..., ALONE] += np.log(alone)[:, None]
    found[..., INSTITUTION] = _logit(row["instelling"])[:, None]
    found[:, 1] += np.log(row["vrouw"])
    return found


def _logit(shares: list[float]) -> np.ndarray:
    given = np.array(shares)
    inner = np.clip(given, EDGE, 1 - EDGE)
    return np.where(given > 0, np.log(inner / (1 - inner)), NEVER)


def use_tables() -> dict[str, pd.DataFrame]:
    """Tables for SQL: by which figure or variable a kind is counted, and how far a count of each level may be off."""
    known = load_toml(FILE, MODEL)
    rows = [
        {
            "bit": bit,
            "soort": row["code"],
            **{name: row.get(name) for name in ("indicator", "variabele", "binnen")},
        }
        for bit, row in enumerate(known["soort"])
    ]
    margins = {level: known["marge"][level] for level in ("buurt", "wijk", "gemeente", COUNTRY)}
    return {
        "gebruik_soort": pd.DataFrame(rows),
        "gebruik_marge": pd.DataFrame({"niveau": list(margins), "marge": list(margins.values())}),
        "gebruik_regel": pd.DataFrame([{"samenhang": known["marge"]["samenhang"]}]),
    }


def counted(use: Use, buurten: pd.Index, rows: pd.DataFrame) -> Counted:
    """How many people use a kind, from the areas that were counted (gebied of a buurt, telgebied, mensen)."""
    named = pd.Series(rows["telgebied"].to_numpy(), index=rows["gebied"]).reindex(buurten)
    totals = rows.drop_duplicates("telgebied").set_index("telgebied")["mensen"]
    # Where nothing is counted, every buurt is an area of its own.
    if use.national:
        named = named.where(named.notna(), pd.Series(buurten, index=buurten))
    area, names = pd.factorize(named)
    return Counted(area, totals.reindex(names).to_numpy(float))


def of_care(people: np.ndarray, older: np.ndarray, folder: Path = MODEL) -> np.ndarray:
    """Which part (0-1) of who lives somewhere may be there for care: flat, by (buurt, age, sex, household).

    Where many children live in institutions, those are no institutions of care: people who seek asylum live there. Who is older than
    65 and lives in an institution is there for care.

    Parameters
    ----------
    people
        By (buurt, age, sex, household).
    older
        Whether an age is of 65 and older.
    """
    row = load_toml(FILE, folder)["asiel"]
    inside = people[..., INSTITUTION].sum(axis=(1, 2))
    children = people[:, 0, :, INSTITUTION].sum(axis=1) / np.maximum(1, inside)
    part = np.clip((row["kinderen_tot"] - children) / (row["kinderen_tot"] - row["kinderen_vanaf"]), 0, 1)
    found = np.ones(people.shape, dtype=np.float32)
    here = np.where(inside >= row["mensen"], part, 1)
    found[..., INSTITUTION] = np.where(older[None, :, None], 1, here[:, None, None])
    return found.reshape(-1)


def using(cells: Cells, use: Use, bit: int, known: Counted, care: np.ndarray | None = None) -> Cells:
    """Who uses it: in every area as many as were counted; `care`: see `of_care`."""
    if (known.area < 0).all():
        return cells
    share = use.chances(cells, care)
    area = known.area[cells.place // use.place.size]
    fit = np.flatnonzero((share > EDGE / 2) & (area >= 0))
    row = area[fit]
    if (np.diff(row) < 0).any():
        order = np.argsort(row, kind="stable")
        fit, row = fit[order], row[order]
    people, part = cells.people[fit], share[fit]
    most = np.bincount(row, people, minlength=len(known.total))
    usual = np.bincount(row, people * part, minlength=len(known.total))
    wanted = (
        Handed().whole(np.fmin(np.where(np.isnan(known.total), usual, known.total), most)).astype(np.int64)
    )
    taken = np.zeros(len(cells.people), dtype=np.int32)
    taken[fit] = chosen(people, part, row, wanted)
    return cells.divided(taken, bit, "uses")
