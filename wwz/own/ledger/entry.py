"""What someone wants to write down, what was written down, and when the two are in each other's way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wwz.base.dates import short_moment
from wwz.base.errors import Fout
from wwz.own.ledger.kinds import Content, Kind

BEHIND = "{wie} wijzigde dit op {wanneer} ook{both}. Er is niets bewaard: kijk wat er moet staan, en bewaar het dan opnieuw."

# What stands in a content and is told of the entry itself as well.
STAMPS = ("wie", "waarom", "wanneer")


@dataclass(frozen=True)
class Change:
    """What someone wants to write down.

    Attributes
    ----------
    soort, sleutel, werd
        What it is about, and what it becomes; None takes it away.
    versie
        The version of this key that the writer saw (0: there was none); None: do not look.
    wie, waarom, wanneer
        Of this entry, where they differ from those of the act as a whole.
    groep
        Where this differs from the change before, a new act begins: for changes that were made one after the other.
    """

    soort: Kind
    sleutel: tuple[str, ...]
    werd: Content | None
    versie: int | None = None
    wie: str = ""
    waarom: str = ""
    wanneer: str = ""
    groep: str = ""


@dataclass(frozen=True)
class Entry:
    """What was written down; `was` and `werd` are None where there was nothing, or where it was taken away or erased."""

    nummer: int
    handeling: int
    soort: str
    sleutel: tuple[str, ...]
    versie: int
    wanneer: str
    wie: str
    login: str
    waarom: str
    was: dict[str, Any] | None
    werd: dict[str, Any] | None
    gewist: str | None = None


class Botsing(Fout):
    """Somebody else changed the same meanwhile: theirs stands, ours is not kept.

    Attributes
    ----------
    nu, gewild
        What stands there now, and what was wanted.
    """

    def __init__(self, nu: Entry, gewild: Change) -> None:
        self.nu, self.gewild = nu, gewild
        both = (
            f": er staat nu {_told(nu.werd)}, en u wilde {_told(gewild.werd)}"
            if not gewild.soort.geheim
            else ""
        )
        moment = short_moment(nu.wanneer)
        super().__init__(BEHIND.format(wie=nu.wie or "Iemand", wanneer=moment, both=both))


def value_text(value: Any) -> str:
    """A value of an entry as people read it."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def _told(content: Content | None) -> str:
    words = [
        value_text(v) for name, v in (content or {}).items() if v not in (None, "") and name not in STAMPS
    ]
    return f"'{', '.join(words)[:120]}'" if words else "niets"
