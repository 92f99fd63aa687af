"""The municipality's logo: on every kind of file, and harmless whatever the file holds."""

import io
import struct
import zipfile
import zlib

import docx
import pptx
import pytest
from PIL import Image
from pypdf import PdfReader

from wwz.ask.view import View
from wwz.base.errors import Fout
from wwz.export.formats import Paper, make_file
from wwz.export.logo import KEPT_SIDE, read_logo

VIEW = View(gebied=("WK990102",), laag="mobiliteit_18")
COLOUR = (200, 16, 120)
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 10">'
)
SQUARE = '<rect width="40" height="10" fill="#C81078"/>'


def svg(tmp_path, inside, head=HEAD):
    path = tmp_path / "logo.svg"
    path.write_text(f"{head}{inside}</svg>", encoding="utf-8")
    return path


def png(tmp_path, size=(400, 100)):
    path = tmp_path / "logo.png"
    Image.new("RGB", size, COLOUR).save(path)
    return path


def test_no_logo_is_no_logo():
    assert read_logo(None) is None


def test_a_png_and_an_svg_become_the_same_pixels(tmp_path):
    drawn, painted = read_logo(svg(tmp_path, SQUARE)), read_logo(png(tmp_path))
    for logo in (drawn, painted):
        assert logo.wide / logo.high == pytest.approx(4)
        assert Image.open(io.BytesIO(logo.png)).convert("RGB").getpixel((3, 3)) == COLOUR
    assert max(drawn.wide, drawn.high) == KEPT_SIDE
    assert drawn.fit(40, 5) == pytest.approx((20, 5))


def test_letters_in_a_drawing_are_drawn_with_our_own_type(tmp_path):
    logo = read_logo(svg(tmp_path, '<text y="9" font-size="9" font-family="Onbekend">Gemeente</text>'))
    assert logo.pixels[..., 3].mean() > 5


HOSTILE = {
    "script": "<script>1</script>",
    "attribute": '<rect width="1" height="1" onload="x()"/>',
    "picture": '<image href="http://kwaad.example/a.png" width="9" height="9"/>',
    "file": '<image xlink:href="file:///etc/passwd" width="9" height="9"/>',
    "style": "<style>@import url(http://kwaad.example/a.css);</style>",
    "address": '<rect width="9" height="9" style="fill:url(http://kwaad.example/#a)"/>',
    "use": '<use xlink:href="http://kwaad.example/a.svg#b"/>',
    "foreign": "<foreignObject><p>x</p></foreignObject>",
    "copies": '<g id="a"><rect width="1" height="1"/></g><g id="b"><use href="#a"/><use href="#a"/></g><use href="#b"/>',
    "many": "<g/>" * 6000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_drawing_is_refused_in_dutch(tmp_path, kind):
    with pytest.raises(Fout, match="niet te gebruiken"):
        read_logo(svg(tmp_path, HOSTILE[kind] + SQUARE))


def test_entities_are_refused(tmp_path):
    head = f'<!DOCTYPE svg [<!ENTITY a "aaaa">]>{HEAD}'
    with pytest.raises(Fout, match="niet te gebruiken"):
        read_logo(svg(tmp_path, "<title>&a;</title>", head))


def test_a_small_file_that_claims_to_be_huge_is_refused(tmp_path):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    path = tmp_path / "bom.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(Fout, match="niet te gebruiken"):
        read_logo(path)


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\nkapot", b"<html></html>", b"\xff\xfe<svg/>", b"MZ\x90"]
)
def test_another_kind_of_file_is_refused(tmp_path, content):
    path = tmp_path / "logo.png"
    path.write_bytes(content)
    with pytest.raises(Fout, match="niet te gebruiken"):
        read_logo(path)


def test_a_missing_or_too_large_file_is_told(tmp_path):
    with pytest.raises(Fout, match="bestaat niet"):
        read_logo(tmp_path / "weg.svg")
    large = tmp_path / "groot.svg"
    large.write_bytes(b" " * 2_000_001)
    with pytest.raises(Fout, match="2 MB"):
        read_logo(large)


def test_what_a_png_carries_along_stays_behind(tmp_path):
    from PIL.PngImagePlugin import PngInfo

    hidden = PngInfo()
    hidden.add_text("Comment", "gemaakt door J. de Vries")
    path = tmp_path / "logo.png"
    Image.new("RGB", (8, 8), COLOUR).save(path, pnginfo=hidden)
    assert b"Vries" in path.read_bytes() and b"Vries" not in read_logo(path).png


@pytest.fixture(scope="module")
def made(voorbeeld_store, tmp_path_factory):
    """Every format that can carry a logo, with one."""
    logo = read_logo(png(tmp_path_factory.mktemp("logo")))
    kinds = ("png", "pdf", "svg", "html", "pptx", "docx", "rapport")
    return {kind: make_file(voorbeeld_store, VIEW, kind, Paper(logo=logo)) for kind in kinds}


def test_the_logo_is_on_every_kind_of_page(made):
    colours = Image.open(io.BytesIO(made["png"])).convert("RGB").getcolors(2**24)
    assert dict((colour, number) for number, colour in colours).get(COLOUR, 0) > 5000
    for kind in ("pdf", "rapport"):
        pictures = PdfReader(io.BytesIO(made[kind])).pages[0].images
        assert any(COLOUR in [c for _, c in one.image.convert("RGB").getcolors(2**24)] for one in pictures), (
            kind
        )
    assert b"data:image/png;base64," in made["svg"]
    assert b'<img class="logo" alt="Logo" src="data:image/png;base64,' in made["html"]
    for slide in pptx.Presentation(io.BytesIO(made["pptx"])).slides:
        assert "Logo" in [
            shape._element.nvPicPr.cNvPr.get("descr") for shape in slide.shapes if shape.shape_type == 13
        ]
    head = docx.Document(io.BytesIO(made["docx"])).sections[0].header
    assert "graphic" in head._element.xml


def test_without_a_logo_nothing_of_it_is_there(voorbeeld_store):
    page = make_file(voorbeeld_store, VIEW, "html").decode()
    assert "<img" not in page


@pytest.mark.parametrize("code", ["pptx", "docx", "rapport"])
def test_a_file_with_a_logo_is_the_same_every_time(voorbeeld_store, tmp_path, made, code):
    assert make_file(voorbeeld_store, VIEW, code, Paper(logo=read_logo(png(tmp_path)))) == made[code]


def test_the_command_puts_the_logo_of_the_settings_on_a_map(voorbeeld_store, tmp_path, monkeypatch):
    from wwz.cli.main import main

    png(tmp_path)
    (tmp_path / "config.toml").write_text('[organisatie]\nlogo = "logo.png"\n', encoding="utf-8")
    monkeypatch.setenv("WWZ_CONFIG", str(tmp_path / "config.toml"))
    target = tmp_path / "a.pptx"
    call = [
        "export",
        "--database",
        str(voorbeeld_store.path),
        "--gebied",
        "WK990102",
        "--laag",
        "mobiliteit_18",
    ]
    assert main([*call, "--formaat", "pptx", "--uit", str(target)]) == 0
    with zipfile.ZipFile(target) as archive:
        assert any(
            name.startswith("ppt/media/") and holds_colour(archive.read(name)) for name in archive.namelist()
        )


def holds_colour(content):
    """Whether a picture holds the colour of the logo."""
    colours = Image.open(io.BytesIO(content)).convert("RGB").getcolors(2**24)
    return COLOUR in [colour for _, colour in colours]
