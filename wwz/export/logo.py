"""The municipality's own logo: a PNG or SVG file, distrusted until it is checked, and drawn to pixels once."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import resvg_py
from PIL import Image

from wwz.base.errors import Fout
from wwz.maps.letters import NAME, font_files

MOST_BYTES = 2_000_000
MOST_SIDE = 6000  # pixels of a PNG; a small file can hold a huge picture
MOST_ELEMENTS = 5000
KEPT_SIDE = 1000  # pixels; sharp at 300 dpi on the largest paper
_PNG = b"\x89PNG\r\n\x1a\n"
# Parts that run, fetch or embed. Filters are left out because they can take minutes.
_FORBIDDEN = {
    "script",
    "foreignObject",
    "image",
    "feImage",
    "filter",
    "iframe",
    "audio",
    "video",
    "set",
    "animate",
}
_ADVICE = "Vraag de vormgever om een gewoon PNG- of SVG-bestand."


@dataclass(frozen=True)
class Logo:
    """A logo as PNG.

    Attributes
    ----------
    png
        The content of the file, without anything but pixels.
    wide, high
        Size in pixels.
    """

    png: bytes
    wide: int
    high: int

    @property
    def pixels(self) -> np.ndarray:
        """Shape (high, wide, 4)."""
        return np.asarray(Image.open(io.BytesIO(self.png)).convert("RGBA"))

    def fit(self, wide: float, high: float) -> tuple[float, float]:
        """The largest size within `wide` by `high`, in the same unit."""
        factor = min(wide / self.wide, high / self.high)
        return self.wide * factor, self.high * factor


def read_logo(path: Path | None) -> Logo | None:
    """The logo of config.toml, or None without one.

    Raises
    ------
    Fout
        If the file is not there, too large, or not a harmless PNG or SVG.
    """
    if path is None:
        return None
    try:
        stat = path.stat()
    except OSError as error:
        raise Fout(
            f"Het logo {path.name} bestaat niet. Verbeter organisatie.logo in config.toml, of maak het leeg."
        ) from error
    if not path.is_file() or stat.st_size > MOST_BYTES:
        raise Fout(
            f"Het logo {path.name} is geen bestand van hoogstens {MOST_BYTES // 1_000_000} MB. {_ADVICE}"
        )
    return _read(path, stat.st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Logo:
    content = path.read_bytes()
    try:
        picture = _from_png(content) if content.startswith(_PNG) else _from_svg(content)
    except (ValueError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise Fout(f"Het logo {path.name} is niet te gebruiken. {_ADVICE}") from error
    picture.thumbnail((KEPT_SIDE, KEPT_SIDE))
    target = io.BytesIO()
    # Only the pixels: what else a PNG can carry along does not reach a reader.
    Image.frombytes("RGBA", picture.size, picture.tobytes()).save(target, format="PNG")
    return Logo(target.getvalue(), *picture.size)


def _from_png(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content), formats=["PNG"])
    if max(picture.size) > MOST_SIDE:
        raise ValueError("too large")
    return picture.convert("RGBA")


def _from_svg(content: bytes) -> Image.Image:
    text = content.decode("utf-8-sig")
    if re.search(r"<!\s*(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise ValueError("entities")
    root = ElementTree.fromstring(text)
    elements = list(root.iter())
    if _name(root) != "svg" or len(elements) > MOST_ELEMENTS or not all(map(_harmless, elements)):
        raise ValueError("not a harmless drawing")
    _refuse_nested_copies(root)
    fonts = [str(path) for path in font_files().values()]
    drawn = resvg_py.svg_to_bytes(
        svg_string=text, width=KEPT_SIDE, skip_system_fonts=True, font_files=fonts,
        font_family=NAME, sans_serif_family=NAME, serif_family=NAME,
    )  # fmt: skip
    return _from_png(bytes(drawn))


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _harmless(element: ElementTree.Element) -> bool:
    texts = [element.text or "" if _name(element) == "style" else "", *element.attrib.values()]
    addresses = [value for key, value in element.attrib.items() if key.rsplit("}", 1)[-1] == "href"]
    return (
        _name(element) not in _FORBIDDEN
        and all(address.startswith("#") for address in addresses)
        and not any(key.lower().startswith("on") for key in element.attrib)
        and not any(re.search(r"@import|url\(\s*['\"]?(?!#)", text, re.IGNORECASE) for text in texts)
    )


def _refuse_nested_copies(root: ElementTree.Element) -> None:
    """A copy of a copy of a copy … is a small file that becomes a million shapes."""
    holders = {one.get("id") for one in root.iter() if any(_name(part) == "use" for part in one.iter())}
    for one in root.iter():
        if _name(one) == "use":
            address = next((v for k, v in one.attrib.items() if k.rsplit("}", 1)[-1] == "href"), "#")
            if address[1:] in holders:
                raise ValueError("copies of copies")
