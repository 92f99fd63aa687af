"""What is to be expected of an area for its age, households and income, and what differs from that.

The other wijken of the data say it: per condition a line through people per inhabitant, over a few traits (confrontatie.toml,
verwacht). What a national recipe gets wrong it gets wrong in every wijk, so only the error that an area has by itself and the
margin of the line count; the rule for a difference is that of the house.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from wwz.ask.area import Area
from wwz.ask.differing import HIGHER, LOWER, NO_DIFFERENCE, half_of_90, verdicts
from wwz.ask.stated import by_statements
from wwz.knowledge import load_toml
from wwz.own import given
from wwz.store import Store
from wwz.words.numbers import is_known

MORE, LESS, ALIKE = "meer dan verwacht", "minder dan verwacht", "zoals verwacht"
WORDS = {HIGHER: MORE, LOWER: LESS, NO_DIFFERENCE: ALIKE}
# What of a row is laid beside what is expected: who lacks it, who lacks it at least, or (nothing is known of it) who needs it.
LACKED, LEAST, NEEDED = "zonder", "minst", "nodig"
COLUMNS = ("verwacht", "verwacht_onder", "verwacht_boven", "verschil")


@dataclass(frozen=True)
class Line:
    """A line through wijken: coefficients, the inverse of the normal matrix, and the variance around it, per inhabitant."""

    beta: np.ndarray
    inverse: np.ndarray
    variance: float

    def at(self, traits: np.ndarray) -> tuple[float, float]:
        """What is expected with these traits (a 1 first), per inhabitant, and the half width of its margin of 90%."""
        around = self.variance * float(traits @ self.inverse @ traits)
        return max(0.0, float(traits @ self.beta)), half_of_90() * float(np.sqrt(max(0.0, around)))


def fit(traits: np.ndarray, share: np.ndarray, people: np.ndarray, damping: float) -> Line:
    """Weighted ridge regression; a wijk weighs with its people.

    Parameters
    ----------
    traits
        A 1 and the traits in standard deviations, shape (n, k).
    share, people
        People who lack or need it per inhabitant, and inhabitants, shape (n,).
    damping
        Penalty on all but the constant, in wijken.
    """
    weight = people / people.mean()
    penalty = damping * np.eye(traits.shape[1])
    penalty[0, 0] = 0
    inverse = np.linalg.inv((traits * weight[:, None]).T @ traits + penalty)
    beta = inverse @ ((traits * weight[:, None]).T @ share)
    free = max(1, len(share) - traits.shape[1])
    return Line(beta, inverse, float((weight * (share - traits @ beta) ** 2).sum() / free))


@dataclass(frozen=True)
class Wijken:
    """The wijken that say what is to be expected.

    Attributes
    ----------
    mensen
        Per wijk and condition: inwoners, and zonder, minst and nodig per inhabitant (sql/answers/verwacht_wijken.sql).
    kenmerken
        Index gebied, one column a trait; what is not known of nearly all wijken is left out.
    """

    mensen: pd.DataFrame
    kenmerken: pd.DataFrame


@by_statements
def wijken(store: Store) -> Wijken:
    """The wijken of the data; of a whole country some, evenly over it."""
    plan = load_toml("confrontatie.toml")["verwacht"]
    areas = store.areas()
    inside = areas[areas["kleinste"] & areas["wijk"].notna()]
    codes = np.sort(inside["wijk"].unique())
    if len(codes) < plan["wijken_minstens"]:
        return Wijken(pd.DataFrame(), pd.DataFrame())
    size = min(len(codes), plan["wijken_hoogstens"])
    chosen = codes[(np.arange(size) * len(codes)) // size]
    buurten = sorted(inside.loc[inside["wijk"].isin(chosen), "code"])
    statements = given.parameters(given.read(store.path))
    people = store.ask("verwacht_wijken", buurten=buurten, minstens=plan["inwoners_minstens"], **statements)
    wide = _traits(store, list(chosen), plan).reindex(people["gebied"].unique())
    known = [name for name in wide if wide[name].notna().mean() >= plan["bekend_minstens"]]
    return Wijken(people, wide[known].dropna())


def _traits(store: Store, codes: list[str], plan: dict[str, Any]) -> pd.DataFrame:
    rows = store.ask("tabel", binnen=codes, niveau="wijk", indicatoren=plan["kenmerken"], jaar=0)
    return _scaled(rows.pivot_table(index="gebied", columns="indicator", values="waarde"))


def _scaled(values: Any) -> Any:
    """Traits as the line takes them: of some the ratio counts (confrontatie.toml, verhouding); of less than 1 it is that of 1."""
    for name in load_toml("confrontatie.toml")["verwacht"]["verhouding"]:
        if name in values:
            values[name] = np.log(np.maximum(values[name], 1.0))
    return values


def lines(store: Store, area: Area, asked: Sequence[tuple[str, str]]) -> list[tuple[float, float] | None]:
    """What is expected of an area, in people: the number and the half width of its margin; None where nothing can be said.

    Parameters
    ----------
    asked
        Pairs of a randvoorwaarde and LACKED, LEAST or NEEDED.
    """
    plan, found = load_toml("confrontatie.toml")["verwacht"], wijken(store)
    names = list(found.kenmerken.columns)
    if not names:
        return [None] * len(asked)
    own = area.figures([*names, "inwoners"]).set_index("indicator")["waarde"]
    here = _scaled(own.reindex(names).astype(float))
    # Nobody says what is to be expected of himself.
    here_too = {f"WK{buurt[2:8]}" for buurt in area.buurten}
    apart = [code for code in found.kenmerken.index if code not in here_too]
    if here.isna().any() or not is_known(own.get("inwoners")) or len(apart) < plan["wijken_minstens"]:
        return [None] * len(asked)
    traits = found.kenmerken.loc[apart]
    middle, scale = traits.mean(), traits.std().replace(0, 1)
    wide = {kind: _wide(found, kind).reindex(apart) for kind in {kind for _, kind in asked}}
    people = (
        found.mensen.drop_duplicates("gebied").set_index("gebied")["inwoners"].reindex(apart).to_numpy(float)
    )
    x = np.column_stack([np.ones(len(apart)), ((traits - middle) / scale).to_numpy(float)])
    at = np.concatenate(
        [[1.0], ((here - middle) / scale).clip(-plan["hooguit"], plan["hooguit"]).to_numpy(float)]
    )
    return [
        _expected(wide[kind].get(code), x, people, at, float(own["inwoners"]), plan) for code, kind in asked
    ]


def _wide(found: Wijken, kind: str) -> pd.DataFrame:
    return found.mensen.pivot(index="gebied", columns="randvoorwaarde", values=kind)


def _expected(
    share: pd.Series | None,
    x: np.ndarray,
    people: np.ndarray,
    at: np.ndarray,
    inhabitants: float,
    plan: dict[str, Any],
) -> tuple[float, float] | None:
    if share is None:
        return None
    rows = share.notna().to_numpy()
    if rows.sum() < plan["wijken_minstens"]:
        return None
    middle, half = fit(x[rows], share.to_numpy(float)[rows], people[rows], plan["demping"]).at(at)
    return inhabitants * middle, inhabitants * half


def rule() -> str:
    """What "te verwachten" means, in two sentences (confrontatie.toml)."""
    return str(load_toml("confrontatie.toml")["verwacht"]["tekst"])


def beside(store: Store, area: Area, rows: pd.DataFrame) -> pd.DataFrame:
    """Per row of an agenda what is expected, and how it differs.

    Parameters
    ----------
    rows
        As sql/answers/agenda_tekort.sql gives them.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`, index as `rows`: verwacht, verwacht_onder and verwacht_boven in people (missing where nothing can be said or
        the number itself is not shown), and verschil: MORE, LESS, ALIKE or empty.
    """
    numbers = {
        place: number
        for place, row in enumerate(rows.to_dict("records"))
        if (number := _number(row)) is not None
    }
    conditions = rows["randvoorwaarde"].tolist()
    found = (
        lines(store, area, [(conditions[place], number[0]) for place, number in numbers.items()])
        if numbers
        else []
    )
    pairs = [(place, one) for place, one in zip(numbers, found, strict=True) if one is not None]
    shared = load_toml("confrontatie.toml")["verwacht"]["gedeeld"]
    words = verdicts(
        store,
        [{"waarde": middle, "onder": middle - half, "boven": middle + half} for _, (middle, half) in pairs],
        [_own(numbers[place], shared) for place, _ in pairs],
    )
    shown = pd.DataFrame(
        {name: pd.Series([None] * len(rows), dtype=object) for name in COLUMNS}, index=rows.index
    )
    shown["verschil"] = ""
    for (place, (middle, half)), word in zip(pairs, words, strict=True):
        shown.iloc[place] = [middle, max(0.0, middle - half), middle + half, WORDS.get(word, "")]
    return shown


def _number(row: dict[str, Any]) -> tuple[str, float, float, float] | None:
    """What is compared of a row, with its margin; None where its number is not known or not shown."""
    kind, names = (
        (LACKED, ("mensen", "onder", "boven"))
        if row["genoeg"]
        else (LEAST, ("minst", "minst", "minst"))
        if row["begrensd"]
        else (NEEDED, ("onbekend_nodig", "onbekend_onder", "onbekend_tot"))
    )
    if row["graad"] != "N" or not is_known(row[names[0]]):
        return None
    # That nobody lacks it for certain is no number to compare: nothing more may be known than how many at most.
    if kind == LEAST and not row["minst"]:
        return None
    middle, low, high = (float(row[name]) for name in names)
    return kind, middle, low, high


def _own(number: tuple[str, float, float, float], shared: dict[str, float]) -> dict[str, float]:
    """The number with the part of its margin that other wijken do not have too."""
    kind, middle, low, high = number
    part = float(np.sqrt(1 - shared[kind]))
    return {
        "waarde": middle,
        "onder": middle - part * (middle - low),
        "boven": middle + part * (high - middle),
    }


def order() -> str:
    """In which order the rows of an agenda stand, and how people count in them: for below it, on screen and in files."""
    return (
        "Volgorde: eerst wat noodzakelijk is, en daarvan wat duidelijk meer mensen missen dan te verwachten is; dan naar aantal mensen; "
        f"daarna wat zeer wenselijk is. Onbekend telt nooit als voldaan. {rule()} "
        "Wie bij meer doelgroepen hoort, telt één keer. Hoe noodzakelijk iets is, is een aanname."
    )
