"""One HTML file that works without a network: the map as SVG, the table, and what the figures mean."""

from __future__ import annotations

from base64 import b64encode
from html import escape

import numpy as np
import shapely

from wwz.export.cells import clean
from wwz.export.sheet import FICTIVE, Sheet
from wwz.maps.frame import SCALE_STEPS
from wwz.maps.letters import font_faces
from wwz.paths import PACKAGE

WIDTH = 900.0
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
    classes, digits = sheet.drawing
    west, south, east, north = sheet.shapes.total_bounds
    factor = WIDTH / (east - west)
    texts = sheet.rows.set_index("gebied")
    shapes = shapely.transform(
        sheet.shapes.geometry.to_numpy(),
        lambda xy: np.column_stack([xy[:, 0] - west, north - xy[:, 1]]) * factor,
    )
    paths = "".join(
        f'<path class="k{digit if digit >= 0 else "x"}" d="{_path(shape)}"><title>{_safe(naam)}: {_safe(texts["waarde_tekst"].get(code, "onbekend"))}</title></path>'
        for shape, code, naam, digit in zip(
            shapes, sheet.shapes["code"], sheet.shapes["naam"], digits, strict=True
        )
    )
    fills = "".join(
        f".k{number}{{fill:{colour}}}.l{number}{{background:{colour}}}"
        for number, colour in enumerate(classes.colours)
    )
    items = "".join(
        f'<li><span class="vlak l{number}"></span>{_safe(label)} <small>{count}</small></li>'
        for number, (label, count) in enumerate(zip(classes.labels, classes.counts, strict=True))
    )
    missing = f'<li><span class="vlak leeg"></span>{_safe(classes.missing_label)} <small>{classes.missing_count}</small></li>'
    hatch = '<pattern id="leeg" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#F3F1EB"/><path d="M3 0V6" stroke="#A79F8E" stroke-width="1.4"/></pattern>'
    sources = "<br>".join(_safe(line) for line in sheet.sources)
    label = _safe(f"Kaart. {sheet.reading} Alle cijfers staan in de tabel.")
    return (
        f'<style>{fills}</style><figure><svg viewBox="-2 -2 {WIDTH + 4:.0f} {(north - south) * factor + 44:.0f}" role="img" aria-label="{label}">'
        f"<defs>{hatch}</defs>{paths}{_scale_bar(factor, (north - south) * factor + 12)}</svg><figcaption>{_safe(sheet.shown.indicator.titel)} ({_safe(sheet.shown.unit)})"
        f"<ul>{items}{missing}</ul><small>Wijs een gebied aan voor het cijfer. Het noorden is boven.</small><small>{sources}</small></figcaption></figure>"
    )


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
