"""Rondleidingen: kept in order and with versions, refused when they cannot be, and honest about what is no more."""

from __future__ import annotations

import io

import pptx
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE

from wwz.ask import tour as asktour
from wwz.ask.layer import layers
from wwz.ask.view import View, from_query
from wwz.base.errors import Fout
from wwz.export.tourslides import make_tour_pptx
from wwz.knowledge import catalogue
from wwz.knowledge.bounds import condition_of
from wwz.own import tours
from wwz.own.ledger.entry import Botsing
from wwz.own.tours import Stop

PICTURE = MSO_SHAPE_TYPE.PICTURE


def stop(title: str, link: str = "gebied=GM9901", screen: str = "kaart") -> Stop:
    return Stop(screen, link, title, "Kijk naar het noorden")


@pytest.fixture
def database(tmp_path):
    return tmp_path / "wwz.duckdb"


def titles(database, code):
    return [one.titel for one in tours.find(database, code).stops]


def test_stops_are_added_moved_changed_and_taken_away(database):
    code = tours.begin(database, " Avond in Duinmonde ", stop("Eerst"), "Noor")
    for title in ("Dan", "Slot"):
        tours.add_stop(database, code, stop(title, screen="wijkagenda"), "Sam")
    assert tours.find(database, code).naam == "Avond in Duinmonde"
    assert titles(database, code) == ["Eerst", "Dan", "Slot"]
    last = tours.find(database, code).stops[-1]
    tours.move_stop(database, code, last.id, -1, "Sam")
    tours.move_stop(database, code, last.id, -1, "Sam")
    tours.move_stop(database, code, last.id, -1, "Sam")
    assert titles(database, code) == ["Slot", "Eerst", "Dan"]
    other = tours.begin(database, "avond in Achterdorp", stop("Elders"), "Noor")
    assert list(tours.names(database).items()) == [
        (other, "avond in Achterdorp"),
        (code, "Avond in Duinmonde"),
    ]
    assert [(one.code, len(one.stops)) for one in tours.kept(database)] == [(other, 1), (code, 3)]
    tours.remove(database, other, "Noor")
    tours.remove_stop(database, code, last.id, "Sam")
    assert titles(database, code) == ["Eerst", "Dan"]
    tours.add_stop(database, code, stop("Einde"), "Sam")
    assert titles(database, code) == ["Eerst", "Dan", "Einde"]
    tours.remove(database, code, "Noor")
    assert tours.kept(database) == [] and tours.find(database, code) is None


def test_the_last_of_two_who_change_a_stop_is_told(database):
    code = tours.begin(database, "Avond", stop("Eerst"), "Noor")
    seen = tours.find(database, code).stops[0]
    words = (seen.scherm, seen.link)
    tours.change_stop(database, code, Stop(*words, "Van Sam", "", seen.id, seen.plek, seen.versie), "Sam")
    with pytest.raises(Botsing, match="Sam wijzigde dit"):
        tours.change_stop(
            database, code, Stop(*words, "Van Noor", "", seen.id, seen.plek, seen.versie), "Noor"
        )
    assert titles(database, code) == ["Van Sam"]
    tour = tours.find(database, code)
    tours.rename(database, tour, "Ochtend", "Sam")
    with pytest.raises(Botsing):
        tours.rename(database, tour, "Middag", "Noor")


def test_what_cannot_be_is_refused_with_every_mistake_and_nothing_is_kept(database):
    with pytest.raises(Fout) as told:
        tours.begin(database, " ", Stop("kaart", "", "", "x" * 401), "Noor")
    assert len(told.value.zinnen) == 3
    assert tours.kept(database) == []
    code = tours.begin(database, "Avond", stop("Eerst"), "Noor")
    with pytest.raises(Fout, match="Er is al een rondleiding met de naam Avond"):
        tours.begin(database, "Avond", stop("Eerst"), "Sam")
    for _ in range(tours.MOST_STOPS - 1):
        tours.add_stop(database, code, stop("Nog een"), "Sam")
    with pytest.raises(Fout, match="hooguit 40 stops"):
        tours.add_stop(database, code, stop("Te veel"), "Sam")
    with pytest.raises(Fout, match="is er niet meer"):
        tours.add_stop(database, "r-00000000", stop("Waar?"), "Sam")


def test_a_link_keeps_what_is_shown_and_not_how_or_where_it_stands():
    view = View(gebied=("GM9901",), laag="horen_65", projectie="donker", rondleiding="r-0011aabb", stop=3)
    link = asktour.link_of(view)
    assert link == "gebied=GM9901&laag=horen_65"
    assert from_query(view.to_query()) == view
    assert from_query({"rondleiding": "r-<script>", "stop": "0"}) == View()


def test_a_stop_says_what_is_no_more_and_shows_the_rest(voorbeeld_store):
    whole, gone = asktour.shown(voorbeeld_store, stop("Heel", "gebied=GM9901&gekozen=WK990102&laag=horen_65"))
    assert (whole.gebied, whole.gekozen, whole.laag, gone) == (("GM9901",), "WK990102", "horen_65", "")
    part, gone = asktour.shown(
        voorbeeld_store,
        stop("Deels", "gebied=GM9901&gekozen=WK051836&laag=bestaat_niet&rondleiding=r-0011aabb&stop=2"),
    )
    assert (part.gebied, part.gekozen, part.laag, part.rondleiding, part.stop) == (("GM9901",), "", "", "", 0)
    assert gone.count(".") == 1 and "WK051836" in gone and "bestaat_niet" in gone
    assert asktour.screen_of(stop("Weg", screen="bestaat_niet")) == "kaart"


def test_a_stop_can_show_the_bounds_of_a_randvoorwaarde(voorbeeld_store):
    """They colour a map, and are no second layer of it."""
    code = next(code for code in layers(voorbeeld_store)["code"] if condition_of(code))
    view, gone = asktour.shown(voorbeeld_store, stop("Grens", f"gebied=GM9901&laag={code}"))
    assert (view.laag, gone) == (code, "")
    view, gone = asktour.shown(voorbeeld_store, stop("Grens", f"gebied=GM9901&tweede={code}"))
    assert view.tweede == "" and catalogue()[code].kort in gone


def test_a_rondleiding_goes_along_as_slides(voorbeeld_store):
    stops = (
        stop("Waar", "gebied=GM9901&laag=mobiliteit_18"),
        stop("Wat ontbreekt er?", "gebied=WK990102", "wijkagenda"),
        stop("Straks", "gebied=WK990102", "toekomst"),
        stop("Weg", "gebied=GM0518", "wijkagenda"),
    )
    tour = tours.Tour("r-0011aabb", "Avond", stops, 1)
    slides = list(pptx.Presentation(io.BytesIO(make_tour_pptx(voorbeeld_store, tour))).slides)
    assert [slide.shapes.title.text_frame.text for slide in slides] == [one.titel for one in stops]
    pictures = [[shape for shape in slide.shapes if shape.shape_type == PICTURE] for slide in slides]
    assert [len(found) for found in pictures[:3]] == [1, 1, 0]
    for (shape,) in pictures[:2]:
        assert len(shape._element.nvPicPr.cNvPr.get("descr")) > 40
        assert shape.left >= 0 and shape.left + shape.width <= 12192000 and shape.top + shape.height < 6858000
    texts = [" ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame) for slide in slides]
    assert all("verzonnen" in text and "Kijk naar het noorden" in text for text in texts)
    assert "Gezondheid" in texts[0] and "GM0518" in texts[3]
