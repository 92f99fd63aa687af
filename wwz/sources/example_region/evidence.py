"""Who gets help in the example region, as CBS, RIVM and the police publish it; who lacks it is kept as hidden truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .areas import NAMES
from .layout import load_table

if TYPE_CHECKING:
    from .region import Region

FILES = ("wmo_wijk_2023.csv", "wmo_gemeente_2024.csv", "wijkverpleging_2023.csv", "misdrijven_2022_2024.csv")
STEP = 5
TOTAL = "T001024"


@dataclass(frozen=True)
class Evidence:
    """What is published, and what is true.

    Attributes
    ----------
    users
        Per buurt and variable the people who get help, nothing rounded or withheld.
    burglaries
        Per buurt a column for each year.
    truth
        Columns buurt, randvoorwaarde, nodig and zonder: people who need it, and who lack it. In no file.
    """

    users: pd.DataFrame
    burglaries: pd.DataFrame
    truth: pd.DataFrame


def draw_evidence(region: Region, seed: int) -> Evidence:
    """Draw who needs help, who gets it, and who is left.

    Parameters
    ----------
    seed
        The same seed gives the same people; what else the region holds does not change with it.
    """
    rng = np.random.Generator(np.random.PCG64([seed, 2]))
    known, figures = load_table("bewijs.toml"), region.figures_2023
    chance, codes = known["toeval"], region.buurten["buurtcode"]
    users, truth = {}, []
    for kind in known["hulp"]:
        noise = np.exp(rng.normal(0, chance["nodig"], len(codes)))
        need = (kind["nodig_65"] * figures["a65"] + kind["nodig"] * figures["inwoners"]) * noise
        base = kind.get("per_wmo", 0) * figures["wmo"] + kind.get("per_65", 0) * figures["a65"]
        used = np.minimum(base * np.exp(rng.normal(0, chance["gebruik"], len(codes))), 0.9 * need)
        left = need - chance["raak"] * used
        people = pd.DataFrame({"nodig": need, "zonder": (1 - chance["zelf"]) * left})
        truth.append(people.assign(buurt=codes.to_numpy(), randvoorwaarde=kind["randvoorwaarde"]))
        if kind["variabele"]:
            users[kind["variabele"]] = np.round(used).astype(int)
    return Evidence(
        pd.DataFrame(users), _burglaries(figures, known["inbraken"], rng), pd.concat(truth, ignore_index=True)
    )


def _burglaries(figures: pd.DataFrame, rule: dict[str, Any], rng: np.random.Generator) -> pd.DataFrame:
    rate = rule["per_1000"] / 1000 * np.exp(rng.normal(0, rule["spreiding"], len(figures)))
    return pd.DataFrame({year: rng.poisson(rate * figures["woningen"]) for year in rule["jaren"]})


def write_evidence(region: Region, evidence: Evidence, folder: Path) -> None:
    """Write the four tables in the layout of their publishers; a figure that is withheld is empty, never zero."""
    tables = (
        per_wijk(region, evidence), per_gemeente(region, evidence), nursing(region, evidence), crimes(region, evidence),
    )  # fmt: skip
    for name, table in zip(FILES, tables, strict=True):
        table.insert(0, "ID", range(len(table)))
        table.to_csv(folder / name, index=False, lineterminator="\n")


def per_wijk(region: Region, evidence: Evidence) -> pd.DataFrame:
    """Clients of the Wmo by kind, per gemeente and wijk, in fives."""
    known = load_table("bewijs.toml")
    kinds = {TOTAL: region.figures_2023["wmo"]}
    kinds |= {key: evidence.users[names].sum(axis=1) for key, names in known["wijk"].items()}
    rows = [
        _typed(key, "Wijken", code, 2023, "WmoClienten_5", _shown(count, known["geheim"]["wmo"]))
        for key, counts in kinds.items()
        for level in ("gemeentecode", "wijkcode")
        for code, count in _sums(region, counts, level)
    ]
    return pd.DataFrame(rows)


def per_gemeente(region: Region, evidence: Evidence) -> pd.DataFrame:
    """Clients of the Wmo by kind, per gemeente; one of them puts much under another name."""
    known = load_table("bewijs.toml")
    other = known["anders_geteld"]
    counts = {name: dict(_sums(region, evidence.users[name], "gemeentecode")) for name in evidence.users}
    counts["wmo_overig"] = dict.fromkeys(next(iter(counts.values())), 0.0)
    moved = other["deel"] * counts[other["van"]][other["gemeente"]]
    counts[other["van"]][other["gemeente"]] -= moved
    counts["wmo_overig"][other["gemeente"]] += moved
    rows = [
        _typed(title, "RegioS", code, 2024, "WmoClienten_1", _shown(count, known["geheim"]["wmo"]))
        for name, title in known["gemeente"].items()
        for code, count in counts[name].items()
    ]
    return pd.DataFrame(rows)


def nursing(region: Region, evidence: Evidence) -> pd.DataFrame:
    """People with wijkverpleging, per gemeente, wijk and buurt."""
    least = load_table("bewijs.toml")["geheim"]["verpleging"]
    rows = [
        {"WijkenEnBuurten": code.ljust(10), "Perioden": "2023JJ00", "PatientenMetWijkverpleging_1": _shown(count, least)}
        for level in ("gemeentecode", "wijkcode", "buurtcode")
        for code, count in _sums(region, evidence.users["wijkverpleging"], level)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def crimes(region: Region, evidence: Evidence) -> pd.DataFrame:
    """Burglaries per buurt and year; keys are padded, as the police gives them."""
    rows = [
        {"SoortMisdrijf": "1.1.1 ", "WijkenEnBuurten": code, "Perioden": f"{year}JJ00", "GeregistreerdeMisdrijven_1": count}
        for year, counts in evidence.burglaries.items()
        for code, count in zip(region.buurten["buurtcode"], counts, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _typed(kind: str, region: str, code: str, year: int, measure: str, count: int | None) -> dict[str, Any]:
    return {
        "TypeMaatwerkvoorziening": kind, region: code.ljust(10), "Perioden": f"{year}JJ00", measure: count,
    }  # fmt: skip


def _sums(region: Region, counts: pd.Series, level: str) -> Iterator[tuple[str, float]]:
    yield from counts.groupby(region.buurten[NAMES][level].to_numpy()).sum().items()


def _shown(count: float, least: int) -> int | None:
    """In fives; few people are withheld."""
    rounded = int(np.floor(count / STEP + 0.5) * STEP)
    return rounded if rounded >= least else None
