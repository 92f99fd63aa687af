"""The wijkagenda as slides of one idea each: the conclusion first, then what to do, and then what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.slide import Slide
from pptx.util import Inches, Pt

from wwz.agenda.balance import FIRST
from wwz.agenda.pressure import beside_title
from wwz.base.sentence import capital, sentences
from wwz.export.agendapages import bars_in_words
from wwz.export.agendasheet import AgendaSheet, Task, parts_of_bars
from wwz.export.pieces import above
from wwz.export.sheet import FICTIVE
from wwz.export.slidepage import (
    LEFT,
    ROOM,
    TOP,
    bare_slide,
    high_of,
    new_show,
    put_lines,
    put_table,
    saved,
    shared_out,
    type_as,
    written,
)
from wwz.knowledge import domain
from wwz.maps.inks import BODY, INK, MARK, SOFT, rgb
from wwz.words.harmless import clean, neutral
from wwz.words.numbers import is_known

# Inches: where the words of a slide end, and the heads of a table.
BOTTOM, HEADS = 6.8, 0.34
LIST_WIDE = (2.6, 2.3, 3.0, 2.1, 2.33)
SIZES = (28, 24, 20, 18)  # points of running text, the first at which it fits
TABLE_SIZE, NOTE_SIZE = 12, 11


def make_agenda_pptx(sheet: AgendaSheet) -> bytes:
    """PowerPoint to project and to edit."""
    show = new_show(f"{sheet.place}: {sheet.title}")
    agenda_slides(show, sheet)
    _lists(show, sheet)
    sources_slide(show, sheet)
    return saved(show, sheet.made)


def agenda_slides(show, sheet: AgendaSheet) -> None:
    """The conclusion, the bars, each job, and what weighs on the area."""
    _running(_slide(show, sheet, sheet.title), sentences(clean(sheet.found.about)))
    _bars(show, sheet)
    for task in sheet.tasks:
        _task(_slide(show, sheet, task.kind), task)
    if sheet.pressures:
        _pressures(_slide(show, sheet, beside_title(sheet.area.naam, sheet.pressures)), sheet)


def sources_slide(show, sheet: AgendaSheet) -> None:
    """What the agenda rests on."""
    _running(_slide(show, sheet, "Waar de wijkagenda op rust"), sheet.notes, NOTE_SIZE)


def _slide(show, sheet: AgendaSheet, title: str) -> Slide:
    slide, _ = bare_slide(show, title, sheet.logo)
    written(slide, LEFT, 1.05, ROOM, 0.35, f"{above(sheet.marks)}   {sheet.place}", 13, MARK)
    notice = f"{FICTIVE} " if sheet.fictive else ""
    foot = f"{notice}Database gemaakt op {sheet.made_text}. De bronnen staan op de laatste dia."
    written(slide, LEFT, 6.95, ROOM, 0.4, foot, 10, SOFT)
    return slide


def _running(slide: Slide, texts: Sequence[str], size: float = 0) -> None:
    """Sentences below each other, as large as fits."""
    high = BOTTOM - TOP
    fits = (one for one in SIZES if high_of(texts, one, one * 0.5) <= high)
    size = size or next(fits, SIZES[-1])
    frame = slide.shapes.add_textbox(Inches(LEFT), Inches(TOP), Inches(ROOM), Inches(high)).text_frame
    frame.word_wrap, frame.margin_left = True, 0
    put_lines(frame, texts, size, size * 0.5)


def _bars(show, sheet: AgendaSheet) -> None:
    """A native chart that can be edited; beside each name how many people lack it."""
    rows = sheet.bars.head(FIRST)
    slide = _slide(show, sheet, f"Wat ontbreekt in {sheet.area.naam}, van wie het nodig heeft")
    data = CategoryChartData(number_format='0"%"')
    data.categories = [neutral(_name(row)) for row in rows[::-1].itertuples()]
    for part, (words, _) in parts_of_bars().items():
        data.add_series(words, [round(100 * v) if is_known(v) and v > 0 else None for v in rows[part][::-1]])
    shape = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_STACKED_100, Inches(LEFT), Inches(TOP), Inches(ROOM), Inches(BOTTOM - TOP), data
    )
    shape._element.nvGraphicFramePr.cNvPr.set("descr", bars_in_words(sheet, rows))
    chart = shape.chart
    chart.has_title, chart.has_legend = False, True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.legend.font.size = chart.category_axis.tick_labels.font.size = Pt(14)
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap, plot.has_data_labels = 45, 100, True
    plot.data_labels.font.size = Pt(12)
    for series, (_, colour) in zip(plot.series, parts_of_bars().values(), strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor(*rgb(colour))
        series.format.line.color.rgb = RGBColor(*rgb(SOFT))


def _name(row) -> str:
    number = "onbekend" if row.mensen_tekst == "?" else f"{row.mensen_tekst} mensen"
    return f"{row.titel}: {number}{f' ({row.kort_marge})' if row.kort_marge else ''}"


def _task(slide: Slide, task: Task) -> None:
    agreed = f"Eigenaar: {task.owner}. Klaar: {task.day}."
    _running(slide, (task.text, *((f"Wie: {task.who}.",) if task.who else ()), agreed))


def _pressures(slide: Slide, sheet: AgendaSheet) -> None:
    """Large numbers, each with what it is and what it stands beside."""
    wide = ROOM / min(3, len(sheet.pressures))
    for number, row in enumerate(sheet.pressures):
        x, y = LEFT + wide * (number % 3), TOP + 0.2 + 2.5 * (number // 3)
        written(slide, x, y, wide - 0.3, 0.7, capital(row.regel.getal), 36, INK)
        frame = written(slide, x, y + 0.75, wide - 0.3, 1.6, clean(row.regel.tekst), 18, BODY)
        for text in filter(None, (row.regel.marge, row.naast, row.hoe)):
            paragraph = frame.add_paragraph()
            paragraph.text = clean(text)
            type_as(paragraph, 14, SOFT)


def _lists(show, sheet: AgendaSheet) -> None:
    """Everything that is missing, as native tables that go on on the next slide."""
    heads = ("Randvoorwaarde", "Mensen zonder", "Voor wie", "Naast wat te verwachten is", "Hoe weten we dit")
    for degree in ("N", "W"):
        rows = [
            (row.titel, " · ".join(filter(None, (row.mensen_tekst, row.marge_tekst))), row.voor_wie_vol, row.verwacht_tekst, f"{row.hoe} ({row.soort})")
            for row in sheet.found.rows.itertuples() if row.graad == degree
        ]  # fmt: skip
        pages = shared_out(rows, _row_height, BOTTOM - TOP - HEADS)
        for number, page in enumerate(pages, 1):
            part = f" ({number} van {len(pages)})" if len(pages) > 1 else ""
            _table(
                _slide(show, sheet, f"{capital(domain.domein().graden[degree].titel)}: wat ontbreekt{part}"),
                heads,
                page,
            )


def _row_height(row: Sequence[str]) -> float:
    cells = zip(row, LIST_WIDE, strict=True)
    return max(high_of([clean(text)], TABLE_SIZE, wide=wide) for text, wide in cells) + 0.08


def _table(slide: Slide, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    shown = [[neutral(text) for text in row] for row in rows]
    put_table(slide, heads, shown, LIST_WIDE, TABLE_SIZE, [HEADS, *map(_row_height, rows)])
