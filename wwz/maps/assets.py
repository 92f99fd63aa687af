"""Everything the visitor's browser loads for a map, served by our own server.

folium and streamlit-folium point to public CDNs. A municipal firewall blocks those, and each request would
hand a visitor's address to a third party. Here Leaflet comes from an installed package and is copied once into
the folder that Streamlit serves.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import branca.colormap
from xstatic.pkg import leaflet

from wwz.base.errors import Fout
from wwz.maps.inks import CAPTION, INK, TOOLTIP
from wwz.maps.letters import upright_letters

LEAFLET_VERSION = "1.9.3"

# Read once: the name and the content handed out stay together, also when the file changes under a running app.
# One script and one sheet: streamlit-folium asks for the next script only when the one before is there.
_OURS = Path(__file__).parent / "js"
_SCRIPTS = ("hulp", "doek", "gebied", "zaal", "omtrek", "lagen", "namen", "legenda", "kaart")
_SHEETS = ("kaart", "legenda", "zaal")
_INKS = f":root {{ --inkt: {INK}; --bijschrift: {CAPTION}; --kaarttekst: {TOOLTIP}; }}".encode()

# streamlit-folium's page lives at <base>/component/<name>/index.html. Two levels up is the root of the app,
# with any server.baseUrlPath or proxy path already in it, so these links never need to know that path.
APP_ROOT = "../../"
VENDOR_URL = "app/static/vendor"
_LEAFLET_FOLDER = f"leaflet-{LEAFLET_VERSION}"
_LEAFLET_FILES = (
    "images/layers.png",
    "images/layers-2x.png",
    "images/marker-icon.png",
    "images/marker-icon-2x.png",
    "images/marker-shadow.png",
)

Link = tuple[str, str]


def install_assets(static_folder: Path) -> None:
    """Copy Leaflet and the map engine into ``static/vendor``; quick when they are already there.

    Parameters
    ----------
    static_folder
        The ``static`` folder beside ``app.py``.

    Raises
    ------
    Fout
        If the installed Leaflet is missing a file or has another version than folium uses.
    """
    if leaflet.VERSION != LEAFLET_VERSION:
        raise Fout(
            f"De kaart gebruikt Leaflet {LEAFLET_VERSION}, maar versie {leaflet.VERSION} is geïnstalleerd. "
            "Installeer de pakketten uit requirements.txt opnieuw."
        )
    vendor = static_folder / "vendor"
    for name in _LEAFLET_FILES:
        _copy(Path(leaflet.BASE_DIR) / name, vendor / _LEAFLET_FOLDER / name)
    for name, content in _engine().items():
        _write(vendor / name, content)


def keep_asset(static_folder: Path, name: str, content: bytes) -> None:
    """Put a file of our own beside them, under a name that holds its content."""
    _write(static_folder / "vendor" / name, content)


def local_links() -> tuple[list[Link], list[Link]]:
    """Scripts and style sheets of the map, as folium wants them.

    Returns
    -------
    tuple of (scripts, styles)
        Lists of (name, url); every url is relative to the map's own page.
    """
    script, sheet = (f"{APP_ROOT}{VENDOR_URL}/{name}" for name in _engine())
    return [("kaart", script)], [("kaart_css", sheet)]


def require_local(element: object) -> None:
    """Refuse a map that would send the visitor's browser to another host.

    Parameters
    ----------
    element
        A folium or branca element; its children are checked too.

    Raises
    ------
    Fout
        Naming every link that is not our own.
    """
    foreign = sorted({url for url in _links(element) if not url.startswith(APP_ROOT + VENDOR_URL + "/")})
    if foreign:
        raise Fout(
            f"De kaart wil bestanden van buiten laden: {', '.join(foreign)}. "
            "Zet deze bestanden in static/vendor en verwijs daarnaar."
        )


def _links(element: object) -> Iterable[str]:
    if isinstance(element, branca.colormap.ColorMap):
        yield "d3 (branca-kleurenschaal)"
    for kind in ("default_js", "default_css"):
        for _, url in getattr(element, kind, []):
            yield url
    for child in getattr(element, "_children", {}).values():
        yield from _links(child)


@cache
def _engine() -> dict[str, bytes]:
    """Leaflet and what is ours: the script and the sheet, by their names below ``vendor``.

    A name holds the content, so that a browser never runs an older one from its cache. They lie where Leaflet's own sheet
    finds its pictures.
    """
    packaged = Path(leaflet.BASE_DIR)
    script = b"\n;".join(
        [(packaged / "leaflet.js").read_bytes(), *((_OURS / f"{name}.js").read_bytes() for name in _SCRIPTS)]
    )
    sheet = b"\n".join(
        [
            (packaged / "leaflet.css").read_bytes(),
            _INKS,
            _typeface(),
            *((_OURS / f"{name}.css").read_bytes() for name in _SHEETS),
        ]
    )
    return {_named("js", script): script, _named("css", sheet): sheet}


def _typeface() -> bytes:
    """The typeface of the page for the frame of the map: the very file that the page has, so that it is fetched once."""
    # The sheet is at <base>/app/static/vendor/leaflet-…/.
    faces = [
        f'@font-face {{ font-family: "Source Sans"; font-weight: 200 900; src: url("../../../../static/media/{file.name}"); }}'
        for file in upright_letters()
    ]
    return "".join(faces[:1]).encode()


def _named(kind: str, content: bytes) -> str:
    return f"{_LEAFLET_FOLDER}/kaart-{hashlib.sha256(content).hexdigest()[:12]}.{kind}"


def _copy(source: Path, target: Path) -> None:
    if not source.is_file():
        raise Fout(f"Het bestand {source.name} voor de kaart ontbreekt. Installeer requirements.txt opnieuw.")
    if not target.is_file() or target.stat().st_size != source.stat().st_size:
        _write(target, source.read_bytes())


def _write(target: Path, content: bytes) -> None:
    if target.is_file() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    # Another process may start at the same time: write beside it and swap.
    handle, temporary = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    finally:
        Path(temporary).unlink(missing_ok=True)
