"""One question, ten files, one answer: the same figures everywhere, and pages that nothing falls off."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from html import unescape

import openpyxl
import pptx
import pyogrio
import pytest

from wwz.ask.area import find_area
from wwz.ask.layer import table_rows
from wwz.ask.view import View
from wwz.cli.commands import print_rows
from wwz.cli.main import main
from wwz.export.formats import Paper, make_file
from wwz.export.series import make_series
from wwz.export.sheet import make_sheet
from wwz.maps.classes import make_classes
from wwz.maps.letters import NAME, family, font_files, width_of, wrap
from wwz.words.numbers import dutch

SOURCES_AT = 6.93  # inches
VIEW = View(gebied=("GM9902",), laag="horen_65", niveau="buurt", tweede="laag_inkomen", rand="wijk")


@pytest.fixture(scope="module")
def files(voorbeeld_store):
    return {code: make_file(voorbeeld_store, VIEW, code) for code in ("csv", "xlsx", "html", "pptx", "gpkg")}


@pytest.fixture(scope="module")
def screen(voorbeeld_store):
    """The table under the map, as the screen makes it: name → the texts of value, margin and people."""
    sheet = make_sheet(voorbeeld_store, VIEW)
    rows = table_rows(voorbeeld_store, find_area(voorbeeld_store, VIEW.gebied), sheet.shown, "buurt")
    return rows.set_index("gebied")


def test_html_and_slides_say_what_the_screen_says(files, screen):
    lines = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', files["html"].decode())
    shown = [
        (unescape(name), *map(unescape, re.findall(r"<td>(.*?)</td>", cells)[:3])) for name, cells in lines
    ]
    wanted = list(
        screen[["naam", "waarde_tekst", "marge_tekst", "mensen_tekst"]].itertuples(index=False, name=None)
    )
    assert shown == wanted
    slides = pptx.Presentation(io.BytesIO(files["pptx"])).slides
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    cells = [tuple(cell.text for cell in row.cells)[:4] for table in tables for row in list(table.rows)[1:]]
    without_unit = [
        (name, value.removesuffix("%"), margin.removesuffix("%"), people)
        for name, value, margin, people in wanted
    ]
    assert cells == without_unit[: len(cells)] and len(cells) == min(36, len(wanted))


def test_tables_and_gis_hold_the_numbers_behind_those_texts(files, screen, tmp_path):
    decimals = 1
    lines = list(
        csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig").split("\r\n\r\n")[0]), delimiter=";")
    )
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))["Cijfers"]
    rows = list(book.iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if row[0] == "Code")
    # The last row is the whole area.
    sheet = {row[0]: dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 : -1]}
    (tmp_path / "a.gpkg").write_bytes(files["gpkg"])
    layer = pyogrio.read_dataframe(tmp_path / "a.gpkg", layer="wwz").set_index("code")
    assert [line["Code"] for line in lines] == list(screen.index) and set(sheet) == set(screen.index) == set(
        layer.index
    )
    for line in lines:
        code, text = line["Code"], screen.loc[line["Code"], "waarde_tekst"]
        if text.endswith("%"):
            assert f"{line['Aandeel (%)']}%" == text
            assert f"{dutch(sheet[code]['Aandeel (%)'], decimals)}%" == text
            assert f"{dutch(layer.loc[code, 'waarde'], decimals)}%" == text
        people = screen.loc[code, "mensen_tekst"]
        assert layer.loc[code, "mensen_tekst"] == people
        assert line["Mensen"] == people.replace(".", "")
        assert str(sheet[code]["Mensen"]) == people.replace(".", "")


def test_a_link_of_the_screen_gives_the_file_of_the_screen(voorbeeld_store, tmp_path):
    from urllib.parse import urlencode

    link = f"https://wwz.example/pad/?{urlencode(VIEW.to_query())}"
    target = tmp_path / "a.svg"
    assert (
        main(
            [
                "export",
                "--database",
                str(voorbeeld_store.path),
                "--link",
                link,
                "--formaat",
                "svg",
                "--uit",
                str(target),
                "--liggend",
            ]
        )
        == 0
    )
    assert target.read_bytes() == make_file(voorbeeld_store, VIEW, "svg", Paper())
    assert "Omlijnd" in target.read_text(encoding="utf-8")


def test_neither_a_link_nor_an_area_is_told(voorbeeld_store, tmp_path, capsys):
    call = [
        "export",
        "--database",
        str(voorbeeld_store.path),
        "--formaat",
        "csv",
        "--uit",
        str(tmp_path / "a.csv"),
    ]
    assert main(call) == 2
    assert "--link" in capsys.readouterr().err


def test_the_sheets_of_a_series_share_one_scale(voorbeeld_store):
    area = find_area(voorbeeld_store, ["GM9902"])
    view = replace(VIEW, laag="mobiliteit_18", tweede="")
    content = make_series(voorbeeld_store, view, area, "html", Paper(), view.laag, lambda *step: None)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist()]
    legends = [re.findall(r'<span class="vlak l\d"></span>(.*?) <small>', page) for page in pages]
    assert len(pages) > 2 and len(legends[0]) > 2
    assert all(legend == legends[0] for legend in legends)
    shown = make_sheet(voorbeeld_store, replace(view, gebied=("WK990201",))).shown
    own = make_classes(
        shown.values, decimals=1, unit="%", direction="meer_is_slechter", ramp="behoefte"
    ).labels
    assert [unescape(label) for label in legends[0]] != list(own), (
        "een eigen schaal zou hetzelfde geven: deze test zegt dan niets"
    )


def table_height(table):
    """Height as a program draws it: a row grows with the lines of its fullest cell. 0.1 inch is the default margin."""
    rooms = [column.width / 914_400 - 0.2 for column in table.columns]
    lines = [
        max(len(wrap(c.text, 13, room, bold=True)) for c, room in zip(row.cells, rooms, strict=True))
        for row in table.rows
    ]
    return sum(
        max(row.height, int((n * 13 * 1.2 / 72 + 0.06) * 914_400))
        for row, n in zip(table.rows, lines, strict=True)
    )


@pytest.mark.parametrize(
    "view",
    [
        VIEW,
        replace(VIEW, gebied=("GM9901",), laag="inwoners"),
        replace(VIEW, gebied=("GM9901",), maat="aantal", laag="mobiliteit_18", niveau="wijk"),
        replace(VIEW, gebied=("GM9901",), laag="zonder_noodzakelijk"),
    ],
)
def test_nothing_falls_off_a_slide_or_lies_over_the_title(voorbeeld_store, view):
    show = pptx.Presentation(io.BytesIO(make_file(voorbeeld_store, view, "pptx")))
    assert len(show.slides) >= 4
    for slide in show.slides:
        shapes = list(slide.shapes)
        for shape in shapes:
            assert shape.left >= 0 and shape.left + shape.width <= show.slide_width + 20_000, shape.name
            assert shape.top >= 0 and shape.top + shape.height <= show.slide_height, shape.name
            if shape.has_table:
                assert sum(column.width for column in shape.table.columns) <= show.slide_width
                assert shape.top + table_height(shape.table) <= SOURCES_AT * 914_400
        title = slide.shapes.title
        others = [shape for shape in shapes if shape.shape_id != title.shape_id and shape.name != "Logo"]
        assert all(shape.top >= title.top + title.height - 20_000 for shape in others)


def test_a_name_like_a_formula_is_neutral_on_the_command_line(capsys):
    print_rows([{"naam": "=1+1"}, {"naam": -3}, {"naam": "\t@x"}], ("naam",), "csv")
    assert capsys.readouterr().out.split() == ["naam", "'=1+1", "-3", "'@x"]


def test_paper_has_the_type_of_the_screen():
    assert family()[0] == NAME
    assert all(path.name in ("normal.ttf", "bold.ttf") for path in font_files().values())
    assert 0.9 < width_of("m" * 10, 10) < 1.4
    lines = wrap("een zin die niet op één regel past omdat hij te lang is", 12, 1.5)
    assert len(lines) > 2 and all(width_of(line, 12) <= 1.5 for line in lines)
    assert " ".join(lines) == "een zin die niet op één regel past omdat hij te lang is"


@pytest.mark.parametrize("code", ["html", "svg"])
def test_what_a_browser_opens_brings_its_type_along_and_fetches_nothing(voorbeeld_store, code):
    text = make_file(voorbeeld_store, VIEW, code).decode()
    assert text.count("@font-face") == 2
    assert not re.search(r"(?:src|href)=\"(?!#|data:)|url\((?!#|data:|'#)", text)


def test_the_profile_tells_the_story_with_the_figures_of_the_query(voorbeeld_store):
    from wwz.profile.page import of_area
    from wwz.words.numbers import people

    area = find_area(voorbeeld_store, ["WK990102"])
    blocks = {block.title: block for block in of_area(voorbeeld_store, area).blocks}
    assert list(blocks) == [
        "Wie wonen er?",
        "Wat verandert er?",
        "Wat lukt niet vanzelf?",
        "Wat mist er om thuis te wonen?",
    ]
    row = area.figures(["mobiliteit_18"]).iloc[0]
    count = people(row["teller"], hidden=row["verborgen"], counted=row["geteld"], minimum=10)
    assert f"ongeveer {count} mensen" in " ".join(blocks["Wat lukt niet vanzelf?"].sentences)
    assert f"{row['soort']} {row['jaar']}" in blocks["Wat lukt niet vanzelf?"].known
    assert "2040" in " ".join(blocks["Wat verandert er?"].sentences)
    assert all(block.known for block in blocks.values())


@pytest.mark.parametrize(
    ("link", "made"),
    [
        ("https://wwz.example/?gebied=GM9902", True),
        ("https://wwz.example/pad/exporteren?gebied=GM9902", True),
        ("https://wwz.example/wijkprofiel?gebied=GM9902", True),
        ("https://wwz.example/toekomst?gebied=GM9902", False),
        ("https://wwz.example/pad/wijkagenda/?gebied=GM9902", True),
        ("rommel", False),
    ],
)
def test_only_a_link_of_a_screen_with_a_file_gives_a_file(voorbeeld_store, tmp_path, capsys, link, made):
    target = tmp_path / "a.csv"
    call = ["export", "--database", str(voorbeeld_store.path), "--link", link, "--formaat", "csv"]
    assert main([*call, "--uit", str(target)]) == (0 if made else 2)
    assert target.exists() == made
    assert made or "Neem de link van de Kaart" in capsys.readouterr().err


def test_another_area_than_in_the_link_gives_the_report_of_that_area(voorbeeld_store, tmp_path):
    target = tmp_path / "a.docx"
    link = "https://wwz.example/?gebied=GM9902&gekozen=WK990201"
    call = ["export", "--database", str(voorbeeld_store.path), "--link", link, "--gebied", "WK990102"]
    assert main([*call, "--formaat", "docx", "--uit", str(target)]) == 0
    view = View(gebied=("WK990102",))
    assert target.read_bytes() == make_file(voorbeeld_store, view, "docx")


def test_figures_of_too_few_people_are_not_called_unknown(voorbeeld_store):
    from wwz.ask.layer import with_texts

    area = find_area(voorbeeld_store, ["GM9901"])
    rows = area.parts("buurt", ["horen_65"]).assign(waarde=float("nan"), water=False)
    shown = with_texts(rows, 10).set_index("verborgen")["waarde_tekst"]
    assert set(shown[True]) == {"minder dan 10 mensen"} and set(shown[False]) == {"onbekend"}
