"""A sign per area for the browser, with as many signs in a letter as fit: half as many bytes, or less.

The letters are those that stay one byte in a script within JSON. `unpack` in js/hulp.js reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np

LETTERS = np.array([chr(code) for code in range(40, 127) if chr(code) not in "<>\\"])


def packed(signs: Sequence[str]) -> dict[str, str | int]:
    """The signs (one letter each) in order.

    Returns
    -------
    dict
        signs: which there are; length: how many; packed: the number of each, the first one in the lowest place.
    """
    kinds, numbers = np.unique(np.asarray(signs, dtype=str), return_inverse=True)
    base = len(kinds)
    found: dict[str, str | int] = {"signs": "".join(kinds), "length": len(numbers), "packed": ""}
    if base > 1:
        each = int(log(len(LETTERS)) / log(base) + 1e-9)
        filled = np.append(numbers, np.zeros(-len(numbers) % each, dtype=int)).reshape(-1, each)
        found["packed"] = "".join(LETTERS[filled @ base ** np.arange(each)])
    return found
