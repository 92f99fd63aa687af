"""A sign per area for the browser, with as many signs in a letter as fit: half as many bytes, or less.

The letters are those that stay one byte in a script within JSON. `unpack` in js/hulp.js reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log

import numpy as np

LETTERS = np.array([chr(code) for code in range(40, 127) if chr(code) not in "<>\\"])


def packed(
    signs: Sequence[str] | np.ndarray, named: Callable[[np.ndarray], np.ndarray] | None = None
) -> dict[str, str | int]:
    """The signs in order.

    Parameters
    ----------
    signs
        One letter each; or numbers, which is quicker.
    named
        The letters of numbers; without it they are digits.

    Returns
    -------
    dict
        signs: which there are; length: how many; packed: the number of each, the first one in the lowest place.
    """
    kinds, numbers = np.unique(np.asarray(signs), return_inverse=True)
    base = len(kinds)
    found: dict[str, str | int] = {
        "signs": "".join(map(str, named(kinds) if named else kinds)),
        "length": len(numbers),
        "packed": "",
    }
    if base > 1:
        each = int(log(len(LETTERS)) / log(base) + 1e-9)
        filled = np.append(numbers, np.zeros(-len(numbers) % each, dtype=int)).reshape(-1, each)
        found["packed"] = "".join(LETTERS[filled @ base ** np.arange(each)])
    return found
