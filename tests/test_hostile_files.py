"""Files that are broken or made to hurt: one plain sentence each, and the good file beside them is still used."""

from __future__ import annotations

import json
import os
import re
import time
import tracemalloc
import zipfile

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from invoer_hulp import CODES, column, geojson, kwb, read, squares, texts
from shapely.geometry import box

from wwz.sources import limits
from wwz.sources.reading import clean

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]")


def _truncated(path, frame, write, share=0.6):
    write(frame, path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])


def _bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            block = b"0" * limits.MEGABYTE
            for _ in range(limits.MOST_UNPACKED // limits.MEGABYTE + 1):
                part.write(block)


REFUSED = {
    "leeg.csv": lambda p: p.write_bytes(b""),
    "wit.csv": lambda p: p.write_bytes(b"\n \n\n"),
    "alleen kop.csv": lambda p: kwb().head(0).to_csv(p, index=False),
    "geen rijen.parquet": lambda p: kwb().head(0).to_parquet(p),
    "geen rijen.xlsx": lambda p: kwb().head(0).to_excel(p, index=False),
    "een kolom.csv": lambda p: p.write_text("WijkenEnBuurten\nBU99010001\n"),
    "afgekapt.parquet": lambda p: _truncated(p, kwb(), pd.DataFrame.to_parquet),
    "afgekapt.xlsx": lambda p: _truncated(p, kwb(), lambda f, q: f.to_excel(q, index=False)),
    "afgekapt.gpkg": lambda p: _truncated(p, squares(), lambda f, q: f.to_file(q), 0.05),
    "afgekapt.geojson": lambda p: _truncated(p, squares(), lambda f, q: geojson(q, f)),
    "afgekapt.json": lambda p: p.write_text('{"value": [{"WijkenEnBuurten": "BU9901'),
    "niets.parquet": lambda p: p.write_bytes(b"PAR1PAR1"),
    "rommel.gpkg": lambda p: p.write_bytes(b"SQLite format 3\0" + os.urandom(4000)),
    "rommel.csv": lambda p: p.write_bytes(bytes(range(256)) * 20),
    "rommel.xlsx": lambda p: p.write_bytes(b"PK\x03\x04" + os.urandom(500)),
    "ander.zip": lambda p: zipfile.ZipFile(p, "w").writestr("kwb.csv", "a;b"),
    "oud.xls": lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    "fout.csv": lambda p: p.write_text("<html><body>404 niet gevonden</body></html>"),
    "vrt.geojson": lambda p: p.write_text(
        "<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    ),
    "bom.xlsx": _bomb,
    "diep.json": lambda p: p.write_text("[" * 200_000),
    "diep.geojson": lambda p: p.write_text('{"type":"FeatureCollection","features":' + "[" * 100_000),
    "zonder features.geojson": lambda p: p.write_text('{"type": "FeatureCollection", "features": []}'),
    "geen features.geojson": lambda p: p.write_text('{"type": "FeatureCollection"}'),
    "getal.json": lambda p: p.write_text("42"),
    "lijst.json": lambda p: p.write_text("[1, 2, 3]"),
    "breed.csv": lambda p: p.write_text(
        ",".join(f"k{i}" for i in range(5001)) + "\n" + ",".join("1" for _ in range(5001))
    ),
    "breed.parquet": lambda p: pd.DataFrame(
        np.zeros((1, 5001)), columns=[f"k{i}" for i in range(5001)]
    ).to_parquet(p),
    "breed.json": lambda p: p.write_text(json.dumps([{f"k{i}": 1 for i in range(5001)}])),
    "open aanhaling.csv": lambda p: p.write_text('"WijkenEnBuurten,AantalInwoners_5\n' + "x" * 300_000),
    "verwisseld.csv": lambda p: kwb(WijkenEnBuurten=[1000, 2000, 500, 1500], AantalInwoners_5=CODES).to_csv(
        p, index=False
    ),
    "andere codes.csv": lambda p: kwb(WijkenEnBuurten=["1011AB", "1012", "A", "B"]).to_csv(p, index=False),
    "onbekend.csv": lambda p: pd.DataFrame({"code": CODES, "iets": 1, "jaar": 2023}).to_csv(p, index=False),
    "lang.csv": lambda p: pd.DataFrame({"WijkenEnBuurten": CODES, "Measure": "T001036", "Value": 1.0}).to_csv(
        p, index=False
    ),
    "tekst.docx": lambda p: zipfile.ZipFile(p, "w").writestr("word/document.xml", "<x/>"),
    "plaatje.png": lambda p: p.write_bytes(b"\x89PNG\r\n\x1a\n"),
    "kaal.shp": lambda p: p.write_bytes(b"\x00\x00\x27\x0a" + b"\0" * 96),
    'raar\n\x1b[31mnaam\u202e".csv': lambda p: p.write_bytes(b""),
    "😀 'emoji'.csv": lambda p: p.write_bytes(b""),
    os.fsdecode(b"kapot\xff.csv"): lambda p: p.write_bytes(b""),
}


@pytest.mark.parametrize("name", REFUSED, ids=lambda n: clean(n))
def test_refused_with_one_sentence_and_the_rest_is_used(tmp_path, name):
    REFUSED[name](tmp_path / name)
    kwb().to_csv(tmp_path / "zz goed.csv", index=False)
    readings, report = read(tmp_path)
    assert [r.bestand for r in readings] == ["zz goed.csv"]
    (remark,) = [m for m in report.meldingen if m.ernst == "afgekeurd"]
    assert remark.bestand == clean(name)
    assert remark.tekst.endswith(".") and 15 < len(remark.tekst) < 300
    assert not CONTROL.search(remark.bestand + remark.tekst)
    assert not re.search(r"Traceback|File \"|\bline \d|0x[0-9a-f]{6}", remark.tekst)


@pytest.mark.parametrize("ending", ["csv", "parquet", "geojson", "json", "xlsx", "gpkg"])
def test_header_bomb_is_refused_at_once_and_never_in_memory(tmp_path, ending):
    path = tmp_path / f"bom.{ending}"
    with path.open("wb") as handle:
        handle.write(b"kolom;" * 1000)
        handle.seek(300 * limits.MEGABYTE)
        handle.write(b";")
    tracemalloc.start()
    start = time.monotonic()
    readings, report = read(tmp_path)
    seconds, (_, peak) = time.monotonic() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert readings == [] and len(texts(report, "afgekeurd")) == 1
    assert seconds < 1 and peak < 20 * limits.MEGABYTE


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("cp1252", b""),
        ("latin-1", b""),
    ],
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_encoding_and_delimiter(tmp_path, encoding, bom, delimiter):
    text = kwb(buurtnaam=["Cité", "Zürich-plein", 'De "Hoek"', f"a{delimiter}b\nc"]).to_csv(
        index=False, sep=delimiter
    )
    (tmp_path / "a.csv").write_bytes(bom + text.encode(encoding))
    (reading,), report = read(tmp_path)
    assert column([reading], "inwoners") == ["1000", "2000", "500", "1500"]
    # A line break inside a name becomes a space: no control characters on screen.
    assert reading.gebieden["naam"].tolist() == [
        "Cité",
        "Zürich-plein",
        'De "Hoek"',
        f"a{delimiter.replace(chr(9), ' ')}b c",
    ]
    assert bool(texts(report, "let_op")) == (encoding in ("cp1252", "latin-1"))


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("eigenlijk parquet.csv", lambda p: kwb().to_parquet(p)),
        (
            "eigenlijk xlsx.csv",
            lambda p: kwb().to_excel(p.with_suffix(".xlsx"), index=False) or p.with_suffix(".xlsx").rename(p),
        ),
        ("eigenlijk csv.txt", lambda p: kwb().to_csv(p, index=False, sep="\t")),
        ("eigenlijk json.csv", lambda p: p.write_text(json.dumps({"value": kwb().to_dict("records")}))),
        (
            "eigenlijk gpkg.csv",
            lambda p: (
                squares(aantalInwoners=[1000, 2000, 500, 1500]).to_file(p.with_suffix(".gpkg"))
                or p.with_suffix(".gpkg").rename(p)
            ),
        ),
        (
            "eigenlijk geojson.csv",
            lambda p: geojson(p, squares(crs="EPSG:4326", aantalInwoners=[1000, 2000, 500, 1500])),
        ),
    ],
)
def test_contents_count_and_not_the_name(tmp_path, name, write):
    write(tmp_path / name)
    readings, report = read(tmp_path)
    assert [float(v) for v in column(readings, "inwoners")] == [1000, 2000, 500, 1500] and texts(report) == []


def test_links_that_turn_round_and_folders_named_as_files(tmp_path):
    (tmp_path / "map.csv").mkdir()
    (tmp_path / "map.csv" / "rond").symlink_to(tmp_path)
    (tmp_path / "zichzelf.csv").symlink_to(tmp_path / "zichzelf.csv")
    (tmp_path / "weg.csv").symlink_to(tmp_path / "bestaat niet.csv")
    kwb().to_csv(tmp_path / "map.csv" / "goed.csv", index=False)
    readings, report = read(tmp_path)
    assert [r.bestand for r in readings] == ["goed.csv"] and texts(report) == []


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = tmp_path / "geheim.csv"
    kwb().to_csv(path, index=False)
    if os.geteuid() == 0:
        # Root may read everything: let the system say no in its place.
        opened = type(path).open
        monkeypatch.setattr(
            type(path),
            "open",
            lambda self, *a, **k: (
                (_ for _ in ()).throw(PermissionError(13, "no")) if self == path else opened(self, *a, **k)
            ),
        )
    else:
        path.chmod(0)
    readings, report = read(tmp_path)
    assert readings == [] and "mag niet gelezen worden" in texts(report, "afgekeurd")[0]


def test_html_in_a_name_stays_text(tmp_path):
    html = "<script>alert(1)</script><b>Wijk</b>"
    kwb(buurtnaam=html).to_csv(tmp_path / "a.csv", index=False)
    (reading,), _ = read(tmp_path)
    assert set(reading.gebieden["naam"]) == {html}


def test_codes_lower_case_padded_repeated_and_wrong(tmp_path):
    frame = pd.concat(
        [
            kwb(WijkenEnBuurten=["bu99010001", " BU99010002\t", "BU99010101", "BU9901"]),
            kwb().head(1),
            kwb(AantalInwoners_5=7).iloc[[2]],
        ]
    )
    frame.to_csv(tmp_path / "a.csv", index=False)
    (reading,), report = read(tmp_path)
    # The same row twice counts once; two different rows for one area: neither.
    assert dict(zip(reading.cijfers[0]["gebied"], reading.cijfers[0]["inwoners"], strict=True)) == {
        CODES[0]: "1000",
        CODES[1]: "2000",
    }
    assert any("1 rij heeft geen geldige gebiedscode" in t for t in texts(report))
    assert any("1 rij staat er twee keer in" in t for t in texts(report))
    assert any("dubbel in met verschillende getallen (BU99010101)" in t for t in texts(report))


def test_one_broken_layer_leaves_the_other(tmp_path):
    path = tmp_path / "a.gpkg"
    squares(aantalInwoners=5).to_file(path, layer="buurten")
    gpd.GeoDataFrame({"naam": ["x"]}, geometry=[box(0, 0, 1, 1)], crs="EPSG:28992").to_file(
        path, layer="iets anders"
    )
    readings, report = read(tmp_path)
    assert [r.onderdeel for r in readings] == ["buurten"] and "iets anders" in texts(report)[0]


def test_names_twice_in_a_json_row_are_reported(tmp_path):
    (tmp_path / "a.json").write_text(
        '{"value": [{"WijkenEnBuurten": "BU99010001", "Perioden": "2023JJ00", "AantalInwoners_5": 5, "AantalInwoners_5": 9}]}'
    )
    readings, report = read(tmp_path)
    assert column(readings, "inwoners") in ([9], ["9"]) and any(
        "meer keren" in t for t in texts(report, "let_op")
    )


def test_rows_of_another_length_are_left_out_and_counted(tmp_path):
    lines = kwb().to_csv(index=False).splitlines()
    (tmp_path / "a.csv").write_text("\n".join([*lines[:3], "te;kort", lines[3] + ",te,lang", lines[4]]))
    readings, report = read(tmp_path)
    assert column(readings, "inwoners") == ["1000", "2000", "1500"] and any(
        t.startswith("2 regels") for t in texts(report, "afgekeurd")
    )


def test_too_many_rows_are_refused_within_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MOST_ROWS", 1000)
    with (tmp_path / "a.csv").open("w") as handle:
        handle.write("buurtcode;jaar;aantal_inwoners\n" + "BU99010001;2023;5\n" * 400_000)
    readings, report = read(tmp_path)
    assert readings == [] and "rijen" in texts(report, "afgekeurd")[0]


def test_too_large_a_file_names_the_setting(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"a;b\n" * 400_000)
    readings, report = read(tmp_path, max_megabyte=1)
    assert readings == [] and "invoer.max_megabyte" in texts(report)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\x00c", "a b c"),
        ("x" * 500, "x" * 399 + "…"),
        ("\ud800y", "y"),
        ("<b>é😀</b>", "<b>é😀</b>"),
        ("a\u202eb", "a b"),
    ],
)
def test_clean_text(text, expected):
    assert clean(text) == expected
