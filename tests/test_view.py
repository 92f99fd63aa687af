"""A view survives the trip through a link, and no link, however hostile, gives anything but a valid view."""

from __future__ import annotations

import re
import string
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wwz.ask.view import CARERS, LEVELS, MEASURES, MOST_KINDS, OUTLINES, Place, View, from_query
from wwz.knowledge import domain

DIGITS, CAPITALS = string.digits, string.digits + string.ascii_uppercase
FIELDS = [
    "gebied",
    "laag",
    "niveau",
    "maat",
    "jaar",
    "rand",
    "punten",
    "gekozen",
    "doelgroep",
    "mantelzorg",
    "plaats",
]


def digits(count: int, alphabet: str = DIGITS):
    return st.text(alphabet, min_size=count, max_size=count)


codes = st.one_of(
    digits(4).map(lambda t: f"GM{t}"),
    st.tuples(digits(4), digits(2, CAPITALS)).map(lambda t: f"WK{t[0]}{t[1]}"),
    st.tuples(digits(4), digits(4, CAPITALS)).map(lambda t: f"BU{t[0]}{t[1]}"),
    digits(4).map(lambda t: f"EG{t}"),
    st.just("NL00"),
)
words = st.text(string.ascii_lowercase + DIGITS + "_-", min_size=1, max_size=60)
places = st.builds(
    Place,
    lat=st.integers(-850_000, 850_000).map(lambda n: n / 10_000),
    lon=st.integers(-1_800_000, 1_800_000).map(lambda n: n / 10_000),
    zoom=st.integers(0, 1_900).map(lambda n: n / 100),
)
views = st.builds(
    View,
    gebied=st.lists(codes, max_size=40, unique=True).map(tuple),
    laag=st.just("") | words | st.sampled_from(["dg_lg", "dg_ouderen_2a", "dg_bestaat_niet"]),
    niveau=st.sampled_from(LEVELS),
    maat=st.sampled_from(MEASURES),
    jaar=st.just(0) | st.integers(2000, 2099),
    rand=st.sampled_from(OUTLINES),
    punten=st.lists(words, max_size=MOST_KINDS, unique=True).map(tuple),
    gekozen=st.just("") | codes,
    doelgroep=st.sampled_from(list(domain.doelgroepen())),
    mantelzorg=st.sampled_from(CARERS),
    plaats=st.none() | places,
)
nasty = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "GM0518<b>",
            "GM0518\n",
            "gm0518",
            "' or 1=1 --",
            "../../etc/passwd",
            "%00",
            "NaN,NaN,NaN",
            "1e999,4,10",
            "52,4,99",
            "-91,4,8",
            "20٢٤",
            "GM٠٥١٨",
            "mobiliteit_18\n",
            "BU0518" * 4000,
            "," * 5000,
        ]
    ),
    st.lists(codes | st.text(max_size=12), max_size=30).map(",".join),
)


def valid(view: View) -> None:
    assert view.niveau in LEVELS and view.maat in MEASURES
    assert view.rand in OUTLINES and view.mantelzorg in CARERS
    assert isinstance(view.jaar, int) and (view.jaar == 0 or 2000 <= view.jaar <= 2099)
    code = re.compile(r"(NL[0-9]{2}|GM[0-9]{4}|EG[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4})")
    assert all(code.fullmatch(c) for c in view.gebied), view.gebied
    assert view.gekozen == "" or code.fullmatch(view.gekozen), view.gekozen
    assert len(set(view.gebied)) == len(view.gebied) <= 600
    word = re.compile(r"[a-z0-9_-]{1,60}")
    assert all(word.fullmatch(w) for w in view.punten) and view.doelgroep in domain.doelgroepen(), view
    assert view.laag == "" or word.fullmatch(view.laag), view.laag
    if view.plaats:
        assert abs(view.plaats.lat) <= 85 and abs(view.plaats.lon) <= 180 and 0 <= view.plaats.zoom <= 19


@given(views)
@settings(max_examples=400, deadline=None)
def test_a_view_survives_the_link(view):
    assert from_query(view.to_query()) == view


@given(views)
@settings(max_examples=200, deadline=None)
def test_a_view_survives_a_real_url(view):
    assert from_query(dict(parse_qsl(urlencode(view.to_query())))) == view


@given(st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=10), nasty, max_size=11))
@settings(max_examples=600, deadline=None)
@example({"gebied": "GM0518\n"})
@example({"gekozen": "BU05180101\n"})
@example({"gebied": "GM٠٥١٨"})
@example({"laag": "mobiliteit_18\n"})
def test_no_link_gives_anything_but_a_valid_view(query):
    view = from_query(query)
    valid(view)
    assert from_query(view.to_query()) == view


@given(views, st.dictionaries(st.sampled_from(FIELDS), nasty, max_size=3))
@settings(max_examples=200, deadline=None)
def test_one_broken_part_leaves_the_rest(view, broken):
    found = from_query({**view.to_query(), **broken})
    # A layer brings its doelgroep along, so without the one the other may be lost too.
    also = {"doelgroep"} if "laag" in broken else set()
    for name in set(FIELDS) - broken.keys() - also:
        assert getattr(found, name) == getattr(view, name)


def test_an_empty_link_is_the_first_screen():
    assert from_query({}) == View()
    assert View().to_query() == {}


def test_wrong_codes_are_dropped_and_right_ones_stay():
    view = from_query(
        {"gebied": "GM0518,<b>,BU0363AA01,gm0001,GM0518,WK051801x,EG0001", "gekozen": "<img src=x>"}
    )
    assert view.gebied == ("GM0518", "BU0363AA01", "EG0001")
    assert view.gekozen == ""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("niveau", "straat"),
        ("maat", "procent"),
        ("rand", "provincie"),
        ("mantelzorg", "soms"),
        ("jaar", "1999"),
        ("jaar", "2024.5"),
        ("laag", "Mobiliteit 18"),
        ("punten", "<script>"),
        ("plaats", "52.1,4.3"),
        ("plaats", "nan,nan,nan"),
        ("plaats", "86,4,10"),
        ("plaats", "52,4,20"),
        ("plaats", "52,4,-1"),
    ],
)
def test_what_cannot_be_is_the_default(name, text):
    assert from_query({name: text}) == View()


def test_only_what_differs_is_in_the_link():
    assert View(laag="mobiliteit_65", jaar=2022).to_query() == {"laag": "mobiliteit_65", "jaar": "2022"}


def test_a_link_stays_short_enough_for_a_mail():
    many = tuple(f"BU0518{i:04d}" for i in range(114))
    assert len(urlencode(View(gebied=many).to_query())) < 2_000


def test_a_layer_about_a_doelgroep_brings_that_doelgroep_along():
    """What is needed to live at home is then shown of the people one was looking at; a choice of one's own goes before."""
    assert View().changed(laag="dg_lg", jaar=0).doelgroep == "lg"
    assert from_query({"laag": "dg_ouderen_2a"}).doelgroep == "ouderen-2a"
    assert from_query({"laag": "dg_lg", "doelgroep": "mvb"}).doelgroep == "mvb"
    assert View(laag="dg_lg", doelgroep="zg").changed(jaar=2023).doelgroep == "zg"
