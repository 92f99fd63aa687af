"""One HTML file that works without a network: the map as SVG, the table, and what the figures mean."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from html import escape
from itertools import cycle

import numpy as np
import shapely

from wwz.ask.absent import NO_FIGURE, PROTECTED, TOO_FEW, WATER
from wwz.ask.change import told_change
from wwz.ask.shown import CHANGE
from wwz.ask.told import told
from wwz.base.paths import PACKAGE
from wwz.base.planes import filled
from wwz.export.colours import margin_note, signs
from wwz.export.image import points_of
from wwz.export.sheet import FICTIVE, Sheet
from wwz.maps.absent import LOOKS
from wwz.maps.frame import SCALE_STEPS
from wwz.maps.letters import font_faces
from wwz.maps.ramps import POINT_COLOURS
from wwz.words.harmless import clean
from wwz.words.numbers import dutch

WIDTH = 900.0
# What lies on the plane of an area without a number, by its reason.
STROKES = {
    NO_FIGURE: '<path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke="{}" stroke-width="1.4"/>',
    TOO_FEW: '<rect x="2" y="2" width="2.2" height="2.2" fill="{}"/>',
    PROTECTED: '<path d="M0 3H6" stroke="{}" stroke-width="1.4"/>',
    WATER: "",
}
PATTERNS = "".join(
    f'<pattern id="leeg-{look.sign}" width="6" height="6" patternUnits="userSpaceOnUse">'
    f'<rect width="6" height="6" fill="{look.fill}"/>{STROKES[reason].format(look.ink)}</pattern>'
    for reason, look in LOOKS.items()
)
Place = Callable[[np.ndarray], np.ndarray]  # metres to units of the drawing
HEADS = (("Gebied", "naam"), ("Cijfer", "waarde_tekst"), ("Marge", "marge_tekst"), ("Aantal", "mensen_tekst"), ("Betrouwbaarheid", "betrouwbaarheid"), ("Hoe bekend", "soort"))  # fmt: skip


def make_html(sheet: Sheet) -> bytes:
    """The page, with its own style and nothing from outside."""
    style = (PACKAGE / "export" / "webpage.css").read_text(encoding="utf-8")
    marks = "".join(f'<span class="merk">{_safe(mark.capitalize())}</span>' for mark in sheet.marks)
    notice = f'<p class="fictief">{_safe(FICTIVE)}</p>' if sheet.fictive else ""
    body = [
        f"<header>{_logo(sheet)}{marks}<h1>{_safe(sheet.finding)}</h1><p>{_safe(sheet.subject)}</p>{notice}</header>",
        f"<main>{_map(sheet)}<p>{_safe(sheet.reading)}</p>{_table(sheet)}{_explanation(sheet)}</main>",
    ]
    return (
        '<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:\">"
        f"<title>{_safe(sheet.subject)}</title><style>{font_faces()}{style}</style></head><body>{''.join(body)}</body></html>\n"
    ).encode()


def _map(sheet: Sheet) -> str:
    if not sheet.has_map:
        return ""
    west, south, east, north = sheet.shapes.total_bounds
    factor = WIDTH / (east - west)
    high = (north - south) * factor
    label = _safe(f"Kaart. {sheet.reading} Alle cijfers staan in de tabel.")

    def place(xy: np.ndarray) -> np.ndarray:
        return np.column_stack([xy[:, 0] - west, north - xy[:, 1]]) * factor

    return (
        f'<figure><svg viewBox="-2 -2 {WIDTH + 4:.0f} {high + 44:.0f}" role="img" aria-label="{label}">'
        f"<defs>{PATTERNS}</defs>{_around(sheet, place)}{_areas(sheet, place)}{_over(sheet, place)}{_scale_bar(factor, high + 12)}</svg>{_legend(sheet)}</figure>"
    )


def _around(sheet: Sheet, place: Place) -> str:
    """What lies around the area, within the frame."""
    if sheet.around is None:
        return ""
    shapes = shapely.clip_by_rect(sheet.around.geometry.to_numpy(), *sheet.shapes.total_bounds)
    return "".join(
        f'<path d="{_path(shape)}" class="{"rond" if code else "water"}"/>'
        for code, shape in zip(sheet.around["code"], shapely.transform(filled(shapes), place), strict=True)
        if shape is not None
    )


def _areas(sheet: Sheet, place: Place) -> str:
    """Every area in the colour of its class, with its figure for who points at it."""
    codes = list(sheet.shapes["code"])
    changing = sheet.shown.maat == CHANGE
    lines = told_change(sheet.rows, codes) if changing else told(sheet.rows, sheet.shown.indicator, codes)
    digits = sheet.drawing[1]
    shapes = shapely.transform(sheet.shapes.geometry.to_numpy(), place)
    rows = zip(shapes, sheet.shapes["naam"], digits, *lines, strict=True)
    return "".join(
        f'<path class="k{digit if digit >= 0 else LOOKS[digit].sign}" d="{_path(shape)}"><title>{_safe(naam)}: {_safe(" · ".join(filter(None, texts)) or "onbekend")}</title></path>'
        for shape, naam, digit, *texts in rows
    )


def _over(sheet: Sheet, place: Place) -> str:
    """What lies over the areas: thicker borders, the second layer, the chosen area and the dots."""
    codes = sheet.shapes["code"]
    lines = {
        "grens": [] if sheet.outlines is None else sheet.outlines.geometry,
        "tweede": sheet.shapes.geometry[codes.isin(sheet.second[0])],
        "gekozen": sheet.shapes.geometry[codes == sheet.view.gekozen],
    }
    borders = "".join(
        f'<path d="{_path(shapely.transform(shape, place))}" class="lijn {kind}"/>'
        for kind, shapes in lines.items()
        for shape in shapes
    )
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>'
        for (_, places), colour in zip(points_of(sheet).items(), cycle(POINT_COLOURS), strict=False)
        for x, y in place(places)
    )
    return borders + dots


def _legend(sheet: Sheet) -> str:
    classes = sheet.drawing[0]
    fills = "".join(
        f".k{number}{{fill:{colour}}}.l{number}{{background:{colour}}}"
        for number, colour in enumerate(classes.colours)
    ) + "".join(f".k{look.sign}{{fill:url(#leeg-{look.sign})}}" for look in LOOKS.values())
    items = [
        f'<li><span class="vlak l{number}"></span>{_safe(label)} <small>{dutch(count)}</small></li>'
        for number, (label, count) in enumerate(zip(classes.labels, classes.counts, strict=True))
    ]
    items += [
        f'<li><svg class="vlak" viewBox="0 0 24 15"><rect width="24" height="15" fill="url(#leeg-{row.look.sign})"/></svg>'
        f"{_safe(row.label)} <small>{dutch(row.count)}</small></li>"
        for row in classes.absent
    ]
    items += [f"<li>▾ {_safe(tick.text)}</li>" for tick in signs(sheet)]
    note = margin_note(sheet)
    items += [f"<li>{_safe(note)}.</li>"] if note else []
    items += _legend_over(sheet)
    sources = "<br>".join(_safe(line) for line in sheet.sources)
    return (
        f"<figcaption><style>{fills}</style>{_safe(sheet.shown.indicator.titel)} ({_safe(sheet.shown.unit)})"
        f"<ul>{''.join(items)}</ul><small>Wijs een gebied aan voor het cijfer. Het noorden is boven.</small><small>{sources}</small></figcaption>"
    )


def _legend_over(sheet: Sheet) -> list[str]:
    chosen = sheet.shapes["naam"][sheet.shapes["code"] == sheet.view.gekozen]
    borders = [
        ("grens", sheet.outline_text),
        ("tweede", sheet.second[1]),
        *[("gekozen", f"Gekozen: {naam}") for naam in chosen],
    ]
    rows = [f'<li><span class="vlak v-{kind}"></span>{_safe(text)}</li>' for kind, text in borders if text]
    return rows + [
        f'<li><span class="stip" style="background:{colour}"></span>{_safe(title)}</li>'
        for title, colour in zip(points_of(sheet), cycle(POINT_COLOURS), strict=False)
    ]


def _logo(sheet: Sheet) -> str:
    if sheet.logo is None:
        return ""
    return f'<img class="logo" alt="Logo" src="data:image/png;base64,{b64encode(sheet.logo.png).decode()}">'


def _scale_bar(factor: float, top: float) -> str:
    """A bar of a round number of kilometres with a north arrow beside it; `factor` is units per metre."""
    length = max((step for step in SCALE_STEPS if step * 1000 * factor <= WIDTH / 4), default=SCALE_STEPS[0])
    wide = length * 1000 * factor
    label = f"{length:g} km".replace(".", ",")
    return (
        f'<g class="maat" transform="translate(2 {top:.0f})"><rect width="{wide / 2:.1f}" height="6"/>'
        f'<rect class="licht" x="{wide / 2:.1f}" width="{wide / 2:.1f}" height="6"/>'
        f'<text x="{wide + 8:.1f}" y="9">{label}</text>'
        f'<path d="M{wide + 100:.1f} -6l7 20h-14z" class="pijl"/><text x="{wide + 112:.1f}" y="11">N</text></g>'
    )


def _path(shape: shapely.Geometry) -> str:
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in np.asarray(ring.coords)[:-1, :2]) + "Z"
        for part in shapely.get_parts(shape)
        for ring in (part.exterior, *part.interiors)
    )


def _table(sheet: Sheet) -> str:
    head = "".join(f'<th scope="col">{title}</th>' for title, _ in HEADS)
    lines = "".join(
        f'<tr><th scope="row">{_safe(row["naam"])}</th>'
        + "".join(
            f"<td>{_safe(row[field]) if isinstance(row[field], str) else 'onbekend'}</td>"
            for _, field in HEADS[1:]
        )
        + "</tr>"
        for row in sheet.rows.to_dict("records")
    )
    return f"<table><caption>{_safe(sheet.subject)}</caption><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _explanation(sheet: Sheet) -> str:
    items = "".join(f"<dt>{_safe(subject)}</dt><dd>{_safe(text)}</dd>" for subject, text in sheet.explanation)
    return f"<h2>Toelichting</h2><dl>{items}</dl>"


def _safe(text: object) -> str:
    return escape(clean(text), quote=True)
