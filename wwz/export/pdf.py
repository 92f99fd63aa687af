"""A document as PDF that a screen reader can follow: Typst sets it and checks it against PDF/UA-1."""

from __future__ import annotations

import io
import json
import logging
import tempfile
from datetime import UTC
from pathlib import Path
from typing import Any

import typst
from PIL import Image

from wwz.export.pieces import Drawing, Piece, Printed
from wwz.maps import inks
from wwz.maps.letters import family, font_files

LOG = logging.getLogger(__name__)
TEMPLATE = Path(__file__).with_name("templates") / "print.typ"
LOGO_WIDE, LOGO_HIGH = 45, 16  # mm
# A table of so many rows stays on one page.
WHOLE = 8
ACCESSIBLE = "ua-1"


def make_pdf(printed: Printed) -> bytes:
    """The document on A4: tagged, in Dutch, with a title, and every picture in words too.

    A letter that no typeface has would break the norm; then the file is tagged all the same, and does not claim it. The
    log says so: with any other reason it is a defect of ours.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _write(printed, place)
        try:
            return _set(printed, place, [ACCESSIBLE])
        except typst.TypstError as error:
            LOG.warning("Deze PDF kan niet beloven dat zij PDF/UA-1 volgt: %s", error)
            return _set(printed, place, [])


def pages_of(printed: Printed) -> int:
    """How many pages it takes."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _write(printed, place)
        told = typst.query(str(place / TEMPLATE.name), "<bladen>", field="value", one=True, **_common(place))
    return int(json.loads(told))


def _common(place: Path) -> dict[str, Any]:
    return {
        "root": str(place),
        "font_paths": [str(font_files()["normal"].parent)],
        "ignore_system_fonts": True,
    }


def _set(printed: Printed, place: Path, standards: list[str]) -> bytes:
    return bytes(
        typst.compile(
            str(place / TEMPLATE.name),
            **_common(place),
            format="pdf",
            pdf_standards=standards,
            timestamp=printed.made.astimezone(UTC).replace(microsecond=0),
        )
    )


def _write(printed: Printed, place: Path) -> None:
    """The look, what is said, and the pictures, in one folder: nothing outside it can be read."""
    (place / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
    told: dict[str, Any] = {
        "title": printed.title,
        "above": printed.above,
        "foot": printed.foot,
        "landscape": printed.landscape,
        "margin": printed.margin,
        "size": printed.size,
        "whole": WHOLE,
        "fonts": list(family()),
        "colours": {"ink": inks.INK, "soft": inks.SOFT, "body": inks.BODY, "mark": inks.MARK, "rule": inks.RULE},
        "logo": None,
        "pieces": [_told(piece, place, number) for number, piece in enumerate(printed.pieces)],
    }  # fmt: skip
    if printed.logo:
        wide, high = printed.logo.fit(LOGO_WIDE, LOGO_HIGH)
        (place / "logo.png").write_bytes(printed.logo.png)
        told["logo"] = {"file": "logo.png", "wide": wide, "high": high}
    (place / "print.json").write_text(json.dumps(told), encoding="utf-8")


def _told(piece: Piece, place: Path, number: int) -> dict[str, Any]:
    kind = {"kind": type(piece).__name__}
    if not isinstance(piece, Drawing):
        return kind | {**vars(piece)}
    name = f"{number}.png"
    (place / name).write_bytes(piece.png)
    with Image.open(io.BytesIO(piece.png)) as opened:
        ratio = opened.height / opened.width
    return kind | {"file": name, "alt": piece.alt, "wide": piece.wide, "ratio": ratio}
