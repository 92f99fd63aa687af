"""Colours of letters, lines and single planes, on screen and in files: those of knowledge/kleuren.toml, by name."""

from wwz.knowledge import load_toml

INKS: dict[str, str] = load_toml("kleuren.toml")["inkt"]
INK, ACCENT, BODY, SOFT = (INKS[name] for name in ("inkt", "accent", "tekst", "zacht"))
WHITE, PAPER = INKS["wit"], INKS["papier"]
NEED, OWN, TRACK, TRACK_LINE, BAND = (
    INKS[name] for name in ("behoefte", "eigen", "baan", "baan_streep", "band")
)
EDGE, BORDER, EMPTY, HATCHING = (INKS[name] for name in ("gebiedsrand", "grens", "leeg", "arcering"))
FEW, FEW_DOTS, HELD, HELD_BARS = (
    INKS[name] for name in ("weinig", "weinig_stip", "beschermd", "beschermd_streep")
)
WATER_PLANE, WATER_LINES, AROUND, AROUND_LINE = (
    INKS[name] for name in ("water", "water_lijn", "omgeving", "omgeving_rand")
)
CAPTION, TOOLTIP = INKS["bijschrift"], INKS["kaarttekst"]
PURPLE, RED, OCHRE, WINE, TEAL = (INKS[name] for name in ("paars", "rood", "oker", "wijnrood", "zeegroen"))
MARK, FICTIVE, RULE, STRIPE = (INKS[name] for name in ("merk", "fictief", "tabellijn", "tabelrij"))
_DARK: dict[str, str] = load_toml("kleuren.toml")["inkt_donker"]
# A colour, and the one that does the same on a dark screen.
ON_DARK = {INKS[name]: colour for name, colour in _DARK.items()}
CLEAR = "rgba(0,0,0,0)"


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255, of a colour such as ``#0B4250``."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def bare(colour: str) -> str:
    """A colour as office formats write it: without the hash."""
    return colour.removeprefix("#")


def see_through(colour: str, part: float) -> str:
    """A colour that lets what is behind it through, for a chart."""
    return f"rgba({', '.join(map(str, rgb(colour)))}, {part:g})"
