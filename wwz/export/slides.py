"""PowerPoint: the map as a picture, the figures as a native chart and native tables, and what they mean."""

from __future__ import annotations

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.slide import Slide
from pptx.util import Inches, Pt

from wwz.base.codes import plural
from wwz.export.agendasheet import agenda_if_any
from wwz.export.agendaslides import agenda_slides, sources_slide
from wwz.export.image import inner_image
from wwz.export.sheet import Sheet
from wwz.export.slidepage import (
    LEFT,
    ROOM,
    ROW,
    TOP,
    high_of,
    new_show,
    new_slide,
    paint,
    put_picture,
    put_table,
    saved,
    type_as,
    written,
)
from wwz.maps.inks import ACCENT, BODY, NEED
from wwz.words.harmless import clean, neutral
from wwz.words.numbers import UNKNOWN, dutch

MOST_BARS, ROWS_ON_SLIDE, MOST_TABLES = 12, 12, 3
HEADS = ("Gebied", "Cijfer", "Marge", "Aantal", "Betrouwbaarheid", "Hoe bekend")
FIELDS = ("naam", "waarde_tekst", "marge_tekst", "mensen_tekst", "betrouwbaarheid", "soort")
WIDTHS = (3.43, 2.0, 1.9, 1.4, 1.9, 1.7)  # inches, together ROOM
# Points: the first at which the explanation fits, and the room after each line of it.
SIZES, AFTER = (14, 13, 12, 11, 10), 5


def make_pptx(sheet: Sheet) -> bytes:
    """What the wijkagenda concludes, then map, chart, table and explanation; without a map where there are no boundaries."""
    show = new_show(sheet.subject)
    agenda = agenda_if_any(sheet.store, sheet.view, sheet.logo)
    if agenda:
        agenda_slides(show, agenda)
    if sheet.has_map:
        slide = new_slide(show, sheet, sheet.finding)
        put_picture(slide, inner_image(sheet, "dia"), clean(f"Kaart: {sheet.reading}"), LEFT, TOP, ROOM)
    _chart(show, sheet)
    _tables(show, sheet)
    _explanation(new_slide(show, sheet, "Wat deze cijfers betekenen"), sheet)
    if agenda:
        sources_slide(show, agenda)
    return saved(show, sheet.made)


def _chart(show, sheet: Sheet) -> None:
    """The areas with the highest values, and the whole area as the last bar."""
    indicator, count = (
        sheet.shown.indicator,
        sheet.shown.maat == "aantal" or sheet.shown.indicator.regel == "som",
    )
    field, decimals = ("teller", 0) if count else ("waarde", indicator.decimalen)
    known = sheet.rows[sheet.rows[field].notna()].sort_values(field, ascending=False, kind="stable")
    bars = [(neutral(row.naam), getattr(row, field)) for row in known.head(MOST_BARS).itertuples()]
    with_whole = not count and pd.notna(sheet.shown.whole["waarde"])
    if with_whole:
        bars.append((neutral(sheet.area.naam), sheet.shown.whole["waarde"]))
    if not bars:
        return
    what = sheet.shown.unit if count else indicator.eenheid
    title = _title(sheet, len(known), count)
    slide = new_slide(
        show, sheet, f"{title}. Oranje is {sheet.area.naam} als geheel." if with_whole else f"{title}."
    )
    data = CategoryChartData(number_format=_number_format(decimals, what))
    data.categories = [name for name, _ in bars[::-1]]
    data.add_series(
        neutral(f"{indicator.titel} ({what})"), [round(float(value), decimals) for _, value in bars[::-1]]
    )
    shape = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, Inches(LEFT), Inches(TOP), Inches(ROOM), Inches(5.3), data
    )
    shape._element.nvGraphicFramePr.cNvPr.set("descr", clean(f"Staafdiagram. {sheet.reading}"))
    _look(shape.chart, with_whole)


def _title(sheet: Sheet, known: int, count: bool) -> str:
    parts = plural(sheet.niveau)
    what = "het grootste aantal" if count else "het hoogste cijfer"
    return f"De {MOST_BARS} {parts} met {what}" if known > MOST_BARS else f"De {parts} op volgorde"


def _number_format(decimals: int, unit: str) -> str:
    number = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    return f'{number}"%"' if unit == "%" else number


def _look(chart, with_whole: bool) -> None:
    chart.has_legend, chart.has_title = False, False
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 45, True
    plot.data_labels.font.size = chart.category_axis.tick_labels.font.size = Pt(14)
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.value_axis.minimum_scale = 0
    paint(plot.series[0].format.fill, NEED)
    if with_whole:
        paint(plot.series[0].points[0].format.fill, ACCENT)


def _tables(show, sheet: Sheet) -> None:
    """All rows if they fit on a few slides, otherwise the first ones, and where the others are."""
    total = len(sheet.rows)
    shown = min(total, ROWS_ON_SLIDE * MOST_TABLES)
    for first in range(0, shown, ROWS_ON_SLIDE):
        last = min(first + ROWS_ON_SLIDE, shown)
        part = f" ({first + 1} tot en met {last} van {dutch(total)})" if total > ROWS_ON_SLIDE else ""
        slide = new_slide(show, sheet, f"De cijfers per {sheet.niveau}{part}")
        _table(slide, sheet, sheet.rows.iloc[first:last])
        if last == shown < total:
            _remark(
                slide, f"Er zijn er {dutch(total)}. De andere staan in de tabel voor Excel (XLSX) of in CSV."
            )


def _table(slide: Slide, sheet: Sheet, rows: pd.DataFrame) -> None:
    heads = [_with_unit(head, field, sheet) for head, field in zip(HEADS, FIELDS, strict=True)]
    shown = [
        [_without_unit(row[f], f, sheet) if isinstance(row[f], str) else UNKNOWN for f in FIELDS]
        for row in rows.to_dict("records")
    ]
    put_table(slide, heads, shown, WIDTHS)


def _with_unit(head: str, field: str, sheet: Sheet) -> str:
    return f"{head} ({sheet.shown.indicator.eenheid})" if field == "waarde_tekst" else head


def _without_unit(text: str, field: str, sheet: Sheet) -> str:
    """A figure without its unit, which stands in the head: a long unit would make every row two lines high."""
    unit = sheet.shown.indicator.eenheid
    return neutral(text.removesuffix(unit).strip() if field in ("waarde_tekst", "marge_tekst") else text)


def _remark(slide: Slide, text: str) -> None:
    written(slide, LEFT, TOP + ROW * (ROWS_ON_SLIDE + 1) + 0.05, ROOM, 0.35, text, 12, BODY)


def _explanation(slide: Slide, sheet: Sheet) -> None:
    lines = [(clean(subject), clean(text)) for subject, text in sheet.explanation]
    frame = slide.shapes.add_textbox(Inches(LEFT), Inches(TOP), Inches(ROOM), Inches(5.3)).text_frame
    frame.word_wrap = True
    texts = [f"{subject}: {text}" for subject, text in lines]
    size = next((size for size in SIZES if high_of(texts, size, AFTER) <= 5.2), SIZES[-1])
    for number, (subject, text) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.add_run().text = f"{subject}: "
        paragraph.add_run().text = text
        type_as(paragraph, size, BODY)
        paragraph.runs[0].font.bold = True
        paragraph.space_after = Pt(AFTER)
