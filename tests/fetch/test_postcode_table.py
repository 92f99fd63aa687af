"""The table of postcodes: fetched once as a zip, counted while read, and only of the gemeenten that were asked."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from wwz.base.errors import Fout
from wwz.fetch.fetch import fetch_set
from wwz.fetch.items import Item
from wwz.fetch.opening import measure, open_all
from wwz.fetch.plan import make_plan
from wwz.fetch.postcodes import Postcodes
from wwz.sources.postcodes import are_postcodes, read_postcodes
from wwz.sources.reading import Report, Table

NAME = "2024-cbs-pc6huisnr20240801_buurt.zip"
ITEM = Item("postcodes", NAME, 2024, ("GM9901",), indeling=2024)
HEAD = "PC6;Huisnummer;Buurt2024;Wijk2024;Gemeente2024"
# 2502BB lies over the border of the gemeente.
ROWS = [
    "2501AA;1;99010101;990101;9901",
    "2501AA;2;99010101;990101;9901",
    "2501AA;3;99010102;990101;9901",
    "2502BB;1;99010102;990101;9901",
    "2502BB;2;99020101;990201;9902",
    "2503CC;1;99020101;990201;9902",
    "9712AB;7;05180101;051801;0518",
]


def zipped(table: str, **more: bytes) -> bytes:
    """As CBS packs it: with the names of buurten, wijken and gemeenten beside it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("pc6hnr20240801_gwb.csv", table)
        packed.writestr("gemeenten2024.csv", "Gemcode2024;Gemeentenaam2024\n9901;Duinmonde\n")
        for name, data in more.items():
            packed.writestr(name, data)
    return out.getvalue()


@pytest.fixture
def served(standin):
    standin.content.files[NAME] = zipped("\n".join([HEAD, *ROWS]) + "\n")
    return standin


def test_postcodes_of_the_gemeente_come_with_all_their_buurten(served, place):
    frame, about = Postcodes(ITEM, place).fetch()
    assert frame.values.tolist() == [
        ["2501AA", "99010101", 2], ["2501AA", "99010102", 1],
        ["2502BB", "99010102", 1], ["2502BB", "99020101", 1],
    ]  # fmt: skip
    assert (
        about.tabel == "2024-cbs-pc6huisnr20240801_buurt"
        and about.versie == "2025-04-30"
        and about.rijen == 4
    )
    assert len(Postcodes(replace(ITEM, gemeenten=()), place).fetch()[0]) == 6
    # What a build makes of the file in the set.
    table = Table(ITEM.bestand, "", frame.astype("string"))
    found = read_postcodes(table, Report()).inhoud
    assert are_postcodes(table) and found.values.tolist()[0] == ["2501AA", "BU99010101", 2, 2024]


def test_a_comma_quotes_and_a_lost_nought_are_read_too(served, place):
    rows = [
        '"PC6","Huisnummer","Buurt2024","Wijk2024","Gemeente2024"',
        '"9712AB","7","5180101","51801","518"',
    ]
    served.content.files[NAME] = zipped("\ufeff" + "\r\n".join(rows) + "\r\n")
    frame, _ = Postcodes(replace(ITEM, gemeenten=("GM0518",)), place).fetch()
    assert frame.values.tolist() == [["9712AB", "5180101", 1]]


def test_it_is_measured_beforehand_and_not_fetched_twice(served, place):
    plan = make_plan((("GM9901", "Duinmonde"),), 2024, postcodes=True)
    kept = tuple(i for i in plan.items if i.familie == "postcodes")
    frame, remarks = measure(replace(plan, items=kept), place)
    assert [i.tabel for i in kept] == [NAME] and remarks == [] and frame["megabyte"].iloc[0] > 0
    assert served.ranges == ["bytes=0-0"]
    Postcodes(ITEM, place).fetch()
    served.ranges.clear()
    Postcodes(ITEM, place).fetch()
    assert served.ranges == ["bytes=0-0", ""]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"geen zip", "beschadigd"),
        (zipped("code;inwoners\n1;2\n"), "in welke buurt een postcode ligt"),
        (zipped(HEAD + "\n2501AA;1;99010101\n"), "niet te lezen"),
        (zipped(HEAD + "\n"), "geen postcodes van deze gemeenten"),
        (zipped("\n".join([HEAD, ROWS[-1]])), "geen postcodes van deze gemeenten"),
        (zipped(HEAD, **{"../buiten.csv": b"x" * 999}), "andere map"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_and_nothing_stays_unpacked(served, place, content, said):
    served.content.files[NAME] = content
    with pytest.raises(Fout, match=said) as found:
        Postcodes(ITEM, place).fetch()
    assert len(found.value.zinnen) == 1
    assert not list(place.paginas.parent.rglob("*.csv"))


def test_without_it_the_rest_goes_on_with_a_remark(standin, place):
    plan = make_plan((("GM9901", "Duinmonde"),), 2024, postcodes=True)
    kept = replace(plan, items=tuple(i for i in plan.items if i.familie == "postcodes" or i.nodig))
    opened, remarks = open_all(kept, place)
    assert not any(item.familie == "postcodes" for item in opened) and NAME in remarks[0]
    standin.content.files[NAME] = b"geen zip"
    folder, remarks = fetch_set(kept, place)
    assert any("Postcodes met hun buurt" in text for text in remarks)
    assert (folder / "85984NED_2024.parquet").exists() and not (folder / ITEM.bestand).exists()
