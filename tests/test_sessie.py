"""A work session: what is given is kept once, for who gave it, and only while it may be given."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from werksessie_hulp import LIMITS, STEPS, a_session, joined, secret

from wwz.ask.area import find_area
from wwz.base import permission
from wwz.base.errors import Fout
from wwz.base.limits import Limits
from wwz.base.permission import Actor, Rol
from wwz.meedoen import forgetting
from wwz.own import given, whodid
from wwz.profile.page import of_area as profile_of
from wwz.sessie import (
    agreements,
    codes,
    control,
    kinds,
    looking,
    privacy,
    programme,
    results,
    room,
    statements,
)
from wwz.sessie.giving import MOST_LINES, Answer, Phone, give_for_room
from wwz.sessie.minutes import of as minutes_of
from wwz.sessie.questions import of_step


def at(found, step: str):
    control.go(found, step)
    return found


def dots(phone, *chosen: str, act: str = ""):
    phone.give("s3", {"stippen": Answer(chosen)}, act or codes.new_token())


def totals(found, step: str = "s3") -> dict[str, int]:
    (answers,) = results.of(found, next(one for one in found.steps if one.id == step))
    return {option.code: option.aantal for option in answers.opties}


def test_a_code_has_no_letters_that_look_alike_and_is_read_as_people_type_it():
    assert (
        not set("O0QI1LS5B8Z2GUV") & set(codes.ALPHABET) and len(codes.ALPHABET) ** codes.LENGTH > 80_000_000
    )
    code = codes.new_code()
    assert codes.as_code(f" {code[:3].lower()}-{code[3:]} ") == code
    assert [codes.as_code(text) for text in ("", "ABC", code + "A", "0OI1LL", "../../")] == [""] * 5


def test_the_same_act_counts_once_and_the_last_answer_holds(tmp_path):
    found = at(a_session(tmp_path), "s3")
    phone = joined(found)
    dots(phone, "alarm", "alarm", act="tik")
    dots(phone, "alarm", "alarm", act="tik")
    assert totals(found) == {"alarm": 2, "respijtzorg": 0, "nultrede": 0}
    dots(phone, "alarm", "nultrede")
    assert totals(found) == {"alarm": 1, "respijtzorg": 0, "nultrede": 1}
    # An act that came late is acknowledged, and takes nothing back.
    dots(phone, "alarm", "alarm", act="tik")
    assert totals(found)["nultrede"] == 1
    entries = [e for e in found.book.everything(kinds.SAID)]
    assert len(entries) == 2


def test_nobody_gives_more_dots_or_other_options_than_there_are(tmp_path):
    found = at(a_session(tmp_path), "s3")
    phone = joined(found)
    for chosen in (("alarm",) * 4, ("bestaat-niet",)):
        with pytest.raises(Fout):
            dots(phone, *chosen)
    assert sum(totals(found).values()) == 0


def test_dots_for_each_organisation_are_shared_by_its_people(tmp_path):
    steps = [replace(one, per="organisatie") if one.id == "s3" else one for one in STEPS]
    found = at(a_session(tmp_path, *steps), "s3")
    one, other, third = joined(found, "Anna"), joined(found, "Bert"), joined(found, "Carla", "Zorg", "zorg")
    dots(one, "alarm")
    dots(third, "alarm")
    dots(other, "nultrede", "nultrede")
    assert totals(found) == {"alarm": 1, "nultrede": 2, "respijtzorg": 0}


def test_one_can_give_only_at_the_present_step_while_it_is_open(tmp_path):
    found = at(a_session(tmp_path), "s3")
    phone, stranger = joined(found), Phone(found, LIMITS, codes.new_token())
    control.open_input(found, False)
    with pytest.raises(Fout, match="Wacht op de begeleider"):
        dots(phone, "alarm")
    control.open_input(found, True)
    dots(phone, "alarm", act="net-op-tijd")
    at(found, "s4")
    with pytest.raises(Fout, match="voorbij"):
        dots(phone, "nultrede")
    # What was acknowledged before is so again, also when the answer was lost on the way.
    dots(phone, "alarm", act="net-op-tijd")
    with pytest.raises(Fout, match="Doe eerst mee"):
        stranger.give("s4", {"alarm": Answer(("voldoet",))}, "x")
    assert totals(found) == {"alarm": 1, "nultrede": 0, "respijtzorg": 0}


def test_all_answers_of_a_form_are_kept_or_none(tmp_path):
    found = at(a_session(tmp_path), "s4")
    phone = joined(found)
    with pytest.raises(Fout):
        phone.give("s4", {"respijtzorg": Answer(("voldoet",)), "alarm": Answer(("groen",))}, "a")
    assert found.said() == []
    phone.give("s4", {"respijtzorg": Answer(("voldoet",)), "alarm": Answer(("deels",), "de wijkzuster")}, "b")
    assert {one.vraag: one.keuze for one in found.said("s4")} == {
        "respijtzorg": ("voldoet",),
        "alarm": ("deels",),
    }


def test_lines_are_added_and_taken_back_by_who_gave_them(tmp_path):
    found = at(a_session(tmp_path), "s5")
    phone, other = joined(found), joined(found, "Bert")
    for number in range(MOST_LINES):
        phone.give("s5", {"halen": Answer(tekst=f"regel {number}")}, str(number))
    phone.give("s5", {"halen": Answer(tekst="regel 0")}, "0")
    assert len(found.said("s5")) == MOST_LINES
    with pytest.raises(Fout, match="hooguit|al"):
        phone.give("s5", {"halen": Answer(tekst="te veel")}, "nog een")
    key = phone.mine(found.step)[0].sleutel
    with pytest.raises(Fout, match="niet van u"):
        other.take_back(key)
    phone.take_back(key)
    assert len(found.said("s5")) == MOST_LINES - 1
    assert all("regel 0" not in str(e.werd) + str(e.was) for e in found.book.everything())


def test_a_text_is_500_characters_at_most(tmp_path):
    found = at(a_session(tmp_path), "s5")
    phone = joined(found)
    phone.give("s5", {"halen": Answer(tekst="é" * 500)}, "a")
    with pytest.raises(Fout, match="500"):
        phone.give("s5", {"halen": Answer(tekst="é" * 501)}, "b")


def test_at_a_secret_step_the_ledger_tells_nobody_who_gave_what(tmp_path):
    found = at(a_session(tmp_path, *secret("s3")), "s3")
    phones = [joined(found, naam, organisatie) for naam, organisatie in (("Anna", "A"), ("Bert", "B"))]
    for phone in phones:
        dots(phone, "alarm")
    entries = [e for e in found.book.everything(kinds.SAID)]
    people = {one.id for one in found.people()}
    for entry in entries:
        assert not people & set(entry.sleutel)
        assert (entry.wie, entry.login, entry.werd["organisatie"], entry.werd["soort"]) == (
            "deelnemer",
            "",
            "",
            "",
        )
    # The phone itself still finds what is its own.
    assert [one.keuze for one in phones[0].mine(found.step)] == [("alarm",)]
    assert len(phones[0].everything()) == 1
    (answers,) = results.of(found, found.step)
    assert answers.verborgen and not answers.opties
    dots(joined(found, "Carla"), "nultrede")
    control.open_input(found, False)
    (answers,) = results.of(found, found.step)
    assert [option.aantal for option in answers.opties] == [2, 1, 0]


def test_secret_results_are_seen_only_when_nobody_can_answer(tmp_path):
    found = at(a_session(tmp_path, *secret("s3")), "s3")
    control.show(found, True)
    assert (found.control.toon, found.control.open) == (True, False)
    control.open_input(found, True)
    assert (found.control.toon, found.control.open) == (False, True)
    for number in range(results.FEWEST_SECRET):
        dots(joined(found, f"Anna {number}"), "alarm")

    def told() -> tuple[int, tuple]:
        (answers,) = results.of(found, found.step)
        (part,) = (one for one in minutes_of(tmp_path / "wwz.duckdb", found).delen if one.titel == asked)
        return answers.most, part.rijen

    asked, votes = found.step.titel, (results.FEWEST_SECRET, (("Alarm", str(results.FEWEST_SECRET), ""),))
    # Not in the report either: who takes one before and one after an answer, would know it.
    assert told() == (0, ())
    control.open_input(found, False)
    assert told() == votes
    control.open_input(found, True)
    assert told() == (0, ())
    control.close(found)
    assert told() == votes


def test_a_step_that_becomes_secret_while_it_is_shown_is_shown_no_more(tmp_path):
    found = at(a_session(tmp_path), "s3")
    for number in range(results.FEWEST_SECRET):
        dots(joined(found, f"Anna {number}"), "alarm")
    control.show(found, True)
    assert totals(found)["alarm"] == results.FEWEST_SECRET
    control.arrange(found, secret("s3"))
    (answers,) = results.of(found, found.step)
    assert found.control.toon and answers.verborgen and not answers.opties


def test_at_a_secret_step_what_may_fit_is_not_told_of_too_few(tmp_path):
    found = at(a_session(tmp_path, *secret("s5")), "s5")
    joined(found).give("s5", {"halen": Answer(tekst="vervoer naar de dagbesteding")}, "a")
    joined(found).give("s5", {"brengen": Answer(tekst="een busje voor vervoer")}, "b")
    control.open_input(found, False)
    assert results.matches(results.of(found, found.step)) == []
    assert "busje" not in str(minutes_of(tmp_path / "wwz.duckdb", found))


def test_what_is_said_does_not_leave_by_who_did_what(tmp_path):
    found = at(a_session(tmp_path), "s5")
    joined(found, "Anna Geheim").give("s5", {"halen": Answer(tekst="iets persoonlijks")}, "a")
    told = whodid.rows(tmp_path / "wwz.duckdb").to_string()
    assert (
        "werksessie" in told
        and "Anna Geheim" not in told
        and "persoonlijks" not in told
        and found.key not in told
    )


def test_two_who_lead_go_one_step_together(tmp_path):
    found = a_session(tmp_path)
    other = room.room(tmp_path / "wwz.duckdb", found.code)
    control.go(found, "s1")
    end = found.control.eind
    control.go(other, "s1")
    assert other.control.eind == end and other.place(other.step) == 1


def test_another_program_sees_it_and_a_ledger_that_was_put_back_is_read_anew(tmp_path):
    found = at(a_session(tmp_path), "s3")
    same = room.Room(found.book, found.code).refresh()
    dots(joined(found), "alarm")
    before = same.version
    assert len(same.refresh().said("s3")) == 1 and same.version > before
    found.book.place.settle()
    file = tmp_path / "eigen.sqlite"
    content = file.read_bytes()
    dots(joined(found, "Bert"), "nultrede")
    assert len(same.refresh().people()) == 2
    found.book.place.settle()
    file.write_bytes(content)
    assert len(same.refresh().people()) == 1
    dots(joined(same, "Carla"), "alarm")
    assert len(same.refresh().people()) == 2


def test_clock_jumps_lose_nothing_and_only_close_what_can_be_opened_again(tmp_path, monkeypatch):
    found = at(a_session(tmp_path), "s3")
    phone = joined(found)
    dots(phone, "alarm")

    class Later(datetime):
        ahead = timedelta(days=3)

        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + cls.ahead

    monkeypatch.setattr(room, "datetime", Later)
    with pytest.raises(Fout, match="gesloten"):
        dots(phone, "nultrede")
    Later.ahead = timedelta(days=-3)
    dots(phone, "nultrede", "alarm")
    Later.ahead = timedelta(0)
    assert totals(found) == {"alarm": 1, "nultrede": 1, "respijtzorg": 0}


def test_a_session_closes_by_itself_and_can_be_opened_again(tmp_path):
    old = (date.today() - timedelta(days=9)).isoformat()
    found = a_session(tmp_path, day=old)
    assert not found.is_closed(LIMITS)
    assert found.is_closed(Limits((("sessie_uren", 0),)))
    control.close(found)
    assert found.is_closed(LIMITS)
    control.close(found, False)
    assert not found.is_closed(LIMITS)


def test_names_go_after_a_while_and_results_stay(tmp_path):
    found = at(a_session(tmp_path), "s3")
    dots(joined(found, "Anna Achternaam", mag=True), "alarm")
    database = tmp_path / "wwz.duckdb"
    assert privacy.forget_names(database, LIMITS, date.today() + timedelta(days=90)) == 0
    assert privacy.forget_names(database, LIMITS, date.today() + timedelta(days=91)) == 1
    found.refresh()
    assert found.people() == [] and totals(found)["alarm"] == 1
    found.book.place.settle()
    assert b"Achternaam" not in (tmp_path / "eigen.sqlite").read_bytes()


def test_the_server_lets_names_go_day_after_day_also_after_a_day_that_failed(tmp_path, monkeypatch):
    found, day = a_session(tmp_path), [date.today() + timedelta(days=89)]
    joined(found, "Anna Achternaam")
    there, real = [], privacy.forget_names

    def erase(*given):
        if len(there) == 2:
            raise OSError("schijf weg")
        return real(*given)

    async def a_day_later(seconds):
        assert seconds == 24 * 60 * 60
        there.append(len(found.refresh().people()))
        day[0] += timedelta(days=1)
        if len(there) == 4:
            raise asyncio.CancelledError

    monkeypatch.setattr(forgetting, "forget_names", erase)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(
            forgetting.forget_daily(tmp_path / "wwz.duckdb", LIMITS, today=lambda: day[0], pause=a_day_later)
        )
    # After 89, 90, 91 (it failed) and 92 days: they are kept for 90.
    assert there == [1, 1, 1, 0]


def test_who_leaves_is_gone_with_all_they_gave(tmp_path):
    found = at(a_session(tmp_path), "s3")
    phone = joined(found, "Anna Achternaam")
    dots(phone, "alarm")
    phone.leave()
    assert found.people() == [] and found.said() == []
    found.book.place.settle()
    assert b"Achternaam" not in (tmp_path / "eigen.sqlite").read_bytes()


def test_what_is_hidden_is_off_the_wall_and_out_of_the_report_and_can_come_back(tmp_path):
    found = at(a_session(tmp_path), "s5")
    joined(found).give("s5", {"halen": Answer(tekst="scheldwoord")}, "a")
    key = found.said("s5")[0].sleutel
    control.hide(found, key, True)
    told = str(minutes_of(tmp_path / "wwz.duckdb", found))
    assert found.said("s5") == [] and len(found.said("s5", hidden=True)) == 1 and "scheldwoord" not in told
    control.hide(found, key, False)
    assert "scheldwoord" in str(minutes_of(tmp_path / "wwz.duckdb", found))


def test_only_the_role_may_lead(tmp_path):
    found = at(a_session(tmp_path), "s4")
    deeds = [
        lambda: control.go(found, "s1"), lambda: control.show(found, True), lambda: control.close(found),
        lambda: control.arrange(found, STEPS[:2]), lambda: control.more_time(found, 5), lambda: control.open_input(found, False),
        lambda: give_for_room(found, "s4", "alarm", Answer(("voldoet",)), {}),
        lambda: agreements.make_for_room(found, {"wat": "a", "wie": "b"}),
        lambda: statements.take_over(tmp_path / "wwz.duckdb", found, "s4", "alarm", "voldoet", "Anna", ""),
    ]  # fmt: skip
    mark = found.book.mark()
    with permission.acting(Actor("", Rol.KIJKEN)):
        for deed in deeds:
            with pytest.raises(Fout, match="rol"):
                deed()
    assert found.book.mark() == mark


def test_what_the_table_knows_becomes_an_opgave(tmp_path):
    found = at(a_session(tmp_path), "s4")
    statements.take_over(tmp_path / "wwz.duckdb", found, "s4", "alarm", "knelpunt", "wijkteam", "gebeld")
    (statement,) = given.current(given.read(tmp_path / "wwz.duckdb"))
    assert (statement.gebied, statement.randvoorwaarde, statement.status, statement.wie) == (
        "WK990101",
        "alarm",
        "knelpunt",
        "wijkteam",
    )
    assert "gebeld" in statement.waarom and "Proef" in statement.waarom
    for wrong in (
        ("s4", "respijt", "voldoet", "x"),
        ("s3", "alarm", "voldoet", "x"),
        ("s4", "alarm", "groen", "x"),
        ("s4", "alarm", "deels", " "),
    ):
        with pytest.raises(Fout):
            statements.take_over(tmp_path / "wwz.duckdb", found, *wrong, "")


def test_agreements_are_confirmed_by_who_does_them_and_come_back_next_time(tmp_path):
    database = tmp_path / "wwz.duckdb"
    found = at(a_session(tmp_path), "s6")
    maker, doer, other = (
        joined(found, "Anna"),
        joined(found, "Bert", "Corporatie"),
        joined(found, "Carla", "Zorg"),
    )
    wanted = {"wat": "Lijst delen", "wie": "corporatie", "voorwaarde": "nultrede", "soort": "lang"}
    agreements.make(maker, "s6", wanted, "x")
    agreements.make(maker, "s6", wanted, "x")
    (made,) = agreements.of_room(found)
    assert (made.kind_text, made.bevestigd, made.status) == ("Afspraak voor de lange termijn", False, "nieuw")
    with pytest.raises(Fout, match="Alleen wie het doet"):
        agreements.confirm(other, made.id)
    agreements.confirm(doer, made.id)
    assert agreements.of_room(found)[0].bevestigd
    later = a_session(tmp_path, title="Vervolg")
    assert [a.wat for a in agreements.before(database, later)] == ["Lijst delen"]
    assert agreements.about_area(database, ["WK990101"]).keys() == {"nultrede"}
    assert agreements.about_area(database, ["WK990102"]) == {}
    agreements.follow(found, made.id, "klaar")
    assert agreements.before(database, later) == []


def test_it_works_without_phones(tmp_path):
    found = at(a_session(tmp_path), "s3")
    for _ in range(3):
        give_for_room(found, "s3", "stippen", Answer(("alarm",)), {"soort": "bewoners"})
    (answers,) = results.of(found, found.step)
    assert answers.opties[0].delen == (("bewoners", 3),)


def test_every_step_of_every_template_has_a_question_or_only_looks(voorbeeld_store):
    from wwz.ask.area import find_area
    from wwz.sessie.programme import from_kept, from_template, templates

    area = find_area(voorbeeld_store, ["WK990101"])
    for code in templates():
        for step in from_template(code, voorbeeld_store, area):
            asked = of_step(step)
            assert bool(asked) == step.kind["inbreng"], (code, step.soort)
            assert from_kept(step.kept()) == step
            for question in asked:
                assert len(question.opties) == len(dict(question.opties)), question
    agenda = next(
        step for step in from_template("wijkagenda", voorbeeld_store, area) if step.soort == "herkent"
    )
    # No figure without how it is known and where it comes from, and never "about at most".
    assert all(how and source for _, how, source in agenda.stellingen)
    assert not any("ongeveer ten" in text for text, _, _ in agenda.stellingen)


def test_a_link_of_the_profile_or_the_agenda_of_another_area_is_told_in_sentences(voorbeeld_store):
    own, other = (find_area(voorbeeld_store, [code]) for code in ("WK990101", "WK990102"))
    step = programme.new_step("kijken", voorbeeld_store, own)

    def linked(link: str):
        return looking.looked(programme.edited(step, {"kijk": link}), voorbeeld_store, own)

    told = linked("https://wwz.example/wwz/wijkprofiel?gebied=WK990102")
    first = profile_of(voorbeeld_store, other).blocks[0]
    assert told.rijen[0][1] == f"{first.sentences[0].rstrip('.')} ({', '.join(first.known)})"
    assert told.bronnen and programme.from_kept(told.kept()) == told
    asked = linked("/wijkagenda?gebied=WK990102")
    assert asked.rijen == programme.agenda_lines(voorbeeld_store, other)[0] != step.rijen
    assert linked("?laag=mobiliteit_18").rijen == step.rijen
    with pytest.raises(Fout, match="WK999999"):
        linked("/wijkprofiel?gebied=WK999999")
