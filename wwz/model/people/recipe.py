"""What the population is made with (knowledge/model/personen.toml), as arrays in one order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pandas as pd

from wwz.knowledge import domain, load_toml
from wwz.model.tables import MODEL

FILE = "personen.toml"
# Men and women; alone, with others, in an institution.
SEXES, HOMES = ("man", "vrouw"), ("alleen", "samen", "instelling")
ALONE, TOGETHER, INSTITUTION = range(3)
YOUNGEST = "15_25"


@dataclass(frozen=True)
class Recipe:
    """Everything that is the same for every buurt.

    Attributes
    ----------
    ages
        Codes of the ages, youngest first; `band`: the band of the other figures that each is in; `grown`, `older`: whether
        it is of 18 and of 65 and older, shape (a,).
    women, alone, institution
        Shares (0-1): of an age women, shape (a,); of men and women at home who live alone, (a, 2); in an institution, (a,).
    limits
        Codes of the limitations; their place is their bit.
    prevalence
        How often each occurs by age in the country, shape (limitation, a); 0 where it is not known.
    woman, single
        Logarithm of the odds for women and for who lives alone, shape (limitation,).
    at_home
        Whether it is about people at home only, shape (limitation,).
    strength, weak, strong
        How strongly limitations go together: middle, least and most.
    z
        The middle of each class of frailty, in standard deviations, shape (k,).
    groups
        Codes of the doelgroepen in the order in which people are taken; `cluster`: theirs.
    by_age
        How often each doelgroep occurs by age, up to a factor, shape (doelgroep, a).
    fits
        Per doelgroep how many times more often with each limitation, shape (doelgroep, limitation).
    """

    ages: tuple[str, ...]
    band: tuple[str, ...]
    grown: np.ndarray
    older: np.ndarray
    women: np.ndarray
    alone: np.ndarray
    institution: np.ndarray
    limits: tuple[str, ...]
    prevalence: np.ndarray
    woman: np.ndarray
    single: np.ndarray
    at_home: np.ndarray
    strength: float
    weak: float
    strong: float
    z: np.ndarray
    groups: tuple[str, ...]
    cluster: tuple[str, ...]
    by_age: np.ndarray
    fits: np.ndarray

    def people(self, buurten: pd.DataFrame) -> np.ndarray:
        """People per buurt and age, from the columns `leeftijd_` and a code of an age, shape (n, a)."""
        return buurten[[f"leeftijd_{code}" for code in self.ages]].to_numpy(float)


@cache
def recipe(folder: Path = MODEL) -> Recipe:
    """Read the recipe."""
    known = load_toml(FILE, folder)
    ages = known["leeftijd"]
    codes = tuple(row["code"] for row in ages)
    band = tuple(YOUNGEST if code in ("15_18", "18_25") else code for code in codes)
    limits = known["beperking"]
    names = tuple(row["code"] for row in limits)
    groups, shares = known["doelgroep"], known["kwetsbaarheid"]
    clusters = {code: group.cluster for code, group in domain.doelgroepen().items()}
    return Recipe(
        ages=codes,
        band=band,
        grown=np.array([code not in ("0_15", "15_18") for code in codes]),
        older=np.array([code.startswith(("65", "75", "85")) for code in codes]),
        women=np.array([row["vrouwen"] for row in ages]),
        alone=np.array([[row["alleen_man"], row["alleen_vrouw"]] for row in ages]),
        institution=np.array([row["instelling"] for row in ages]),
        limits=names,
        prevalence=_prevalence(names, band),
        woman=np.log([row["vrouw"] for row in limits]),
        single=np.log([row["alleen"] for row in limits]),
        at_home=np.array([row.get("thuis", False) for row in limits]),
        strength=shares["sterkte"],
        weak=shares["onder"],
        strong=shares["boven"],
        z=_classes(shares["klassen"]),
        groups=tuple(row["code"] for row in groups),
        cluster=tuple(clusters[row["code"]] for row in groups),
        by_age=_by_age(tuple(row["code"] for row in groups), band, codes),
        fits=np.array([[row["past"].get(name, 1.0) for name in names] for row in groups], float),
    )


def limit_table() -> pd.DataFrame:
    """Which figures a limitation is known by: beperking, bit, indicator and groep (18 or 65)."""
    layers = {row["indicator"] for row in load_toml("leeftijdslagen.toml", MODEL)["laag"]}
    rows = [
        {"beperking": code, "bit": bit, "indicator": f"{code}_{group}", "groep": group}
        for bit, code in enumerate(recipe().limits)
        for group in ("18", "65")
        if group == "65" or f"{code}_65" not in layers
    ]
    return pd.DataFrame(rows)


def _classes(number: int) -> np.ndarray:
    """The mean of a standard normal within each of so many equal parts."""
    normal = NormalDist()
    inner = [normal.pdf(normal.inv_cdf(part / number)) for part in range(1, number)]
    return -number * np.diff([0.0, *inner, 0.0])


def _prevalence(names: tuple[str, ...], band: tuple[str, ...]) -> np.ndarray:
    """Per limitation and age the share (0-1) in the country."""
    bands = [row["code"] for row in load_toml("leeftijd.toml")["band"]]
    known = {
        name: dict(zip(bands, row, strict=True))
        for name, row in load_toml("toekomst.toml")["prevalentie"].items()
    }
    for layer in load_toml("leeftijdslagen.toml", MODEL)["laag"]:
        known[layer["indicator"].removesuffix("_65")] = {row["band"]: row["aandeel"] for row in layer["band"]}
    return np.array([[known[name].get(code, 0) / 100 for code in band] for name in names])


def _by_age(names: tuple[str, ...], band: tuple[str, ...], ages: tuple[str, ...]) -> np.ndarray:
    """Per doelgroep and age how often it occurs: per 1,000, or the layer that it is a part of."""
    rates: dict[str, dict[str, float]] = {}
    layers = {row["indicator"]: row for row in load_toml("leeftijdslagen.toml", MODEL)["laag"]}
    for row in load_toml("doelgroepen.toml", MODEL)["doelgroep"]:
        of = layers.get(row.get("deel_van", ""))
        rates[row["code"]] = {b["band"]: b["aandeel"] for b in of["band"]} if of else row["per_1000"]
    return np.array(
        [
            [
                0.0 if age == "0_15" else rates[name].get(code, 0.0)
                for age, code in zip(ages, band, strict=True)
            ]
            for name in names
        ]
    )


def people_tables() -> dict[str, pd.DataFrame]:
    """Tables for SQL: the figure of each bit, the bits of the doelgroepen, who is grown or older, and how sure an overlap is."""
    known = recipe()
    groups = zip(known.groups, known.cluster, strict=True)
    return {
        "persoon_beperking": limit_table(),
        "persoon_doelgroep": pd.DataFrame(
            [
                {"doelgroep": code, "bit": bit, "cluster": cluster}
                for bit, (code, cluster) in enumerate(groups)
            ]
        ),
        "persoon_leeftijd": pd.DataFrame(
            {"leeftijd": known.ages, "vanaf_18": known.grown, "vanaf_65": known.older}
        ),
        "instelling_land": _institution(known),
        "persoon_regel": pd.DataFrame([{"overlap_factor": load_toml(FILE, MODEL)["overlap"]["factor"]}]),
    }


def by_band(known: Recipe, of_ages: np.ndarray) -> dict[str, float]:
    """What is known of each age, by band; a band of two ages has that of the oldest."""
    return dict(zip(known.band, of_ages, strict=True))


def country() -> dict[str, float]:
    """People in the country by band, in thousands, in the newest year."""
    known = load_toml("leeftijd.toml")
    newest = max(known["land"], key=lambda row: row["jaar"])["duizend"]
    return {row["code"]: sum(newest[group] for group in row["groepen"]) for row in known["band"]}


def _institution(known: Recipe) -> pd.DataFrame:
    """Per band the share (0-1) of people who live in an institution, in the country."""
    shares = by_band(known, known.institution)
    return pd.DataFrame({"band": list(shares), "aandeel": list(shares.values())})
