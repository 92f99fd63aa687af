"""What every test keeps to: it waits for what happens, knows no file of SQL by name, and changes only what is public."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from wwz.base.paths import SQL

FILES = sorted(Path(__file__).parent.rglob("*.py"))
WAIT = re.compile(r"\bwait_for_timeout\(|\btime\.sleep\(")
SQL_FILES = {path.name for path in SQL.rglob("*.sql")}
NUMBERED = {name.removesuffix(".sql") for name in SQL_FILES if name[0].isdigit()}
PATCHES = ("setattr", "patch", "object", "delattr", "setitem")


def unexplained_waits(text: str) -> list[str]:
    """Lines that wait for a time, without a word of why on that line."""
    return [line.strip() for line in text.splitlines() if WAIT.search(line) and "  # " not in line]


def sql_names(text: str) -> list[str]:
    """Files of SQL that are named: a rule that moves to another file would break the test."""
    parts = [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    last = [part.rpartition("/")[2] for part in parts if isinstance(part, str)]
    return [name for name in last if name in SQL_FILES | NUMBERED]


def private_patches(text: str) -> list[str]:
    """Names beginning with an underscore that a test puts something else in the place of."""
    return [
        name for name in _patched(ast.parse(text)) if any(part.startswith("_") for part in name.split("."))
    ]


def _patched(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in PATCHES:
            yield from (
                one.value
                for one in node.args[:2]
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_test_keeps_to_it(path):
    text = path.read_text("utf-8")
    found = [*sql_names(text), *private_patches(text)]
    if path != Path(__file__):
        found += unexplained_waits(text)
    assert found == []


def test_what_does_not_is_seen():
    assert unexplained_waits("page.wait_for_timeout(500)\ntime.sleep(1)  # the hour is what is tested") == [
        "page.wait_for_timeout(500)"
    ]
    one = min(SQL_FILES)
    assert sql_names(f"run('{one}'); run('checks/{one}'); run('vraag.sql')") == [one, one]
    assert sql_names(f"run('{min(NUMBERED)}')") == [min(NUMBERED)]
    text = "monkeypatch.setattr(jobs, '_now', 1)\npatch('a._b.c')\nmonkeypatch.setattr(jobs, 'now', '_x')"
    assert private_patches(text) == ["_now", "a._b.c"]
