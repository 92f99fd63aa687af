"""What can be worked out: the norms that were measured with points, and the points themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from wwz.ask.area import Area
from wwz.base.sentence import capital
from wwz.own.plans import point_id
from wwz.store import Store
from wwz.words.numbers import dutch


@dataclass(frozen=True)
class Norm:
    """What is measured: to the nearest of these kinds, within these metres.

    Attributes
    ----------
    bereik, meter
        Together the code.
    voorzieningen
        Kinds of voorzieningen.
    titel
        For the screen.
    randvoorwaarde
        The randvoorwaarde it decides; empty when there is none.
    noodzakelijk
        Whether that is necessary for somebody.
    """

    bereik: str
    meter: int
    voorzieningen: tuple[str, ...]
    titel: str
    randvoorwaarde: str
    noodzakelijk: bool

    @property
    def code(self) -> str:
        """For a link."""
        return code_of(self.bereik, self.meter)


def code_of(bereik: str, meter: int) -> str:
    """The code of a norm."""
    return f"{bereik}-{int(meter)}"


def norms(store: Store) -> tuple[Norm, ...]:
    """Everything that can be worked out, randvoorwaarden first; empty without points of voorzieningen."""
    rows = store.ask("doorrekenen_keuze")
    return tuple(
        Norm(
            row.bereik,
            int(row.meter),
            tuple(row.voorzieningen.split("|")),
            f"{capital(row.titel)} binnen {dutch(row.meter)} meter",
            row.randvoorwaarde if isinstance(row.randvoorwaarde, str) else "",
            bool(row.noodzakelijk),
        )
        for row in rows.itertuples()
    )


def measured_here(area: Area) -> set[str]:
    """Codes of the norms of which it was measured for somebody in an area who has this within reach."""
    rows = area.store.ask("doorrekenen_hier", buurten=list(area.buurten))
    return {code_of(row.bereik, row.meter) for row in rows.itertuples()}


def existing(store: Store, kinds: Sequence[str]) -> pd.DataFrame:
    """The voorzieningen of some kinds: columns id, soort, naam, lat, lon."""
    rows = store.ask("punten", soorten=list(kinds)).dropna(subset=["lat", "lon"])
    ids = [point_id(r.soort, r.lat, r.lon) for r in rows.itertuples()]
    found = rows.assign(id=ids, naam=rows["naam"].fillna("").astype(str)).drop_duplicates("id")
    return found[["id", "soort", "naam", "lat", "lon"]].reset_index(drop=True)


def outlines(store: Store, kinds: Sequence[str]) -> pd.DataFrame:
    """Places along the edge of those voorzieningen that are a surface: columns id (of `existing`), x and y (RD metres)."""
    return _with_id(store.ask("punten_rand", soorten=list(kinds)))[["id", "x", "y"]]


def surfaces(store: Store, kinds: Sequence[str]) -> pd.DataFrame:
    """Those voorzieningen that are a surface: columns id (of `existing`) and vlak (WKB, RD metres)."""
    return _with_id(store.ask("punten_vlak", soorten=list(kinds)))[["id", "vlak"]]


def _with_id(rows: pd.DataFrame) -> pd.DataFrame:
    whole = rows[["soort", "lat", "lon"]].drop_duplicates()
    ids = whole.assign(id=[point_id(r.soort, r.lat, r.lon) for r in whole.itertuples()])
    return rows.merge(ids, on=["soort", "lat", "lon"])
