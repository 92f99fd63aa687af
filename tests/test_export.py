"""Files made of a view say what the screen says: pictures, CSV, HTML, reports and the command line."""

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from math import hypot

import pytest
from matplotlib.text import Text
from PIL import Image
from pypdf import PdfReader

from wwz.ask.area import find_area
from wwz.ask.view import View
from wwz.base.errors import Fout
from wwz.cli.main import main
from wwz.export.delimited import make_csv
from wwz.export.formats import FORMATS, Paper, file_name, make_file
from wwz.export.image import make_image, picture_of
from wwz.export.series import make_series, parts_of
from wwz.export.sheet import make_sheet
from wwz.export.webpage import make_html
from wwz.maps.picture import draw
from wwz.words.harmless import clean, neutral
from wwz.words.numbers import people, value_text

VIEW = View(gebied=("GM9901",), laag="mobiliteit_18", niveau="buurt")


@pytest.fixture(scope="module")
def sheet(voorbeeld_store):
    return make_sheet(voorbeeld_store, VIEW)


def figures(store, niveau="buurt", code="mobiliteit_18", gebied="GM9901"):
    """What the database answers, asked apart from the code that exports."""
    return find_area(store, [gebied]).parts(niveau, [code]).set_index("gebied")


def read_csv(content):
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    until = lines.index([])
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:until]], lines[until + 1 :]


def dutch_number(text):
    return float(text.replace(".", "").replace(",", "."))


def test_csv_has_every_area_with_the_figure_of_the_query(sheet, voorbeeld_store):
    rows, _ = read_csv(make_csv(sheet))
    asked = figures(voorbeeld_store)
    assert {row["Code"] for row in rows} == set(asked.index)
    for row in rows:
        figure = asked.loc[row["Code"]]
        if figure["waarde"] == figure["waarde"]:
            assert dutch_number(row["Aandeel (%)"]) == pytest.approx(figure["waarde"], abs=0.051)
            assert dutch_number(row["Ondergrens (%)"]) == pytest.approx(figure["onder"], abs=0.051)
        else:
            assert row["Aandeel (%)"] in ("onbekend", "water, geen inwoners", "minder dan 10 mensen")
        assert (row["Jaar"], row["Hoe bekend"]) == (str(figure["jaar"]), figure["soort"])


def test_csv_opens_in_dutch_excel(sheet):
    content = make_csv(sheet)
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    assert re.search(rb";\d+,\d;", content)
    assert b";nan;" not in content and b"None" not in content


def test_small_counts_stay_hidden_in_every_text_format(voorbeeld_store):
    rows = figures(voorbeeld_store, code="horen_65")
    assert rows["verborgen"].any(), "de voorbeeldregio heeft geen klein aantal meer om te verbergen"
    found = make_sheet(voorbeeld_store, replace(VIEW, laag="horen_65"))
    codes = set(rows.index[rows["verborgen"]])
    lines, _ = read_csv(make_csv(found))
    small = [line for line in lines if line["Code"] in codes]
    assert {line["Mensen"] for line in small} == {"<10"}
    page = make_html(found).decode()
    assert page.count("&lt;10</td>") == len(codes)


def test_fictive_and_source_are_in_every_text_format(sheet, voorbeeld_store):
    page = make_html(sheet).decode()
    notes = make_csv(sheet).decode("utf-8-sig")
    report = pdf_text(make_file(voorbeeld_store, VIEW, "rapport"))
    paper = pdf_text(make_image(sheet, "pdf"))
    drawing = make_image(sheet, "svg").decode()
    for text in (page, notes, report, paper, drawing):
        assert "verzonnen" in text
        assert "Gezondheid per wijk en buurt" in text


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SOM(A1)", " =1", "\t=1", "\r@x"])
def test_text_that_looks_like_a_formula_is_neutralised(start):
    assert neutral(start).startswith("'")
    assert neutral("Moerwijk-Oost") == "Moerwijk-Oost"


def test_control_characters_do_not_reach_a_file():
    assert clean("a\x00b\x1fc\u2028d") == "a b c d"


def hostile(sheet, name='=HYPERLINK("http://x","y")<script>alert(1)</script>$x_{1}$\x00'):
    named = replace(sheet)
    vars(named)["rows"] = sheet.rows.assign(naam=name)
    return named


def test_hostile_names_are_text_in_csv_and_html(sheet):
    rows, _ = read_csv(make_csv(hostile(sheet)))
    assert {row["Gebied"][:2] for row in rows} == {"'="}
    page = make_html(hostile(sheet)).decode()
    assert "<script" not in page


def test_mathematics_in_a_name_is_drawn_as_text(sheet):
    picture = replace(picture_of(sheet), sub="$x_{1}$ en $", title="a $b$ \\frac")
    figure = draw(picture)
    figure.savefig(io.BytesIO(), format="png", dpi=30)


def test_no_letter_on_the_wall_is_under_18_pixels(sheet):
    bare = replace(picture_of(sheet), title="", sub="", marks=(), words="", logo=None, notes=())
    figure = draw(bare, "wand")
    wide, high = figure.get_size_inches()
    # What a wall of 1280 by 720 has left for it, under a title of two lines and beside the code.
    pixels = min(926 / wide, 426 / high) / 72
    letters = [text for text in figure.findobj(Text) if text.get_text().strip()]
    assert len(letters) > 8
    assert [text.get_text() for text in letters if text.get_fontsize() * pixels < 18] == []


class Sources(HTMLParser):
    """Every address an HTML page would fetch."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in ("src", "href", "xlink:href", "action")]


def test_html_asks_nothing_from_outside(sheet):
    page = make_html(sheet).decode()
    sources = Sources()
    sources.feed(page)
    assert sources.found == []
    assert "url(http" not in page and "@import" not in page
    assert 'lang="nl"' in page
    assert page.count("<path class=") == len(sheet.shapes)


def test_html_draws_all_that_the_screen_draws(voorbeeld_store):
    extras = {"tweede": "eenzaam_18", "rand": "wijk", "punten": ("apotheek",), "gekozen": "BU99010101"}
    found = make_sheet(voorbeeld_store, replace(VIEW, **extras))
    page, picture = make_html(found).decode(), picture_of(found)
    assert page.count('class="lijn tweede"') == len(picture.marked) > 0
    assert page.count('class="lijn grens"') == len(picture.outlines)
    assert page.count('class="lijn gekozen"') == 1
    assert page.count("<circle") == len(picture.points["Apotheken"]) > 0
    legend = page[page.index("<figcaption>") :]
    for text in (picture.outline_text, picture.marked_text, "Gekozen: ", "Apotheken"):
        assert text in legend, text


def test_legend_counts_add_up_to_the_areas_drawn(sheet):
    picture = picture_of(sheet)
    assert sum(picture.classes.counts) + picture.classes.missing_count == len(picture.shapes)
    known = figures(sheet.store)["waarde"].notna().reindex(picture.shapes["code"])
    assert picture.classes.missing_count == int((~known).sum())


@pytest.mark.parametrize(
    ("paper", "landscape", "inches"), [("A4", True, (11.69, 8.27)), ("A3", False, (11.69, 16.54))]
)
def test_picture_is_300_dots_per_inch_of_the_paper(sheet, paper, landscape, inches):
    picture = Image.open(io.BytesIO(make_image(sheet, "png", paper, landscape)))
    assert picture.size == pytest.approx([side * 300 for side in inches], abs=2)
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.5)
    colours = picture.convert("RGB").getcolors(maxcolors=2**24)
    drawn = {"#{:02X}{:02X}{:02X}".format(*colour) for number, colour in colours if number > 500}
    assert set(sheet.drawing[0].colours) <= drawn


def test_svg_holds_title_legend_scale_and_year(sheet):
    drawing = make_image(sheet, "svg").decode()
    for text in (
        "Moeite met bewegen",
        "minder dan 10 mensen",
        " km",
        ">N<",
        "2022",
        *sheet.drawing[0].labels[1:-1],
    ):
        assert text in drawing, text


@pytest.mark.lang
@pytest.mark.parametrize("code", list(FORMATS))
def test_the_same_question_gives_the_same_file(voorbeeld_store, code):
    view = replace(VIEW, gebied=("WK990102",))
    assert make_file(voorbeeld_store, view, code) == make_file(voorbeeld_store, view, code)


def pdf_text(content):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_report_tells_the_figures_of_the_chosen_area(voorbeeld_store):
    text = " ".join(
        pdf_text(make_file(voorbeeld_store, replace(VIEW, gekozen="WK990102"), "rapport")).split()
    )
    from wwz.knowledge import catalogue

    row = find_area(voorbeeld_store, ["WK990102"]).figures(["eenzaam_ernstig_18"]).iloc[0]
    assert "Singelkwartier" in text
    assert value_text(row["waarde"], catalogue()["eenzaam_ernstig_18"]) in text
    assert people(row["teller"], hidden=row["verborgen"], counted=row["geteld"], minimum=10) in text


def test_paper_map_and_word_report_hold_the_figures_of_the_query(voorbeeld_store):
    import docx

    from wwz.knowledge import catalogue

    view = replace(VIEW, gebied=("WK990102",))
    area = find_area(voorbeeld_store, view.gebied)
    row = area.figures(["mobiliteit_18"]).iloc[0]
    share = value_text(row["waarde"], catalogue()["mobiliteit_18"])
    # The margin of the share, in people, and chance apart from it.
    count, chance = row["teller"], 1.645 * (row["teller"] * (1 - row["waarde"] / 100)) ** 0.5
    low, high = (
        people(
            count + side * hypot(count / row["waarde"] * row[edge] - count, chance),
            hidden=False,
            counted=False,
            minimum=10,
        )
        for edge, side in (("onder", -1), ("boven", 1))
    )
    paper = " ".join(pdf_text(make_file(voorbeeld_store, view, "pdf")).split())
    for text in (share, low, high):
        assert text in paper, text
    document = docx.Document(io.BytesIO(make_file(voorbeeld_store, view, "docx")))
    cells = {cell.text for table in document.tables for line in table.rows for cell in line.cells}
    for code in ("mobiliteit_18", "eenzaam_18", "eenzaam_ernstig_18"):
        row = area.figures([code]).iloc[0]
        text = value_text(row["waarde"], catalogue()[code])
        assert any(cell.startswith(text) for cell in cells), (code, text)
        assert people(row["teller"], hidden=row["verborgen"], counted=row["geteld"], minimum=10) in cells


def test_series_has_one_file_for_every_wijk(voorbeeld_store):
    import zipfile

    area = find_area(voorbeeld_store, ["GM9902"])
    seen = []
    content = make_series(
        voorbeeld_store, VIEW, area, "csv", Paper(), VIEW.laag, lambda *step: seen.append(step)
    )
    wijken = voorbeeld_store.areas().query("niveau == 'wijk' and gemeente == 'GM9902'")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {name[:8] for name in archive.namelist()} == set(wijken["code"])
        rows, _ = read_csv(archive.read(archive.namelist()[0]))
    first = archive.namelist()[0][:8]
    assert {row["Code"] for row in rows} == set(find_area(voorbeeld_store, [first]).buurten)
    assert [number for number, _, _ in seen] == list(range(1, len(parts_of(area)) + 1))


def test_unknown_layer_is_one_dutch_sentence(voorbeeld_store):
    with pytest.raises(Fout, match="geen cijfers"):
        make_sheet(voorbeeld_store, replace(VIEW, laag="bestaat_niet"))


def test_file_names_are_plain():
    assert file_name("'s-Gravenhage / ß €", "mobiliteit_18", "png") == "s-gravenhage-mobiliteit_18.png"
    assert file_name("../..", "x", "docx") == "gebied-profiel.docx"


def test_command_writes_the_file(voorbeeld_store, tmp_path, capsys):
    target = tmp_path / "a.csv"
    call = [
        "export",
        "--database",
        str(voorbeeld_store.path),
        "--gebied",
        "GM9901",
        "--laag",
        "mobiliteit_18",
    ]
    assert main([*call, "--formaat", "csv", "--uit", str(target)]) == 0
    assert target.read_bytes() == make_file(voorbeeld_store, VIEW, "csv")
    assert "Gemaakt" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("extra", "sentence"),
    [
        (["--jaar", "1999"], "geen 1999"),
        (["--gebied", "GM0000"], "staat niet in de gegevens"),
        (["--uit", "/bestaat/niet/a.csv"], "bestandsnaam in een map die bestaat"),
        (["--formaat", "doc"], "--formaat"),
    ],
)
def test_wrong_calls_end_with_one_sentence(voorbeeld_store, tmp_path, capsys, extra, sentence):
    call = [
        "export",
        "--database",
        str(voorbeeld_store.path),
        "--gebied",
        "GM9901",
        "--laag",
        "mobiliteit_18",
    ]
    call += ["--formaat", "csv", "--uit", str(tmp_path / "a.csv"), *extra]
    assert main(call) == 2
    shown = capsys.readouterr().err.strip()
    assert sentence in shown and "\n" not in shown
    assert not (tmp_path / "a.csv").exists()
