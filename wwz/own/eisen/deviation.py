"""Where this municipality differs from what the product ships, in words."""

from __future__ import annotations

from pathlib import Path

from wwz.own.eisen import matrix, norms

MOST_NAMED = 6


def summary(database: Path) -> str:
    """In one sentence: how many eisen and norms differ from what is shipped."""
    eisen, normen = len(matrix.deviations(database)), len(norms.deviations(database))
    if not eisen + normen:
        return "Alles staat zoals geleverd: onze aannames, tot u ze wijzigt."
    counts = ((eisen, "eis" if eisen == 1 else "eisen"), (normen, "norm" if normen == 1 else "normen"))
    words = " en ".join(f"{number} {word}" for number, word in counts if number)
    return f"Anders dan geleverd: {words}."


def note(database: Path) -> str:
    """For a file that leaves the product: what differs, by name; empty when nothing does."""
    if matrix.deviations(database).empty and norms.deviations(database).empty:
        return ""
    named = [
        f"{row.titel}: {row.waarde:g} {row.eenheid} (geleverd {row.geleverd:g})".replace(".", ",")
        for row in norms.deviations(database).head(MOST_NAMED).itertuples()
    ]
    return " ".join([summary(database), *(f"{text}." for text in named)])
