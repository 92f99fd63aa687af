"""What is known of steering is complete against the documents, and each part of it says where it comes from."""

from __future__ import annotations

import pytest

from wwz.knowledge import load_toml, steering
from wwz.sessie import outcome
from wwz.sessie.programme import Step, kinds, templates
from wwz.sessie.questions import of_step
from wwz.sessie.results import Answers, Option

# How many of each the documents have (the domain, chapter 7).
COUNTS = {
    ("registijlen", "stijl"): 4, ("registijlen", "vraag"): 5, ("registijlen", "niveau"): 3, ("registijlen", "element"): 4,
    ("registijlen", "taak"): 3, ("sturing", "model"): 3, ("sturing", "kenmerk"): 7, ("sturing", "governancetype"): 5,
    ("sturing", "regierol"): 3, ("sturing", "aspect"): 9, ("sturing", "fase"): 4, ("sturing", "sturenop"): 4,
    ("sturing", "eigenrol"): 4, ("sturing", "vaardigheid"): 3, ("spiegel", "gemeente"): 8, ("spiegel", "onderwerp"): 5,
    ("spiegel", "voorwaarde"): 7, ("procesvragen", "vraag"): 9, ("procesvragen", "regiofase"): 5, ("instrumenten", "thema"): 3,
    ("instrumenten", "instrument"): 14, ("belangen", "kolom"): 3, ("belangen", "afspraak"): 3, ("belangen", "tafelbelang"): 4,
    ("sjablonen", "sjabloon"): 4,
}  # fmt: skip
# What a row says of the content itself needs a place in the document; a title of a column or an answer does not.
SCHEMES = [key for key in COUNTS if key[0] != "sjablonen"]


@pytest.mark.parametrize("key", COUNTS, ids="-".join)
def test_it_is_complete(key):
    found = steering.rows(*key)
    assert len(found) == COUNTS[key]
    codes = [row.get("code") or row.get("naam") or row.get("wie") for row in found]
    assert len(set(codes)) == len(codes) and all(codes)


@pytest.mark.parametrize("key", SCHEMES, ids="-".join)
def test_every_row_has_source_year_page_and_mark(key):
    for row in steering.rows(*key):
        assert row["bron"] and 2000 < row["jaar"] < 2027 and row["merk"] in ("S", "A", "K"), row
        assert row["bladzijde"], row
        assert steering.source(row).startswith(row["bron"])


def test_every_book_is_known():
    from wwz.base.paths import KNOWLEDGE

    assert {path.stem for path in (KNOWLEDGE / "regie").glob("*.toml")} == set(steering.BOOKS)
    assert set(load_toml("regie/spiegel.toml")) >= {"herkomst", "gemeente"}


def test_schemes_are_full():
    models, roles = ([r["code"] for r in steering.rows("sturing", name)] for name in ("model", "regierol"))
    assert all(row[model] for row in steering.rows("sturing", "kenmerk") for model in models)
    assert all(row[role] for row in steering.rows("sturing", "aspect") for role in roles)
    asked = {row["code"]: {c["code"] for c in row["keuze"]} for row in steering.rows("spiegel", "onderwerp")}
    for row in steering.rows("spiegel", "gemeente"):
        assert row["kies"].keys() == asked.keys() and all(
            row["kies"][code] in asked[code] and row[code] for code in asked
        )
    themes = {row["code"] for row in steering.rows("instrumenten", "thema")}
    assert {row["thema"] for row in steering.rows("instrumenten", "instrument")} == themes
    # Own script or not, by power or not: each of the four once.
    assert len({(row["script"], row["macht"]) for row in steering.rows("registijlen", "stijl")}) == 4
    assert all(row["instrumenten"] for row in steering.rows("registijlen", "stijl"))


def test_templates_are_made_of_kinds_that_ask_what_they_say():
    known = kinds()
    assert {soort for row in templates().values() for soort in row["stappen"]} <= known.keys()
    assert len(known) == 15
    for soort in known.keys() - {"kijken", "herkent", "kiezen", "invullen"}:
        assert of_step(Step("x", soort, "x", 5)), soort


def answers(soort: str, **chosen: dict[str, int]) -> list[Answers]:
    """Answers to a step: by question how often each option was chosen."""
    return [
        Answers(q, tuple(Option(c, t, n, (("gemeente", n),)) for c, t in q.opties for n in [chosen.get(q.code, {}).get(c, 0)]), (), 1)
        for q in of_step(Step("x", soort, "x", 5))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("script", "power", "style"),
    [
        ("ja", "ja", "beheersing"),
        ("nee", "ja", "uitvoering"),
        ("ja", "nee", "visie"),
        ("nee", "nee", "ruimte"),
    ],
)
def test_the_style_follows_from_script_and_power(script, power, style):
    found = outcome.style(
        answers("regie", script={script: 3}, macht={power: 2}, stijl={"ruimte": 2, "visie": 1})
    )
    assert found.volgt["code"] == style and found.gekozen["code"] == "ruimte"
    assert ("Bespreek waarom" in found.uitleg) == (style != "ruimte")
    assert dict(found.verdeeld)["Visionair"] == (("gemeente", 1),)


def test_a_divided_room_has_no_style_yet():
    found = outcome.style(answers("regie", script={"ja": 2, "nee": 2}, macht={"ja": 1}))
    assert found.volgt is None and "Bespreek dat eerst" in found.uitleg


def test_the_mirror_shows_whom_one_resembles():
    oldambt = next(row for row in steering.rows("spiegel", "gemeente") if row["naam"] == "Oldambt")
    found = outcome.resembled(
        answers("spiegel", **{code: {choice: 2} for code, choice in oldambt["kies"].items()})
    )
    assert (found[0][0]["naam"], found[0][1:]) == ("Oldambt", (5, 5)) and found[1][1] < 5
