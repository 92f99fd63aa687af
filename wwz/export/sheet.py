"""What a file contains, gathered once from a View: the same figures, classes and sentences as the screen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd

from wwz.ask.area import Area, find_area, whole
from wwz.ask.change import change_finding, change_reading, rows_of, shown_layer
from wwz.ask.layer import Layer, layers, with_texts
from wwz.ask.layerwords import layer_notes, no_effect_of
from wwz.ask.outlined import outlined
from wwz.ask.shown import CHANGE
from wwz.ask.view import LEVELS, View
from wwz.base.errors import Fout
from wwz.base.sentence import capital
from wwz.export.colours import about_colours
from wwz.export.logo import Logo
from wwz.export.origin import Origin
from wwz.maps.boundaries import area_shapes, drawn_shapes, surrounding_shapes
from wwz.maps.classes import Classes
from wwz.maps.drawing import classes_of
from wwz.maps.shapes import polygons
from wwz.own.eisen import deviation
from wwz.store import Store, remembered
from wwz.words.sentences import headline, reading, reliability_reason

FICTIVE = "Fictief: dit is een voorbeeldregio. De gebieden en alle cijfers zijn verzonnen."
# The layer that depends on the eisen and norms of the municipality.
CONFRONTED = "zonder_noodzakelijk"
KNOWN_AS = {
    "gepubliceerd": "Gepubliceerd: het cijfer staat zo bij de bron, of is opgeteld uit aantallen die zo bij de bron staan.",
    "gemeten": "Gemeten: berekend van de plek waar mensen wonen naar de dichtstbijzijnde voorziening.",
    "geschat": "Geschat: het cijfer is door ons berekend of door de bron met een model geschat.",
    "begrensd": "Begrensd: bekend is hoeveel mensen het ten minste en ten hoogste zijn, en niet hoeveel precies.",
    "opgegeven": "Opgegeven: het cijfer komt van de gemeente of van een organisatie.",
    "aanname": "Aanname: dit is een keuze van ons, met de reden erbij.",
    "niet getoond": "Niet getoond: de gemeente telde dit; het aantal is klein of zou een klein aantal verraden.",
    "onbekend": "Onbekend: er is geen cijfer. Dat is iets anders dan nul.",
}

# Which numbers are hidden, as it goes on after "een".
HIDDEN = "aantal dat wij berekenen of dat de gemeente telt, tonen we niet onder de {}."
NO_BOUNDARIES = "Van deze gebieden zijn geen grenzen ingelezen, dus er is geen kaart. Kies een tabel, of lees een bestand met grenzen in."
ROUNDED = (
    "De bron rondt aantallen af; het CBS doet dat per buurt en wijk op vijftallen. Bij wat de bron telde staat daarom geen marge, ook "
    "niet als het is opgeteld. Delen tellen door het afronden niet altijd precies op tot het geheel."
)


def place_of(area: Area) -> str:
    """Name of an area; a wijk or buurt with its gemeente, for every town has a Centrum."""
    if area.niveau not in ("wijk", "buurt") or not area.gemeentenaam:
        return area.naam
    return f"{area.naam} ({area.gemeentenaam})"


@dataclass(frozen=True)
class Sheet(Origin):
    """One layer of one area, ready to be written in any format.

    Attributes
    ----------
    view
        The view it was made of.
    area, niveau, shown
        The area, the level of the rows and the layer (`wwz.figures.Layer`).
    logo
        Of the municipality, or None.
    scale
        Classes shared with other sheets of a series; None for its own.
    """

    store: Store
    view: View
    area: Area
    niveau: str
    shown: Layer
    logo: Logo | None = None
    scale: Classes | None = None

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The figures of all areas drawn, columns as in sql/answers/tabel.sql."""
        return self.area.parts(self.niveau, [self.shown.indicator.code], self.shown.jaar)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The same with texts, as in the table under the map (`wwz.ask.layer.table_rows`); made for who shows them."""
        return rows_of(self.store, self.area, self.shown, self.niveau)

    @cached_property
    def total(self) -> pd.DataFrame:
        """The whole area as one row of the same table."""
        row = self.area.figures([self.shown.indicator.code], self.shown.jaar).head(1)
        return with_texts(row.assign(gebied=",".join(self.area.link)), self.minimum)

    @property
    def finding(self) -> str:
        """The headline: what there is to see, in words."""
        if self.shown.maat == CHANGE:
            return change_finding(self.store, self.area, self.shown)
        return capital(headline(self.area.naam, self.shown.whole, self.shown.indicator, self.minimum))

    @property
    def subject(self) -> str:
        """What is shown, of which level and year."""
        shown = self.shown
        measure = f", aantal {shown.unit}" if shown.maat == "aantal" else ""
        when = f"verandering {shown.vanaf}–{shown.jaar}" if shown.maat == CHANGE else shown.jaar
        return f"{shown.indicator.titel}{measure}, per {self.niveau} · {when} · {self.place}"

    @property
    def place(self) -> str:
        """Name of the area."""
        return place_of(self.area)

    @property
    def reading(self) -> str:
        """The two sentences under the map."""
        if self.shown.maat == CHANGE:
            return change_reading(self.shown)
        return reading(
            self.area.naam, self.shown.whole, self.shown.extremes, self.shown.indicator, self.minimum
        )

    @property
    def minimum(self) -> int:
        """Smallest number of people that is shown."""
        return int(self.store.about()["minimum"])

    @property
    def privacy(self) -> str:
        """Which numbers are hidden, and which stand as the source gives them."""
        return (
            f"Een {HIDDEN.format(self.minimum)} "
            "Aantallen van het CBS staan er zoals het CBS ze afrondt en beveiligt."
        )

    @property
    def kinds(self) -> list[str]:
        """How the figures are known, each kind that occurs among the rows or in the figure of the whole."""
        present = {*self.figures["soort"], self.shown.whole["soort"]}
        return [kind for kind in KNOWN_AS if kind in present]

    @property
    def no_effect(self) -> str:
        """What figures that a model made may not be used for; empty where they were counted."""
        return no_effect_of(self.shown.indicator, self.kinds)

    @property
    def marks(self) -> list[str]:
        """Words that must stand beside the title."""
        kinds = [kind for kind in self.kinds if kind not in ("gepubliceerd", "niet getoond", "onbekend")]
        return (["Fictief"] if self.fictive else []) + kinds

    @property
    def sources(self) -> list[str]:
        """Source lines of figures, boundaries and the dots that are drawn."""
        about = self.store.about()
        found = [*self.figures["bron"].unique(), about["bron_grenzen"]]
        lines = [str(line) for line in dict.fromkeys(found) if isinstance(line, str) and line]
        credit = str(about["bron_punten"]) if len(self.points) else ""
        return lines + ([credit] if credit and not any(credit in line for line in lines) else [])

    @property
    def explanation(self) -> list[tuple[str, str]]:
        """Everything a reader must know to use the figures: subject and text, in order."""
        indicator = self.shown.indicator
        lines = [
            ("Wat", indicator.titel),
            ("Gebied", f"{self.area.naam} ({self.area.kind}), per {self.niveau}"),
            ("Jaar", str(self.shown.jaar)),
            ("Eenheid", indicator.eenheid),
            ("Over wie", indicator.mensen),
            ("Uitleg", indicator.uitleg),
            (
                "Eigen eisen en normen",
                deviation.note(self.store.path) if indicator.code == CONFRONTED else "",
            ),
            *[("Bron", line.removeprefix("Bron: ")) for line in self.sources],
            *[("Hoe bekend", KNOWN_AS[kind]) for kind in self.kinds],
            ("Hoe zeker", f"{self.area.naam}: {reliability_reason(self.shown.whole, indicator)}"),
            *about_colours(self),
            ("Afronding", ROUNDED),
            ("Marge", "Onder- en bovengrens zijn de grenzen waartussen het cijfer waarschijnlijk ligt."),
            *[("Vergelijken", note) for note in layer_notes(self.shown)],
            ("Effect van een maatregel", self.no_effect),
            ("Privacy", self.privacy),
            ("Database gemaakt", self.made_text),
        ]
        notice = [("Let op", FICTIVE)] if self.fictive else []
        return notice + [(subject, text) for subject, text in lines if text]

    @cached_property
    def boundaries(self) -> gpd.GeoDataFrame:
        """Boundaries in RD metres as the source has them: code, naam, geometry."""
        frame = area_shapes(self.store, self.area, self.niveau)
        if frame.empty:
            raise Fout(NO_BOUNDARIES)
        return polygons(frame)

    @property
    def has_map(self) -> bool:
        """Whether there are boundaries to draw."""
        return _count_shapes(self.store, self.area, self.niveau) > 0

    @property
    def shapes(self) -> gpd.GeoDataFrame:
        """The same with no more detail than paper shows."""
        if not self.has_map:
            raise Fout(NO_BOUNDARIES)
        return _shapes(self.store, self.area, self.niveau)

    @cached_property
    def drawing(self) -> tuple[Classes, np.ndarray]:
        """Classes of the map and the class of each area in `shapes`."""
        return classes_of(self.shown, list(self.shapes["code"]), self.scale)

    @property
    def around(self) -> gpd.GeoDataFrame | None:
        """What lies around the area, drawn in grey below it; None without."""
        return surrounding_shapes(self.store, self.area)

    @cached_property
    def outlines(self) -> gpd.GeoDataFrame | None:
        """The thicker borders over the map, or None."""
        level = self.view.rand
        if level not in LEVELS or level == self.niveau:
            return None
        frame = drawn_shapes(self.store, self.area, level)
        return frame if len(frame) else None

    @property
    def outline_text(self) -> str:
        """What the thicker borders are; empty without them."""
        return "" if self.outlines is None else f"Grens van een {self.view.rand}"

    @cached_property
    def second(self) -> tuple[list[str], str]:
        """Areas outlined as the second layer, and what that means."""
        return outlined(self.store, self.area, self.shown, self.view.tweede, self.niveau)

    @cached_property
    def points(self) -> pd.DataFrame:
        """Voorzieningen drawn as dots: soort, titel, lat, lon; empty if none were chosen."""
        rows = self.store.ask("punten", soorten=list(self.view.punten) or ["-"])
        return rows[["soort", "titel", "lat", "lon"]]


@remembered
def _shapes(store: Store, area: Area, niveau: str) -> gpd.GeoDataFrame:
    return drawn_shapes(store, area, niveau)


@remembered
def _count_shapes(store: Store, area: Area, niveau: str) -> int:
    return len(area_shapes(store, area, niveau))


def make_sheet(store: Store, view: View, logo: Logo | None = None, scale: Classes | None = None) -> Sheet:
    """Gather everything for the files of one view.

    Parameters
    ----------
    logo, scale
        As in `Sheet`.

    Raises
    ------
    Fout
        When an area or layer is not in the data.
    """
    area = find_area(store, view.gebied) if view.gebied else whole(store)
    codes = list(layers(store)["code"])
    code = view.laag or codes[0]
    if code not in codes:
        raise Fout(f"Van {code!r} zijn er geen cijfers. Kies een code uit: python -m wwz indicatoren.")
    level = area.level(view.niveau)
    shown = shown_layer(store, area, code, level, view)
    sheet = Sheet(store, view, area, level, shown, logo, scale)
    if sheet.figures.empty:
        raise Fout(f"{area.naam} heeft geen gebieden van het niveau {level}. Kies een ander niveau.")
    return sheet
