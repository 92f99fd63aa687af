"""For whom an analysis is made: the whole region, or one gemeente of it with the same definitions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wwz.agenda import rows as agenda
from wwz.agenda.rows import Agenda
from wwz.ask.area import Area, find_area
from wwz.base.errors import Fout
from wwz.knowledge import domain
from wwz.knowledge.regions import Groep, regels
from wwz.region import series
from wwz.region.estimated import margin
from wwz.region.overview import cells_of, total
from wwz.region.places import Regio
from wwz.region.series import ESTIMATED, Reeks

HOME = "woning"


@dataclass(frozen=True)
class Over:
    """What an analysis is about.

    Attributes
    ----------
    gemeente
        Code; empty for the region as a whole.
    sleutel, gewichten
        The key of the spreading.
    """

    regio: Regio
    gemeente: str = ""
    sleutel: str = "inwoners"
    gewichten: tuple[tuple[str, int], ...] = ()

    @property
    def naam(self) -> str:
        """Name of the gemeente or region."""
        return self.regio.namen[self.gemeente] if self.gemeente else self.regio.naam

    @cached_property
    def area(self) -> Area:
        """The gemeente, or the region."""
        return find_area(self.regio.store, [self.gemeente]) if self.gemeente else self.regio.area

    @cached_property
    def agenda(self) -> Agenda | None:
        """What is missing here; None where the data cannot say."""
        try:
            found = agenda.of_area(self.regio.store, self.area)
        except Fout:
            return None
        return found if found.has_groups else None

    def conditions(self, *, home: bool) -> pd.DataFrame:
        """The necessary conditions about the dwelling, or the others."""
        if self.agenda is None:
            return pd.DataFrame()
        rows = self.agenda.rows[self.agenda.rows["graad"] == "N"]
        about = domain.randvoorwaarden()
        return rows[[(about[code].groep == HOME) == home for code in rows["randvoorwaarde"]]]

    @cached_property
    def reeksen(self) -> list[Reeks]:
        """Numbers of every group of which there are any: the first way there is, and for who needs care our own."""
        return [series.series(self.regio, code) for code in series.with_numbers(self.regio)]

    def number(self, reeks: Reeks) -> str:
        """The number here as text: of the region as a band where a gemeente is missing."""
        return cells_of(reeks)[self.gemeente] if self.gemeente else total(reeks)

    def ahead(self, groep: Groep) -> dict[int, tuple[str, str]]:
        """Per year ahead the number and its margin as texts, by the same figures as now."""
        found = {}
        for year in regels()["jaren"]:
            reeks = series.series(self.regio, groep.code, ESTIMATED, year)
            found[year] = (self.number(reeks), margin(self.regio, self.gemeente, groep, year))
        return found

    @cached_property
    def estimated(self) -> list[Reeks]:
        """Our own figures of who needs care, now."""
        codes = [code for code, ways in series.ways(self.regio).items() if ESTIMATED in ways]
        return [series.series(self.regio, code, ESTIMATED) for code in codes]

    @cached_property
    def growth(self) -> tuple[int, int, int] | None:
        """75-plussers now and in the first and last year ahead, where all are known."""
        years = regels()["jaren"]
        reeksen = [series.series(self.regio, "ouderen", ESTIMATED, y) for y in (0, years[0], years[-1])]
        counts = [self._count(reeks) for reeks in reeksen]
        return (counts[0], counts[1], counts[2]) if all(counts) else None  # type: ignore[return-value]

    def _count(self, reeks: Reeks) -> int | None:
        if not self.gemeente:
            return reeks.totaal if reeks.met and not reeks.zonder else None
        return next((d.aantal for d in reeks.met if d.gemeenten == (self.gemeente,)), None)
