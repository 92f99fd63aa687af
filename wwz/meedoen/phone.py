"""The pages of a phone: join, answer, look up what one gave, take it back, go."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from wwz.base.errors import Fout
from wwz.base.permission import Actor, Rol, acting
from wwz.meedoen import views
from wwz.meedoen.house import House, fields, first, onward, wants_part
from wwz.meedoen.pages import page
from wwz.sessie import agreements
from wwz.sessie.codes import new_token
from wwz.sessie.giving import Answer, Phone
from wwz.sessie.questions import DOTS, LINES, MANY, of_step

# Who takes part has no role on this server.
GUEST = Actor("", Rol.GEEN)
Sent = Sequence[tuple[str, str]]
Deed = Callable[[Phone, Sent], None]


async def begin(house: House, request: Request) -> Response:
    """Where one types the code."""
    text = first(await fields(request)).get("code", "") if request.method == "POST" else ""
    if text:
        try:
            found = await run_in_threadpool(house.find_code, request, text)
            return onward(f"{house.root}/{found.code}")
        except Fout as fout:
            return page(
                "begin.html", 200, titel="Meedoen", wortel=house.root, code=text[:12], fout=fout.zinnen[0]
            )
    return page("begin.html", titel="Meedoen", wortel=house.root, code="", fout="")


async def show(house: House, request: Request, fout: str = "") -> Response:
    """The page of the present step, or of joining."""
    found = await run_in_threadpool(house.find, request)
    phone = house.phone(request, found)
    values = await run_in_threadpool(views.of_phone, house, phone)
    answer = page("telefoon.html", deel="telefoon_deel.html", **{**values, "fout": fout})
    if not phone.token:
        house.remember(request, answer, f"wwz-sessie-{found.code}", new_token())
    return answer


async def part(house: House, request: Request) -> Response:
    """The same for a page that is open."""
    found = await run_in_threadpool(house.find, request)
    return JSONResponse(await run_in_threadpool(views.part_of_phone, house, house.phone(request, found)))


async def mine(house: House, request: Request, fout: str = "") -> Response:
    """All that this phone gave."""
    found = await run_in_threadpool(house.find, request)
    phone = house.phone(request, found)
    if phone.person is None:
        return onward(f"{house.root}/{found.code}")
    values = await run_in_threadpool(views.of_mine, house, phone, house.address(request, found.code))
    return page("mijn.html", **{**values, "fout": fout})


async def other_phone(house: House, request: Request) -> Response:
    """A second phone of somebody becomes the same one."""
    found = await run_in_threadpool(house.find, request)
    token = request.query_params.get("t", "")[:100]
    answer = onward(f"{house.root}/{found.code}")
    if Phone(found, house.settings.grenzen, token).person is not None:
        house.remember(request, answer, f"wwz-sessie-{found.code}", token)
    return answer


async def do(house: House, request: Request) -> Response:
    """Something that a phone sends; the answer comes when it is on disk."""
    found = await run_in_threadpool(house.find, request)
    deed = DEEDS.get(request.path_params["daad"])
    if deed is None:
        return onward(f"{house.root}/{found.code}")
    sent, phone, fout = await fields(request), house.phone(request, found), ""
    token = phone.token or new_token()
    phone = Phone(found, house.settings.grenzen, token)
    try:
        await run_in_threadpool(_as_guest, deed, phone, sent)
        await house.waiting.tell(found.code)
    except Fout as wrong:
        fout = " ".join(wrong.zinnen)
    return await _after(house, request, phone, first(sent), fout)


async def _after(house: House, request: Request, phone: Phone, sent, fout: str) -> Response:
    code, answer = phone.found.code, None
    if wants_part(request):
        answer = JSONResponse(await run_in_threadpool(views.part_of_phone, house, phone, fout, not fout))
    elif sent.get("naar") == "mijn":
        answer = await mine(house, request, fout) if fout else onward(f"{house.root}/{code}/mijn")
    else:
        answer = await show(house, request, fout) if fout else onward(f"{house.root}/{code}")
    if f"wwz-sessie-{code}" not in request.cookies:
        house.remember(request, answer, f"wwz-sessie-{code}", phone.token)
    return answer


def _as_guest(deed: Deed, phone: Phone, sent: Sent) -> None:
    with acting(GUEST):
        deed(phone, sent)


def _act(sent: Sent) -> str:
    """The id that the page gave to this act, together with what is done: something else is another act."""
    what = "\n".join(f"{name}={value}" for name, value in sent)
    return hashlib.sha256(what.encode()).hexdigest()


def _join(phone: Phone, sent: Sent) -> None:
    phone.join(first(sent), _act(sent))


def _give(phone: Phone, sent: Sent) -> None:
    one, step = first(sent), phone.found.step
    answers = {} if step is None else _dots(phone, one) if one.get("zet") else _chosen(phone, sent)
    phone.give(one.get("stap", ""), answers, _act(sent))


def _dots(phone: Phone, one) -> dict[str, Answer]:
    """One row gets so many dots; the other rows stay as they are."""
    step, question = phone.found.step, one.get("stippen", "")
    code, _, number = one["zet"].rpartition(":")
    mine = next((said for said in phone.mine(step) if said.vraag == question), None) if step else None
    count = int(number) if number.isascii() and number.isdigit() and len(number) < 3 else 0
    return {question: Answer((*[c for c in (mine.keuze if mine else ()) if c != code], *[code] * count))}


def _chosen(phone: Phone, sent: Sent) -> dict[str, Answer]:
    """What a form says of each question of the step; what was left open is no answer."""
    one, answers = first(sent), {}
    had = {said.vraag for said in phone.mine(phone.found.step)} if phone.found.step else set()
    for asked in of_step(phone.found.step) if phone.found.step else ():
        chosen = tuple(value for name, value in sent if name == f"k-{asked.code}")
        text = one.get(f"t-{asked.code}", "")
        there = f"t-{asked.code}" in one or chosen or (asked.vorm == MANY and asked.code in had)
        lines = asked.vorm in (LINES, DOTS) and not text.strip()
        if there and not lines and (chosen or text.strip() or asked.code in had):
            answers[asked.code] = Answer(chosen, text)
    return answers


def _back(phone: Phone, sent: Sent) -> None:
    phone.take_back((phone.found.code, *first(sent).get("plaats", "").split("/")))


DEEDS: dict[str, Deed] = {
    "aan": _join,
    "geef": _give,
    "terug": _back,
    "vertrek": lambda phone, sent: phone.leave(),
    "afspraak": lambda phone, sent: agreements.make(
        phone, first(sent).get("stap", ""), dict(first(sent)), _act(sent)
    ),
    "bevestig": lambda phone, sent: agreements.confirm(phone, first(sent).get("afspraak", "")),
    "afspraak-weg": lambda phone, sent: agreements.take_back(phone, first(sent).get("afspraak", "")),
}
