"""What a woonservicegebied has and lacks, who lives in its centre, and the effects its measures aim at."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from pypdf import PdfReader

from wwz.ask.area import find_area
from wwz.ask.layerwords import no_effect
from wwz.base.errors import Fout
from wwz.base.rd import to_degrees, to_rd
from wwz.cli.main import main
from wwz.export.servicearea import make_arena_pdf, make_score_pdf
from wwz.knowledge import domain, serviceareas
from wwz.knowledge.serviceareas import MISSING, PARTLY, PRESENT, UNKNOWN, Norm
from wwz.own import areas as ownareas
from wwz.own.areas import said as ownsaid
from wwz.own.areas.said import Maatregel, Zone
from wwz.servicearea import score as scoring
from wwz.servicearea.effects import arena, suggestions
from wwz.servicearea.fromfile import around, buurten_of
from wwz.servicearea.measure import measure, overlaps
from wwz.servicearea.moving import Plan, colouring, neighbours
from wwz.servicearea.parts import parts_of
from wwz.servicearea.score import arrangements, headline, score
from wwz.servicearea.within import within
from wwz.servicearea.zone import _words, inside


@pytest.fixture
def area(own):
    wijk = find_area(own, ["WK990101"])
    one = ownareas.keep(own.path, "Proefgebied", wijk.buurten, "Anna")
    return find_area(own, [one.code])


# ------------------------------------------------------------- knowledge


def test_the_rows_of_the_source_are_there_with_source_and_page():
    groups = [one.groep for one in serviceareas.onderdelen().values()]
    assert [groups.count(name) for name in ("hardware", "software", "orgware")] == [7, 11, 5]
    for name in ("omvang", "voorstel", "onderdelen", "oordeel", "zone", "effecten"):
        told = serviceareas.section(name)
        assert (
            told["bron"] in domain.domein().bronnen
            and told["merk"] in {"S", "K", "A"}
            and told["jaar"] > 2010
        )
    assert all(serviceareas.section(name)["pagina"] for name in ("omvang", "onderdelen", "zone", "effecten"))


def test_what_the_knowledge_points_at_exists():
    parties, effects = serviceareas.titles("partij"), serviceareas.effects()
    for one in serviceareas.onderdelen().values():
        assert set(one.effecten) <= set(effects) and one.partij in parties and one.effecten, one
        assert set(one.rv) <= set(domain.randvoorwaarden())
        for norm in one.bereik:
            assert norm.meter in serviceareas.metres(norm.code) and norm.wie in serviceareas.GROUPS
            assert not norm.rv or norm.rv in domain.randvoorwaarden()
    assert all(set(one.baat) <= set(parties) for one in effects.values())
    for each in serviceareas.arrangements().values():
        assert set(each.nodig) <= set(serviceareas.onderdelen())


# ------------------------------------------------------------- the score


@pytest.mark.parametrize(
    ("statuses", "outcome"),
    [
        ([PRESENT, PRESENT], PRESENT),
        ([MISSING, MISSING], MISSING),
        ([PRESENT, MISSING], PARTLY),
        ([PRESENT, UNKNOWN], UNKNOWN),
        ([], UNKNOWN),
    ],
)
def test_several_proofs_of_one_thing(statuses, outcome):
    assert scoring.together(statuses) == outcome


@pytest.mark.parametrize(
    ("least", "most", "outcome"),
    [(0.8, 1, PRESENT), (0.0, 0.2, MISSING), (0.3, 0.7, PARTLY), (0.3, 0.9, UNKNOWN), (0.1, 0.7, UNKNOWN)],
)
def test_bounds_give_a_status_only_when_they_agree(least, most, outcome):
    assert scoring._between(least, most, 0.8, 0.2) == outcome


def test_within_reach_is_the_mean_over_buurten_by_people(own, area):
    """Worked out again from the answers of each buurt: 65+ within, weighted by 65+."""
    norm = Norm("huisarts", 1000, 80, "65plus")
    rows = own.ask("doorrekenen_buurten", buurten=list(area.buurten), bereik="huisarts", meter=1000)
    old = area.parts("buurt", ["leeftijd_65plus"]).set_index("gebied")["teller"].reindex(rows["buurt"])
    known = rows["binnen65"].notna().to_numpy() & old.notna().to_numpy()
    wanted = np.average(rows["binnen65"][known], weights=old[known])
    found = within(own, area, norm)
    assert found.deel == pytest.approx(wanted) and found.onder <= found.deel <= found.boven
    assert 0.9 < found.bekend <= 1


def test_a_norm_that_changes_changes_the_score(own, area):
    def status():
        return next(one for one in score(own, area) if one.onderdeel.code == "gezondheid")

    deel = min(within(own, area, norm).deel for norm in ownsaid.norms(own.path).values() if norm.code in ("huisarts", "apotheek"))  # fmt: skip
    for code in ("huisarts", "apotheek"):
        ownsaid.set_norm(own.path, "gezondheid", Norm(code, 1000, 1, "75plus"), "Anna")
    low = status()
    assert low.status == (PRESENT if deel >= 0.01 else MISSING) and "(norm: 1%)" in low.bewijs
    with pytest.raises(Fout, match="niets gemeten. Kies uit: 100, 400, 500, 1000"):
        ownsaid.set_norm(own.path, "gezondheid", Norm("huisarts", 900, 80, "75plus"), "Anna")
    with pytest.raises(Fout, match="1 tot 100 procent"):
        ownsaid.set_norm(own.path, "gezondheid", Norm("huisarts", 500, 0, "75plus"), "Anna")


def test_what_nobody_said_is_unknown_and_what_somebody_said_has_who_and_when(own, area):
    before = {one.onderdeel.code: one for one in score(own, area)}
    assert len(before) == 23 and before["wijkzorgteam"].status == UNKNOWN
    assert all(one.status == UNKNOWN for one in before.values() if one.onderdeel.groep == "orgware")
    ownsaid.say(own.path, area.link[0], [("wijkzorgteam", PARTLY, "Jaarplan zorg")], "Bert")
    after = {one.onderdeel.code: one for one in score(own, area)}
    assert (after["wijkzorgteam"].status, after["wijkzorgteam"].soort) == (PARTLY, "opgegeven")
    assert "Bert gaf dit op" in after["wijkzorgteam"].tekst and "Jaarplan zorg" in after["wijkzorgteam"].tekst
    # What the data say stays visible beside what somebody said.
    gezond = before["gezondheid"]
    assert gezond.status != UNKNOWN
    other = PRESENT if gezond.status != PRESENT else MISSING
    ownsaid.say(own.path, area.link[0], [("gezondheid", other, "nieuw centrum")], "Bert")
    now = next(one for one in score(own, area) if one.onderdeel.code == "gezondheid")
    assert now.status == other and f"Volgens de gegevens: {gezond.status}." in now.tekst
    ownsaid.say(own.path, area.link[0], [("gezondheid", UNKNOWN, "")], "Bert")
    again = next(one for one in score(own, area) if one.onderdeel.code == "gezondheid")
    assert again.status == gezond.status and again.opgave is None


def test_an_assumption_is_never_a_status(denhaag_store):
    """Of homes there is only a rough guess from their year and type in these data."""
    found = {one.onderdeel.code: one for one in score(denhaag_store, find_area(denhaag_store, ["WK051836"]))}
    assert found["woningen-huur"].status == UNKNOWN and "ruwe aanname" in found["woningen-huur"].bewijs


def test_everything_wrong_with_what_is_said_is_told_at_once(own):
    said = [("onzin", PRESENT, "x"), ("vervoer", "misschien", "x"), ("diensten", PRESENT, " ")]
    with pytest.raises(Fout) as wrong:
        ownsaid.say(own.path, "EGA000", said, "")
    assert len(wrong.value.zinnen) == 4 and ownsaid.statuses(own.path, "EGA000") == {}


def test_a_choice_of_areas_without_a_name_is_kept_first(own):
    with pytest.raises(Fout, match="Bewaar dit gebied eerst"):
        score(own, find_area(own, ["WK990101", "WK990102"]))


def test_three_arrangements_beside_each_other(own, area):
    found = score(own, area)
    rows = arrangements(found).set_index("code")
    assert list(rows.index) == ["client", "project", "gebied"] and rows.loc["gebied", "nodig"] == 23
    for row in rows.to_dict("records"):
        assert sum(len(row[status]) for status in serviceareas.STATUSES) == row["nodig"]
    number = sum(one.status == UNKNOWN for one in found)
    assert f"{number} onbekend" in headline(area, found)


# ------------------------------------------------------------- the centre


def test_who_lives_in_the_zone_is_counted_again_by_hand(own, area):
    places = own.ask("woonplekken", buurten=list(area.buurten))
    x, y = places["x"].median(), places["y"].median()
    lat, lon = to_degrees(np.array([[x, y]]))[0]
    middle = to_rd([lat], [lon])[0]
    near = np.hypot(places["x"] - middle[0], places["y"] - middle[1]) <= 500
    part = places[near].groupby("buurt")["deel"].sum()
    people = own.areas().set_index("code")["inwoners"]
    wanted = (part * people.reindex(part.index)).sum()
    found = inside(own, area, Zone("hart", float(lat), float(lon), 500))
    number = float(found.mensen["inwoners"][0].replace(".", ""))
    assert abs(number - wanted) <= 0.05 * wanted + 5
    everyone = inside(own, area, Zone("alles", float(lat), float(lon), 50_000))
    assert everyone.mensen["inwoners"][1] == "100% van het gebied"
    nobody = inside(own, area, Zone("niets", 51.0, 4.0, 100))
    assert nobody.mensen["inwoners"][0].startswith("<")


def test_a_zone_lies_in_the_country_and_has_a_radius(own):
    with pytest.raises(Fout, match="niet in Nederland"):
        ownsaid.set_zone(own.path, "EGA000", Zone("x", 40.0, 4.0, 300), "Anna")
    with pytest.raises(Fout, match="straal van 100 tot 2000"):
        ownsaid.set_zone(own.path, "EGA000", Zone("x", 52.0, 4.5, 20), "Anna")
    ownsaid.set_zone(own.path, "EGA000", Zone(" Hart ", 52.0, 4.5, 400), "Anna")
    assert ownsaid.zone(own.path, "EGA000") == Zone("Hart", 52.0, 4.5, 400)


# ------------------------------------------------------------- effects, and paper


MEASURE = Maatregel("", "Open een informatiepunt", "informatiepunt", ("coping",), ("gemeente",))


def test_an_arena_tells_which_effects_are_aimed_at(own, area):
    key = area.link[0]
    assert arena(own, area).kop.endswith("nog geen maatregelen ingevuld")
    ownsaid.add_measure(own.path, key, MEASURE, "Anna")
    ownsaid.add_measure(own.path, key, replace(MEASURE, effecten=("ziekenhuis", "coping")), "Anna")
    found = arena(own, area)
    assert found.kop == "Proefgebied: 2 maatregelen richten zich op 2 van de 8 aangetoonde effecten"
    aimed = {one.code: one for one in found.effecten}
    assert len(aimed["coping"].maatregelen) == 2 and aimed["relaties"].maatregelen == ()
    assert "75-plussers (geschat" in aimed["ziekenhuis"].mensen
    assert ("gemeente", 2, 0) in found.partijen and ("zorgverzekeraar", 0, 2) in found.partijen
    ownsaid.drop_measure(own.path, key, found.maatregelen[0].id, "Anna")
    assert len(arena(own, area).maatregelen) == 1
    with pytest.raises(Fout) as wrong:
        ownsaid.add_measure(own.path, key, Maatregel("", "", "onzin", (), ("niemand",)), "Anna")
    assert len(wrong.value.zinnen) == 4


def test_suggestions_come_from_what_lacks_first(own, area):
    found = score(own, area)
    offered = suggestions(own, area, found)
    order = [(MISSING, PARTLY, UNKNOWN).index(next(s for s in (MISSING, PARTLY, UNKNOWN) if f": {s}." in one.waarom)) for one in offered]  # fmt: skip
    assert offered and order == sorted(order)
    ownsaid.add_measure(own.path, area.link[0], offered[0].maatregel, "Anna")
    parts = {one.maatregel.onderdeel for one in suggestions(own, area, found)}
    assert offered[0].maatregel.onderdeel not in parts


def test_measures_are_taken_over_all_together_or_not_at_all(own, area):
    key = area.link[0]
    ownsaid.add_measures(own.path, key, [MEASURE] * (ownsaid.MOST_MEASURES - 1), "Anna")
    with pytest.raises(Fout, match="Er zijn al 39 maatregelen, en meer dan 40 kan niet"):
        ownsaid.add_measures(own.path, key, [MEASURE, MEASURE], "Anna")
    assert len(ownsaid.measures(own.path, key)) == 39
    ownsaid.add_measure(own.path, key, MEASURE, "Anna")
    with pytest.raises(Fout, match="Er zijn al 40 maatregelen.*Haal er eerst een weg"):
        ownsaid.add_measure(own.path, key, MEASURE, "Anna")


def test_on_paper(own, area):
    ownsaid.add_measures(own.path, area.link[0], [MEASURE] * 12, "Anna")
    arena_file, score_file = make_arena_pdf(area, arena(own, area)), make_score_pdf(area, score(own, area))
    assert b"pdfuaid" in arena_file and b"pdfuaid" in score_file
    arena_pdf = PdfReader(io.BytesIO(arena_file))
    assert len(arena_pdf.pages) == 1
    text = arena_pdf.pages[0].extract_text()
    assert "Open een informatiepunt" in text and "Aangetoond effect" in text and "p. 16" in text
    assert "alle cijfers zijn verzonnen" in text and no_effect() in " ".join(text.split())
    score_pdf = PdfReader(io.BytesIO(score_file))
    text = " ".join(page.extract_text() for page in score_pdf.pages)
    assert all(one.titel in text for one in serviceareas.onderdelen().values())


def test_command_line(own, area, capsys, tmp_path):
    place = ["--database", str(own.path)]
    assert main(["gebied", "zeg", "--gebied", "EGA000", "--onderdeel", "vervoer", "--status", "aanwezig", "--wie", "Anna", "--waarom", "folder", *place]) == 0  # fmt: skip
    capsys.readouterr()
    assert main(["gebied", "score", "--gebied", "EGA000", *place]) == 0
    rows = pd.read_csv(io.StringIO(capsys.readouterr().out)).set_index("onderdeel")
    assert rows.loc["vervoer", "status"] == "aanwezig" and len(rows) == 23
    target = tmp_path / "arena.pdf"
    assert (
        main(["gebied", "arena", "--gebied", "EGA000", "--formaat", "pdf", "--uit", str(target), *place]) == 0
    )
    assert target.read_bytes()[:4] == b"%PDF"
    score = ["gebied", "score", "--gebied", "EGA000", *place]
    assert main([*score, "--formaat", "pdf"]) == 2
    table = tmp_path / "score.csv"
    assert main([*score, "--uit", str(table)]) == 0 and "wijkzorgteam" in table.read_text("utf-8-sig")
    assert main([*score, "--uit", str(tmp_path / "nergens" / "score.csv")]) == 2


def test_zone_measures_and_norms_from_the_command_line(own, area, capsys):
    place = ["--database", str(own.path)]

    def run(*words: str) -> list[dict]:
        assert main(["gebied", *words, "--formaat", "json", *place]) == 0
        return json.loads(capsys.readouterr().out)

    of = ("--gebied", "EGA000")
    assert main(["gebied", "zone", *of, *place]) == 2 and "nog geen centrale zone" in capsys.readouterr().err
    middle = own.ask("woonplekken", buurten=list(area.buurten))[["x", "y"]].median().to_numpy()
    lat, lon = to_degrees(middle.reshape(1, 2))[0]
    rows = run("zone", *of, "--plek", f"{lat},{lon}", "--straal", "500", "--naam", "Hart", "--wie", "Anna")
    on_screen = inside(own, area, Zone("Hart", float(lat), float(lon), 500)).mensen
    assert [(row["mensen"], row["deel"]) for row in rows] == list(on_screen.values())
    assert run("zone", *of, "--straal", "800", "--wie", "Anna")[0]["naam"] == "Hart"
    assert ownsaid.zone(own.path, "EGA000").straal == 800
    assert run("maatregel", *of) == []
    new = (
        "--titel",
        "Open een informatiepunt",
        "--effecten",
        "coping,ziekenhuis",
        "--investeert",
        "gemeente",
    )
    (kept,) = run("maatregel", *of, *new, "--wie", "Anna")
    assert (kept["titel"], kept["effecten"]) == ("Open een informatiepunt", "coping,ziekenhuis")
    assert run("maatregel", *of, "--weg", kept["id"], "--wie", "Anna") == []
    norm = ("--onderdeel", "gezondheid", "--voorziening", "huisarts")
    changed = run("norm", *norm, "--procent", "90", "--van", "65plus", "--wie", "Anna")
    assert {"onderdeel": "gezondheid", "voorziening": "huisarts", "meter": 1000, "procent": 90.0, "van": "65plus"} in changed  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("zone", "--plek", "hier", "--wie", "Anna"), "is geen plek"),
        (("zone", "--plek", "nan,nan", "--wie", "Anna"), "niet in Nederland"),
        (("zone", "--straal", "300", "--wie", "Anna"), "Geef met --plek"),
        (("zone", "--plek", "52.0,4.5"), "--wie"),
        (("maatregel", "--titel", "Iets", "--wie", "Anna"), "effect"),
        (("maatregel", "--weg", "m-0", "--wie", "Anna"), "is er niet"),
        (("maatregel", "--weg", "m-0", "--titel", "Iets", "--wie", "Anna"), "niet allebei"),
        (("norm", "--onderdeel", "gezondheid", "--meter", "500", "--wie", "Anna"), "Deze norm is er niet"),
        (("norm", "--onderdeel", "gezondheid", "--voorziening", "huisarts", "--meter", "7", "--wie", "A"), "niets gemeten"),
    ],
)  # fmt: skip
def test_what_the_command_line_refuses_is_told_and_nothing_is_kept(own, area, capsys, words, said):
    of = () if words[0] == "norm" else ("--gebied", "EGA000")
    assert main(["gebied", *words, *of, "--database", str(own.path)]) == 2
    assert said in capsys.readouterr().err
    assert ownsaid.zone(own.path, "EGA000") is None and ownsaid.measures(own.path, "EGA000") == []


# ------------------------------------------------------------- composing


def test_size_and_shape_are_told_at_once(own, area):
    found = measure(own, area.buurten)
    assert found.inwoners == own.areas().set_index("code")["inwoners"][list(area.buurten)].sum()
    assert len(found.stukken) == 1 and found.tot_midden > 0
    far = find_area(own, ["GM9901"]).buurten
    parts = parts_of(own, far)
    other = next(
        code
        for code in far
        if code not in area.buurten
        and len(parts.pieces(parts.places([*area.buurten, code]))) == 2
        and parts.mensen[parts.places([code])[0]] > 0
    )
    loose = measure(own, (*area.buurten, other))
    assert len(loose.stukken) == 2 and any("Los liggen" in text for text in loose.zinnen)
    assert overlaps(own, area.buurten[:1])[0] == "1 buurt hoort ook bij Proefgebied."
    assert overlaps(own, area.buurten, area.link[0]) == []


def test_a_line_and_a_file_give_the_buurten_within(own, area):
    gemeente = find_area(own, ["GM9901"])
    parts = parts_of(own, gemeente.buurten)
    chosen = parts.plaats[parts.places(area.buurten)]
    west, south = chosen.min(axis=0) - 1
    east, north = chosen.max(axis=0) + 1
    corners = to_degrees(np.array([[west, south], [east, south], [east, north], [west, north]]))
    found = around(own, gemeente, [tuple(corner) for corner in corners])
    assert set(area.buurten) <= set(found)
    ring = [[float(lon), float(lat)] for lat, lon in [*corners, corners[0]]]
    drawn = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    shape = json.dumps({"type": "FeatureCollection", "features": [drawn]})
    assert buurten_of(own, gemeente, "omtrek.geojson", shape.encode()) == found
    listed = "buurt\n" + "\n".join(area.buurten)
    assert buurten_of(own, gemeente, "lijst.csv", listed.encode()) == tuple(sorted(area.buurten))
    with pytest.raises(Fout, match="minstens drie punten"):
        around(own, gemeente, [tuple(corners[0])])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.geojson", b"{"),
        ("x.geojson", b'{"type":"FeatureCollection","features":[]}'),
        ("x.gpkg", b"SQLite format 3\0 maar niet heus"),
        ("x.csv", b"naam\nx"),
        ("x.csv", b"code\nBU00000000"),
        ("x.xlsx", b"PK\x03\x04 geen werkboek"),
        ("../../x.csv", b""),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(own, name, content):
    with pytest.raises(Fout) as wrong:
        buurten_of(own, find_area(own, ["GM9901"]), name, content)
    assert all(text.endswith((".", "!")) for text in wrong.value.zinnen), wrong.value.zinnen


def test_a_buurt_moves_to_a_neighbour_and_colours_differ(own):
    gemeente = find_area(own, ["GM9901"])
    wijken = [(f"W{n}", find_area(own, [code]).buurten) for n, code in enumerate(own.areas().query("niveau == 'wijk' and gemeente == 'GM9901'")["code"])]  # fmt: skip
    plan = Plan(tuple(wijken), ("",) * len(wijken))
    code, to = next(
        (b, near[0])
        for _, buurten in wijken
        if len(buurten) > 1
        for b in buurten
        if (near := neighbours(own, gemeente, plan, b))
    )
    moved = plan.moved(code, to)
    assert code in moved.gebieden[to][1] and sum(len(b) for _, b in moved.gebieden) == len(gemeente.buurten)
    with pytest.raises(Fout, match="Kies een buurt"):
        plan.moved(code, plan.of(code))
    colours = colouring(own, gemeente, plan, 9)
    parts = parts_of(own, gemeente.buurten)
    for one, near in enumerate(parts.buren):
        for other in near:
            a, b = plan.of(parts.codes[one]), plan.of(parts.codes[other])
            assert a == b or colours[a] != colours[b]


def test_a_zone_over_a_buurt_of_which_the_number_is_hidden_gives_no_number():
    part = pd.Series({"a": 0.5, "b": 0.5, "c": 0.0})
    assert _words(part, pd.Series({"a": 100.0, "b": None, "c": 10.0}), 10) == ("onbekend", "")
    # Outside the zone it does not matter, but then there is no part of the whole.
    assert _words(part, pd.Series({"a": 100.0, "b": 40.0, "c": None}), 10) == ("70", "")
    assert _words(part, pd.Series({"a": 8.0, "b": 8.0, "c": 10.0}), 10) == ("<10", "")
