"""What can go wrong at a source, by what helps: nothing, another question, or asking again."""

from __future__ import annotations

from wwz.base.errors import Fout

STAYS = "De gegevens van nu blijven staan."


class Weg(Fout):
    """What was asked for does not exist at the source (any more)."""


class Leeg(Weg):
    """The table is there, but has nothing about what was asked."""


class Veranderd(Weg):
    """The table is there, but no longer has the figures it is fetched for."""


class Uitgevallen(Weg):
    """Its source fails now; the rest can do without it."""


class Geweigerd(Fout):
    """The source refuses the question; asking again does not help."""


class Onbruikbaar(Exception):
    """An answer that cannot be used, but may be good at the next try. The text is a Dutch clause."""


class Bezet(Onbruikbaar):
    """The source is too busy; `wait` is the number of seconds it asks for, if it says so."""

    def __init__(self, text: str, wait: float | None) -> None:
        super().__init__(text)
        self.wait = wait
