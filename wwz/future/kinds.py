"""Kinds of buurten and of homes: by which marks a buurt is recognised, who stays there, and who moves into a new home."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import pandas as pd

from wwz.knowledge.catalogue import load_toml

FILE = "buurtsoorten.toml"
ORDINARY = "gewoon"
DEMOLITION = "sloop"
ABOUT = ("merk", "bron", "jaar")


@dataclass(frozen=True)
class Kinds:
    """Kinds of buurten as arrays, in the order of knowledge/buurtsoorten.toml.

    Attributes
    ----------
    codes
        Of every kind.
    stay
        Shape (kind, 20): the share of a group of five years that lived in the buurt five years ago too.
    fixed, grows
        Whether ages and number stay as they are; whether a buurt gets a share of the homes that come without a plan.
    heads
        Per group: the share that is the head of a household.
    smaller
        By how much households become smaller each year at equal ages (share).
    most_coming, most_parents
        Limits of a step: see the knowledge.
    """

    codes: tuple[str, ...]
    stay: np.ndarray
    fixed: np.ndarray
    grows: np.ndarray
    heads: np.ndarray
    smaller: float
    most_coming: float
    most_parents: float

    @cached_property
    def filled(self) -> np.ndarray:
        """Shape (kind, 20): of which ages as many come as there were: where nobody stays, and where all stays as it is."""
        empty = (self.stay == 0) & (np.arange(self.stay.shape[1]) > 0)
        return empty | self.fixed[:, None]


@cache
def kinds() -> Kinds:
    """The kinds of buurten."""
    known = load_toml(FILE)
    rows, rules = known["soort"], known["regels"]
    return Kinds(
        tuple(row["code"] for row in rows),
        np.array([row["blijft"] for row in rows], dtype=float),
        np.array([row["vast"] for row in rows]),
        np.array([row["groeit"] for row in rows]),
        np.array(known["hoofd"]["deel"], dtype=float),
        rules["kleiner_per_jaar"],
        rules["komers_hooguit"],
        rules["ouders_hooguit"],
    )


def titles() -> dict[str, str]:
    """Code → title of every kind of buurt."""
    return {row["code"]: row["titel"] for row in load_toml(FILE)["soort"]}


def kind(code: str) -> dict[str, Any]:
    """A kind of buurt as the knowledge has it."""
    return next(row for row in load_toml(FILE)["soort"] if row["code"] == code)


@dataclass(frozen=True)
class Mark:
    """A mark of a kind of buurt: the title of both, and between what it lies (0–1; None: no limit)."""

    soort: str
    kenmerk: str
    titel: str
    van: float | None
    tot: float | None

    def fits(self, value: float) -> bool:
        """Whether a buurt with this value has the mark."""
        return (self.van is None or value >= self.van) and (self.tot is None or value <= self.tot)

    def limit(self) -> str:
        """Its limit in words."""
        if self.van is not None:
            return f"minstens {100 * self.van:.0f}%"
        return f"hooguit {100 * (self.tot or 0):.0f}%"


def marks() -> list[Mark]:
    """Every mark, in the order in which kinds are looked for."""
    known = load_toml(FILE)
    return [
        Mark(
            row["titel"],
            mark["kenmerk"],
            known["kenmerk"][mark["kenmerk"]]["titel"],
            mark.get("van"),
            mark.get("tot"),
        )
        for row in known["soort"]
        for mark in row.get("teken", [])
    ]


def homes() -> dict[str, str]:
    """Code → what is built, demolition last."""
    return {
        **{row["code"]: row["titel"] for row in load_toml(FILE)["bouw"]},
        DEMOLITION: "gesloopte woningen",
    }


@cache
def newcomers() -> dict[str, np.ndarray]:
    """Per kind of home how many people of each group of five years come to live in one, shape (20,)."""
    rows = load_toml(FILE)["bouw"]
    return {
        row["code"]: row["mensen"] * np.array(row["leeftijd"], float) / sum(row["leeftijd"]) for row in rows
    }


def kind_tables() -> dict[str, pd.DataFrame]:
    """What SQL needs to tell kinds apart.

    Returns
    -------
    dict
        ``toekomst_soort_teken``: soort, rang, kenmerk, van, tot (0–1, may be missing), nodig, nodig_samen (how many
        marks of that kind must be known). ``toekomst_soort_regel``: one row with the rules.
    """
    known = load_toml(FILE)
    rows = [
        {
            "soort": row["code"],
            "rang": rank,
            "kenmerk": mark["kenmerk"],
            "van": mark.get("van"),
            "tot": mark.get("tot"),
            "nodig": mark.get("nodig", False),
            "nodig_samen": sum(m.get("nodig", False) for m in row["teken"]),
        }
        for rank, row in enumerate(known["soort"])
        for mark in row.get("teken", [])
    ]
    rules = {name: value for name, value in known["regels"].items() if name not in ABOUT}
    return {
        "toekomst_soort_teken": pd.DataFrame(rows).astype({"van": "Float64", "tot": "Float64"}),
        "toekomst_soort_regel": pd.DataFrame([rules]),
    }
