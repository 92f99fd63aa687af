"""An area is any set of the smallest areas there are (buurten); every figure adds up by its own rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from wwz.ask import bounds
from wwz.base.codes import COUNTRY, DIVISIONS, as_code, kept_code, plural
from wwz.base.errors import Fout
from wwz.base.sentence import listed
from wwz.knowledge.bounds import condition_of
from wwz.own import areas as ownareas
from wwz.store import Store, remembered
from wwz.words.numbers import dutch

OWN_AREA = "eigen"
MOST_NAMES = 3


@dataclass(frozen=True)
class Area:
    """A buurt, wijk, gemeente, the country, or any union of these.

    Attributes
    ----------
    codes
        One code for an area the source knows; several for an area of one's own.
    naam, niveau
        As shown; the level of a union is 'eigen'.
    eigen
        Of an area that is kept in the ledger (wwz.own.areas): its code with the version.
    """

    store: Store
    codes: tuple[str, ...]
    naam: str
    niveau: str
    gemeentenaam: str = ""
    eigen: str = ""

    @property
    def link(self) -> tuple[str, ...]:
        """The codes by which a link or a list calls it."""
        return (self.eigen.partition("@")[0],) if self.eigen else self.codes

    @property
    def buurten(self) -> tuple[str, ...]:
        """Codes of all its buurten; where the data hold none, of its wijken or of the gemeente itself."""
        return _members(self)

    @property
    def _levels_here(self) -> tuple[str, ...]:
        """Levels of all areas that have one of its smallest areas, the smallest level first."""
        return _levels(self)

    @property
    def levels(self) -> tuple[str, ...]:
        """Levels by which it can be divided, the smallest first.

        Data need not go down to the buurt; and only what holds several gemeenten is divided into gemeenten.
        """
        several = self.niveau == "land" or self.kind == "regio"
        found = [level for level in self._levels_here if level != "gemeente" or several]
        return (self.smallest,) if self.niveau == self.smallest else tuple(found) or (self.smallest,)

    @property
    def smallest(self) -> str:
        """Level of the smallest areas in it: buurt, or wijk or gemeente where the data hold no buurten."""
        return self._levels_here[0] if self._levels_here else DIVISIONS[0]

    def level(self, wanted: str) -> str:
        """The level that is asked for, or the smallest where the data have nothing at that level."""
        return wanted if wanted in self._levels_here else self.smallest

    @property
    def kind(self) -> str:
        """What kind of area it is, in a word for the screen."""
        if self.eigen:
            return "eigen gebied"
        if not self.is_union:
            return {"eigen": "eigen gebied"}.get(self.niveau, self.niveau)
        return "regio" if all(code.startswith("GM") for code in self.codes) else "eigen gebied"

    @property
    def is_union(self) -> bool:
        """Whether its figures have to be added up when asked."""
        return len(self.codes) > 1

    def figures(self, indicatoren: Sequence[str], jaar: int = 0) -> pd.DataFrame:
        """Figures of the area as a whole, one row per indicator, columns as in sql/answers/tabel.sql.

        Parameters
        ----------
        indicatoren
            Catalogue codes.
        jaar
            Year; 0 takes the latest complete year of each indicator.
        """
        return _together(
            indicatoren, lambda codes: self._whole(codes, jaar), lambda code: bounds.figures_of(self, code)
        )

    def _whole(self, indicatoren: Sequence[str], jaar: int) -> pd.DataFrame:
        if self.is_union:
            return self.store.ask(
                "optelling",
                buurten=list(self.buurten),
                naam=self.naam,
                indicatoren=list(indicatoren),
                jaar=jaar,
            )
        # Screens ask for the latest of one indicator after another: all of them take hardly longer than one.
        rows = _latest(self)
        rows = rows[rows["indicator"].isin(list(indicatoren))].reset_index(drop=True)
        if jaar and (set(rows["indicator"]) != set(indicatoren) or (rows["jaar"] != jaar).any()):
            return self._own(indicatoren, jaar).reset_index(drop=True)
        return rows

    def _own(self, indicatoren: Sequence[str], jaar: int = 0) -> pd.DataFrame:
        rows = self.parts(self.niveau, indicatoren, jaar)
        return rows[rows["gebied"] == self.codes[0]]

    def parts(self, niveau: str, indicatoren: Sequence[str], jaar: int = 0) -> pd.DataFrame:
        """Figures of all areas of one level that lie in it, one row per area and indicator."""
        return _together(
            indicatoren,
            lambda codes: self.store.ask(
                "tabel", binnen=list(self.codes), niveau=niveau, indicatoren=list(codes), jaar=jaar
            ),
            lambda code: bounds.parts_of(self, code, niveau),
        )


def _together(
    indicatoren: Sequence[str],
    plain: Callable[[Sequence[str]], pd.DataFrame],
    bounded: Callable[[str], pd.DataFrame],
) -> pd.DataFrame:
    """What is asked at once of most indicators, and below it of each layer of a bound: that is a question of its own."""
    apart = [bounded(code) for code in indicatoren if condition_of(code)]
    if not apart:
        return plain(indicatoren)
    others = [code for code in indicatoren if not condition_of(code)]
    return pd.concat([*([plain(others)] if others else []), *apart], ignore_index=True)


@remembered
def _latest(area: Area) -> pd.DataFrame:
    return area._own(list(area.store.ask("indicatoren")["code"]))


@remembered
def _members(area: Area) -> tuple[str, ...]:
    return tuple(area.store.ask("leden", gebieden=list(area.codes))["buurt"])


@remembered
def _levels(area: Area) -> tuple[str, ...]:
    areas = area.store.areas()
    inside = areas[areas["kleinste"] & areas["code"].isin(area.buurten)]
    found = {*inside["niveau"], "gemeente"} | ({"wijk"} if inside["wijk"].notna().any() else set())
    return tuple(level for level in DIVISIONS if level in found)


def find_area(store: Store, codes: Sequence[str], naam: str = "") -> Area:
    """Look up an area by its code or codes; NL, land and Nederland are the country, EGA000 is kept in the ledger.

    Raises
    ------
    Fout
        When a code does not occur in the data; the sentence names every such code.
    """
    asked = tuple(dict.fromkeys(map(as_code, codes)))
    if not any(map(kept_code, asked)):
        return _find(store, asked, naam)
    own = {code: _own_area(store, code) for code in asked if kept_code(code)}
    parts = [part for code in asked for part in (own[code].buurten if code in own else (code,))]
    if len(asked) == 1:
        kept = own[asked[0]]
        return replace(_find(store, tuple(parts)), naam=naam or kept.naam, eigen=kept.pin)
    names = [own[code].naam if code in own else _find(store, (code,)).naam for code in asked]
    return _find(store, tuple(parts), naam or _joined(names))


def _own_area(store: Store, code: str) -> ownareas.OwnArea:
    """An area of the ledger, if the data have all of it: without a part, its sums would be wrong."""
    found = ownareas.find(store.path, code)
    if found is None:
        raise Fout(f"Het eigen gebied {code} is er niet. Kies een code uit: python -m wwz gebied lijst.")
    if gone := missing_members(store, found):
        named = ", ".join(gone[:MOST_NAMES]) + (
            f" en {len(gone) - MOST_NAMES} andere" if len(gone) > MOST_NAMES else ""
        )
        raise Fout(f"Niet in de gegevens staan deze buurten van {found.naam}: {named}. Werk het gebied bij.")
    return found


def missing_members(store: Store, own: ownareas.OwnArea) -> list[str]:
    """Codes of an area of one's own that the data do not have: of another region, or of another year."""
    there = _smallest(store)
    return [code for code in own.buurten if code not in there]


@remembered
def _smallest(store: Store) -> frozenset[str]:
    areas = store.areas()
    return frozenset(areas.loc[areas["kleinste"], "code"])


@remembered
def _find(store: Store, codes: tuple[str, ...], naam: str = "") -> Area:
    known = store.areas().set_index("code")
    if COUNTRY in codes and COUNTRY not in known.index:
        raise Fout(
            f"Nederland als geheel staat niet in de gegevens, alleen {whole(store).naam}. Kies een code uit: python -m wwz gebieden."
        )
    if COUNTRY in codes:
        # With its own parts it is still the country.
        codes = (COUNTRY, *(code for code in codes if code not in known.index))
    codes = tuple(dict.fromkeys(codes))
    unknown = [code for code in codes if code not in known.index]
    if unknown or not codes:
        raise Fout(
            f"Gebied {', '.join(unknown) or '(leeg)'} staat niet in de gegevens. Kies een code uit: python -m wwz gebieden."
        )
    if len(codes) == 1:
        row = known.loc[codes[0]]
        gemeente = row["gemeentenaam"] if isinstance(row["gemeentenaam"], str) else ""
        return Area(store, codes, naam or row["naam"], row["niveau"], gemeente)
    return Area(store, codes, naam or _joined([known.loc[code, "naam"] for code in codes]), OWN_AREA)


def pinned(store: Store, codes: Sequence[str]) -> tuple[str, ...]:
    """Codes as they are now for who remembers an answer about them: an area of one's own can change."""
    return ownareas.pinned(store.path, codes) if any(map(kept_code, codes)) else tuple(codes)


def asked_area(store: Store, text: str) -> Area:
    """The area that someone asks for in words: a code, several with commas, or NL or land for the whole country.

    Raises
    ------
    Fout
        As `find_area`.
    """
    return find_area(store, asked_codes(text))


def asked_codes(text: str) -> tuple[str, ...]:
    """The codes in a text with commas, as the data write them."""
    return tuple(dict.fromkeys(as_code(part) for part in text.split(",") if part.strip()))


def _joined(names: list[str]) -> str:
    if len(names) <= MOST_NAMES:
        return listed(names)
    return f"{', '.join(names[:MOST_NAMES])} en {len(names) - MOST_NAMES} andere"


def area_counts(about: dict[str, Any]) -> list[str]:
    """How many gemeenten, wijken and buurten a database holds, in words; what it does not have is left out."""
    numbers = {level: int(about[f"aantal_{plural(level)}"]) for level in reversed(DIVISIONS)}
    return [f"{dutch(number)} {plural(level, number)}" for level, number in numbers.items() if number]


def smallest_level(about: dict[str, Any]) -> str:
    """The smallest level that a database has."""
    return next((level for level in DIVISIONS if about[f"aantal_{plural(level)}"]), DIVISIONS[0])


@remembered
def whole(store: Store) -> Area:
    """Everything in the data: the country, the one gemeente, or the region of all gemeenten together."""
    areas, build = store.areas(), store.about()
    if (areas["niveau"] == "land").any():
        return find_area(store, [COUNTRY])
    codes = list(areas.loc[areas["niveau"] == "gemeente", "code"])
    # One gemeente has a name of its own.
    together = build["naam"] or ("de voorbeeldregio" if build["fictief"] else "de hele regio")
    return find_area(store, codes, together if len(codes) > 1 else "")
