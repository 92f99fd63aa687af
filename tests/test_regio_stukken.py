"""What a region takes along: the same numbers as on screen, in native tables, and nothing that has to stay hidden."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from eigen_hulp import own_copy
from pptx import Presentation
from pypdf import PdfReader
from regio_hulp import CODES, GROUP, given, settled, whole_region
from streamlit.testing.v1 import AppTest

from wwz.ask.area import find_area
from wwz.ask.outlook import BASE, margin, outlook, scenarios
from wwz.base.errors import Fout
from wwz.base.paths import ROOT
from wwz.cli.main import main
from wwz.export.region import make_region_file
from wwz.knowledge.regions import fasen, groepen, partijen, regels
from wwz.own.region import agreed, chosen, process, register
from wwz.own.region.agreed import Scenario
from wwz.region import estimated, flat, monitor, overview, places, plan, series
from wwz.region.analysis import analysis
from wwz.region.spread import spread
from wwz.region.startnote import OPEN, progress, startnote
from wwz.region.subject import Over

COUNTS = dict(zip(CODES, (214, 31, 26, 19), strict=True))


@pytest.fixture
def store(own):
    """The example region with a ledger of its own."""
    return own


def texts(stuk) -> list[str]:
    cells = [
        cell
        for part in stuk.onderdelen
        for t in part.tabellen
        for row in (t.koppen, *t.rijen)
        for cell in row
    ]
    return [
        stuk.titel,
        *stuk.hoofdlijn,
        *(s for part in stuk.onderdelen for s in part.zinnen),
        *cells,
        *stuk.achterin,
    ]


def test_the_report_has_the_numbers_of_the_screen(store):
    given(store, COUNTS, settled(store))
    regio = whole_region(store)
    made = spread(series.series(regio, GROUP), "corporatie")
    stuk = analysis(Over(regio, sleutel="corporatie"))
    table = next(
        t for part in stuk.onderdelen for t in part.tabellen if t.titel.startswith(groepen()[GROUP].titel)
    )
    screen = [(r["naam"], str(r["nu"]), str(r["eerlijk"]), r["verschil"]) for r in flat.spread_rows(made)]
    assert [(r[0], r[1], r[2], int(r[3].replace("−", "-"))) for r in table.rijen] == screen
    shown = {row["titel"]: row["totaal"] for row in overview.rows(regio)}
    told = next(t for t in stuk.onderdelen[0].tabellen if t.titel == "Aandachtsgroepen en urgenten")
    assert (
        {row[0]: row[1] for row in told.rijen}[groepen()[GROUP].titel]
        == shown[groepen()[GROUP].titel]
        == "290"
    )
    later = stuk.onderdelen[0].tabellen[0]
    assert {row[0]: row[1] for row in later.rijen}.items() <= shown.items()
    # Of a gemeente the line of the same table.
    one = analysis(Over(regio, "GM9902", "corporatie"))
    line = next(
        r
        for part in one.onderdelen
        for t in part.tabellen
        for r in t.rijen
        if r[0] == groepen()[GROUP].titel and len(r) == 5
    )
    assert line[1:4] == table.rijen[1][1:4]


@pytest.mark.parametrize("kind", ["docx", "pdf", "pptx"])
def test_every_format_holds_every_sentence_and_cell(voorbeeld_store, kind):
    stuk = analysis(Over(whole_region(voorbeeld_store)))
    content = make_region_file(stuk, kind)
    assert content == make_region_file(stuk, kind)
    if kind == "docx":
        document = Document(io.BytesIO(content))
        assert len(document.tables) == sum(len(part.tabellen) for part in stuk.onderdelen)
        found = [p.text for p in document.paragraphs] + [
            c.text for t in document.tables for r in t.rows for c in r.cells
        ]
        heads = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
        assert heads == ["In het kort", *(part.titel for part in stuk.onderdelen), "Bronnen en werkwijze"]
        # What the law asks, in its order (S003, ch. 3).
        assert [re.sub(r"\W", "", h.lower()) for h in heads[1:-1]] == [
            re.sub(r"\W", "", p.titel.lower()) for p in stuk.onderdelen
        ]
    elif kind == "pptx":
        slides = Presentation(io.BytesIO(content)).slides
        shapes = [shape for slide in slides for shape in slide.shapes]
        assert any(shape.has_table for shape in shapes)
        found = [s.text_frame.text for s in shapes if s.has_text_frame]
        found += [c.text for s in shapes if s.has_table for r in s.table.rows for c in r.cells]
    else:
        assert b"pdfuaid" in content
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
        # A sentence may run on over the foot of a page.
        found = [" ".join(text.replace(f"{stuk.voet} · pagina {n}", "") for n, text in enumerate(pages, 1))]
    plain = re.sub(r"\W", "", " ".join(found))
    behind = set(stuk.achterin) if kind == "pptx" else set()
    assert [t for t in texts(stuk) if t not in behind and re.sub(r"\W", "", t) not in plain] == []
    assert "FICTIEF" in " ".join(found) and "nan" not in plain.lower().split()


def test_a_region_without_numbers_says_so_and_invents_none(store):
    given(store, {"GM9901": 214}, "anders geteld")
    stuk = analysis(Over(whole_region(store)))
    words = " ".join(texts(stuk))
    assert "nog geen twee gemeenten" in words and "Van geen enkele groep" in words
    assert not [row for part in stuk.onderdelen for t in part.tabellen for row in t.rijen if row[0] == ""]


def test_what_stands_side_by_side_follows_every_number_and_agreement(store):
    mark, regio = settled(store), whole_region(store)
    given(store, COUNTS, mark)

    def told() -> dict:
        return next(row for row in overview.rows(regio) if row["titel"] == groepen()[GROUP].titel)

    assert (told()["totaal"], told()["GM9904"]) == ("290", "19")
    register.withdraw(store.path, GROUP, "GM9904", "tafel", "bij nader inzien")
    assert told()["GM9904"] == "(19)" and told()["totaal"].startswith("271 tot ")
    given(store, {"GM9901": 215}, mark)
    assert told()["GM9901"] == "215" and told()["totaal"].startswith("272 tot ")


def test_the_margin_of_a_gemeente_in_a_region_is_the_one_of_that_gemeente_by_itself(store):
    regio, year = whole_region(store), regels()["jaren"][-1]
    found = []
    for group in (g for g in groepen().values() if estimated.subject_of(store, g)):
        subject = estimated.subject_of(store, group)
        for code in ("", *regio.codes):
            area = find_area(store, [code]) if code else regio.area
            row = outlook(store, area, "gemeente", subject, scenarios(subject)[BASE]).whole.loc[year]
            assert estimated.margin(regio, code, group, year) == margin(row, 10)
            found.append(margin(row, 10))
    assert len(set(found)) > len(regio.codes)


def test_nothing_in_any_document_depends_on_how_a_hidden_sum_is_made_up(voorbeeld_store, tmp_path):
    found = set()
    for number, (third, fourth) in enumerate([(17, 7), (15, 9)]):
        folder = tmp_path / str(number)
        folder.mkdir()
        copy = own_copy(voorbeeld_store, folder)
        given(copy, dict(zip(CODES, (88, 34, third, fourth), strict=True)), settled(copy))
        regio = whole_region(copy)
        made = plan.plan(spread(series.series(regio, GROUP), "inwoners"), 10, 5)
        agreed.agree(copy.path, GROUP, {("GM9903", 2026): 20, ("GM9901", 2026): 80}, "tafel", "Anna")
        rows = [plan.rows(made), plan.flow_rows(made), monitor.targets(made), monitor.rows(regio, GROUP)]
        found.add(str([texts(analysis(Over(regio, code))) for code in ("", "GM9903")] + rows))
        copy.close()
    assert len(found) == 1


# ------------------------------------------------------------- scenarios, agreements, process


def test_a_scenario_is_worked_out_again_and_says_what_changed(store):
    mark = settled(store)
    given(store, COUNTS, mark)
    regio = whole_region(store)
    agreed.keep(
        store.path,
        Scenario(
            "", "rustig", CODES, GROUP, "opgegeven", 2026, "mix", (("corporatie", 70), ("inwoners", 30)), 5, 3
        ),
        "Anna",
    )
    agreed.keep(
        store.path, Scenario("", "snel", CODES[:3], GROUP, "opgegeven", 2026, "inwoners", (), 50, 3), "Anna"
    )
    fast, slow = agreed.scenarios(store.path, CODES, GROUP)
    assert (slow.naam, slow.gewichten, fast.grens) == ("rustig", (("corporatie", 70), ("inwoners", 30)), 50)
    rows = plan.compared(regio, [slow, fast])
    assert [row[fast.id] for row in rows] == ["149", "69", "36", "36", "0"] and rows[0][slow.id] == "199"
    assert plan.changed(regio, slow) == "" and "erbij Zuiderkaag" in plan.changed(regio, fast)
    # The same name is the same scenario.
    assert agreed.keep(store.path, fast, "Bert") == fast.id and len(agreed.scenarios(store.path)) == 2
    given(store, {"GM9901": 224}, mark)
    assert plan.compared(regio, [fast])[0][fast.id] == "154"
    agreed.remove(store.path, fast.id, "Anna")
    assert [s.naam for s in agreed.scenarios(store.path)] == ["rustig"]
    with pytest.raises(Fout, match="naam"):
        agreed.keep(store.path, Scenario("", " ", CODES, GROUP, "opgegeven", 2026, "nu", (), 5, 3), "Anna")


def test_agreed_numbers_stand_beside_what_happened(store):
    mark = settled(store)
    given(store, {"GM9901": 200, "GM9902": 40, "GM9903": 30, "GM9904": 20}, mark, day="2025-01-01")
    regio = whole_region(store)
    made = plan.plan(spread(series.series(regio, GROUP), "inwoners"), 10, 1)
    wanted = monitor.targets(made)
    assert sum(wanted.values()) == 290 and {year for _, year in wanted} == {2026}
    agreed.agree(store.path, GROUP, wanted, "regionale tafel", "Anna")
    given(store, {"GM9901": 195, "GM9902": wanted["GM9902", 2026]}, mark)
    found = {
        row["naam"]: (row["afspraak"], row["werkelijk"], row["afwijking"])
        for row in monitor.rows(regio, GROUP)
    }
    assert found["Duinmonde"] == ("190", "195", "+5") and found["Haverstede"][2] == "0"
    assert found["Kolkerwaard"][1:] == ("onbekend", "")
    with pytest.raises(Fout, match="besloten"):
        agreed.agree(store.path, GROUP, wanted, " ", "Anna")


def test_steps_parties_and_words_make_the_startnotitie(store):
    regio = whole_region(store)
    first = fasen()[0]
    for step in first.stappen:
        process.do_step(store.path, regio.sleutel, step.code, True, "Anna", "2026-05-12")
    process.do_step(store.path, regio.sleutel, "startnotitie", False, "Bert")
    process.set_party(store.path, regio.sleutel, partijen()[1], "maakt", "Anna")
    process.set_texts(
        store.path,
        regio.sleutel,
        {"opdracht": "Samen een woonzorgvisie.", "reikwijdte": "aanvullend"},
        "Anna",
    )
    found = process.read(store.path, regio.sleutel)
    assert (
        found.fase == 0
        and progress(found)[0]["gedaan"] == "5 van 6"
        and found.stappen["schaal"][0] == "2026-05-12"
    )
    # The process belongs to these gemeenten, by whatever name; another region has its own.
    same = places.region(store, places.of_gemeenten(store, CODES))
    other = places.region(store, places.of_gemeenten(store, CODES[:2]))
    assert (
        process.read(store.path, same.sleutel) == found
        and not process.read(store.path, other.sleutel).stappen
    )
    stuk = startnote(regio)
    words = " ".join(texts(stuk))
    assert "Samen een woonzorgvisie." in words and "Aanvullende afspraken" in words and OPEN in words
    assert "12 mei 2026" in words and "Maakt mee" in words and "290" in words
    for wrong in (
        lambda: process.do_step(store.path, regio.sleutel, "zomaar", True, "Anna"),
        lambda: process.do_step(store.path, regio.sleutel, "schaal", True, "Anna", "gisteren"),
        lambda: process.set_party(store.path, regio.sleutel, "X", "baas", "Anna"),
        lambda: process.set_texts(store.path, regio.sleutel, {"reikwijdte": "groot"}, "Anna"),
        lambda: chosen.keep(store.path, "", CODES, (), "Anna"),
    ):
        with pytest.raises(Fout):
            wrong()


def test_a_region_of_ones_own_has_a_name_and_a_centrumgemeente(store):
    code = chosen.keep(store.path, "Het Noorden", CODES[1:], ["GM9902"], "Anna")
    place = places.by_name(store, "het noorden")
    assert (place.code, place.gemeenten, place.centrum) == (code, CODES[1:], ("GM9902",))
    assert places.of_gemeenten(store, CODES[1:]).naam == "Het Noorden"
    chosen.remove(store.path, code, "Anna")
    with pytest.raises(Fout, match="Regio Voorbeeld"):
        places.by_name(store, "het noorden")


def test_the_command_line_makes_the_report(store, tmp_path, capsys):
    target = tmp_path / "uit.docx"
    base = [
        "regio",
        "rapport",
        "--gemeenten",
        ",".join(CODES),
        "--sleutel",
        "mix",
        "--database",
        str(store.path),
    ]
    assert main([*base, "--gewichten", "corporatie=50,inwoners=50", "--uit", str(target)]) == 0
    assert "corporatiewoningen (50%) en inwoners (50%)" in " ".join(
        p.text for p in Document(target).paragraphs
    )
    assert main([*base, "--gemeente", "GM0001", "--uit", str(target)]) == 2
    assert main([*base, "--gewichten", "corporatie=50", "--uit", str(target)]) == 2
    assert main([*base, "--uit", str(tmp_path / "nergens" / "x.docx")]) == 2
    capsys.readouterr()


def test_the_screen_keeps_a_definition_an_agreement_a_scenario_and_a_step(store, monkeypatch):
    monkeypatch.setenv("WWZ_DATABASE", str(store.path))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    app.switch_page("pages/regio.py").run()
    for tab in ("Definities", "Verdeling", "Fasen"):
        app.session_state["bekeken"] = {*app.session_state["bekeken"], f"regio-tabs-{tab}"}
    app.session_state["naam-van-wie-bewerkt"] = "Anna"
    app.run()
    assert not app.exception and not app.error
    app.button(key=f"regio-def-{GROUP}-knop").click().run()
    app.button(key=f"regio-akkoord-{GROUP}-knop").click().run()
    app.text_input(key="regio-scenario").set_value("rustig")
    app.button(key="regio-scenario-knop").click().run()
    app.checkbox(key="stap-schaal").check()
    app.button(key="fase-agenderen-knop").click().run()
    assert not app.exception and not app.error
    assert {a.gemeente for a in register.akkoorden(store.path)} == set(CODES)
    assert [s.naam for s in agreed.scenarios(store.path)] == ["rustig"]
    assert set(process.read(store.path, whole_region(store).sleutel).stappen) == {"schaal"}
