"""Names go after a set time; what came out of a session stays."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from wwz.base.limits import Limits
from wwz.own.ledger.open import ledger
from wwz.sessie import kinds
from wwz.sessie.room import rooms

NAME = "sessie_namen_dagen"
BY, WHY = "WWZ-wijzer", "Namen worden na een vaste tijd gewist"


def forget_names(database: Path, limits: Limits, today: date | None = None) -> int:
    """Erase who took part in sessions that are long over; gives how many people.

    Parameters
    ----------
    today
        Today; for who looks ahead.
    """
    last = (today or date.today()) - timedelta(days=limits[NAME])
    gone = 0
    for found in rooms(database):
        people = found.people()
        if people and date.fromisoformat(found.about["datum"]) < last:
            keys = [(found.code, one.id) for one in people]
            ledger(database).erase(kinds.PERSON, keys, BY, WHY)
            found.refresh()
            gone += len(keys)
    return gone
