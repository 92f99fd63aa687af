"""The .sql files as text: they read on one screen."""

from __future__ import annotations

import pytest

from wwz.base.paths import SQL

FILES = sorted(SQL.rglob("*.sql"))
LONGEST = 120


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SQL)))
def test_no_line_is_longer_than_a_screen(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > LONGEST] == []
