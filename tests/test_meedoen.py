"""Phones, wall and control over HTTP, without a script: what a browser that knows nothing gets, and what strangers do not."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from werksessie_hulp import ROWS, STEPS, a_session, act_in, client, secret

from wwz.base.limits import Limits
from wwz.base.settings import Settings
from wwz.export import sessionpicture
from wwz.meedoen.guard import Guard
from wwz.meedoen.routes import routes
from wwz.sessie import control, results
from wwz.sessie.programme import Step


@pytest.fixture
def found(tmp_path):
    return a_session(tmp_path, title="Avond <script>alert(1)</script>")


def join(browser, code: str, naam: str = "Anna", soort: str = "welzijn") -> str:
    page = browser.get(f"/meedoen/{code}").text
    sent = {"naam": naam, "organisatie": "Welzijn & Co", "soort": soort, "daad": act_in(page)}
    return browser.post(f"/meedoen/{code}/aan", data=sent).text


def lead(browser, found) -> None:
    assert browser.get(f"/meedoen/{found.code}/regie", params={"sleutel": found.key}).status_code == 200


def test_from_the_code_to_the_wall_without_a_script(tmp_path, found):
    phone, wall, leader = client(tmp_path), client(tmp_path), client(tmp_path)
    page = phone.post("/meedoen", data={"code": found.code.lower()}).text
    assert "Wie bent u?" in page and 'lang="nl"' in page
    assert "Wij beginnen zo" in join(phone, found.code)
    lead(leader, found)
    leader.post(f"/meedoen/{found.code}/regie/ga", data={"stap": "s3"})
    page = phone.get(f"/meedoen/{found.code}").text
    for _ in range(2):
        one = re.search(r'name="zet" value="(alarm:\d)" aria-label="Eén stip meer', page)
        page = phone.post(
            f"/meedoen/{found.code}/geef",
            data={"daad": act_in(page), "stap": "s3", "stippen": "stippen", "zet": one[1]},
        ).text
    assert "U hebt nog 1 van 3 stippen" in page
    shut = wall.get(f"/meedoen/{found.code}/scherm").text
    assert "1 van 1 klaar" in shut and 'class="totaal"' not in shut
    leader.post(f"/meedoen/{found.code}/regie/toon", data={"toon": "ja"})
    assert re.search(
        r'Alarm</span>.*?class="totaal">2<', wall.get(f"/meedoen/{found.code}/scherm").text, re.S
    )


def test_the_same_page_sent_twice_counts_once_and_back_in_the_browser_does_no_harm(tmp_path, found):
    phone = client(tmp_path)
    join(phone, found.code)
    control.go(found, "s5")
    page = phone.get(f"/meedoen/{found.code}").text
    sent = {"daad": act_in(page), "stap": "s5", "t-halen": "een ruimte"}
    for _ in range(3):
        assert phone.post(f"/meedoen/{found.code}/geef", data=sent).status_code == 200
    assert [one.tekst for one in found.refresh().said("s5")] == ["een ruimte"]


def test_a_phone_that_comes_back_is_where_it_was(tmp_path, found):
    phone = client(tmp_path)
    join(phone, found.code)
    control.go(found, "s2")
    page = phone.get(f"/meedoen/{found.code}").text
    phone.post(
        f"/meedoen/{found.code}/geef",
        data={"daad": act_in(page), "stap": "s2", "k-s1": "oneens", "t-s1": "het valt mee"},
    )
    again = client(tmp_path)
    again.cookies = phone.cookies
    page = again.get(f"/meedoen/{found.code}").text
    assert re.search(r'value="oneens"\s+checked', page) and "het valt mee" in page


def test_a_second_phone_of_one_person_is_the_same_one(tmp_path, found):
    first, second, stranger = client(tmp_path), client(tmp_path), client(tmp_path)
    join(first, found.code)
    link = re.search(
        r'href="http://testserver(/meedoen/\w+/verder\?t=[^"]+)"',
        first.get(f"/meedoen/{found.code}/mijn").text,
    )
    assert "Wij beginnen zo" in second.get(link[1]).text
    assert "Wie bent u?" in stranger.get(f"/meedoen/{found.code}/verder?t=geraden").text
    assert len(found.refresh().people()) == 1


def test_one_sees_and_takes_back_what_one_gave_also_at_a_secret_step(tmp_path):
    found = a_session(tmp_path, *secret("s3"))
    phone, other = client(tmp_path), client(tmp_path)
    for browser in (phone, other):
        join(browser, found.code)
    control.go(found, "s3")
    for browser in (phone, other):
        page = browser.get(f"/meedoen/{found.code}").text
        browser.post(
            f"/meedoen/{found.code}/geef",
            data={"daad": act_in(page), "stap": "s3", "stippen": "stippen", "zet": "alarm:2"},
        )
    place = re.search(r'name="plaats" value="([^"]+)"', phone.get(f"/meedoen/{found.code}/mijn").text)[1]
    assert "niet van u" in other.post(f"/meedoen/{found.code}/terug", data={"plaats": place}).text
    assert len(found.refresh().said("s3")) == 2
    assert (
        "U gaf nog niets"
        in phone.post(f"/meedoen/{found.code}/terug", data={"plaats": place, "naar": "mijn"}).text
    )
    assert len(found.refresh().said("s3")) == 1


def test_what_is_typed_is_text_on_every_page(tmp_path, found):
    evil = "<img src=x onerror=alert(1)>'\""
    phone, leader = client(tmp_path), client(tmp_path)
    join(phone, found.code, evil)
    lead(leader, found)
    for step, name in (("s5", "t-halen"), ("s2", "t-s1"), ("s6", "")):
        control.go(found, step)
        page = phone.get(f"/meedoen/{found.code}").text
        sent = {"daad": act_in(page), "stap": step}
        if step == "s6":
            phone.post(f"/meedoen/{found.code}/afspraak", data={**sent, "wat": evil, "wie": evil})
        else:
            phone.post(
                f"/meedoen/{found.code}/geef",
                data={**sent, name: evil, **({"k-s1": "eens"} if step == "s2" else {})},
            )
        control.show(found, True)
        pages = [
            phone.get(f"/meedoen/{found.code}{more}").text
            for more in ("", "/mijn", "/scherm", "/deel", "/scherm/deel")
        ]
        pages += [leader.get(f"/meedoen/{found.code}/regie").text]
        assert any("onerror" in page for page in pages)
        assert not [page for page in pages if "<img src=x" in page or "<script>alert" in page]


def test_only_who_has_the_key_leads(tmp_path, found):
    stranger = client(tmp_path)
    join(stranger, found.code)
    mark = found.book.mark()
    for more in ("/regie", "/regie?sleutel=geraden", "/regie/deel", "/regie/verslag.csv"):
        answer = stranger.get(f"/meedoen/{found.code}{more}")
        assert answer.status_code == 403 and found.key not in answer.text
    for deed in ("ga", "toon", "einde", "zaal", "opgave", "wijzig", "verberg"):
        assert (
            stranger.post(
                f"/meedoen/{found.code}/regie/{deed}", data={"stap": "s3", "toon": "ja"}
            ).status_code
            == 403
        )
    assert found.book.mark() == mark


@pytest.mark.parametrize("kind", ["docx", "pdf", "pptx", "csv"])
def test_the_report_is_one_click_for_who_has_the_key(tmp_path, found, kind):
    answer = client(tmp_path).get(
        f"/meedoen/{found.code}/regie/verslag.{kind}", params={"sleutel": found.key}
    )
    assert answer.status_code == 200 and f".{kind}" in answer.headers["content-disposition"]
    assert (b"pdfuaid" in answer.content) == (kind == "pdf")
    assert found.key not in str(answer.url)


def test_who_asks_for_another_kind_of_report_is_told_which_there_are(tmp_path, found):
    leader = client(tmp_path)
    lead(leader, found)
    answer = leader.get(f"/meedoen/{found.code}/regie/verslag.odt")
    assert answer.status_code == 404 and "Kies uit: docx, pdf, pptx, csv" in answer.text


def test_codes_cannot_be_tried_and_who_is_in_is_not_kept_out_by_who_tries(tmp_path, found):
    few = Limits((("sessie_pogingen", 5),))
    phone = client(tmp_path, grenzen=few)
    join(phone, found.code)
    answers = [phone.get(f"/meedoen/AAAAA{letter}").status_code for letter in "CDEFHJKM"]
    assert answers == [404] * 5 + [429] * 3
    assert phone.get(f"/meedoen/{found.code}").status_code == 200
    assert replace(Settings(), grenzen=few).grenzen["sessie_pogingen"] == 5


def test_the_guard_counts_per_address_and_forgets():
    now = [0.0]
    guard = Guard(Limits((("sessie_pogingen", 3),)), clock=lambda: now[0])
    for _ in range(3):
        guard.wrong("10.0.0.1")
    assert guard.refused("10.0.0.1") and not guard.refused("10.0.0.2")
    now[0] = 601.0
    assert not guard.refused("10.0.0.1")
    for number in range(60):
        guard.wrong(f"10.0.1.{number}")
    assert guard.refused("10.9.9.9")


def test_pages_say_what_they_may_load_and_that_a_form_is_ours(tmp_path, found):
    headers = client(tmp_path).get(f"/meedoen/{found.code}").headers
    assert "'unsafe-inline'" not in headers["content-security-policy"].split("style-src")[0]
    # With no-referrer a browser sends a form as if it came from nowhere, and the server refuses it.
    assert headers["referrer-policy"] == "same-origin"
    cookie = headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie


def test_what_pages_load_is_there_for_everybody_also_packed_and_under_a_path(tmp_path, found):
    from starlette.middleware.gzip import GZipMiddleware

    app = Starlette(routes=routes(replace(Settings(), database=tmp_path / "wwz.duckdb"), "/gemeente/"))
    with TestClient(GZipMiddleware(app, minimum_size=100)) as browser:
        page = browser.get(f"/gemeente/meedoen/{found.code}").text
        for address in re.findall(r'(?:href|src)="(/[^"]+\.(?:css|js))"', page) * 2:
            assert address.startswith("/gemeente/meedoen/_/") and len(browser.get(address).text) > 1000


def test_what_is_too_large_or_no_form_is_refused_in_a_sentence(tmp_path, found):
    phone = client(tmp_path)
    join(phone, found.code)
    control.go(found, "s5")
    for content in (b"t-halen=" + b"a" * 70_000, b"\xff\xfe=\xff", b"&".join(b"a=b" for _ in range(500))):
        answer = phone.post(f"/meedoen/{found.code}/geef", content=content)
        assert answer.status_code in (200, 404) and "melding" in answer.text
    assert found.refresh().said() == []


def test_who_waits_is_told_at_once_and_a_phone_only_of_what_it_shows(tmp_path, found):
    phone = client(tmp_path)
    join(phone, found.code)
    part = phone.get(f"/meedoen/{found.code}/deel").json()
    assert phone.get(f"/meedoen/{found.code}/wacht", params={"v": "0"}).json()["v"] == part["vorm"]
    join(client(tmp_path), found.code, "Bert")
    assert phone.get(f"/meedoen/{found.code}/deel").json()["vorm"] == part["vorm"]
    assert phone.get(f"/meedoen/{found.code}/deel").json()["alles"] > part["alles"]
    control.go(found, "s3")
    assert phone.get(f"/meedoen/{found.code}/deel").json()["vorm"] > part["vorm"]


def test_who_leads_fills_in_hides_moves_and_takes_over(tmp_path, found):
    leader = client(tmp_path)
    lead(leader, found)
    here = f"/meedoen/{found.code}/regie"
    leader.post(f"{here}/ga", data={"stap": "s4"})
    leader.post(
        f"{here}/zaal",
        data={"stap": "s4", "vraag": "alarm", "keuze": "deels", "tekst": "de wijkzuster", "soort": "zorg"},
    )
    (answers, _) = sorted(results.of(found.refresh(), found.step), key=lambda one: one.vraag.code)
    assert answers.leading() == "deels"
    told = leader.post(
        f"{here}/opgave", data={"stap": "s4", "voorwaarde": "alarm", "status": "deels", "wie": "wijkteam"}
    ).text
    assert "is nu een opgave van wijkteam" in told
    place = re.search(
        r'action="[^"]*/verberg"><input type="hidden" name="plaats" value="([^"]+)"', leader.get(here).text
    )[1]
    leader.post(f"{here}/verberg", data={"plaats": place, "weg": "ja"})
    assert found.refresh().said("s4") == []
    leader.post(f"{here}/schuif", data={"stap": "s3", "naar": "op"})
    assert [step.id for step in found.refresh().steps][:3] == ["s1", "s3", "s2"]
    wrong = leader.post(f"{here}/wijzig", data={"stap": "s3", "titel": "", "minuten": "900"}).text
    assert "Geef de stap een titel" in wrong and "1 tot 180 minuten" in wrong
    leader.post(
        f"{here}/wijzig",
        data={"stap": "s3", "titel": "Kies", "minuten": "9", "stippen": "2", "rijen": "Alarm\nIets nieuws"},
    )
    changed = next(step for step in found.refresh().steps if step.id == "s3")
    assert (changed.titel, changed.stippen, changed.rijen) == (
        "Kies",
        2,
        (("alarm", "Alarm"), ("eigen-2", "Iets nieuws")),
    )
    leader.post(f"{here}/haalweg", data={"stap": "s3"})
    assert len(found.refresh().steps) == len(STEPS) - 1 and ROWS


def everywhere(folder, step: Step) -> dict[str, str]:
    """What phone, wall, control and report say of a session of one step, that is at that step."""
    found, phone, leader = a_session(folder, step), client(folder), client(folder)
    join(phone, found.code)
    control.go(found, step.id)
    lead(leader, found)
    here = f"/meedoen/{found.code}"
    return {
        "telefoon": phone.get(here).text,
        "wand": phone.get(f"{here}/scherm").text,
        "regie": leader.get(f"{here}/regie").text,
        "verslag": leader.get(f"{here}/regie/verslag.csv").text,
    }


def test_proposals_are_compared_on_phone_wall_and_control_and_in_the_report(tmp_path):
    lines = (
        ("Binnen bereik", "p-1", "3.100", "5.000 (4.800 tot 5.300)", "1.900 erbij"),
        ("Missen iets", "p-1", "400", "<10", "-"),
    )
    step = Step(
        "s1", "doorrekenen", "Welk voorstel?", 5, (("p-1", "Tweede buurthuis"),), bronnen=("Geschat.",), vergelijking=lines
    )  # fmt: skip
    pages = everywhere(tmp_path, step)
    for page in pages.values():
        for text in (
            "Tweede buurthuis",
            "Binnen bereik",
            "5.000 (4.800 tot 5.300)",
            "Missen iets",
            "Geschat.",
        ):
            assert text in page
    assert "&lt;10" in pages["telefoon"] and "&lt;10" in pages["wand"]


def test_what_the_profile_says_is_on_the_wall_and_the_note_with_it(tmp_path):
    step = Step(
        "s1", "kijken", "Wie wonen hier?", 5, (("p1", "In de wijk wonen 1.200 mensen (gepubliceerd 2024)"),),
        bronnen=("CBS",), scherm="wijkprofiel", notitie="Let op de 85-plussers",
    )  # fmt: skip
    pages = everywhere(tmp_path, step)
    assert all("Let op de 85-plussers" in page for page in pages.values())
    for name in ("telefoon", "wand", "verslag"):
        assert "wonen 1.200 mensen (gepubliceerd 2024)" in pages[name]


def test_a_map_is_drawn_once_of_a_database_and_anew_of_the_next(monkeypatch):
    class Database:
        """What remembers as a store does, and goes when nobody holds it: the next may come to lie in its place."""

        def __init__(self, number: int) -> None:
            self.number, self.kept = number, {}

        def remember(self, question, make):
            if question not in self.kept:
                self.kept[question] = make()
            return self.kept[question]

    drawn = []

    def sheet(database, view):
        drawn.append(database.number)
        return SimpleNamespace(subject=f"kaart {database.number}", sources=[], has_map=False, reading="")

    monkeypatch.setattr(sessionpicture, "make_sheet", sheet)
    for number in range(4):
        database = Database(number)
        told = [sessionpicture.picture(database, ("WK990101",), "") for _ in range(2)]
        assert [one.onderschrift for one in told] == [f"kaart {number}."] * 2
        del database
    assert drawn == [0, 1, 2, 3]
