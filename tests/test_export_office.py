"""Office files and GeoPackage, opened with readers that did not write them, against the query."""

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import docx
import openpyxl
import pptx
import pyogrio
import pytest

from wwz.ask.area import find_area
from wwz.ask.view import View
from wwz.export.document import make_docx
from wwz.export.geopackage import make_gpkg
from wwz.export.report import make_report
from wwz.export.sheet import make_sheet
from wwz.export.slides import make_pptx
from wwz.export.spreadsheet import make_xlsx
from wwz.words.numbers import rounded_people

VIEW = View(gebied=("GM9901",), laag="mobiliteit_18", niveau="wijk")


@pytest.fixture(scope="module")
def sheet(voorbeeld_store):
    return make_sheet(voorbeeld_store, VIEW)


@pytest.fixture(scope="module")
def asked(voorbeeld_store):
    return find_area(voorbeeld_store, ["GM9901"]).parts("wijk", ["mobiliteit_18"]).set_index("gebied")


def hostile(sheet):
    named = replace(sheet)
    vars(named)["rows"] = sheet.rows.assign(naam="=1+1\x00")
    return named


def cells_of(content):
    """Rows of the sheet Cijfers as dictionaries, and the workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(book["Cijfers"].iter_rows(values_only=True))
    at = next(number for number, row in enumerate(rows) if row[0] == "Code")
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]], book


def test_workbook_holds_numbers_not_texts(sheet, asked):
    (*rows, _), book = cells_of(make_xlsx(sheet))
    assert [row["Code"] for row in rows] == list(sheet.rows["gebied"])
    for row in rows:
        figure = asked.loc[row["Code"]]
        if figure["waarde"] == figure["waarde"]:
            assert isinstance(row["Aandeel (%)"], float | int)
            assert row["Aandeel (%)"] == pytest.approx(figure["waarde"], abs=0.051)
            assert isinstance(row["Mensen"], int)
    explanation = {row[0]: row[1] for row in book["Toelichting"].iter_rows(values_only=True)}
    assert {"Bron", "Jaar", "Privacy", "Hoe bekend", "Eenheid", "Let op"} <= set(explanation)
    assert "verzonnen" in explanation["Let op"]


@pytest.mark.parametrize("code", ["mobiliteit_18", "inwoners", "horen_65", "afstand_supermarkt"])
def test_the_last_row_is_the_whole_area_as_the_database_answers_it(voorbeeld_store, code):
    sheet = make_sheet(voorbeeld_store, View(gebied=("GM9901",), laag=code, niveau="buurt"))
    rows, book = cells_of(make_xlsx(sheet))
    whole = find_area(voorbeeld_store, ["GM9901"]).figures([code], sheet.shown.jaar).iloc[0]
    last = rows[-1]
    assert len(rows) == len(sheet.rows) + 1
    assert last["Code"] == "GM9901" and last["Gebied"] == f"Totaal {sheet.area.naam}"
    unit = sheet.shown.indicator.eenheid
    value = next(cell for name, cell in last.items() if name.endswith(f"({unit})"))
    assert value == pytest.approx(whole["waarde"], abs=0.051)
    assert (last["Hoe bekend"], last["Jaar"], last["Bron"]) == (whole["soort"], whole["jaar"], whole["bron"])
    # What one sorts and filters are the areas, not their total.
    assert book["Cijfers"].auto_filter.ref.endswith(str(book["Cijfers"].max_row - 1))


def test_the_total_of_an_own_area_is_asked_too(voorbeeld_store):
    sheet = make_sheet(voorbeeld_store, View(gebied=("WK990101", "WK990102"), laag="mobiliteit_18"))
    rows, _ = cells_of(make_xlsx(sheet))
    assert rows[-1]["Code"] == "WK990101,WK990102"
    assert rows[-1]["Aandeel (%)"] == pytest.approx(sheet.shown.whole["waarde"], abs=0.051)


def test_no_cell_is_a_formula(sheet):
    _, book = cells_of(make_xlsx(hostile(sheet)))
    kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert "f" not in kinds
    assert book["Cijfers"]["B5"].value == "'=1+1"


def test_small_counts_are_hidden_in_the_workbook(voorbeeld_store):
    figures = find_area(voorbeeld_store, ["GM9901"]).parts("buurt", ["horen_65"]).set_index("gebied")
    hidden = set(figures.index[figures["verborgen"]])
    assert hidden
    rows, _ = cells_of(make_xlsx(make_sheet(voorbeeld_store, View(gebied=("GM9901",), laag="horen_65"))))
    assert {row["Mensen"] for row in rows if row["Code"] in hidden} == {"<10"}


def test_geopackage_opens_in_metres_with_the_figures_and_a_style(sheet, asked, tmp_path):
    path = tmp_path / "a.gpkg"
    path.write_bytes(make_gpkg(sheet))
    frame = pyogrio.read_dataframe(path, layer="wwz")
    assert frame.crs.to_epsg() == 28992
    assert set(frame["code"]) == set(asked.index)
    figures = asked["waarde"].reindex(frame["code"]).round(1).to_numpy()
    assert frame["waarde"].to_numpy() == pytest.approx(figures, abs=0.051, nan_ok=True)
    people = [
        None if gone else rounded_people(n)
        for n, gone in zip(*(asked[c].reindex(frame["code"]) for c in ("teller", "verborgen")), strict=True)
    ]
    assert [None if n != n else n for n in frame["mensen"]] == [None if n != n else n for n in people]
    assert set(frame["gemaakt_op"].astype(str).str[:10]) == {sheet.made.date().isoformat()}
    assert frame.geometry.area.min() > 1000 and frame.geometry.is_valid.all()
    style = pyogrio.read_dataframe(path, layer="layer_styles", read_geometry=False).iloc[0]
    root = ElementTree.fromstring(style["styleQML"].split("\n", 1)[1])
    values = {category.get("value") for category in root.iter("category")}
    assert set(frame["klasse"]) <= values
    assert style["f_table_name"] == "wwz"


def test_presentation_has_a_picture_a_chart_and_a_table_that_can_be_edited(sheet, asked):
    show = pptx.Presentation(io.BytesIO(make_pptx(sheet)))
    shapes = [shape for slide in show.slides for shape in slide.shapes]
    chart = next(s.chart for s in shapes if s.has_chart and len(s.chart.plots[0].series) == 1)
    table = next(shape.table for shape in shapes if shape.has_table)
    assert any(shape.shape_type == 13 for shape in shapes), "geen kaart"
    bars = dict(zip(chart.plots[0].categories, chart.plots[0].series[0].values, strict=True))
    names = asked["naam"].to_dict().items()
    for code, name in names:
        if name in bars:
            assert bars[name] == pytest.approx(asked.loc[code, "waarde"], abs=0.051)
    assert max(bars.values()) == pytest.approx(asked["waarde"].max(), abs=0.051)
    shown = [[cell.text for cell in row.cells] for row in table.rows]
    assert (
        shown[1][0] == sheet.rows["naam"].iloc[0] and f"{shown[1][1]}%" == sheet.rows["waarde_tekst"].iloc[0]
    )
    assert shown[0][1] == "Cijfer (%)"
    texts = [" ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame) for slide in show.slides]
    assert all(sheet.made_text in text and "verzonnen" in text for text in texts)
    # It opens with the wijkagenda, whose sources stand on a slide of their own.
    assert "2022" in texts[-1] and "Gezondheid" in texts[-1]
    about_the_layer = [text for text in texts if sheet.subject in text]
    assert len(about_the_layer) >= 4
    assert all("2022" in text and "Gezondheid" in text for text in about_the_layer)


def test_chart_workbook_in_a_presentation_has_no_formula(sheet):
    with zipfile.ZipFile(io.BytesIO(make_pptx(hostile(sheet)))) as archive:
        inner = next(name for name in archive.namelist() if name.endswith(".xlsx"))
        book = openpyxl.load_workbook(io.BytesIO(archive.read(inner)))
    assert "f" not in {cell.data_type for page in book for row in page.iter_rows() for cell in row}


def test_word_report_has_the_story_a_map_and_the_key_figures(voorbeeld_store):
    report = make_report(voorbeeld_store, replace(VIEW, gekozen="WK990102"))
    document = docx.Document(io.BytesIO(make_docx(report.pages)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Singelkwartier" in text and "verzonnen" in text
    # The map, and the bars of the wijkagenda: the first ones and the others.
    assert len(document.inline_shapes) == 3
    figures = find_area(voorbeeld_store, ["WK990102"]).figures(["inwoners"]).iloc[0]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert f"{figures['teller']:,.0f}".replace(",", ".") in " ".join(cells)


def test_files_carry_the_date_of_the_database_not_of_today(sheet):
    for content in (make_xlsx(sheet), make_pptx(sheet)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {entry.date_time[:3] for entry in archive.infolist()} == {sheet.made.timetuple()[:3]}
            assert sheet.made.date().isoformat() in archive.read("docProps/core.xml").decode()


def test_small_counts_have_no_number_in_the_geopackage(voorbeeld_store, tmp_path):
    sheet = make_sheet(voorbeeld_store, View(gebied=("GM9901",), laag="horen_65"))
    (tmp_path / "a.gpkg").write_bytes(make_gpkg(sheet))
    frame = pyogrio.read_dataframe(tmp_path / "a.gpkg", layer="wwz").set_index("code")
    hidden = sheet.rows["gebied"][sheet.rows["verborgen"]]
    assert len(hidden) and frame["mensen"].reindex(hidden).isna().all()
    assert frame["mensen"].notna().any()


def test_a_wijk_is_named_with_its_gemeente(voorbeeld_store):
    sheet = make_sheet(voorbeeld_store, View(gebied=("WK990102",), laag="mobiliteit_18"))
    assert sheet.subject.endswith(f"({sheet.area.gemeentenaam})") and sheet.area.gemeentenaam
