"""What all pages of a session share: the server they are on, the session that is asked, and what was sent along."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.meedoen.guard import Guard
from wwz.meedoen.waiting import Waiting
from wwz.sessie.codes import as_code
from wwz.sessie.giving import Phone
from wwz.sessie.room import NO_SUCH, Room, room
from wwz.store import Store

PATH = "/meedoen"
LARGEST, MOST_FIELDS = 64 * 1024, 200
A_DAY = 86_400
# A phone is known as long as names are kept, and no longer than this.
KNOWN_DAYS = 30
TOO_MUCH = "Dit is te veel in één keer. Maak het korter."


class Refused(Fout):
    """Said no before anything was looked at: who tried too often."""


@dataclass(frozen=True)
class House:
    """The server.

    Attributes
    ----------
    settings, base
        Of the server, and the path before all its addresses.
    """

    settings: Settings
    base: str = ""
    guard: Guard = field(init=False)
    waiting: Waiting = field(default_factory=Waiting)

    def __post_init__(self) -> None:
        object.__setattr__(self, "guard", Guard(self.settings.grenzen))

    @property
    def root(self) -> str:
        """Where the pages of sessions are, for a browser."""
        return f"{self.base}{PATH}"

    def find(self, request: Request) -> Room:
        """The session that an address names.

        Raises
        ------
        Refused
            For who tried too many codes that do not exist.
        Fout
            When there is none.
        """
        return self.find_code(request, request.path_params["code"])

    def find_code(self, request: Request, text: str) -> Room:
        """The same, of a code that was typed."""
        who = request.client.host if request.client else ""
        code = as_code(text)
        # Who is in a session already is not kept out by who tries codes from the same building.
        if f"wwz-sessie-{code}" not in request.cookies and (why := self.guard.refused(who)):
            raise Refused(why)
        try:
            return room(self.settings.database, code)
        except Fout as fout:
            if NO_SUCH in fout.zinnen:
                self.guard.wrong(who)
            raise

    def phone(self, request: Request, found: Room) -> Phone:
        """The phone that asks; its token is empty when it has none yet."""
        return Phone(found, self.settings.grenzen, request.cookies.get(f"wwz-sessie-{found.code}", "")[:100])

    def remember(
        self, request: Request, answer: Response, name: str, value: str, days: int = KNOWN_DAYS
    ) -> None:
        """Give a browser something to be recognised by; no script can read it, and no other website can send it."""
        answer.set_cookie(
            name, value, max_age=days * A_DAY, path=self.root, httponly=True, samesite="lax", secure=request.url.scheme == "https"
        )  # fmt: skip

    def address(self, request: Request, code: str) -> str:
        """Where phones go, as a whole address."""
        return f"{request.url.scheme}://{request.url.netloc}{self.root}/{code}"

    def store(self) -> Store:
        """The database of the figures, as it is now."""
        path = self.settings.database
        stat = path.stat()
        return _opened(path, stat.st_mtime_ns, stat.st_ino, self.settings)


@lru_cache(maxsize=2)
def _opened(path: Path, changed: int, inode: int, settings: Settings) -> Store:
    return Store(path, settings.grenzen)


async def fields(request: Request) -> list[tuple[str, str]]:
    """What a form sent.

    Raises
    ------
    Fout
        When it is more than a form can hold.
    """
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise Fout(TOO_MUCH)
    try:
        return parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise Fout(TOO_MUCH) from error


def first(sent: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """The first value of every field, without what no text holds."""
    return {name: value.replace("\0", "").replace("\r\n", "\n") for name, value in reversed(sent)}


def wants_part(request: Request) -> bool:
    """Whether a script asks, that puts the part in the page itself."""
    return request.headers.get("x-deel") == "1"


def onward(address: str) -> Response:
    """To another page, after something was kept."""
    return RedirectResponse(address, status_code=303)


def fresh() -> str:
    """The id of an act that somebody may do with this page."""
    return os.urandom(9).hex()
