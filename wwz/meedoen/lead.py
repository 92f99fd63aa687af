"""The pages of who leads a session, and of the wall. Only who has the key of the session may control it."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from wwz.ask.area import Area, find_area
from wwz.base.errors import Fout
from wwz.base.permission import Actor, Rol, acting
from wwz.export.minutes import MEDIA, make_minutes
from wwz.meedoen import views
from wwz.meedoen.house import House, fields, first, onward, wants_part
from wwz.meedoen.pages import page
from wwz.sessie import agreements, control, statements
from wwz.sessie.giving import Answer, give_for_room
from wwz.sessie.looking import looked
from wwz.sessie.programme import Step, edited, new_step, proposals_anew
from wwz.sessie.room import Room, room
from wwz.store import Store

LEADER = Actor(control.LEADER, Rol.INVOEREN)
NOT_YOU = "Alleen de begeleider kan dit. Open de link van de begeleider uit het scherm Werksessie."
Given = Mapping[str, str]
Deed = Callable[[House, Room, Given], str | None]


def leads(request: Request, found: Room) -> bool:
    """Whether who asks has the key of this session."""
    key = request.cookies.get(f"wwz-regie-{found.code}", "")
    return bool(found.key) and hmac.compare_digest(key.encode(), found.key.encode())


async def show(house: House, request: Request) -> Response:
    """The page of who leads; with the key in the address it is kept, and gone from the address."""
    found = await run_in_threadpool(house.find, request)
    if (answer := _entered(house, request, found)) is not None:
        return answer
    if not leads(request, found):
        return _not_you(house, found)
    return page("regie.html", **await _values(house, found))


def _entered(house: House, request: Request, found: Room) -> Response | None:
    """On to the same address without the key that stands in it; None when there is none."""
    key = request.query_params.get("sleutel", "")
    if not key:
        return None
    answer = onward(request.url.path)
    if hmac.compare_digest(key.encode(), found.key.encode()):
        house.remember(request, answer, f"wwz-regie-{found.code}", key)
    return answer


def _not_you(house: House, found: Room) -> Response:
    return page("begin.html", 403, titel="Werksessie", wortel=house.root, code=found.code, fout=NOT_YOU)


async def _values(house: House, found: Room) -> dict:
    return await run_in_threadpool(views.of_lead, house, found)


async def part(house: House, request: Request) -> Response:
    """The same for a page that is open."""
    found = await run_in_threadpool(house.find, request)
    if not leads(request, found):
        return JSONResponse({"fout": NOT_YOU}, status_code=403)
    return JSONResponse(views.part("regie_deel.html", await _values(house, found)))


async def wall(house: House, request: Request) -> Response:
    """The wall."""
    found = await run_in_threadpool(house.find, request)
    address = house.address(request, found.code)
    return page("wand.html", **await run_in_threadpool(views.of_wall, house, found, address))


async def wall_part(house: House, request: Request) -> Response:
    """The same for a page that is open."""
    found = await run_in_threadpool(house.find, request)
    values = await run_in_threadpool(views.of_wall, house, found, house.address(request, found.code))
    return JSONResponse(views.part("wand_deel.html", values))


async def look(house: House, request: Request) -> Response:
    """The picture of a step at which one looks."""
    found = await run_in_threadpool(house.find, request)
    step = found.find(request.path_params["stap"])
    content = (await run_in_threadpool(views.looked_at, house, found, step)).png
    if not content:
        return Response(status_code=404)
    return Response(content, media_type="image/png", headers={"cache-control": "max-age=60"})


async def report(house: House, request: Request) -> Response:
    """The report, as a file."""
    found = await run_in_threadpool(house.find, request)
    kind = request.path_params["soort"]
    if (answer := _entered(house, request, found)) is not None:
        return answer
    if not leads(request, found):
        return _not_you(house, found)
    content = await run_in_threadpool(make_minutes, house.settings.database, found, kind)
    name = f"verslag-{found.code}.{kind}"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type=MEDIA[kind], headers=headers)


async def do(house: House, request: Request) -> Response:
    """Something that who leads does."""
    found = await run_in_threadpool(house.find, request)
    if not leads(request, found):
        return _not_you(house, found)
    deed, fout, told = DEEDS.get(request.path_params["daad"]), "", ""
    try:
        given = first(await fields(request))
        if deed is not None:
            told = await run_in_threadpool(_as_leader, deed, house, found, given) or ""
        await house.waiting.tell(found.code)
    except Fout as wrong:
        fout = " ".join(wrong.zinnen)
    if not wants_part(request) and not fout and not told:
        return onward(f"{house.root}/{found.code}/regie")
    values = {**await _values(house, found), "fout": fout, "gedaan": told}
    return (
        JSONResponse(views.part("regie_deel.html", values))
        if wants_part(request)
        else page("regie.html", **values)
    )


def _as_leader(deed: Deed, house: House, found: Room, given: Given) -> str | None:
    with acting(LEADER):
        return deed(house, found, given)


def _minutes(house: House, found: Room, given: Given) -> None:
    text = given.get("minuten", "")
    control.more_time(found, int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0)


def _hide(house: House, found: Room, given: Given) -> None:
    control.hide(found, (found.code, *given.get("plaats", "").split("/")), given.get("weg") == "ja")


def _move(house: House, found: Room, given: Given) -> None:
    steps = list(found.steps)
    here = next((n for n, step in enumerate(steps) if step.id == given.get("stap")), None)
    there = None if here is None else here + (-1 if given.get("naar") == "op" else 1)
    if here is not None and there is not None and 0 <= there < len(steps):
        steps[here], steps[there] = steps[there], steps[here]
        control.arrange(found, steps)


def _drop(house: House, found: Room, given: Given) -> None:
    control.arrange(found, [step for step in found.steps if step.id != given.get("stap")])


def _change(house: House, found: Room, given: Given) -> str:
    control.arrange(
        found,
        [
            _edited(house, found, step, given) if step.id == given.get("stap") else step
            for step in found.steps
        ],
    )
    return "De stap is bewaard."


def _edited(house: House, found: Room, step: Step, given: Given) -> Step:
    changed = edited(step, dict(given))
    if step.soort != "kijken" or (changed.kijk, changed.scherm) == (step.kijk, step.scherm):
        return changed
    return looked(changed, *_here(house, found))


def _here(house: House, found: Room) -> tuple[Store, Area]:
    store = house.store()
    return store, find_area(store, found.about["gebied"], found.about["naam"])


def _add(house: House, found: Room, given: Given) -> None:
    control.arrange(found, [*found.steps, new_step(given.get("soort", ""), *_here(house, found))])


def _renew(house: House, found: Room, given: Given) -> str:
    here, chosen = _here(house, found), given.get("stap", "")
    control.arrange(
        found, [proposals_anew(step, *here) if step.id == chosen else step for step in found.steps]
    )
    return "De bewaarde plannen zijn opnieuw doorgerekend."


def _room(house: House, found: Room, given: Given) -> str:
    chosen = (given["keuze"],) if given.get("keuze") else ()
    give_for_room(
        found, given.get("stap", ""), given.get("vraag", ""), Answer(chosen, given.get("tekst", "")), given
    )
    return "Ingevuld voor de zaal."


def _statement(house: House, found: Room, given: Given) -> str:
    wanted = [given.get(name, "") for name in ("stap", "voorwaarde", "status", "wie", "waarom")]
    return statements.take_over(house.settings.database, found, *wanted)


def _follow(house: House, found: Room, given: Given) -> str:
    agreements.follow(
        room(house.settings.database, given.get("sessie", "")),
        given.get("afspraak", ""),
        given.get("status", ""),
    )
    return "De stand van de afspraak is bewaard."


DEEDS: dict[str, Deed] = {
    "ga": lambda house, found, given: control.go(found, given.get("stap", "")),
    "invoer": lambda house, found, given: control.open_input(found, given.get("open") == "ja"),
    "toon": lambda house, found, given: control.show(found, given.get("toon") == "ja"),
    "einde": lambda house, found, given: control.close(found, given.get("klaar") == "ja"),
    "groot": lambda house, found, given: control.focus(found, given.get("vraag", "")),
    "tijd": _minutes, "verberg": _hide, "schuif": _move, "haalweg": _drop, "wijzig": _change, "erbij": _add, "zaal": _room,
    "opnieuw": _renew, "opgave": _statement, "volg": _follow,
    "afspraak": lambda house, found, given: agreements.make_for_room(found, dict(given)),
}  # fmt: skip
