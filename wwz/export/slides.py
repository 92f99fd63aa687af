"""PowerPoint: the map as a picture, the figures as a native chart and a native table, and what they mean."""

from __future__ import annotations

import io

import pandas as pd
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR
from pptx.slide import Slide
from pptx.util import Inches, Pt

from wwz.export.cells import clean, neutral
from wwz.export.image import inner_image
from wwz.export.sheet import FICTIVE, Sheet
from wwz.export.steady import steady_zip

INK, NEED, ACCENT, SOFT = "0B4250", "1F6D78", "D4580B", "52646A"
WIDE, HIGH = 13.333, 7.5
MOST_BARS, MOST_ROWS = 12, 12
BLANK = 6
HEADS = ("Gebied", "Cijfer", "Marge", "Aantal", "Betrouwbaarheid", "Hoe bekend")
FIELDS = ("naam", "waarde_tekst", "marge_tekst", "mensen_tekst", "betrouwbaarheid", "soort")


def make_pptx(sheet: Sheet) -> bytes:
    """Four slides: map, chart, table and explanation; without a map where there are no boundaries."""
    show = Presentation()
    show.slide_width, show.slide_height = Inches(WIDE), Inches(HIGH)
    show.core_properties.title = clean(sheet.subject)
    show.core_properties.author = "WWZ-wijzer"
    if sheet.has_map:
        picture = _slide(show, sheet, sheet.finding)
        shape = picture.shapes.add_picture(
            io.BytesIO(inner_image(sheet, "dia")), Inches(0.35), Inches(1.15), width=Inches(12.6)
        )
        _describe(shape, f"Kaart: {sheet.reading}")
    _chart(_slide(show, sheet, sheet.reading.split(". ")[-1]), sheet)
    _table(_slide(show, sheet, f"De cijfers per {sheet.niveau}"), sheet)
    _lines(_slide(show, sheet, "Wat deze cijfers betekenen"), sheet)
    target = io.BytesIO()
    show.save(target)
    return steady_zip(target.getvalue(), sheet.made)


def _slide(show, sheet: Sheet, title: str) -> Slide:
    slide = show.slides.add_slide(show.slide_layouts[BLANK - 1])
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = Inches(0.5), Inches(0.2), Inches(WIDE - 1), Inches(0.75)
    head.text_frame.text = clean(title)
    head.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _type(head.text_frame.paragraphs[0], 26, INK, bold=True)
    marks = " · ".join(mark.capitalize() for mark in sheet.marks)
    sub = slide.shapes.add_textbox(Inches(0.5), Inches(0.88), Inches(WIDE - 1), Inches(0.35)).text_frame
    sub.text = clean(f"{marks + ' · ' if marks else ''}{sheet.subject}")
    _type(sub.paragraphs[0], 14, SOFT)
    foot = slide.shapes.add_textbox(Inches(0.5), Inches(7.1), Inches(WIDE - 1), Inches(0.3)).text_frame
    foot.text = clean(f"{FICTIVE + ' ' if sheet.fictive else ''}{sheet.sources[0]}")
    _type(foot.paragraphs[0], 10, SOFT)
    return slide


def _type(paragraph, size: float, colour: str, bold: bool = False) -> None:
    paragraph.font.size, paragraph.font.bold = Pt(size), bold
    paragraph.font.color.rgb = RGBColor.from_string(colour)
    paragraph.font.language_id = 1043  # Dutch
    paragraph.alignment = 1


def _describe(shape, text: str) -> None:
    shape._element.nvPicPr.cNvPr.set("descr", clean(text))


def _chart(slide: Slide, sheet: Sheet) -> None:
    """The areas with the highest values, and the whole area as the last bar."""
    indicator = sheet.shown.indicator
    field = "waarde" if indicator.regel != "som" else "teller"
    rows = (
        sheet.rows[sheet.rows[field].notna()]
        .sort_values(field, ascending=False, kind="stable")
        .head(MOST_BARS)
    )
    whole = sheet.shown.whole
    bars = [(neutral(row.naam), getattr(row, field)) for row in rows.itertuples()]
    if field == "waarde" and pd.notna(whole["waarde"]):
        bars.append((neutral(sheet.area.naam), whole["waarde"]))
    data = CategoryChartData(
        number_format="0" if not indicator.decimalen else "0." + "0" * indicator.decimalen
    )
    data.categories = [name for name, _ in bars[::-1]]
    data.add_series(
        neutral(f"{indicator.titel} ({indicator.eenheid})"),
        [round(float(value), indicator.decimalen) for _, value in bars[::-1]],
    )
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, Inches(0.5), Inches(1.35), Inches(WIDE - 1), Inches(5.6), data
    )
    chart = frame.chart
    chart.has_legend, chart.has_title = False, False
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 45, True
    plot.data_labels.font.size = Pt(13)
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.value_axis.minimum_scale = 0
    chart.category_axis.tick_labels.font.size = Pt(13)
    fill = plot.series[0].format.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor.from_string(NEED)
    if field == "waarde" and pd.notna(whole["waarde"]):
        point = plot.series[0].points[0].format.fill
        point.solid()
        point.fore_color.rgb = RGBColor.from_string(ACCENT)


def _table(slide: Slide, sheet: Sheet) -> None:
    rows = sheet.rows.head(MOST_ROWS)
    table = slide.shapes.add_table(
        len(rows) + 1, len(HEADS), Inches(0.5), Inches(1.35), Inches(WIDE - 1), Inches(0.4 * (len(rows) + 1))
    ).table
    for column, (head, field) in enumerate(zip(HEADS, FIELDS, strict=True)):
        _fill_cell(table.cell(0, column), head, "FFFFFF", INK, bold=True)
        for row, value in enumerate(rows[field], 1):
            _fill_cell(
                table.cell(row, column),
                neutral(value) if isinstance(value, str) else "onbekend",
                "16262B",
                "FFFFFF",
            )
    table.columns[0].width = Inches(3.6)


def _fill_cell(cell, text: str, colour: str, ground: str, bold: bool = False) -> None:
    cell.text = text
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(ground)
    cell.margin_top = cell.margin_bottom = Inches(0.04)
    _type(cell.text_frame.paragraphs[0], 13, colour, bold)


def _lines(slide: Slide, sheet: Sheet) -> None:
    frame = slide.shapes.add_textbox(Inches(0.5), Inches(1.4), Inches(WIDE - 1), Inches(5.6)).text_frame
    frame.word_wrap = True
    for number, (subject, text) in enumerate(sheet.explanation):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = clean(f"{subject}: {text}")
        _type(paragraph, 14, "16262B")
        paragraph.space_after = Pt(5)
