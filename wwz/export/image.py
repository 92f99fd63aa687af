"""The map of a sheet as PNG, SVG or PDF."""

from __future__ import annotations

import io
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import shapely
from pyproj import Transformer

from wwz.export.colours import margin_note, signs
from wwz.export.sheet import FICTIVE, Sheet
from wwz.maps.letters import font_faces
from wwz.maps.picture import Picture, draw
from wwz.words.harmless import clean

PRINT_DPI, INNER_DPI, SCREEN_DPI = 300, 180, 80
_TO_METRES = Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True)


def picture_of(sheet: Sheet) -> Picture:
    """The sheet as a picture to draw."""
    classes, digits = sheet.drawing
    # The title of the legend has the unit; behind every class it would take the room of the map.
    labels = tuple(label.removesuffix(f" {sheet.shown.unit}") for label in classes.labels)
    marked, meaning = sheet.second
    notes = [*sheet.sources, f"WWZ-wijzer · database gemaakt op {sheet.made_text}"]
    return Picture(
        title=clean(sheet.finding),
        sub=clean(sheet.subject),
        marks=[mark.capitalize() for mark in sheet.marks],
        notes=[clean(note) for note in ([FICTIVE] if sheet.fictive else []) + notes],
        shapes=sheet.shapes.assign(naam=[clean(name) for name in sheet.shapes["naam"]]),
        digits=digits,
        classes=replace(classes, labels=labels),
        legend_title=f"{sheet.shown.indicator.titel} ({sheet.shown.unit})",
        outlines=sheet.outlines,
        marked=marked,
        marked_text=clean(meaning),
        selected=sheet.view.gekozen,
        points=points_of(sheet),
        words=clean(sheet.reading),
        logo=sheet.logo.pixels if sheet.logo else None,
        outline_text=sheet.outline_text,
        around=sheet.around,
        ticks=[replace(tick, text=clean(tick.text)) for tick in signs(sheet)],
        legend_note=margin_note(sheet),
    )


def make_image(
    sheet: Sheet, kind: str, paper: str = "A4", landscape: bool = True, dpi: int = PRINT_DPI
) -> bytes:
    """The map in a file.

    Parameters
    ----------
    kind
        png, svg or pdf.
    paper, landscape
        As in `wwz.maps.picture.draw`.
    dpi
        Dots per inch of a PNG.
    """
    figure = draw(picture_of(sheet), paper, landscape)
    target = io.BytesIO()
    # Names of parts of an SVG are otherwise random, and every format carries the time of writing.
    with mpl.rc_context({"svg.hashsalt": "wwz-wijzer", "svg.fonttype": "none", "pdf.fonttype": 42}):
        figure.savefig(target, format=kind, dpi=dpi, metadata=_metadata(sheet, kind), facecolor="white")
    return _with_type(target.getvalue()) if kind == "svg" else target.getvalue()


def _with_type(drawing: bytes) -> bytes:
    """An SVG that brings its typeface along, so that its letters take the room they were given."""
    return drawing.replace(b"<defs>", f"<defs><style>{font_faces()}</style>".encode(), 1)


def inner_image(sheet: Sheet, size: str) -> bytes:
    """The map as PNG for inside a slide (dia), report (rapport), page (profiel) or the wall of a session (wand), which have all around it already."""
    bare = replace(picture_of(sheet), title="", sub="", marks=(), words="", logo=None, notes=())
    figure = draw(bare, size, landscape=size != "profiel")
    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=INNER_DPI, metadata=_metadata(sheet, "png"), facecolor="white")
    return target.getvalue()


def _metadata(sheet: Sheet, kind: str) -> dict:
    title = clean(f"{sheet.finding}. {sheet.subject}")
    if kind == "png":
        return {"Title": title, "Software": "WWZ-wijzer", "Source": clean(" · ".join(sheet.sources))}
    if kind == "svg":
        return {"Title": title, "Date": sheet.made.date().isoformat(), "Creator": "WWZ-wijzer"}
    return {"Title": title, "CreationDate": sheet.made, "Producer": "WWZ-wijzer", "Creator": "WWZ-wijzer"}


def points_of(sheet: Sheet) -> dict[str, np.ndarray]:
    """Only the dots that lie in the areas drawn: a sheet of one wijk is about that wijk."""
    if sheet.points.empty:
        return {}
    areas = shapely.STRtree(sheet.shapes.geometry.to_numpy())
    found = {}
    for title, rows in sheet.points.groupby("titel"):
        places = np.column_stack(_TO_METRES.transform(rows["lon"].to_numpy(), rows["lat"].to_numpy()))
        inside = areas.query(shapely.points(places), predicate="intersects")[0]
        found[clean(title)] = places[np.unique(inside)]
    return found
