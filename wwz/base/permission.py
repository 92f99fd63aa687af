"""Who may do what: every function that changes or shows something of the municipality asks here, whatever a screen shows.

Who works on the machine itself (a command, a build) may do everything; of a visitor the screens say who it is (`ask_whom`).
"""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from wwz.base.errors import Fout
from wwz.base.settings import Settings


class Rol(IntEnum):
    """What somebody may do; each may also do what stands before it."""

    GEEN = 0
    KIJKEN = 1
    INVOEREN = 2
    BEHEREN = 3


ROLES = {rol.name.lower(): rol for rol in Rol}
# What can be done, and from which role on.
ACTIONS = {
    "kijken": Rol.KIJKEN,
    "opgave": Rol.INVOEREN,
    "punt": Rol.INVOEREN,
    "plan": Rol.INVOEREN,
    "klus": Rol.INVOEREN,
    "rondleiding": Rol.INVOEREN,
    "gebied": Rol.INVOEREN,
    "telling": Rol.INVOEREN,
    "prognose": Rol.INVOEREN,
    "buurtsoort": Rol.INVOEREN,
    "bouwplan": Rol.INVOEREN,
    "regio": Rol.INVOEREN,
    "eigen cijfers zien": Rol.INVOEREN,
    "uitrekenen": Rol.INVOEREN,
    "sessie": Rol.INVOEREN,
    "eis": Rol.BEHEREN,
    "norm": Rol.BEHEREN,
    "regiodefinitie": Rol.BEHEREN,
    "ophalen": Rol.BEHEREN,
    "wie deed wat": Rol.BEHEREN,
    "terugdraaien": Rol.BEHEREN,
}
REFUSED = "U mag dit niet doen: daarvoor is de rol {} nodig. Vraag de beheerder erom."
GROUP = "groep:"


@dataclass(frozen=True)
class Actor:
    """Who does something: the name to note (may be empty), the role, and what the login said (an e-mail address)."""

    naam: str
    rol: Rol
    login: str = ""


_ask: list[Callable[[], Actor | None]] = []
# Who does something in this task or thread, where that is not who looks at a screen.
_acting: ContextVar[Actor | None] = ContextVar("acting", default=None)


def ask_whom(who: Callable[[], Actor | None]) -> None:
    """Say how a visitor is recognised; `who` gives None outside the run of a screen."""
    _ask[:] = [who]


@contextmanager
def acting(who: Actor) -> Iterator[None]:
    """Do something as somebody: for requests that no screen of the framework stands behind."""
    token = _acting.set(who)
    try:
        yield
    finally:
        _acting.reset(token)


def actor() -> Actor:
    """Who does something now."""
    if (by := _acting.get()) is not None:
        return by
    found = _ask[0]() if _ask else None
    return found or Actor(_operator(), Rol.BEHEREN)


def _operator() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "beheerder"


def may(action: str) -> bool:
    """Whether who is here may do this (a name of `ACTIONS`)."""
    return actor().rol >= ACTIONS[action]


def need(action: str) -> Actor:
    """Who does it, if they may.

    Raises
    ------
    Fout
        When their role does not allow it.
    """
    found = actor()
    if found.rol < ACTIONS[action]:
        raise Fout(REFUSED.format(ACTIONS[action].name.lower()))
    return found


def role_of(settings: Settings, known: Mapping[str, Any]) -> Rol:
    """The role of a visitor.

    Parameters
    ----------
    settings
        Without lists of roles, `invoer.bewerken` says who may do everything; the others look.
    known
        What the login said: is_logged_in, email, and the claim with groups. Empty: not logged in, or no login set up.
    """
    logged_in = bool(known.get("is_logged_in"))
    lists = {Rol.BEHEREN: settings.beheren, Rol.INVOEREN: settings.invoeren, Rol.KIJKEN: settings.kijken}
    if not any(lists.values()):
        free = settings.bewerken == "iedereen" or (settings.bewerken == "ingelogd" and logged_in)
        return Rol.BEHEREN if free else ROLES[settings.anders]
    for rol, allowed in lists.items():
        if logged_in and any(_is(pattern.strip().lower(), known, settings.groepen) for pattern in allowed):
            return rol
    return ROLES[settings.anders]


def _is(pattern: str, known: Mapping[str, Any], claim: str) -> bool:
    """Whether a line of a list is this visitor; `claim` holds their groups. An address and a group are never the other."""
    if pattern.startswith(GROUP):
        groups = known.get(claim) or ()
        names = [groups] if isinstance(groups, str) else groups
        return pattern.removeprefix(GROUP).strip() in {str(name).strip().lower() for name in names}
    address = str(known.get("email") or "").strip().lower()
    # An address that the provider says it has not verified is nobody's.
    if "@" not in address or known.get("email_verified") is False:
        return False
    return address == pattern or (pattern.startswith("*@") and address.rpartition("@")[2] == pattern[2:])
