"""Codes and keys: what a room types, what a phone keeps, and what tells people apart without saying who they are."""

from __future__ import annotations

import hashlib
import hmac
import secrets

# Six letters and digits that nobody takes for another: of O, 0, Q, of I, L, 1, of S, 5, of B, 8, of Z, 2, of G, 6 and of U, V at most one.
ALPHABET = "ACDEFHJKMNPRTWXY34679"
LENGTH = 6
ROOM = "zaal"


def new_code() -> str:
    """A code that cannot be guessed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def as_code(text: str) -> str:
    """A code as somebody typed it; empty when it is none."""
    found = "".join(letter for letter in text.upper() if letter.isalnum())
    return found if len(found) == LENGTH and set(found) <= set(ALPHABET) else ""


def new_token() -> str:
    """What a phone keeps to be recognised."""
    return secrets.token_urlsafe(24)


def person_of(code: str, token: str) -> str:
    """Who a phone is within a session. The token cannot be worked out from it."""
    return hashlib.sha256(f"{code}:{token}".encode()).hexdigest()[:24]


def secret_of(code: str, step: str, token: str) -> str:
    """Who a phone is at a secret step: only with the token one can tell whose it is, and no list of people helps."""
    return hmac.new(token.encode(), f"{code}:{step}".encode(), hashlib.sha256).hexdigest()[:24]


def act_of(code: str, person: str, act: str) -> str:
    """The mark of an act in the ledger: the same act of the same phone is written once, and nobody else's is."""
    return hashlib.sha256(f"sessie:{code}:{person}:{act}".encode()).hexdigest()[:60]
