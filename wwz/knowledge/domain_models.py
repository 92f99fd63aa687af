"""The domain as typed, read-only records. No rules and no reading here: see ``domain.py``.

Every record that holds a figure or a judgement carries ``bron`` (a code in ``bronnen.toml``), ``jaar`` and
``merk``: S found in the source, K recalled and to be checked, A our own assumption.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Sleutel = tuple[str, str, str]
"""(doelgroep, mantelzorg, randvoorwaarde): the key of one cell of the matrix of eisen."""


@dataclass(frozen=True)
class Keuze:
    """One value of a fixed list: a graad, mantelzorgsituatie, groep, domein, cluster or ernst."""

    code: str
    titel: str
    uitleg: str = ""


@dataclass(frozen=True)
class Beperking:
    """How far a doelgroep is limited in one functional domain, from ``ernst_van`` to ``ernst_tot``."""

    domein: str
    ernst_van: str
    ernst_tot: str
    toelichting: str
    bron: str
    jaar: int
    merk: str


@dataclass(frozen=True)
class Doelgroep:
    """One of the twelve doelgroepen, with its limitations and the map layers closest to them.

    ``aandeel_zzp`` is the part of the zzp that belongs to this doelgroep (0-1; 1 when not split).
    ``lagen`` are indicator codes without an age suffix.
    """

    code: str
    titel: str
    kort: str
    cluster: str
    zzp: str
    leeftijd: str
    leeftijd_merk: str
    omschrijving: str
    netwerk: str
    netwerk_merk: str
    lagen: tuple[str, ...]
    beperkingen: tuple[Beperking, ...]
    bron: str
    jaar: int
    merk: str
    aandeel_zzp: float = 1.0


@dataclass(frozen=True)
class Extramuralisering:
    """People per zzp on ``peildatum`` who live at home from year ``tempo`` on.

    ``aandeel`` is the part of the zzp that ``aantal`` counts (0-1).
    """

    zzp: str
    sector: str
    aantal: int
    tempo: int
    peildatum: date
    doelgroepen: tuple[str, ...]
    bron: str
    jaar: int
    merk: str
    aandeel: float = 1.0


@dataclass(frozen=True)
class Randvoorwaarde:
    """One condition for living at home, and how it can be known.

    ``norm_m`` is in metres, for a condition that is about a distance. What decides it is in the `Meetregel` rows.
    """

    code: str
    groep: str
    titel: str
    uitleg: str
    hoe_uitzoeken: str
    wat_kan_helpen: tuple[str, ...]
    bron: str
    jaar: int
    merk: str
    norm_m: int | None = None
    meetnoot: str = ""


@dataclass(frozen=True)
class Meetregel:
    """What decides, bounds or signals randvoorwaarden (``werking``), by a kind of rule (``regel``: sql/meetregels).

    ``randvoorwaarden`` is empty for all of them. A text among ``parameters`` is the name of a number elsewhere.
    """

    regel: str
    werking: str
    toelichting: str
    bron: str
    jaar: int
    merk: str
    randvoorwaarden: tuple[str, ...] = ()
    indicatoren: tuple[str, ...] = ()
    parameters: Mapping[str, float | str] | None = None


@dataclass(frozen=True)
class Eis:
    """How necessary one randvoorwaarde is (N, W, F or -) for a doelgroep in a mantelzorgsituatie, and why."""

    doelgroep: str
    mantelzorg: str
    randvoorwaarde: str
    graad: str
    reden: str
    bron: str
    jaar: int
    merk: str


@dataclass(frozen=True)
class Norm:
    """A norm or calculation rule; ``waarde_tot`` is the upper end when the source gives a range."""

    code: str
    titel: str
    waarde: float
    eenheid: str
    toelichting: str
    bron: str
    jaar: int
    merk: str
    waarde_tot: float | None = None
    voorziening: str = ""
    voorzieningen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Referentie:
    """One national figure for one group; ``indicator`` is filled when the figure belongs to an indicator."""

    code: str
    omschrijving: str
    groep: str
    waarde: float
    eenheid: str
    jaar: int
    bron: str
    merk: str
    indicator: str = ""
    noot: str = ""


@dataclass(frozen=True)
class Begrip:
    """A word used on screen, explained in at most two sentences."""

    code: str
    term: str
    uitleg: str
    bron: str = ""


@dataclass(frozen=True)
class Bron:
    """A source with its licence and source line; ``tabellen`` maps a year to the publisher's table id."""

    code: str
    soort: str
    titel: str
    uitgever: str
    licentie: str
    naamsvermelding: str
    toelichting: str
    jaar: int
    jaar_merk: str = "S"
    url: str = ""
    tabellen: Mapping[int, str] | None = None

    def regel(self, jaar: int) -> str:
        """The source line for a figure of ``jaar``."""
        return self.naamsvermelding.replace("{jaar}", str(jaar))


@dataclass(frozen=True)
class Domein:
    """All knowledge files together. Mappings keep the order of the files."""

    doelgroepen: Mapping[str, Doelgroep]
    extramuralisering: tuple[Extramuralisering, ...]
    randvoorwaarden: Mapping[str, Randvoorwaarde]
    meetregels: tuple[Meetregel, ...]
    eisen: Mapping[Sleutel, Eis]
    normen: Mapping[str, Norm]
    referenties: Mapping[str, Referentie]
    begrippen: Mapping[str, Begrip]
    bronnen: Mapping[str, Bron]
    graden: Mapping[str, Keuze]
    mantelzorg: Mapping[str, Keuze]
    groepen: Mapping[str, Keuze]
    clusters: Mapping[str, Keuze]
    functiedomeinen: Mapping[str, Keuze]
    ernst: Mapping[str, Keuze]
    lagen: tuple[str, ...]
    herkomst: Mapping[str, str]
