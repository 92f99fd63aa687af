"""A day reads the same on every screen, and as people write it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wwz.base.dates import dutch_day, short_day, short_moment

WWZ = Path(__file__).parent.parent / "wwz"
# How people write a day. An error tells its second; two modules read days in a file that somebody brought.
SHAPE = re.compile(r"%d[-/]%m[-/]%Y")
APART = {"base/dates.py", "ui/shared/parts.py", "own/countsread.py", "sources/facilities.py"}
# A moment of the ledger that is cut off where it is shown.
CUT = re.compile(r"wanneer(?:\"\])?(?:\[:1\d\]|\.replace|\.str\.replace)")


@pytest.mark.parametrize(
    ("written", "day", "moment"),
    [
        ("2026-11-30T09:05:12", "30-11-2026", "30-11-2026 om 09:05"),
        ("2026-11-30", "30-11-2026", "30-11-2026 om 00:00"),
        ("", "", ""),
        ("najaar", "najaar", "najaar"),
    ],
)
def test_a_moment_reads_as_people_write_it(written, day, moment):
    assert (short_day(written), short_moment(written)) == (day, moment)


def test_a_day_in_words():
    assert dutch_day("2026-11-30") == "30 november 2026"


def test_how_a_day_reads_stands_once():
    code = {path.relative_to(WWZ).as_posix(): path.read_text(encoding="utf-8") for path in WWZ.rglob("*.py")}
    assert {path for path, text in code.items() if SHAPE.search(text)} == APART
    shown = {
        path: text for path, text in code.items() if path.startswith(("ui/", "ask/", "region/", "export/"))
    }
    assert [path for path, text in shown.items() if CUT.search(text)] == []
