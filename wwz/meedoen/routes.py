"""The addresses of work sessions, for the server."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.meedoen import lead, phone
from wwz.meedoen.house import House, Refused
from wwz.meedoen.pages import page, script, stylesheet

log = logging.getLogger(__name__)
WRONG = "Er ging iets mis aan onze kant. Wat eerder is bevestigd, is bewaard. Probeer het zo opnieuw."
Page = Callable[[House, Request], Awaitable[Response]]


def routes(settings: Settings, base: str = "") -> list[Route]:
    """All of them; `base`: the path before all addresses of this server."""
    path = base.strip("/")
    house = House(settings, f"/{path}" if path else "")
    # The framework puts its own path before its own addresses, and not before ours.
    root = house.root
    one = f"{root}/{{code}}"

    def at(address: str, made: Page, *methods: str) -> Route:
        async def answer(request: Request) -> Response:
            return await _guarded(house, request, made)

        return Route(address, answer, methods=list(methods or ("GET",)))

    return [
        at(root, phone.begin, "GET", "POST"),
        at(f"{root}/_/stijl.css", _style),
        at(f"{root}/_/meedoen.js", _script),
        at(one, phone.show),
        at(f"{one}/deel", phone.part),
        at(f"{one}/wacht", _wait),
        at(f"{one}/mijn", phone.mine),
        at(f"{one}/verder", phone.other_phone),
        at(f"{one}/scherm", lead.wall),
        at(f"{one}/scherm/deel", lead.wall_part),
        at(f"{one}/beeld/{{stap}}.png", lead.look),
        at(f"{one}/regie", lead.show),
        at(f"{one}/regie/deel", lead.part),
        at(f"{one}/regie/verslag.{{soort}}", lead.report),
        at(f"{one}/regie/{{daad}}", lead.do, "POST"),
        at(f"{one}/{{daad}}", phone.do, "POST"),
    ]


async def _guarded(house: House, request: Request, made: Page) -> Response:
    """A page, or the sentence that says why not."""
    try:
        return await made(house, request)
    except Fout as fout:
        return _told(house, request, 429 if isinstance(fout, Refused) else 404, " ".join(fout.zinnen))
    except Exception:
        log.exception("Een pagina van een werksessie kon niet worden gemaakt.")
        return _told(house, request, 500, WRONG)


def _told(house: House, request: Request, status: int, text: str) -> Response:
    if "text/html" in request.headers.get("accept", ""):
        return page("begin.html", status, titel="Meedoen", wortel=house.root, code="", fout=text)
    return JSONResponse({"fout": text}, status_code=status)


async def _style(house: House, request: Request) -> Response:
    return stylesheet()


async def _script(house: House, request: Request) -> Response:
    return script()


async def _wait(house: House, request: Request) -> Response:
    """Answers when something changed that this page shows, or after a while."""
    found = await run_in_threadpool(house.find, request)
    seen, shape = request.query_params.get("v", ""), request.query_params.get("wat") != "alles"

    def version() -> int:
        return found.shape if shape else found.version

    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else -1
    now = version() if version() != number else await house.waiting.until(found, version, number)
    return JSONResponse({"v": now}, headers={"cache-control": "no-store"})
