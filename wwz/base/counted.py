"""A sentence about so many things: of one thing it reads otherwise than of more."""

from __future__ import annotations

import re
from typing import Any

EITHER = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")


def counted(text: str, number: int, /, **also: Any) -> str:
    """Fill a number in, with the words that go with it.

    Parameters
    ----------
    text
        ``{n}`` is where the number stands, ``[punt is|punten zijn]`` what differs between one and more.
    number
        How many.
    also
        What else stands in the text between braces. It is put in as it is, whatever signs are in it.
    """
    chosen = EITHER.sub(r"\1" if number == 1 else r"\2", text)
    return chosen.format(n=f"{number:,}".replace(",", "."), **also)
