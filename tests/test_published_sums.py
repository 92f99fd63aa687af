"""Adding up is not estimating: a sum of counts that a source publishes is published, without a margin of its own."""

from __future__ import annotations

import duckdb
import pytest

from wwz.ask.area import find_area, whole
from wwz.ask.layer import with_texts
from wwz.ask.view import View
from wwz.export.report import make_report
from wwz.export.sheet import KNOWN_AS, make_sheet
from wwz.words.numbers import only_rounded

EVERY = ["voorbeeld", "denhaag", "utrecht", "drechtsteden"]
# Every sum over buurten beside what its buurten say: how many inhabited ones lack it, and how many are no published count.
SUMS = """
    select
        c.gebied, c.indicator, c.soort, c.teller, c.waarde, i.regel, i.per, sum(b.teller) as som, sum(b.noemer) as noemer,
        count(*) filter (n.inwoners > 0 and b.waarde is null) as ontbreekt,
        count(*) filter (b.waarde is not null and not (b.soort = 'gepubliceerd' and b.geteld)) as geschat
    from cijfer c
    join indicator i on i.code = c.indicator and i.regel in ('som', 'aandeel')
    join gebied_buurt l on l.gebied = c.gebied
    left join cijfer b on b.gebied = l.buurt and b.indicator = c.indicator and b.jaar = c.jaar
    left join inwoners_nu n on n.gebied = l.buurt
    where c.wijze = 'opgeteld' and c.indicator <> 'zonder_noodzakelijk'
    group by all
"""


@pytest.mark.parametrize("name", EVERY)
def test_a_sum_is_published_if_and_only_if_all_of_it_is(name, request, ask):
    rows = ask(request.getfixturevalue(f"{name}_store"), SUMS)
    rows = rows[rows["soort"] != "opgegeven"]
    published = (rows["ontbreekt"] == 0) & (rows["geschat"] == 0)
    assert (rows.loc[published, "soort"] == "gepubliceerd").all()
    assert (rows.loc[~published, "soort"] == "geschat").all()
    assert (rows["teller"] - rows["som"]).abs().max() < 1
    shares = rows[published & (rows["regel"] == "aandeel") & (rows["noemer"] > 0)]
    assert ((shares["waarde"] - shares["per"] * shares["som"] / shares["noemer"]).abs() < 1e-6).all()


@pytest.mark.parametrize(
    ("opgegeven", "volledig", "geteld", "gepubliceerd", "wanted"),
    [
        (False, True, True, True, "gepubliceerd"),
        (False, True, True, False, "geschat"),
        (False, False, True, True, "geschat"),
        (False, True, False, True, "geschat"),
        (True, True, True, False, "opgegeven"),
        (True, False, True, False, "geschat"),
        (None, None, None, None, "geschat"),
    ],
)
def test_the_rule(denhaag_store, opgegeven, volledig, geteld, gepubliceerd, wanted):
    with duckdb.connect(denhaag_store.path, read_only=True) as connection:
        found = connection.execute(
            "select soort_opgeteld($1, $2, $3, $4)", [opgegeven, volledig, geteld, gepubliceerd]
        )
        assert found.fetchone() == (wanted,)


@pytest.mark.parametrize("code", ["inwoners", "leeftijd_65plus"])
def test_in_den_haag_the_whole_is_the_sum_and_has_no_margin(denhaag_store, code):
    """Nobody publishes the gemeente in this set: it is added up, by us and by hand."""
    area = find_area(denhaag_store, ["GM0518"])
    row = with_texts(area.figures([code]), 10).iloc[0]
    buurten = area.parts("buurt", [code])["teller"].sum()
    assert row["teller"] == buurten
    assert (row["soort"], row["marge_tekst"]) == ("gepubliceerd", "") and only_rounded(row)
    # An area of one's own, made of the same buurten, says the same.
    own = with_texts(find_area(denhaag_store, list(area.buurten)).figures([code]), 10).iloc[0]
    assert own["teller"] == buurten
    assert (own["soort"], own["marge_tekst"]) == ("gepubliceerd", "")


def test_what_a_model_made_keeps_its_margin(denhaag_store):
    row = with_texts(find_area(denhaag_store, ["GM0518"]).figures(["mobiliteit_18"]), 10).iloc[0]
    assert row["soort"] == "geschat" and row["marge_tekst"] and not only_rounded(row)


def test_a_sheet_of_counts_is_not_marked_as_estimated(denhaag_store):
    sheet = make_sheet(denhaag_store, View(gebied=("GM0518",), laag="leeftijd_65plus", niveau="wijk"))
    assert "geschat" not in sheet.kinds and "geschat" not in sheet.marks
    assert not (sheet.rows["marge_tekst"] != "").any()
    told = " ".join(text for _, text in sheet.explanation)
    assert KNOWN_AS["gepubliceerd"] in told and "vijftallen" in told


@pytest.mark.parametrize("name", ["voorbeeld", "denhaag"])
def test_the_report_defines_every_label_that_occurs_in_it(name, request):
    store = request.getfixturevalue(f"{name}_store")
    report = make_report(store, View(gebied=(whole(store).codes[0],)))
    labels = {row[-1] for table in report.tables for row in table.rows}
    labels |= {word.split()[0] for block in report.story for word in block.known}
    assert "geschat" in labels and "gepubliceerd" in labels
    notes = " ".join(report.notes)
    for label in labels:
        assert f"{label[:1].upper()}{label[1:]}: " in notes, label
