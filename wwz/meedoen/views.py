"""What the pages show, gathered from a session: for the phone, the wall and who leads."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from wwz.base.errors import Fout
from wwz.export.minutes import MEDIA
from wwz.export.sessionpicture import Picture, picture
from wwz.knowledge import domain, steering
from wwz.meedoen.house import House, fresh
from wwz.meedoen.pages import qr, render
from wwz.sessie import agreements, outcome, results
from wwz.sessie.giving import Phone
from wwz.sessie.programme import Step, kinds
from wwz.sessie.questions import of_step
from wwz.sessie.room import Room


def _shared(house: House, found: Room) -> dict[str, Any]:
    """What every page has."""
    step, control = found.step, found.control
    return {
        "s": found, "wortel": house.root, "stap": step, "dicht": found.is_closed(house.settings.grenzen),
        "rest": round(control.eind - time.time()) if step and control.eind else None,
        "tafel": steering.named("sjablonen", "tafel"), "titel": found.about["titel"], "naam": results.name,
        "fictief": is_fictive(house), "fout": "", "beeld": looked_at(house, found, step),
    }  # fmt: skip


def is_fictive(house: House) -> bool:
    """Whether the figures are those of the example region."""
    try:
        return bool(house.store().about().get("fictief"))
    except OSError:
        return False


def looked_at(house: House, found: Room, step: Step | None) -> Picture:
    """What a step shows; empty where there is nothing to draw."""
    if step is None or step.soort != "kijken" or step.scherm:
        return Picture()
    try:
        return picture(house.store(), tuple(found.about["gebied"]), step.kijk)
    except (Fout, OSError):
        return Picture()


def _agreement_fields() -> dict[str, Any]:
    return {
        "afspraaksoorten": steering.named("belangen", "afspraak"),
        "voorwaarden": {code: one.titel for code, one in domain.randvoorwaarden().items()},
    }


def of_phone(house: House, phone: Phone) -> dict[str, Any]:
    """For a phone: the present step, and what this phone gave there."""
    found, step = phone.found, phone.found.step
    person, own = phone.person, phone.mine(step) if step and phone.token else []
    return {
        **_shared(house, found), **_agreement_fields(), "persoon": person, "daad": fresh(), "ik": phone.id,
        "vragen": of_step(step) if step else (), "eigen": own, "mijn": {one.vraag: one for one in own if not one.sleutel[4]},
        "afspraken": agreements.of_room(found) if step and step.soort == "afspraken" else [], "om": "",
        "dagen": house.settings.grenzen["sessie_namen_dagen"],
    }  # fmt: skip


def part_of_phone(house: House, phone: Phone, fout: str = "", saved: bool = False) -> dict[str, Any]:
    """The same as a part for a page that is open."""
    values = of_phone(house, phone)
    om = datetime.now().strftime("%H:%M") if saved else ""
    html = render("telefoon_deel.html", **{**values, "fout": fout, "om": om})
    step = values["stap"]
    return {
        "html": html,
        "vorm": phone.found.shape,
        "alles": phone.found.version,
        "stap": step.id if step else "",
        "fout": fout,
    }


def of_mine(house: House, phone: Phone, address: str) -> dict[str, Any]:
    """For the page with all that a phone gave."""
    titles = {step.id: step for step in phone.found.steps}
    own = []
    for one in phone.everything():
        step = titles[one.sleutel[1]]
        asked = next((q for q in of_step(step) if q.code == one.vraag), None)
        chosen = [asked.text_of(code).split(". ")[0] if asked else code for code in one.keuze]
        own.append(
            (
                one,
                f"{step.titel} · {asked.titel if asked else one.vraag}",
                " · ".join([*chosen, one.tekst]).strip(" ·"),
            )
        )
    return {**of_phone(house, phone), "eigen": own, "verder": f"{address}/verder?t={phone.token}"}


def _steps_around(found: Room) -> dict[str, str]:
    ids, place = [step.id for step in found.steps], found.place(found.step)
    return {"terug": ids[place - 2] if place > 1 else "", "verder": ids[place] if place < len(ids) else ""}


def of_wall(house: House, found: Room, address: str) -> dict[str, Any]:
    """For the wall; what is not shown is not in it."""
    step = found.step
    answers = results.of(found, step) if step and found.control.toon else []
    large = [one for one in answers if one.vraag.code == found.control.vraag or len(answers) == 1]
    present = {kind for a in answers for o in a.opties for kind, _ in o.delen}
    return {
        **_of_room(house, found, answers), "adres": address.split("://")[-1], "qr": qr(address), "groot": large,
        "aanwezig": [kind for kind in steering.named("sjablonen", "tafel") if kind in present],
    }  # fmt: skip


def _of_room(house: House, found: Room, answers: list[results.Answers]) -> dict[str, Any]:
    """What the wall and who leads have both; `answers`: those that they may see."""
    step = found.step
    return {
        **_shared(house, found), **_steps_around(found), "antwoorden": answers, "uitkomst": _outcome(found, answers),
        "klaar": results.ready(found, step) if step else (0, len(found.people())),
        "afspraken": agreements.of_room(found), "open_afspraken": agreements.before(house.settings.database, found),
    }  # fmt: skip


def _outcome(found: Room, answers: list[results.Answers]) -> dict[str, Any]:
    step = found.step
    empty: dict[str, Any] = {
        "stijl": None, "lijkt": [], "past": [], "stellingen": step.stellingen if step else (), "instrumenten": [],
        "voorwaarden": [], "bron": "",
    }  # fmt: skip
    if step is None or not answers:
        return empty
    if step.soort == "regie":
        style = outcome.style(answers)
        return {**empty, "stijl": style, "instrumenten": outcome.instruments(style.gekozen or style.volgt)}
    if step.soort == "spiegel" and any(a.mensen for a in answers):
        lessons = steering.rows("spiegel", "voorwaarde")
        return {
            **empty,
            "lijkt": outcome.resembled(answers),
            "voorwaarden": lessons,
            "bron": steering.source(lessons[0]),
        }
    if step.soort == "halen":
        return {**empty, "past": [row for row in results.matches(answers) if row[2]]}
    return empty


def of_lead(house: House, found: Room) -> dict[str, Any]:
    """For who leads: everything, also what is not shown."""
    step = found.step
    # What is secret stays so for who leads, until nobody can answer any more.
    waits = step is not None and found.waits(step)
    answers = results.of(found, step) if step and not waits else []
    return {
        **_of_room(house, found, answers), **_agreement_fields(), "persoon": None, "gedaan": "",
        "alles": found.said(step.id, hidden=True) if step and not waits else [],
        "standen": steering.named("sjablonen", "stand"), "formaten": tuple(MEDIA),
        "soorten": {code: row["titel"] for code, row in kinds().items()},
    }  # fmt: skip


def part(name: str, values: dict[str, Any]) -> dict[str, Any]:
    """A part of the wall or of the page of who leads."""
    found = values["s"]
    return {
        "html": render(name, **values),
        "alles": found.version,
        "vorm": found.shape,
        "fout": values["fout"],
    }
