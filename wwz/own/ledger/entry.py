"""What someone wants to write down, what was written down, and when the two are in each other's way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wwz.base.errors import Fout
from wwz.own.ledger.kinds import Content, Kind

BEHIND = "{wie} wijzigde dit {wanneer} ook{both}. Er is niets bewaard: kijk wat er moet staan, en bewaar het dan opnieuw."


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
        moment = f"op {nu.wanneer[:10]} om {nu.wanneer[11:16]}"
        super().__init__(BEHIND.format(wie=nu.wie or "Iemand", wanneer=moment, both=both))


def _told(content: Content | None) -> str:
    words = [str(value) for value in (content or {}).values() if value not in (None, "")]
    return f"'{', '.join(words)[:120]}'" if words else "niets"
