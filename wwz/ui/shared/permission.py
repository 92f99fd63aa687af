"""Who is looking: the role and the name of a visitor (config.toml, rollen and invoer.bewerken), and what they read without one.

A button that is not shown is a courtesy; the functions themselves ask :mod:`wwz.base.permission`.
"""

from __future__ import annotations

import secrets

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from wwz.base import permission
from wwz.base.permission import Actor, Rol
from wwz.base.settings import Settings
from wwz.ui.shared import parts, state

NAME, MARK = "naam-van-wie-bewerkt", "kenmerk-van-wie-bewerkt"
# Where on the pages of this session the name was asked.
PLACES = "plaatsen-van-de-naam"
LONGEST = 100
# Sessions of the house itself (`ahead`): they may look, and nobody sees what they see.
HOUSE: set[str] = set()
NOBODY = "Op deze server kan niemand iets wijzigen. De beheerder kan dat toestaan met invoer.bewerken in config.toml."
LOG_IN = "Alleen wie is ingelogd, kan hier iets wijzigen."
NO_LOGIN = "Alleen wie is ingelogd, kan hier iets wijzigen. Inloggen is op deze server nog niet ingesteld; vraag de beheerder erom."


def visitor() -> Actor | None:
    """Who this run of a screen is for; None outside one."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return None
    if context.session_id in HOUSE:
        return Actor("", Rol.KIJKEN)
    known = known_login()
    login = str(known.get("email") or known.get("sub") or "") if known.get("is_logged_in") else ""
    return Actor(editor_name(), permission.role_of(state.settings(), known), login)


permission.ask_whom(visitor)


def may_edit(action: str = "opgave") -> bool:
    """Whether this visitor may do something; without a name: write own data of the municipality."""
    return permission.may(action)


def editor_name() -> str:
    """The name under which is written: from the login, or asked once per session; empty until it is known."""
    known = known_login()
    if known.get("is_logged_in"):
        return str(known.get("name") or known.get("email") or "ingelogd")[:LONGEST]
    return _just_typed() or st.session_state.get(NAME, "")


def _just_typed() -> str:
    """A name that was typed and not yet kept: who types it and presses a button at once, has filled it in."""
    for place in st.session_state.get(PLACES, ()):
        field = f"{NAME}-veld{place}"
        typed = _tidy(st.session_state.get(field, ""))
        if typed != st.session_state.get(f"{field}-getoond", typed):
            return typed
    return ""


def _tidy(name: str) -> str:
    return name.strip()[:LONGEST]


def mark() -> str:
    """What tells this visitor apart from others: the login, or else this session."""
    known = known_login()
    if known.get("is_logged_in"):
        return str(known.get("email") or known.get("sub") or known.get("name") or "ingelogd")
    return st.session_state.setdefault(MARK, secrets.token_hex(8))


def gate(place: str = "", action: str = "opgave") -> bool:
    """Ask for the name where that is needed; without permission, say why.

    Parameters
    ----------
    place
        Tells the fields apart where a page has more than one.
    action
        What is done there (:data:`wwz.base.permission.ACTIONS`).

    Returns
    -------
    bool
        Whether the screen may show its fields to write in. The name may still be empty: see `editor_name`.
    """
    if not may_edit(action):
        explain(place, action)
        return False
    if not known_login().get("is_logged_in"):
        _ask_name(place)
    return True


def _ask_name(place: str) -> None:
    # The widget's own value is forgotten on a page without it; the name should last as long as the session.
    field = f"{NAME}-veld{place}"
    st.session_state[field] = st.session_state[f"{field}-getoond"] = st.session_state.get(NAME, "")
    st.session_state[PLACES] = {*st.session_state.get(PLACES, ()), place}

    def keep() -> None:
        st.session_state[NAME] = _tidy(st.session_state[field])

    st.text_input(
        "Uw naam of organisatie",
        key=field,
        max_chars=LONGEST,
        on_change=keep,
        help="Staat bij alles wat u wijzigt, zodat later te zien is van wie het komt.",
    )


def explain(place: str = "", action: str = "opgave") -> None:
    """Say why this visitor may not do something; `place` tells the buttons apart where a page has more than one."""
    settings, known = state.settings(), known_login()
    if known.get("is_logged_in"):
        parts.note(permission.REFUSED.format(permission.ACTIONS[action].name.lower()))
    elif settings.bewerken == "niemand" and not has_roles(settings):
        parts.note(NOBODY)
    elif "is_logged_in" in known:
        parts.note(LOG_IN)
        st.button("Inloggen", on_click=st.login, key=f"inloggen{place}")
    else:
        parts.note(NO_LOGIN)


def has_roles(settings: Settings) -> bool:
    """Whether anyone has a role by name."""
    return bool(settings.kijken or settings.invoeren or settings.beheren)


def may_look() -> bool:
    """Whether this visitor may see the screens at all; else the way to log in is shown."""
    if may_edit("kijken"):
        return True
    parts.title("WWZ-wijzer", "Alleen wie is uitgenodigd, kan hier kijken.")
    explain("-kijken", "kijken")
    return False


def log_out() -> None:
    """For who is logged in: as whom, with which role, and the way out."""
    known = known_login()
    if known.get("is_logged_in"):
        role = permission.actor().rol.name.lower()
        parts.note(f"Ingelogd als {editor_name()}, met de rol {role}.")
        st.button("Uitloggen", on_click=st.logout, key="uitloggen")


def known_login() -> dict:
    """What is known of the visitor; without a login set up on this server, nothing."""
    return dict(st.user.to_dict())
