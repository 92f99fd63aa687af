"""What one map shows, as the screen and every file of it take it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from wwz.knowledge import Indicator, load_toml

# What a map of the difference with an earlier year shows (`maat`).
CHANGE = "verandering"


def unit_of_change(indicator: Indicator) -> str:
    """Unit of the difference between two figures: of per cents that is no per cent."""
    return "procentpunt" if indicator.eenheid == "%" else indicator.eenheid


@dataclass(frozen=True)
class Layer:
    """What one map shows.

    Attributes
    ----------
    values
        Area code → what is drawn, in the unit of the indicator or in people.
    pooled
        The same for all years together, and for the whole gemeente or country (`schaal` of the view), so that a colour means the
        same in every year and in every wijk.
    whole
        The row of figures of the whole area.
    extremes
        Where it is highest and lowest (sql/answers/uitersten.sql).
    absent
        Area code → why it would have no number (`wwz.maps.absent`); an area that is not in it has no figure.
    minimum
        The privacy minimum.
    margins
        Area code → onder and boven of what is drawn; an area that is not in it has no margin that is known.
    los
        Which part of the pairs of areas differ clearly (0 to 1); missing where that is not asked: of numbers of people,
        and of fewer than two areas.
    telt
        Titles of the randvoorwaarden that the layer covers; empty for any other layer.
    anders
        Codes of areas where it covers other ones: they are not compared, and have no number here.
    woord
        Stands before every value of a layer of bounds: ondergrens or bovengrens; else empty.
    vanaf
        Of a change: the earlier year; else 0.
    """

    indicator: Indicator
    jaar: int
    jaren: tuple[int, ...]
    maat: str
    values: pd.Series
    pooled: pd.Series
    whole: pd.Series
    extremes: pd.DataFrame
    absent: pd.Series
    minimum: int
    margins: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["onder", "boven"], dtype=float)
    )
    los: float = float("nan")
    telt: tuple[str, ...] = ()
    anders: tuple[str, ...] = ()
    woord: str = ""
    vanaf: int = 0

    @property
    def flat(self) -> bool:
        """Whether there are hardly any clear differences: then the map has one colour."""
        return self.los < load_toml("onzekerheid.toml")["verschil"]["paren_minstens"]

    @property
    def unit(self) -> str:
        """Unit of what is drawn."""
        if self.maat == CHANGE:
            return unit_of_change(self.indicator)
        return self.indicator.eenheid if self.maat == "aandeel" else self.indicator.mensen.split(" ")[0]

    @property
    def decimals(self) -> int:
        """Decimals of what is drawn."""
        return 0 if self.maat == "aantal" else self.indicator.decimalen
