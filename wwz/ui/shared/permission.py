"""Who may write down what the municipality knows, and under which name (config.toml, invoer.bewerken)."""

from __future__ import annotations

import secrets

import streamlit as st

from wwz.ui.shared import parts, state

NAME, MARK = "naam-van-wie-bewerkt", "kenmerk-van-wie-bewerkt"
# Where on the pages of this session the name was asked.
PLACES = "plaatsen-van-de-naam"
LONGEST = 100
NOBODY = "Op deze server kan niemand iets wijzigen. De beheerder kan dat toestaan met invoer.bewerken in config.toml."
LOG_IN = "Alleen wie is ingelogd, kan hier iets wijzigen."
NO_LOGIN = "Alleen wie is ingelogd, kan hier iets wijzigen. Inloggen is op deze server nog niet ingesteld; vraag de beheerder erom."


def may_edit() -> bool:
    """Whether this visitor may write own data of the municipality."""
    who = state.settings().bewerken
    return who == "iedereen" or (who == "ingelogd" and bool(_login().get("is_logged_in")))


def editor_name() -> str:
    """The name under which is written: from the login, or asked once per session; empty until it is known."""
    known = _login()
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
    known = _login()
    if known.get("is_logged_in"):
        return str(known.get("email") or known.get("sub") or known.get("name") or "ingelogd")
    return st.session_state.setdefault(MARK, secrets.token_hex(8))


def gate(place: str = "") -> bool:
    """Ask for the name where that is needed; without permission, say why.

    Parameters
    ----------
    place
        Tells the fields apart where a page has more than one.

    Returns
    -------
    bool
        Whether the screen may show its fields to write in. The name may still be empty: see `editor_name`.
    """
    if not may_edit():
        explain(place)
        return False
    if not _login().get("is_logged_in"):
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


def explain(place: str = "") -> None:
    """Say why this visitor may not write; `place` tells the buttons apart where a page has more than one."""
    if state.settings().bewerken == "niemand":
        parts.note(NOBODY)
    elif "is_logged_in" in _login():
        parts.note(LOG_IN)
        st.button("Inloggen", on_click=st.login, key=f"inloggen{place}")
    else:
        parts.note(NO_LOGIN)


def _login() -> dict:
    """What is known of the visitor; without a login set up on this server, nothing."""
    return dict(st.user.to_dict())
