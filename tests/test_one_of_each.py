"""What there is one of: a door to DuckDB and one to the link in the address bar, a reader of tables that people make, a table on screen. Whoever makes a second one is told here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCREEN = sorted([*ROOT.glob("*.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("wwz/**/*.py")])
# Names of Streamlit by which a page reads or writes the link, today and in earlier versions.
LINK = ("query_params", "experimental_get_query_params", "experimental_set_query_params")


# How Streamlit shows a table, and one to fill in.
TABLES = ("dataframe", "table", "data_editor")
# What opens a table; files that the program keeps for itself are no tables that people make.
READS = ("load_workbook", "reader", "DictReader", "read_csv", "read_excel")
KEPT = {"wwz/own/points.py", "wwz/own/eisen/history.py"}


def names_of(text: str, package: str = "streamlit") -> Iterator[str]:
    """Dotted names that a module takes from a package, by whatever name it imports it: ``st.query_params.clear``."""
    tree, known = ast.parse(text), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            known |= {a.asname or a.name: a.name for a in node.names if a.name.partition(".")[0] == package}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == package:
            known |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
            yield from (f"{node.module}.{a.name}" for a in node.names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            parts, inner = [node.attr], node.value
            while isinstance(inner, ast.Attribute):
                parts, inner = [inner.attr, *parts], inner.value
            if isinstance(inner, ast.Name) and inner.id in known:
                yield ".".join((known[inner.id], *parts))
        # getattr(st, "query_params")
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "getattr" and len(node.args) > 1:
            of, name = node.args[0], node.args[1]
            if getattr(of, "id", "") in known and isinstance(name, ast.Constant):
                yield f"{known[of.id]}.{name.value}"


def users_of(names: tuple[str, ...], package: str = "streamlit") -> set[str]:
    """Files that take one of these names from a package."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in SCREEN
        if any(set(found.split(".")) & set(names) for found in names_of(path.read_text("utf-8"), package))
    }


@pytest.mark.parametrize(
    "text",
    [
        "import streamlit as st\nst.query_params['gebied'] = 'GM0518'",
        "import streamlit\nstreamlit.query_params.clear()",
        "from streamlit import query_params as link\nlink.clear()",
        "import streamlit as st\ngetattr(st, 'query_params')",
    ],
)
def test_a_second_door_is_seen_however_it_is_made(text):
    assert any("query_params" in found.split(".") for found in names_of(text))


def test_a_request_of_the_server_is_no_door():
    text = "import streamlit as st\ndef answer(request):\n    return request.query_params"
    assert not any("query_params" in found for found in names_of(text))


def test_only_the_state_of_a_session_touches_the_link():
    assert users_of(LINK) == {"wwz/ui/shared/state.py"}


def test_only_the_store_opens_duckdb():
    assert users_of(("connect", "default_connection", "sql", "query", "execute"), "duckdb") == {
        "wwz/store.py"
    }


def test_only_one_module_reads_the_tables_that_people_make():
    rooms = [
        p for p in SCREEN if p.relative_to(ROOT).as_posix().startswith(("wwz/own/", "wwz/ui/", "pages/"))
    ]
    assert len(rooms) > 50
    openers = {
        path.relative_to(ROOT).as_posix()
        for path in rooms
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in READS
    }
    assert openers - KEPT == {"wwz/own/tablefile.py"}


def test_no_press_is_lost_because_another_choice_stops_the_page():
    """A button acts in a callback: it has one, and a key that stays when its words change. Nobody asks for its value."""
    lost = [
        f"{path.relative_to(ROOT).as_posix()}:{call.lineno}"
        for path in SCREEN
        for call in _buttons(ast.parse(path.read_text("utf-8")))
        if not {"on_click"} <= {keyword.arg for keyword in call.keywords}
    ]
    assert lost == []


def _buttons(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("button", "form_submit_button"):
            yield node


def test_no_screen_shows_a_table_in_another_way():
    assert users_of(TABLES) == set()
    shown = [
        path.relative_to(ROOT).as_posix()
        for path in SCREEN
        if "wwz-table" in path.read_text("utf-8") and path.suffix == ".py"
    ]
    assert shown == ["wwz/ui/shared/fillable.py", "wwz/ui/shared/table.py"]
    assert users_of(("v2",)) == {"wwz/ui/shared/component.py"}
