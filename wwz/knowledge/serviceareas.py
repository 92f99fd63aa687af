"""What a woonservicegebied is and needs (woonservicegebied.toml), as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from wwz.knowledge import domain
from wwz.knowledge.catalogue import load_toml

FILE = "woonservicegebied.toml"
EVERYTHING = "alles"
STATUSES = ("aanwezig", "deels", "ontbreekt", "onbekend")
PRESENT, PARTLY, MISSING, UNKNOWN = STATUSES
# Of whom a norm can be: as in a sentence.
GROUPS = {
    "75plus": "mensen van 75 jaar en ouder",
    "65plus": "mensen van 65 jaar en ouder",
    "inwoners": "inwoners",
}


@dataclass(frozen=True)
class Rules:
    """The numbers by which areas are proposed: people, metres, and what weighs how much."""

    minst: int
    meest: int
    kier_m: float
    grens_m: float
    hart_soorten: tuple[str, ...]
    hart_minst: int
    hart_m: float
    hart_uiteen_m: float
    te_veel: float
    buiten: float
    wijk: float
    vorm: float
    hart: float
    lege_buurt: float


@dataclass(frozen=True)
class Norm:
    """Within so many metres of so many per cent of whom (75plus, 65plus, inwoners), for one kind of voorziening.

    `rv`: the randvoorwaarde about the same distance, which tells where no points were read.
    """

    code: str
    meter: int
    procent: float
    wie: str
    rv: str = ""


@dataclass(frozen=True)
class Onderdeel:
    """One thing that a woonservicegebied needs, and by what it is known.

    Attributes
    ----------
    rv, bereik
        Codes of randvoorwaarden, or norms of distance, by which it is known; without either somebody has to say.
    noot
        What is to be known of that evidence.
    effecten, partij
        Which proven effects it serves, and who usually pays for it: assumptions of ours.
    """

    code: str
    groep: str
    titel: str
    uitleg: str
    rv: tuple[str, ...] = ()
    bereik: tuple[Norm, ...] = ()
    noot: str = ""
    effecten: tuple[str, ...] = ()
    partij: str = ""


@dataclass(frozen=True)
class Effect:
    """A proven effect: of whom the numbers tell (an indicator), and which parties gain by it."""

    code: str
    titel: str
    wie: str
    baat: tuple[str, ...]


@dataclass(frozen=True)
class Arrangement:
    """A scale of wonen, welzijn and zorg together, and the onderdelen it cannot do without."""

    code: str
    titel: str
    uitleg: str
    nodig: tuple[str, ...]
    merk: str


@cache
def rules() -> Rules:
    """The numbers of [omvang] and [voorstel]."""
    size, given = section("omvang"), section("voorstel")
    names = Rules.__dataclass_fields__.keys() - {"minst", "meest", "hart_soorten"}
    return Rules(
        minst=size["minst"], meest=size["meest"], hart_soorten=tuple(given["hart_soorten"]),
        **{name: given[name] for name in names},
    )  # fmt: skip


def section(name: str) -> Mapping[str, Any]:
    """One section of the file with its source, page, year and mark."""
    return load_toml(FILE)[name]


def source(name: str) -> str:
    """Where a section of the file is taken from, with the page: as under a table."""
    told = section(name)
    line = domain.domein().bronnen[told["bron"]].regel(told["jaar"]).removeprefix("Bron: ")
    return f"{line}, p. {told['pagina']}"


@cache
def titles(what: str) -> dict[str, str]:
    """Code → title of what the file lists: groep, weging, doel, effect, partij, arrangement."""
    return {row["code"]: row["titel"] for row in load_toml(FILE)[what]}


@cache
def explanations(what: str) -> dict[str, str]:
    """Code → explanation of what the file lists."""
    return {row["code"]: row["uitleg"] for row in load_toml(FILE)[what]}


@cache
def factors() -> dict[str, float]:
    """How heavy a wish weighs, by the code of the weging."""
    return {row["code"]: row["factor"] for row in load_toml(FILE)["weging"]}


@cache
def onderdelen() -> dict[str, Onderdeel]:
    """Everything a woonservicegebied needs, in the order of the source."""
    return {row["code"]: _onderdeel(row) for row in load_toml(FILE)["onderdeel"]}


def _onderdeel(row: Mapping[str, Any]) -> Onderdeel:
    lists = {name: tuple(row.get(name, ())) for name in ("rv", "effecten")}
    norms = tuple(Norm(**norm) for norm in row.get("bereik", ()))
    return Onderdeel(**{**row, **lists, "bereik": norms})


@cache
def effects() -> dict[str, Effect]:
    """The proven effects, in the order of the source."""
    return {row["code"]: Effect(**{**row, "baat": tuple(row["baat"])}) for row in load_toml(FILE)["effect"]}


@cache
def arrangements() -> dict[str, Arrangement]:
    """The three arrangements; what needs everything, names every onderdeel."""
    every = tuple(onderdelen())
    return {
        row["code"]: Arrangement(
            row["code"],
            row["titel"],
            row["uitleg"],
            every if row["nodig"] == [EVERYTHING] else tuple(row["nodig"]),
            row["merk"],
        )  # fmt: skip
        for row in load_toml(FILE)["arrangement"]
    }


@cache
def metres(code: str) -> tuple[int, ...]:
    """Distances at which a kind of voorziening is measured (afstand.toml)."""
    return tuple(next(row["meters"] for row in load_toml("afstand.toml")["bereik"] if row["code"] == code))


@cache
def voorziening(code: str) -> str:
    """A kind of voorziening as in 'a shop within 500 metres'."""
    return str(next(row["een"] for row in load_toml("afstand.toml")["bereik"] if row["code"] == code))
