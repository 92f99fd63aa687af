"""The typeface of the screen on paper: Source Sans as Streamlit brings it, made ready for matplotlib and PDF."""

from __future__ import annotations

import os
import tempfile
from base64 import b64encode
from functools import cache, lru_cache
from importlib.metadata import version as version_of
from importlib.util import find_spec
from pathlib import Path

import matplotlib
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.textpath import text_to_path

from wwz.base.paths import STATIC

# The licence of Source Sans (OFL) asks that what is changed gets a name of its own.
NAME = "WWZ Sans"
FALLBACK = "DejaVu Sans"
VERSION = 1
WEIGHTS = {"normal": 400, "bold": 700}
# Latin with accents, punctuation, currency, arrows, mathematics, a tick and a dot.
LETTERS = (
    (0x20, 0x250),
    (0x2000, 0x2070),
    (0x20A0, 0x20C0),
    (0x2190, 0x2270),
    (0x2713, 0x2714),
    (0x25CF, 0x25D0),
)
_SOURCE = "SourceSansVF-Upright*.woff2"
_NAMES = {1: NAME, 4: NAME, 6: NAME.replace(" ", ""), 16: NAME}


@cache
def font_files() -> dict[str, Path]:
    """The files of the typeface: `normal` and `bold`, as TrueType.

    Made once and kept in static/vendor, or in the folder for temporary files where that cannot be written. Without
    the typeface of Streamlit it is that of matplotlib.
    """
    found = upright_letters()
    if not found:
        folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
        return {"normal": folder / "DejaVuSans.ttf", "bold": folder / "DejaVuSans-Bold.ttf"}
    folder = _folder() / f"letters-{VERSION}-{version_of('streamlit')}"
    return {weight: _made(found[0], folder, weight) for weight in WEIGHTS}


def upright_letters() -> list[Path]:
    """The file of the typeface as the server hands it to browsers, at static/media; empty where Streamlit brings none."""
    return sorted(_media().glob(_SOURCE))


def _media() -> Path:
    """Where the package keeps its typeface; looked up without importing it, as nothing here draws on a screen."""
    return Path(find_spec("streamlit").origin).parent / "static" / "static" / "media"


def _folder() -> Path:
    vendor = STATIC / "vendor"
    place = vendor if vendor.is_dir() else vendor.parent
    return vendor if os.access(place, os.W_OK) else Path(tempfile.gettempdir()) / "wwz-letters"


def _made(source: Path, folder: Path, weight: str) -> Path:
    target = folder / f"{weight}.ttf"
    if target.exists():
        return target
    font = TTFont(source)
    font.flavor = None
    options = subset.Options(
        layout_features=["kern", "mark", "mkmk", "ccmp"], name_IDs=["*"], notdef_outline=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in LETTERS for code in range(first, last)])
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": WEIGHTS[weight]})
    for record in font["name"].names:
        if record.nameID in (2, 17):
            record.string = "Bold" if weight == "bold" else "Regular"
        record.string = _NAMES.get(record.nameID, record.string)
    font["OS/2"].usWeightClass = WEIGHTS[weight]
    folder.mkdir(parents=True, exist_ok=True)
    # Two at the same time make the same file; neither reads half of the other's.
    handle, name = tempfile.mkstemp(dir=folder, suffix=".ttf")
    os.close(handle)
    font.save(name)
    os.replace(name, target)
    return target


@cache
def family() -> tuple[str, ...]:
    """Names of typefaces for matplotlib, the first that has a letter is used."""
    names = []
    for path in font_files().values():
        fontManager.addfont(path)
        names.append(fontManager.ttflist[-1].name)
    return tuple(dict.fromkeys([*names, FALLBACK]))


@cache
def font_faces() -> str:
    """CSS that brings the typeface along in a file of one piece: an SVG or an HTML page."""
    return "".join(
        f"@font-face{{font-family:'{NAME}';font-weight:{weight};src:url(data:font/ttf;base64,"
        f"{b64encode(path.read_bytes()).decode()})}}"
        for weight, path in font_files().items()
    )


def width_of(text: str, points: float, bold: bool = False) -> float:
    """Width of a line of text in inches."""
    return _width(text, bold) * points / 72


@lru_cache(maxsize=20_000)
def _width(text: str, bold: bool) -> float:
    """Width of a line of text in letters of one point: it grows with the letters, and maps say the same names over and over."""
    look = FontProperties(family=list(family()), size=1, weight="bold" if bold else "normal")
    wide, _, _ = text_to_path.get_text_width_height_descent(text, look, ismath=False)
    return float(wide)


def wrap(text: str, points: float, room: float, bold: bool = False) -> list[str]:
    """Lines of text that fit in `room` inches; one word that does not fit stays whole."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, points, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]
