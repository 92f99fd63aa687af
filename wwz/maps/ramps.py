"""Colours of the maps, for screen and print."""

import numpy as np

MISSING_COLOUR = "#DAD6CB"

# Light to dark, each step clearly darker than the one before: readable without seeing hue.
RAMPS = {
    "behoefte": ("#EAF3F3", "#BFDDDD", "#86BFC2", "#4C979F", "#1F6B78", "#0B4250"),
    "knelpunt": ("#FDF1E6", "#FBD5B0", "#F4AD72", "#E5813C", "#B9480A", "#7A2C04"),
    "neutraal": ("#F1F0F4", "#D5D2DF", "#B1ABC4", "#8A82A5", "#635A82", "#3E355C"),
}


def ramp_colours(ramp: str, count: int, *, reverse: bool = False) -> tuple[str, ...]:
    """Evenly spaced colours of a ramp, light to dark; one colour is a middle tone."""
    anchors = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in RAMPS[ramp]])
    at = np.linspace(0, len(anchors) - 1, count) if count > 1 else np.array([len(anchors) / 2])
    channels = np.column_stack([np.interp(at, np.arange(len(anchors)), channel) for channel in anchors.T])
    colours = tuple("#{:02X}{:02X}{:02X}".format(*map(int, row)) for row in channels.round())
    return colours[::-1] if reverse else colours
