"""Points that the municipality adds, moves, takes away or reads in: kept with who and when, and counted at a rebuild."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from invoer_hulp import CODES, X, Y, built, four_buurten, only_distances

from wwz.base.errors import Fout
from wwz.base.rd import to_degrees, to_rd
from wwz.base.settings import Settings
from wwz.own import points as ownpoints
from wwz.own.points import ADDED, MOVED, REMOVED, UNDONE, checked
from wwz.places import pointimport
from wwz.places.facilities import nearest_double, refuse_abroad
from wwz.store import Store
from wwz.ui.voorzieningen.points import LIST, current_points, listed


@pytest.fixture
def town(tmp_path, monkeypatch):
    only_distances(monkeypatch)
    folder = four_buurten(tmp_path)
    return folder


def change(id: str, action: str, dx: float = 0, naam: str = "Punt", why: str = "test"):
    lat, lon = to_degrees(np.array([[X + 500 + dx, Y + 500]], float))[0]
    where = (lat, lon) if action in (ADDED, MOVED) else (None, None)
    return checked(id, action, "ontmoeting", naam, *where, "Tester", why)


def known() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": ["p1", "p2"],
            "soort": "ontmoeting",
            "naam": ["Een", "Twee"],
            "lat": [52.1, 52.2],
            "lon": [5.1, 5.2],
            "bestand": "b",
            "herkomst": "bestand",
        }
    )


def test_changes_fold_to_what_holds_now():
    rows, lost = ownpoints.apply(
        known(),
        [
            change("p1", REMOVED),
            change("p2", MOVED, 100),
            change("e1", ADDED),
            change("e1", MOVED, 300),
            change("weg9", REMOVED),
        ],
    )
    assert rows.set_index("id")["herkomst"].to_dict() == {"p2": "eigen", "e1": "eigen"}
    assert to_rd(rows["lat"], rows["lon"])[:, 0] == pytest.approx([X + 600, X + 800], abs=1)
    assert [c.id for c in lost] == ["weg9"]
    back, _ = ownpoints.apply(
        known(), [change("p1", REMOVED), change("p1", UNDONE), change("e1", ADDED), change("e1", UNDONE)]
    )
    assert back.equals(known())


def test_changes_are_kept_with_who_and_when_and_nothing_is_overwritten(tmp_path):
    path = tmp_path / ownpoints.FILE
    ownpoints.add(path, [change("e1", ADDED, naam='Café "De Hoek"; €')])
    ownpoints.add(path, [change("e1", REMOVED)])
    kept = ownpoints.read(path)
    assert ownpoints.to_csv(kept).decode().count("Tester") == 2
    assert [(c.actie, c.naam, c.wie) for c in kept] == [
        (ADDED, 'Café "De Hoek"; €', "Tester"),
        (REMOVED, "Punt", "Tester"),
    ]
    assert all(c.wanneer for c in kept)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("soort", "kasteel", "soort"),
        ("wie", " ", "uw naam"),
        ("naam", "", "een naam"),
        ("lat", "48.8", "niet in Nederland"),
        ("actie", "raar", "geen wijziging"),
        ("id", "../x", "kenmerk"),
    ],
)
def test_a_wrong_change_is_refused_in_a_sentence(field, value, words):
    fields = dict(
        id="e1", actie=ADDED, soort="ontmoeting", naam="Honk", lat=52.1, lon=5.1, wie="Ik", waarom=""
    )
    checked(**fields)
    with pytest.raises(Fout, match=words):
        checked(**{**fields, field: value})


def test_taking_away_needs_a_reason():
    with pytest.raises(Fout, match="waarom"):
        checked("p1", REMOVED, "ontmoeting", "Honk", None, None, "Ik", " ")


def test_a_rebuild_counts_own_points(town, tmp_path):
    (town / "ontmoeting.csv").write_text(f"naam;x;y\nVerweg;{X + 3500};{Y + 500}\n")
    ask, _ = built(tmp_path, town)
    near = "select binnen from bereik_buurt where bereik = 'ontmoeting' and meter = 1000 and buurt = '{}'"
    assert ask(near.format(CODES[0]))["binnen"].tolist() == [0]
    old = ask("select id from punt")["id"].iloc[0]
    ownpoints.add(
        tmp_path / "uit" / ownpoints.FILE, [change("e1", ADDED, naam="Nieuw honk"), change(old, REMOVED)]
    )
    ask, _ = built(tmp_path, town)
    assert ask("select naam, herkomst from punt").values.tolist() == [["Nieuw honk", "eigen"]]
    assert ask(near.format(CODES[0]))["binnen"].iloc[0] > 0.9 and ask(near.format(CODES[3]))[
        "binnen"
    ].tolist() == [0]


# --- looked at before it is taken over -----------------------------------------------------------------


def test_a_file_is_looked_at_before_it_is_taken_over(town, tmp_path):
    (town / "ontmoeting.csv").write_text(f"naam;x;y\nHonk;{X + 500};{Y + 500}\n")
    ask, _ = built(tmp_path, town)
    store = Store(ask.path)
    there = store.ask("plekken", soort="")
    content = f"naam;x;y\nHonk;{X + 505};{Y + 500}\nNieuw;{X + 1500};{Y + 500}\nParijs;48.85;2.35\nVer;{X + 60_000};{Y}\n".encode()
    found = pointimport.look(store, Settings(), "lijst.csv", content, "ontmoeting", there)
    store.close()
    assert (found.rijen, found.punten["naam"].tolist()) == (4, ["Nieuw"])
    said = " ".join(m.tekst for m in found.meldingen)
    assert "niet in Nederland" in said and "30 km buiten" in said and "1 punt staat al op de kaart" in said
    made = pointimport.changes(found, "Ik")
    assert [(c.actie, c.soort, c.naam, c.waarom) for c in made] == [
        (ADDED, "ontmoeting", "Nieuw", "uit bestand lijst.csv")
    ]
    assert nearest_double(there, "ontmoeting", there["lat"].iloc[0], there["lon"].iloc[0]) == "Honk"


def test_a_surface_that_is_added_on_screen_is_a_point_and_that_is_said(town, tmp_path):
    ask, _ = built(tmp_path, town)
    store = Store(ask.path)
    west, south, east, north = X + 1400, Y + 400, X + 1600, Y + 600
    lat, lon = to_degrees(
        np.array([(west, south), (east, south), (east, north), (west, north), (west, south)], float)
    ).T
    park = {"type": "Feature", "properties": {"naam": "Park"}}
    park["geometry"] = {
        "type": "Polygon",
        "coordinates": [list(zip(lon.tolist(), lat.tolist(), strict=True))],
    }
    content = json.dumps({"type": "FeatureCollection", "features": [park]}).encode()
    found = pointimport.look(
        store, Settings(), "park.geojson", content, "groen", store.ask("plekken", soort="")
    )
    store.close()
    assert len(pointimport.changes(found, "Ik")) == 1
    said = [m for m in found.meldingen if "als vlak getekend" in m.tekst]
    assert [m.ernst for m in said] == ["let_op"] and "punt in het midden" in said[0].tekst


def test_a_file_without_points_is_refused(town, tmp_path):
    ask, _ = built(tmp_path, town)
    store = Store(ask.path)
    with pytest.raises(Fout):
        pointimport.look(store, Settings(), "x.csv", b"naam;tekst\nA;B\n", "", store.ask("plekken", soort=""))
    store.close()


def test_an_own_point_in_the_sea_or_abroad_does_not_count_and_is_said(town, tmp_path):
    places = {"z1": (52.11, 4.10), "z2": (51.22, 4.40), "z3": (51.43, 6.76)}
    changes = [
        checked(id, ADDED, "ontmoeting", f"Honk {id}", lat, lon, "Ik", "gezien")
        for id, (lat, lon) in places.items()
    ]
    ownpoints.add(tmp_path / "uit" / ownpoints.FILE, changes)
    ask, _ = built(tmp_path, town)
    assert ask("select count(*) as n from punt where herkomst = 'eigen'")["n"].iloc[0] == 0
    said = ask("select tekst from melding where bestand = 'eigen_punten.csv'")["tekst"]
    assert said.str.contains("3 punten liggen in zee of in het buitenland").any()
    for place in places.values():
        with pytest.raises(Fout, match="zee of in het buitenland"):
            refuse_abroad(*place)
    refuse_abroad(52.07, 4.30)


def test_the_list_says_of_each_place_whether_a_wheelchair_gets_in(town, tmp_path):
    """As OpenStreetMap writes it (wheelchair=*) and as a municipality does; what is not said is unknown, and never no."""
    said = {
        "yes": "ja",
        "designated": "ja",
        "limited": "deels",
        "no": "nee",
        "": "onbekend",
        "maybe": "onbekend",
        "<b>": "onbekend",
    }
    (town / "ontmoeting.csv").unlink(missing_ok=True)
    elements = []
    for number, word in enumerate(said):
        lat, lon = to_degrees(np.array([[X + 100 + 200 * number, Y + 500]], float))[0]
        tags = {"amenity": "community_centre", "name": f"Honk {number}"} | (
            {"wheelchair": word} if word else {}
        )
        elements.append({"type": "node", "id": number + 1, "lat": lat, "lon": lon, "tags": tags})
    (town / "kaart.json").write_text(json.dumps({"elements": elements}), encoding="utf-8")
    (town / "apotheken.csv").write_text(
        f"naam;x;y;rolstoel\nPil;{X + 900};{Y + 500};gedeeltelijk\n", encoding="utf-8"
    )
    ask, _ = built(tmp_path, town)
    ownpoints.add(ask.path, [change("e1", ADDED, 3000)])
    store = Store(ask.path)
    rows = listed(current_points(store, "ontmoeting"), "Ontmoetingsplek")
    assert {column.field for column in LIST} <= set(rows.columns) and "rolstoel" in {c.field for c in LIST}
    names = dict(zip(rows["naam"], rows["rolstoel"], strict=True))
    assert names == {**{f"Honk {n}": word for n, word in enumerate(said.values())}, "Punt": "onbekend"}
    assert current_points(store, "apotheek")["rolstoel"].tolist() == ["deels"]
    store.close()
