"""Tables and boundaries that are not what they were: other columns, other versions, withdrawn, or not whole."""

from __future__ import annotations

import pytest
from contents import shifted
from faults import WHO, YEAR, assert_same, change_table, fails, is_rows, plan_for, read_set, spoil

from wwz.base.errors import Fout
from wwz.fetch import fetch
from wwz.fetch.fetch import fetch_set
from wwz.fetch.pdok import same_host

pytestmark = [pytest.mark.lang, pytest.mark.usefixtures("small_pages")]


def test_other_suffixes_make_no_difference(standin, place, baseline):
    change_table(standin, "85984NED", lambda frame: shifted(frame, 40))
    found = read_set(fetch_set(plan_for(WHO, YEAR, place), place)[0])["85984NED_2024.parquet"]
    expected = baseline["85984NED_2024.parquet"]
    assert list(found.columns) != list(expected.columns)
    assert (found.to_numpy()[:, 7:20] == expected.to_numpy()[:, 7:20]).all()


def test_a_table_without_inhabitants_is_refused(standin, place):
    change_table(
        standin, "85984NED", lambda f: f.drop(columns=[c for c in f if c.startswith("AantalInwoners")])
    )
    fails(place, plan_for(WHO, YEAR, place), "85984NED.*inwoners")


def test_a_table_without_one_other_figure_is_used(standin, place, baseline):
    change_table(
        standin, "85618NED", lambda f: f.drop(columns=[c for c in f if c.startswith("WmoClienten_")])
    )
    found = read_set(fetch_set(plan_for(WHO, YEAR, place), place)[0])["85618NED_2023.parquet"]
    gone = set(baseline["85618NED_2023.parquet"]) - set(found)
    assert {c.split("_")[0] for c in gone} == {"WmoClienten"}


def out_of_order(standin, status: int, number: str) -> None:
    """Version 3 answers like this about a table, for ever."""
    standin.trouble = lambda h, p, q: (
        "ODataFeed" in p and number in p and (h.send(b"nee", status, "text/plain") or True)
    )


@pytest.mark.parametrize("status", [404, 500])
def test_a_needed_table_that_is_withdrawn_is_told(standin, place, status):
    plan = plan_for(WHO, YEAR, place)
    del standin.content.tables[("cbs", "85984NED")]
    out_of_order(standin, status, "85984NED")
    fails(place, plan, "85984NED.*niet .meer. bij de bron.*ander jaar")


def test_a_table_that_is_only_out_of_order_is_not_called_gone(standin, place):
    """The catalogue still has it, or does not answer either: then waiting helps, and another year does not."""
    plan = plan_for(WHO, YEAR, place)
    out_of_order(standin, 500, "85984NED")
    fails(place, plan, "heeft een storing.*later opnieuw")
    assert any("ODataCatalog" in path and "85984NED" in path for path in standin.log)
    out_of_order(standin, 500, "OData")
    fails(place, plan, "heeft een storing.*later opnieuw")


@pytest.mark.parametrize("status", [404, 500])
def test_an_older_table_stands_in_for_one_that_is_gone(standin, place, status):
    out_of_order(standin, status, "50150NED")
    folder, remarks = fetch_set(fetch.plan_for(WHO, YEAR, place), place)
    files = {p.name for p in folder.iterdir()}
    assert "50120NED_2022.parquet" in files and not any("50150NED" in name for name in files)
    assert len(remarks) == 1 and "50150NED" in remarks[0]


def test_version_four_stands_in_when_version_three_is_out_of_order(standin, place, baseline):
    """Whatever is wrong with the older service: gone, refusing, or out of order."""
    standin.content.v4.add("85984NED")
    for status in (404, 403, 500):
        standin.trouble = lambda h, p, q, status=status: (
            "ODataFeed" in p and "85984NED" in p and (h.send(b"nee", status, "text/plain") or True)
        )
        found = read_set(fetch_set(plan_for(WHO, YEAR, place), place)[0])
        assert len(found["85984NED_2024.parquet"]) == len(baseline["85984NED_2024.parquet"])
    assert any("/odata/v1/CBS/85984NED/Observations" in path for path in standin.log)


V4_FAULTS = {
    "te weinig cijfers": lambda body: {**body, "value": body["value"][:-1]},
    "dubbele bladzijde": lambda body: {**body, "value": body["value"][:1] * len(body["value"])},
    "geen waarde": lambda body: {**body, "value": [{"Id": c["Id"]} for c in body["value"]]},
    "volgende elders": lambda body: {**body, "@odata.nextLink": "http://elders.invalid/Observations"},
}


@pytest.mark.parametrize("name", V4_FAULTS)
def test_a_fault_in_version_four_is_told_and_nothing_changes(name, standin, place):
    standin.content.v4.add("85984NED")
    plan = plan_for(WHO, YEAR, place)

    def fault(handler, path, query):
        handler.send_json(V4_FAULTS[name](handler.answer(path, query)))

    spoil(standin, fault, float("inf"), lambda path: path.endswith("/85984NED/Observations"))
    fails(place, plan, "cijfers|elders.invalid")


def test_a_source_that_counts_in_the_other_way_is_understood(standin, place, baseline):
    standin.content.v4.add("85984NED")
    standin.trouble = lambda h, p, q: (
        p.endswith("/$count") and "v1" in p and (h.send(b"nee", 404, "text/plain") or True)
    )
    found = read_set(fetch_set(plan_for(WHO, YEAR, place), place)[0])
    assert len(found["85984NED_2024.parquet"]) == len(baseline["85984NED_2024.parquet"])


@pytest.mark.parametrize("status", [404, 400])
def test_a_feed_that_does_not_count_is_counted_elsewhere(standin, place, baseline, status):
    """Without a number of rows a table that was silently cut off would pass for whole."""
    standin.trouble = lambda h, p, q: (
        "ODataFeed" in p and p.endswith("/$count") and (h.send(b"nee", status, "text/plain") or True)
    )
    assert_same(read_set(fetch_set(plan_for(WHO, YEAR, place), place)[0]), baseline)
    assert any("/ODataApi/" in path and "/$count" in path for path in standin.log)


def test_a_table_without_these_gemeenten_is_not_called_gone(standin, place):
    change_table(
        standin,
        "85984NED",
        lambda f: f[~f["WijkenEnBuurten"].str[2:6].eq("9901") & ~f["WijkenEnBuurten"].str.startswith("NL")],
    )
    fails(place, plan_for(WHO, YEAR, place), "85984NED.*geen cijfers van deze gemeenten.*ander jaar")


def test_a_table_renewed_while_fetching_is_not_mixed(standin, place):
    plan = plan_for(WHO, YEAR, place)

    def trouble(handler, path, query) -> bool:
        if is_rows(path) and "85984NED" in path:
            standin.content.modified["85984NED"] = "2025-11-11T02:00:00"
        return False

    standin.trouble = trouble
    fails(place, plan, "tijdens het ophalen vernieuwd")


# --- boundaries ----------------------------------------------------------------------------------------


def test_a_column_that_lacks_is_noticed_when_all_columns_are_asked(standin, place, monkeypatch):
    """Of the real Kerncijfers the names are too long for an address; then the table itself tells what should come."""
    monkeypatch.setattr("wwz.fetch.odata3.LONGEST_SELECT", 100)
    plan = plan_for(WHO, YEAR, place)

    def fault(handler, path, query):
        body = handler.answer(path, query)
        assert "$select" not in query
        gone = next(c for c in body["value"][0] if c.startswith("WmoClienten_"))
        handler.send_json(
            {**body, "value": [{k: v for k, v in r.items() if k != gone} for r in body["value"]]}
        )

    spoil(standin, fault, float("inf"), lambda path: path.endswith("/85618NED/TypedDataSet"))
    fails(place, plan, "zonder de kolom WmoClienten_")


def test_a_table_of_version_four_renewed_while_fetching_is_not_mixed(standin, place):
    standin.content.v4.add("85984NED")
    plan = plan_for(WHO, YEAR, place)

    def trouble(handler, path, query) -> bool:
        if path.endswith("/85984NED/Observations"):
            standin.content.modified["85984NED"] = "2025-11-11T02:00:00"
        return False

    standin.trouble = trouble
    fails(place, plan, "tijdens het ophalen vernieuwd")


def test_a_next_page_keeps_to_https():
    base = "https://datasets.cbs.nl/odata/v1/CBS/85984NED/Observations"
    assert (
        same_host("http://datasets.cbs.nl/odata/v1/next?$skip=1", base)
        == "https://datasets.cbs.nl/odata/v1/next?$skip=1"
    )
    with pytest.raises(Fout, match="verwijst naar elders.invalid"):
        same_host("https://elders.invalid/next", base)


def is_buurten(path: str) -> bool:
    return path.endswith("/buurten/items")


def fewer_areas(handler, path, query):
    body = handler.answer(path, query)
    body["features"] = body["features"][: len(body["features"]) // 2]
    handler.send_json({**body, "numberReturned": len(body["features"])})


def test_boundaries_that_are_missing_are_noticed(standin, place):
    plan = plan_for(WHO, YEAR, place)
    spoil(standin, fewer_areas, float("inf"), is_buurten)
    fails(place, plan, "bewoonde buurten")


def test_fewer_areas_than_announced_are_noticed(standin, place):
    plan = plan_for(WHO, YEAR, place)

    def fault(handler, path, query):
        body = handler.answer(path, query)
        handler.send_json({**body, "features": body["features"][1:]})

    spoil(standin, fault, float("inf"), is_buurten)
    fails(place, plan, "minder buurten")


def test_the_next_page_may_not_lead_elsewhere(standin, place):
    plan = plan_for(WHO, YEAR, place)

    def fault(handler, path, query):
        body = handler.answer(path, query)
        handler.send_json({**body, "links": [{"rel": "next", "href": "http://elders.invalid/items"}]})

    spoil(standin, fault, float("inf"), is_buurten)
    fails(place, plan, "elders.invalid")
