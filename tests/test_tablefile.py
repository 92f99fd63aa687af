"""The one reader of tables that people make: whatever program wrote them, the same rows, places and refusals."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook

from wwz.base.errors import Fout
from wwz.own.tablefile import MOST_SHOWN, Columns, all_mistakes, placed, read_rows, read_tables, wrong_in
from wwz.words.harmless import as_written, neutral

SPEC = Columns(("gebied", "aantal"), ("bron",), {"code": "gebied"})
EXPECTED = [{"gebied": "BU1", "aantal": "12", "bron": ""}, {"gebied": "BU2", "aantal": "1,5", "bron": "Zó"}]


def workbook(*pages: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(pages, 1):
        sheet = book.create_sheet(f"Blad{number}")
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


TABLES = {
    "puntkomma": "Code;Aantal;Bron\nBU1;12\nBU2;1,5;Zó\n".encode(),
    "bom en windows-regels": "\ufeffCode;Aantal;Bron\r\nBU1;12;\r\nBU2;1,5;Zó\r\n".encode(),
    "oud windows": "code;aantal;bron\nBU1;12;\nBU2;1,5;Zó\n".encode("cp1252"),
    "tab": "GEBIED\tAANTAL\tBRON\nBU1\t12\t\nBU2\t1,5\tZó\n".encode(),
    "komma": 'gebied,aantal,bron\n"BU1",12,\nBU2,"1,5",Zó\n'.encode(),
    "andere kolommen ertussen": "x;Bron;Aantal;;Code\n1;;12;;BU1\n1;Zó;1,5;9;BU2;te veel\n".encode(),
    "werkmap": workbook([["Code", "Aantal", "Bron"], ["BU1", 12], ["BU2", "1,5", "Zó"]]),
    "eerst een leeg blad": workbook([], [["Code", "Aantal", "Bron"], ["BU1", 12.0], ["BU2", "1,5", " Zó "]]),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_program_gives_the_same_rows(name):
    assert [row for _, row in read_rows(TABLES[name], "t", SPEC)] == EXPECTED


def test_the_place_is_that_of_a_spreadsheet():
    text = '\n\ngebied;aantal\nBU1;"1\n2"\n;\nBU2;3\n'
    assert [place for place, _ in read_rows(text.encode(), "t.csv", SPEC)] == ["regel 4", "regel 6"]
    content = workbook([[], ["gebied", "aantal"], ["BU1", 1], [], ["BU2", 2]])
    assert [place for place, _ in read_rows(content, "t.xlsx", SPEC)] == [
        "blad Blad1, regel 3",
        "blad Blad1, regel 5",
    ]


def test_numbers_dates_and_formulas_of_a_workbook():
    content = workbook([["gebied", "aantal"], [date(2025, 1, 1), 1234567.0], [0.1 + 0.2, "=1+2"]])
    assert [list(row.values())[:2] for _, row in read_rows(content, "t.xlsx", SPEC)] == [
        ["2025-01-01 00:00:00", "1234567"],
        ["0.3", "=1+2"],
    ]
    # Nobody worked it out yet.
    assert read_tables(content, "t.xlsx")[0].rijen[1][1]["aantal"] == ""


@pytest.mark.parametrize("text", ["=1+1", "-5", "@x", "+", "'s-Hertogenbosch", "gewoon", "'"])
def test_a_text_comes_back_as_it_was_written(text):
    assert as_written(neutral(text)) == text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "staan geen regels"),
        (b"\n;\n", "staan geen regels"),
        (b"gebied;x\nBU1;2\n", "mist de kolom aantal"),
        (b"gebied;aantal;code\nBU1;2;BU2\n", "kolom gebied twee keer"),
        (b"gebied;aantal\nBU1;\x00\n", "niet te lezen"),
        (b'gebied;aantal\n"BU1;2\n', "niet te lezen"),
        (b"PK\x03\x04rommel", "niet te lezen"),
        (b"gebied;aantal\n" + b"1;2\n" * 20_001, "te veel regels"),
        (b"gebied;aantal\n" + b";" * 200, "100 kolommen"),
        (b" " * (10 * 1024 * 1024 + 1), "10 MB"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_with_the_name(content, words):
    with pytest.raises(Fout, match=words) as found:
        read_rows(content, "mijn.csv", SPEC)
    assert len(found.value.zinnen) == 1 and "mijn.csv" in found.value.zinnen[0]


def test_mistakes_come_together_in_the_order_of_the_file():
    rows = read_rows(b"gebied;aantal\nBU1;x\nBU2;y\n", "t.csv", SPEC)
    checks = {"gebied": lambda t: "" if t == "BU1" else f"{t} bestaat niet", "aantal": lambda t: "geen getal"}
    found = [(n, text) for n, (_, row) in reversed(list(enumerate(rows))) for text in wrong_in(row, checks)]
    told = all_mistakes("t.csv", placed([*found, (-1, "er ontbreekt een jaar")], rows), "Er is niets bewaard")
    assert told.zinnen == (
        "In t.csv staan 4 fouten. Er is niets bewaard:",
        "Er ontbreekt een jaar.",
        "Regel 2: geen getal.",
        "Regel 3: BU2 bestaat niet.",
        "Regel 3: geen getal.",
    )
    many = all_mistakes("t.csv", ["x."] * (MOST_SHOWN + 3))
    assert len(many.zinnen) == MOST_SHOWN + 2 and many.zinnen[-1] == "En nog 3 andere fouten."
