"""How limitations go together: who is frailer has a larger chance of each of them."""

from __future__ import annotations

import numpy as np

from wwz.model.logit import expit, logit

STEPS, EDGE = 4, 1e-6


def wider(strength: float) -> float:
    """About how many times as far levels lie apart as the logits of the shares of all classes together."""
    return float(np.sqrt(1 + 0.35 * strength**2))


def chance(x: np.ndarray, strength: float, z: np.ndarray) -> np.ndarray:
    """The chance in each class of frailty, with one more axis than `x`."""
    return expit(x[..., None] + strength * z)


def level(share: np.ndarray, strength: float, z: np.ndarray) -> np.ndarray:
    """The level (logit) at which all classes together have this share (0-1)."""
    share = np.clip(share, EDGE, 1 - EDGE)
    x = logit(share) * wider(strength)
    for _ in range(2 * STEPS):
        p = chance(x, strength, z)
        mean, slope = p.mean(axis=-1), (p * (1 - p)).mean(axis=-1)
        x = x + np.clip((share - mean) / slope, -2, 2)
    return x


def shifted(
    x: np.ndarray, counts: np.ndarray, wanted: np.ndarray, strength: float, z: np.ndarray
) -> np.ndarray:
    """How far the levels of all ages of a row move together to make the wanted number of people.

    Parameters
    ----------
    x
        Levels of the country, shape (a,).
    counts
        People per row and age, shape (n, a).
    wanted
        People per row who have it, shape (n,).

    Returns
    -------
    numpy.ndarray
        Shape (n,).
    """
    total = np.maximum(EDGE, counts.sum(axis=1))
    share = np.clip(wanted / total, EDGE, 1 - EDGE)
    usual = (counts @ chance(x, strength, z).mean(axis=-1)) / total
    move = (logit(share) - logit(np.clip(usual, EDGE, 1 - EDGE))) * wider(strength)
    wanted = share * total
    for _ in range(STEPS):
        p = chance(x[None, :] + move[:, None], strength, z)
        now = np.einsum("na,nak->n", counts, p) / len(z)
        p *= 1 - p
        rise = np.einsum("na,nak->n", counts, p) / len(z)
        move = move + np.clip(
            np.divide(wanted - now, rise, out=np.zeros(len(now)), where=rise > 1e-12), -2, 2
        )
    return move


def with_any(levels: list[np.ndarray], strength: float, z: np.ndarray) -> np.ndarray:
    """The share with at least one of the limitations with these levels, each of the same shape."""
    none = np.ones((*levels[0].shape, len(z)))
    for x in levels:
        none *= 1 - chance(x, strength, z)
    return 1 - none.mean(axis=-1)
