"""Files from a visitor: what unpacks to too much is refused before it is read, and a file is read once."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from wwz.base.errors import Fout
from wwz.base.limits import LIMITS, MEGABYTE
from wwz.base.settings import Settings
from wwz.base.workbook import Bounds, check_workbook
from wwz.own.countsread import lines_of
from wwz.own.tablefile import MOST_ROWS, read_tables
from wwz.places import pointimport
from wwz.ui.shared import upload

SMALL = Bounds(rijen=50, kolommen=10, cellen=200, megabyte=1)
SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(sheet: str, *, sheets: int = 1, extra: dict[str, str] | None = None) -> bytes:
    """A workbook of Excel's own making, with other contents in its sheets."""
    plain, made = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    for number in range(sheets - 1):
        book.create_sheet(f"b{number}")
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            ours = part.filename.startswith("xl/worksheets/")
            new.writestr(part.filename, sheet if ours else old.read(part))
        for name, text in (extra or {}).items():
            new.writestr(name, text)
    return made.getvalue()


def sheet(rows: str, prefix: str = "") -> str:
    space = SPREADSHEET.replace("xmlns", f"xmlns:{prefix}") if prefix else SPREADSHEET
    mark = f"{prefix}:" if prefix else ""
    return f"<{mark}worksheet {space}><{mark}sheetData>{rows}</{mark}sheetData></{mark}worksheet>"


def rows(count: int, cells: str) -> str:
    return "".join(f'<row r="{n}">{cells.replace("#", str(n))}</row>' for n in range(1, count + 1))


ONE = '<c r="A#" t="inlineStr"><is><t>x</t></is></c>'
# Each is small to send, and would cost seconds or gigabytes to read.
BOMBS = {
    "ver naar rechts": workbook(sheet(rows(20_000, '<c r="XFD#"><v>1</v></c>'))),
    "lege cellen": workbook(sheet(rows(1, "<c/>" * 250_000))),
    "onder een andere naam": workbook(
        sheet(rows(1, "<c/>" * 250_000).replace("<c/", "<x:c/").replace("row", "x:row"), "x")
    ),
    "lege rijen, veel bladen": workbook(sheet('<row r="1048576"/>'), sheets=40),
    "veel cellen": workbook(
        sheet(rows(9_000, "".join(f'<c r="{c}#"><v>1</v></c>' for c in "ABCDEFGHIJKLMNOPQRSTUVWXY")))
    ),
    "entiteiten": workbook(f'<!DOCTYPE x [<!ENTITY a "{"a" * 1000}">]>' + sheet(rows(1, ONE))),
    "nullen": workbook(sheet(rows(1, ONE)), extra={"xl/media/a.png": "0" * 70_000_000}),
    "andere tekens": workbook(sheet(rows(1, ONE)), extra={"xl/a.xml": "<a/>\n" + "\x00" * 10}),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_that_grows_is_refused_by_every_reader(voorbeeld_store, monkeypatch, name):
    content = BOMBS[name]
    assert len(content) < 1_300_000

    def never(*args, **kwargs):
        raise AssertionError("the workbook was read before it was looked through")

    for place in (
        "wwz.own.tablefile.openpyxl.load_workbook",
        "wwz.sources.sheets.load_workbook",
    ):
        monkeypatch.setattr(place, never)
    for read in (
        lambda: read_tables(content, "t.xlsx"),
        lambda: lines_of(content, "t.xlsx"),
        lambda: pointimport.look(voorbeeld_store, Settings(), "t.csv", content, "", None),
    ):
        with pytest.raises(Fout) as found:
            read()
        assert len(found.value.zinnen) == 1 and found.value.zinnen[0].startswith(("t.xlsx", "t.csv"))


def test_what_is_within_the_bounds_passes_and_one_more_does_not():
    def check(text: str) -> None:
        check_workbook(io.BytesIO(workbook(sheet(text))), "t.xlsx", SMALL)

    check(rows(50, '<c r="A#"/><c r="J#"/>'))
    check(rows(20, "<c/>" * 10))
    # A style far below the table is what spreadsheets leave behind.
    check(rows(3, ONE) + '<row r="1048576"/>')
    for text, word in (
        (rows(51, '<c r="A#"/>'), "te veel regels"),
        (rows(1, '<c r="K#"/>'), "10 kolommen"),
        (rows(1, "<c/>" * 11), "10 kolommen"),
        (rows(1, '<c r="ZZZZZZZZZZZZ1"/>'), "10 kolommen"),
        (rows(21, "<c/>" * 10), "200 cellen"),
    ):
        with pytest.raises(Fout, match=word):
            check(text)
    # Texts of no cell cost as much as cells.
    many = workbook(sheet(rows(1, ONE)), extra={"xl/a.xml": f"<sst>{'<si/>' * 2000}</sst>"})
    with pytest.raises(Fout, match="200 cellen"):
        check_workbook(io.BytesIO(many), "t.xlsx", SMALL)


def test_broken_and_false_workbooks_are_told_in_one_sentence():
    good = workbook(sheet(rows(1, ONE)))
    for content in (
        b"PK",
        good[:200],
        good[:-30],
        workbook("<a><b></a>"),
    ):
        with pytest.raises(Fout, match="niet te lezen") as found:
            check_workbook(io.BytesIO(content), "t.xlsx", SMALL)
        assert len(found.value.zinnen) == 1


def test_long_and_wide_text_files_stop_early():
    with pytest.raises(Fout, match="te veel regels"):
        read_tables(b"a,b\n" + b"1,2\n" * (MOST_ROWS + 1), "t.csv")
    assert len(read_tables(b"a,b\n" + b"1,2\n" * MOST_ROWS, "t.csv")[0].rijen) == MOST_ROWS
    with pytest.raises(Fout, match="kolommen"):
        read_tables(b"," * 1_000_000, "t.csv")
    with pytest.raises(Fout, match="regels"):
        lines_of(b"gebied;onderwerp;aantal;peildatum;bron\n" + b"a;b;1;2020;x\n" * 700_000, "t.csv")


def test_the_server_takes_what_the_screens_say():
    import tomllib

    from wwz.base.paths import ROOT
    from wwz.own import tablefile

    set_in = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert set_in["server"]["maxUploadSize"] == LIMITS["bestand_megabyte"].standaard
    # The one reader of every file with an own table.
    assert LIMITS["bestand_megabyte"].hoogst * MEGABYTE == tablefile.MOST_BYTES


def test_a_file_is_read_again_only_when_something_changed(monkeypatch):
    session: dict = {}
    monkeypatch.setattr(upload.st, "session_state", session)
    read = []

    def look(name: str, content: bytes) -> str:
        read.append((name, content))
        if content == b"fout":
            raise Fout("Dit klopt niet.")
        return f"{name} {content!r}"

    def once(name: str, content: bytes, *also: object) -> str:
        return upload.read_once("bak", (name, content), look, *also)

    assert once("a", b"1", "x") == once("a", b"1", "x") == "a b'1'" and len(read) == 1
    for changed in (("a", b"2", "x"), ("b", b"2", "x"), ("b", b"2", "y")):
        once(*changed)
        once(*changed)
    assert len(read) == 4
    for _ in range(2):
        with pytest.raises(Fout, match="klopt niet"):
            once("a", b"fout")
    assert len(read) == 5 and len(session) == 1
