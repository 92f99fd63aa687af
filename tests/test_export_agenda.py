"""The wijkagenda as PDF, Word and PowerPoint: read back by other programs, it says exactly what the screen says."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
import pptx
import pytest
from pptx.util import Inches
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from wwz.agenda.balance import FIRST, PARTS, balance
from wwz.agenda.jobs import jobs
from wwz.agenda.pressure import beside_title, pressures
from wwz.agenda.rows import of_area
from wwz.ask.area import find_area, whole
from wwz.ask.view import View
from wwz.base.errors import Fout
from wwz.export import agendasheet
from wwz.export.formats import AGENDAS, Paper, file_name, make_file
from wwz.knowledge import domain
from wwz.own import given, klus
from wwz.ui.exporteren import screen
from wwz.words.numbers import is_known

WIJK, WHOLE = "WK990201", "GM9902"


@pytest.fixture(scope="module")
def files(voorbeeld_store):
    return {code: make_file(voorbeeld_store, View(gebied=(WIJK,)), code) for code in AGENDAS}


@pytest.fixture(scope="module")
def area(voorbeeld_store):
    return find_area(voorbeeld_store, [WIJK])


@pytest.fixture(scope="module")
def found(voorbeeld_store, area):
    return of_area(voorbeeld_store, area)


def plain(text: str) -> str:
    """Without breaks of lines and pages."""
    return re.sub(r"\s+", " ", text)


def squeezed(text: str) -> str:
    """Without any room at all: a PDF breaks lines where it likes, also after a hyphen."""
    return re.sub(r"\s+", "", text)


def pdf_text(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return squeezed(re.sub(r"WWZ-wijzer · voorbeeldregio[^\n]*pagina \d+", "", "\n".join(page.extract_text() for page in pages)))  # fmt: skip


def word_text(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return squeezed("\n".join([paragraph.text for paragraph in document.paragraphs] + cells))


def slides(content: bytes):
    return list(pptx.Presentation(io.BytesIO(content)).slides)


def slide_text(slide) -> str:
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
        if shape.has_chart:
            texts += list(shape.chart.plots[0].categories)
    return squeezed("\n".join(texts))


def texts_of(files) -> dict[str, str]:
    return {
        "agenda": pdf_text(files["agenda"]),
        "agenda-docx": word_text(files["agenda-docx"]),
        "agenda-pptx": "".join(map(slide_text, slides(files["agenda-pptx"]))),
    }


def test_every_file_has_the_finding_the_jobs_and_what_weighs_on_the_area(files, voorbeeld_store, area, found):
    said = [found.headline, *(one.tekst for one in jobs(found)), *(one.wie for one in jobs(found))]
    for row in pressures(voorbeeld_store, area):
        said += [row.regel.getal, row.regel.tekst, row.regel.marge, row.naast, row.hoe]
    assert len(said) > 12
    for code, text in texts_of(files).items():
        missing = [one for one in said if squeezed(one).lower() not in text.lower()]
        assert missing == [], code


def test_every_file_has_every_row_with_exactly_the_numbers_of_the_screen(files, found):
    rows = list(found.rows.itertuples())
    assert len(rows) > 15 and any(row.mensen_tekst.startswith("<") for row in rows)
    for code, text in texts_of(files).items():
        for row in rows:
            for said in (
                row.titel,
                row.mensen_tekst,
                row.marge_tekst,
                row.voor_wie_vol,
                row.verwacht_tekst,
                row.hoe,
                row.soort,
            ):
                assert squeezed(said) in text, (code, row.titel, said)
    table = [[cell.text for cell in row.cells] for row in _list_of(files["agenda-docx"]).rows][1:]
    needed = [row for row in rows if row.graad == "N"]
    assert [cells[1] for cells in table] == [
        "\n".join(filter(None, (row.mensen_tekst, row.marge_tekst))) for row in needed
    ]


def _list_of(content):
    """The table of what is necessary."""
    tables = docx.Document(io.BytesIO(content)).tables
    return next(table for table in tables if table.rows[0].cells[1].text == "Mensen zonder")


def test_doelgroepen_have_their_whole_names(found):
    names = {group.titel for group in domain.doelgroepen().values()}
    short = {group.kort for group in domain.doelgroepen().values()} - names
    said = " ".join(found.rows["voor_wie_vol"])
    assert any(name in said for name in names)
    assert [name for name in short if f"{name}," in said] == []


def test_powerpoint_opens_with_the_conclusion_and_every_slide_stays_within_its_edges(files, found):
    content = files["agenda-pptx"]
    show = pptx.Presentation(io.BytesIO(content))
    first = show.slides[0]
    assert first.shapes.title.text_frame.text == found.headline
    wide, high = show.slide_width, show.slide_height
    for slide in show.slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= wide + Inches(0.01)
            assert shape.top >= 0 and shape.top + shape.height <= high + Inches(0.01), shape.name


def test_the_bars_of_the_slide_are_those_of_the_screen_and_hide_the_same(files, found):
    rows = balance(found).head(FIRST)[::-1]
    chart = next(
        shape.chart for slide in slides(files["agenda-pptx"]) for shape in slide.shapes if shape.has_chart
    )
    for part, series in zip(PARTS, chart.plots[0].series, strict=True):
        shown = [None if not is_known(v) or v <= 0 else round(100 * v) for v in rows[part]]
        assert [None if v is None else round(v) for v in series.values] == shown, part


def test_the_map_presentation_opens_with_the_conclusion_too(voorbeeld_store, found):
    shown = slides(make_file(voorbeeld_store, View(gebied=(WIJK,), laag="mobiliteit_18"), "pptx"))
    assert shown[0].shapes.title.text_frame.text == found.headline
    assert any("Kaart" in _alt(shape) for slide in shown for shape in slide.shapes)


def _alt(shape) -> str:
    return next((e.get("descr", "") for e in shape._element.iter() if e.tag.endswith("}cNvPr")), "")


def test_every_picture_has_its_words(files, voorbeeld_store):
    report = View(gebied=(WHOLE,), gekozen=WIJK, laag="mobiliteit_18")
    made = {
        **files,
        **{code: make_file(voorbeeld_store, report, code) for code in ("docx", "rapport", "pptx")},
    }
    for code in ("agenda-docx", "docx"):
        shapes = docx.Document(io.BytesIO(made[code])).inline_shapes
        assert len(shapes) >= 1
        assert all(len(shape._inline.docPr.get("descr", "")) > 40 for shape in shapes), code
    for code in ("agenda-pptx", "pptx"):
        drawn = [s for slide in slides(made[code]) for s in slide.shapes if s.shape_type == 13 or s.has_chart]
        assert drawn and all(len(_alt(shape)) > 40 for shape in drawn), code
    for code in ("agenda", "rapport"):
        figures = [one for one in elements(made[code]) if one["/S"] == "/Figure"]
        assert figures and all(len(str(one.get("/Alt", ""))) > 40 for one in figures), code
        pictures = sum(len(page.images) for page in PdfReader(io.BytesIO(made[code])).pages)
        assert len(figures) == pictures, code


def elements(content: bytes) -> list:
    """Every element of the structure of a PDF, in the order in which it is read."""
    root = PdfReader(io.BytesIO(content)).trailer["/Root"]
    found: list = []

    def walk(one) -> None:
        one = one.get_object() if isinstance(one, IndirectObject) else one
        if isinstance(one, list):
            for part in one:
                walk(part)
        elif hasattr(one, "get") and "/S" in one:
            found.append(one)
            walk(one.get("/K", []))

    walk(root["/StructTreeRoot"]["/K"])
    return found


def test_a_pdf_is_tagged_and_says_that_it_follows_the_norm(files):
    reader = PdfReader(io.BytesIO(files["agenda"]))
    root = reader.trailer["/Root"]
    assert root["/Lang"].lower() == "nl-nl" and root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title and len(reader.outline) > 0
    assert b"pdfuaid" in root["/Metadata"].get_data()
    kinds = [one["/S"] for one in elements(files["agenda"])]
    assert kinds.count("/H1") == 1 and kinds.index("/H1") < kinds.index("/H2")
    assert {"/P", "/Table", "/TR", "/TH", "/TD", "/Figure"} <= set(kinds)


def test_the_owner_and_the_day_of_a_job_are_in_the_files(own):
    first = jobs(of_area(own, find_area(own, [WIJK])))[0]
    klus.keep(
        own.path,
        WIJK,
        first.soort,
        first.randvoorwaarde,
        klus.checked("Wijkteam Zuid", date(2027, 3, 1)),
        "Noor",
    )
    klus.keep(own.path, WIJK, first.soort, "respijtzorg", klus.checked("Welzijn", None, True), "Noor")
    for code, text in texts_of(
        {code: make_file(own, View(gebied=(WIJK,)), code) for code in AGENDAS}
    ).items():
        assert "WijkteamZuid" in text and "1maart2027" in text, code
        # What was agreed on something that is no longer on top stays to be seen.
        assert "Eerderafgesproken:Respijtzorg" in text and "klaar" in text, code


def test_the_wijkrapport_has_the_agenda_too(voorbeeld_store, found):
    text = word_text(make_file(voorbeeld_store, View(gebied=(WIJK,), laag="mobiliteit_18"), "docx"))
    assert all(squeezed(one.tekst) in text for one in jobs(found))


def test_a_letter_without_a_typeface_does_not_stop_the_file(own, caplog):
    first = jobs(of_area(own, find_area(own, [WIJK])))[0]
    odd = 'Team \N{GRINNING FACE} <b>#link("http://x")[*x*]'
    klus.keep(own.path, WIJK, first.soort, first.randvoorwaarde, klus.checked(odd, None), "Noor")
    content = make_file(own, View(gebied=(WIJK,)), "agenda")
    assert content.startswith(b"%PDF") and '#link("http://x")[*x*]'.replace(" ", "") in pdf_text(content)
    # It does not claim what it cannot, and the log says why.
    assert b"pdfuaid" not in content and "\N{GRINNING FACE}" in caplog.text


def test_without_an_agenda_there_is_a_sentence_and_no_file(voorbeeld_store, monkeypatch):
    def too_large(*_):
        raise Fout("Dit gebied is te groot voor een agenda.")

    monkeypatch.setattr(agendasheet.agenda, "of_area", too_large)
    view = View(gebied=(WHOLE,), laag="mobiliteit_18")
    with pytest.raises(Fout, match="te groot voor een agenda"):
        make_file(voorbeeld_store, view, "agenda")
    # The presentation of a map begins with that map then.
    shown = slides(make_file(voorbeeld_store, view, "pptx"))
    assert any("Kaart" in _alt(shape) for shape in shown[0].shapes)


def test_files_are_named_after_what_is_in_them():
    assert file_name("Moerwijk", "", "agenda-docx") == "moerwijk-wijkagenda.docx"


def test_a_file_that_was_made_before_is_not_given_after_the_municipality_stated_something(own):
    view, form = View(gebied=(WIJK,)), Paper()

    def told() -> str:
        made = screen._content(screen._mark(own), view, "agenda-docx", form, _store=own)
        document = docx.Document(io.BytesIO(made))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        return "\n".join([*(p.text for p in document.paragraphs), *cells])

    before, mark = told(), screen._mark(own)
    assert told() == before and screen._mark(own) == mark
    given.add(own.path, [given.checked(WIJK, "begeleiding", "knelpunt", "37", "Anna", "geteld")])
    assert screen._mark(own) != mark
    assert told().count("opgegeven") > before.count("opgegeven")


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("WK990103", "Oostervaart naast de gemeente en Nederland"),
        ("GM9901", "Duinmonde naast Nederland"),
        ("", "De voorbeeldregio naast Nederland"),
    ],
)
def test_what_weighs_on_an_area_stands_beside_larger_areas_only(voorbeeld_store, code, title):
    area = find_area(voorbeeld_store, [code]) if code else whole(voorbeeld_store)
    assert beside_title(area.naam, pressures(voorbeeld_store, area)) == title


def test_what_weighs_on_the_country_stands_beside_nothing():
    assert beside_title("Nederland", ()) == "Wat er speelt in Nederland"
