"""Who takes up a job of the agenda: kept, told when another was before, refused when it cannot be read."""

from datetime import date

import pytest

from wwz.base.errors import Fout
from wwz.own import klus
from wwz.own.ledger.entry import Botsing


def test_what_is_agreed_on_a_job_is_kept_and_the_last_of_two_is_told(tmp_path):
    database = tmp_path / "wwz.duckdb"
    klus.keep(database, "WK990101", "doen", "winkels-1000", klus.checked("Welzijn", date(2027, 3, 1)), "Noor")
    kept = klus.of_area(database, "WK990101")
    assert kept == {("doen", "winkels-1000"): klus.Klus("Welzijn", "2027-03-01", False, 1)}
    assert klus.of_area(database, "WK990102") == {}
    # Two people saw the first version; the second who keeps something is told of the first, and nothing is lost.
    seen = kept["doen", "winkels-1000"].versie
    klus.keep(database, "WK990101", "doen", "winkels-1000", klus.checked("Wonen", None, True, seen), "Sam")
    with pytest.raises(Botsing, match="Sam wijzigde dit"):
        klus.keep(
            database, "WK990101", "doen", "winkels-1000", klus.checked("Zorg", None, False, seen), "Noor"
        )
    assert klus.of_area(database, "WK990101")["doen", "winkels-1000"].eigenaar == "Wonen"


@pytest.mark.parametrize("typed", ["1-3-2027", "01-03-2027", "2027-03-01", " 1-03-2027 "])
def test_a_day_is_read_as_people_type_it(typed):
    assert klus.checked("Welzijn", typed).datum == "2027-03-01"


def test_what_cannot_be_read_is_refused_with_every_mistake():
    with pytest.raises(Fout) as told:
        klus.checked("x" * 101, "31-2-2027")
    assert len(told.value.zinnen) == 2 and "31-2-2027" in told.value.zinnen[1]
