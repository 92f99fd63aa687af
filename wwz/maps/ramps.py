"""Colours of the maps, for screen and print, on light and on dark."""

import numpy as np

# Steps of equal size for eyes with and without red or green cones (tests/test_colours.py).
RAMPS = {
    "behoefte": ("#EAF3F3", "#99C9CB", "#5FA3AA", "#3A848E", "#1C6673", "#0B4250"),
    "knelpunt": ("#FDF1E6", "#FBD3AC", "#F0A063", "#D56D2B", "#B6460A", "#7A2C04"),
    "neutraal": ("#F1F0F4", "#C5C1D3", "#9F98B6", "#7F769B", "#60577F", "#3E355C"),
}
# On a dark screen the other way round: what asks for attention is light.
DARK_RAMPS = {
    "behoefte": ("#143A44", "#22606B", "#37828C", "#59A3AC", "#90CBCF", "#E6F7F6"),
    "knelpunt": ("#44250F", "#79400F", "#AE601B", "#D8853B", "#F7BA83", "#FFE8CF"),
    "neutraal": ("#2E2B40", "#544E6D", "#776F94", "#9891B4", "#C2BDD6", "#F0EEF7"),
}
# Change: less, no clear difference, more; each side from weak to strong.
DIVERGING = ("#1C6674", "#99C9CC", "#FAF6E8", "#F0A064", "#9A3B08")
DARK_DIVERGING = ("#90CBD0", "#37828D", "#1C2427", "#AE601C", "#F7BA84")
# Kinds of voorzieningen: as far apart as they go for every eye, and all of them clear on white.
POINT_COLOURS = ("#4B0082", "#009E73", "#6B4E00", "#1C7ED6", "#000000", "#495057")
_MOST_CLASSES = 7


def ramp_colours(ramp: str, count: int, *, reverse: bool = False, dark: bool = False) -> tuple[str, ...]:
    """Evenly spaced colours of a ramp; one colour is a middle tone.

    Parameters
    ----------
    ramp
        Name in `RAMPS`.
    count
        Number of colours.
    reverse
        The last colour first.
    dark
        For a dark screen, where the ramp runs from dark to light.
    """
    chosen = (DARK_RAMPS if dark else RAMPS)[ramp]
    anchors = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in chosen])
    at = np.linspace(0, len(anchors) - 1, count) if count > 1 else np.array([len(anchors) / 2])
    channels = np.column_stack([np.interp(at, np.arange(len(anchors)), channel) for channel in anchors.T])
    colours = tuple("#{:02X}{:02X}{:02X}".format(*map(int, row)) for row in channels.round())
    return colours[::-1] if reverse else colours


_ON_DARK = {
    light: dark
    for ramp in RAMPS
    for count in range(1, _MOST_CLASSES + 1)
    for light, dark in zip(ramp_colours(ramp, count), ramp_colours(ramp, count, dark=True), strict=True)
} | dict(zip(DIVERGING, DARK_DIVERGING, strict=True))


def on_dark(colour: str) -> str:
    """The colour in the same place of the ramp for a dark screen; any other colour stays what it is."""
    return _ON_DARK.get(colour, colour)
