"""A busy session whose server is killed, again and again: what was acknowledged is there, and once.

Twenty people write at the same time; after a while the program is killed with SIGKILL and another one goes on. Phones send what
they did last once more, as a phone does that got no answer. `WWZ_KEER_DODEN=1000` does it a thousand times: on
two busy cores about half an hour with SQLite, and an hour with PostgreSQL.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess  # noqa: F401 - it ends programs of its own: that marks it `lang`
import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from werksessie_hulp import LIMITS, a_session

from wwz.base.settings import Settings
from wwz.own.ledger import open as opening
from wwz.sessie import control
from wwz.sessie.giving import Answer, Phone
from wwz.sessie.room import room

KILLS = int(os.environ.get("WWZ_KEER_DODEN", "5"))
PEOPLE, LINES, AGAIN = 20, 15, 2
# So many turns in one session: more people than it can hold would write nothing.
TURNS = 8


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, monkeypatch) -> str:
    """Where the ledger is: nothing for a file beside the database."""
    if request.param == "sqlite":
        return ""
    running = request.getfixturevalue("postgresql")
    if running is None:
        pytest.skip("geen PostgreSQL op deze machine")
    found = running.new()
    monkeypatch.setattr(opening, "load_settings", lambda: replace(Settings(), eigen=found))
    return found


def forked(work) -> int:
    """Do something in a program of its own that shares nothing open with this one; gives its number."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def make(folder: Path, into: int) -> None:
    found = a_session(folder)
    control.go(found, "s5")
    os.write(into, found.code.encode())


def write(folder: Path, code: str, turn: int, into: int) -> None:
    """Everybody at once: join, send the last lines of the turn before again, and then new ones."""
    found = room(folder / "wwz.duckdb", code)

    def busy(number: int) -> None:
        for before, first in ((turn - 1, LINES - AGAIN), (turn, 0)):
            phone = Phone(found, LIMITS, f"telefoon-{before}-{number}")
            if before < turn - turn % TURNS:
                continue
            phone.join({"soort": "zorg"}, "erbij")
            for line in range(first, LINES):
                text = f"regel {before}-{number}-{line}"
                phone.give("s5", {"halen": Answer(tekst=text)}, text)
                os.write(into, f"{text}\n".encode())

    tasks = [threading.Thread(target=busy, args=(number,)) for number in range(PEOPLE)]
    for task in tasks:
        task.start()
    for task in tasks:
        task.join()


def killed(folder: Path, code: str, turn: int, after: int) -> list[str]:
    """Let them write until so many were acknowledged, and kill; gives what was acknowledged."""
    out, into = os.pipe()
    child = forked(lambda: write(folder, code, turn, into))
    os.close(into)
    told = b""
    while told.count(b"\n") < after and (more := os.read(out, 4096)):
        told += more
    os.kill(child, signal.SIGKILL)
    while more := os.read(out, 65536):
        told += more
    os.close(out)
    os.waitpid(child, 0)
    return [line for line in told.decode().split("\n") if line]


def kept(folder: Path, url: str) -> Counter[str]:
    """How often each line is there now, as the database itself says."""
    asked = "SELECT werd FROM stand WHERE soort = 'sessie_inbreng' AND werd IS NOT NULL"
    if url:
        with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as connection:
            rows = connection.execute(asked).fetchall()
    else:
        with sqlite3.connect(folder / "eigen.sqlite") as file:
            rows = file.execute(asked).fetchall()
    return Counter(json.loads(werd)["tekst"] for (werd,) in rows)


def new_session(folder: Path) -> str:
    out, into = os.pipe()
    os.waitpid(forked(lambda: make(folder, into)), 0)
    code = os.read(out, 64).decode()
    os.close(out)
    os.close(into)
    return code


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(tmp_path, url):
    dice, told, code = random.Random(7), [], ""
    for turn in range(KILLS):
        code = new_session(tmp_path) if turn % TURNS == 0 else code
        heard = killed(tmp_path, code, turn, dice.randint(1, PEOPLE * LINES // 2))
        assert heard, f"in beurt {turn} is niets bevestigd"
        told += heard
    found = kept(tmp_path, url)
    assert not set(told) - set(found)
    assert set(found.values()) == {1}
