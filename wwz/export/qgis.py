"""The legend of a map as a QGIS style (QML): one category per class, and one for each reason why an area has no number."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from wwz.maps.absent import Look
from wwz.maps.classes import Classes
from wwz.maps.inks import EDGE, rgb

HEADER = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"


def layer_style(classes: Classes) -> str:
    """QML for a polygon layer with a text column `klasse`."""
    root = Element("qgis", version="3.28.0", styleCategories="Symbology")
    renderer = SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr="klasse", forceraster="0", symbollevels="0"
    )
    categories, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for number, (label, colour) in enumerate(zip(classes.labels, classes.colours, strict=True)):
        _category(categories, number, label)
        _fill(symbols, number, _rgba(colour))
    for number, row in enumerate(classes.absent, len(classes.labels)):
        _category(categories, number, row.label)
        _pattern(symbols, number, row.look)
    return HEADER + tostring(root, encoding="unicode")


def _category(categories: Element, number: int, label: str) -> None:
    SubElement(categories, "category", symbol=str(number), value=label, label=label, render="true")


def _fill(symbols: Element, number: int, colour: str) -> None:
    layer = _layer(_symbol(symbols, str(number)), "SimpleFill")
    _options(
        layer,
        color=colour,
        style="solid",
        outline_color=_rgba(EDGE),
        outline_width="0.15",
        outline_style="solid",
    )


def _pattern(symbols: Element, number: int, look: Look) -> None:
    symbol = _symbol(symbols, str(number))
    _options(
        _layer(symbol, "SimpleFill"),
        color=_rgba(look.fill),
        style="solid",
        outline_color=_rgba(EDGE),
        outline_width="0.15",
    )
    _options(_layer(symbol, "SimpleFill"), color=_rgba(look.ink), style=look.qgis, outline_style="no")


def _symbol(symbols: Element, name: str) -> Element:
    return SubElement(symbols, "symbol", type="fill", name=name, alpha="1", clip_to_extent="1", force_rhr="0")


def _layer(symbol: Element, kind: str) -> Element:
    return SubElement(symbol, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"})


def _options(layer: Element, **values: str) -> None:
    options = SubElement(layer, "Option", type="Map")
    for name, value in values.items():
        SubElement(options, "Option", name=name, value=value, type="QString")


def _rgba(colour: str) -> str:
    return f"{','.join(map(str, rgb(colour)))},255"
