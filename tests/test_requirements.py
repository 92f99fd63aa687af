"""Every dependency is pinned, has a licence and a reason, and is used; what README and CONTRIBUTING tell to type exists."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import metadata, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from wwz.base.settings import KEYS
from wwz.cli.main import make_parser

ROOT = Path(__file__).resolve().parent.parent
LINE = re.compile(r"(?P<spec>\S+==\S+) +# (?P<licence>[\w.-]+) *\| (?P<reason>.{10,})")
# Loaded by another package, when a visitor asks for what needs it.
NOT_IMPORTED = {"brotli": "fonttools", "authlib": "streamlit", "httpx": "streamlit", "psycopg": "sqlalchemy"}
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/beheer.md",
    "docs/uitrollen.md",
    "docs/gegevens.md",
    "docs/ophalen.md",
    "docs/ambtenaar.md",
)


def asked() -> dict[str, re.Match]:
    """The lines of requirements.in by name."""
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    found = [LINE.fullmatch(line) or line for line in lines if not line.startswith("#")]
    assert [line for line in found if isinstance(line, str)] == []
    return {canonicalize_name(Requirement(m["spec"]).name): m for m in found}


def pinned() -> dict[str, str]:
    """Name → version in requirements.txt."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    specs = [line.split("==") for line in lines if not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in specs}


def imported() -> set[str]:
    """What the product imports itself, as names of packages that are installed."""
    files = [*(ROOT / "wwz").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
    nodes = [node for path in files for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {
        node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }
    roots = {name.split(".")[0] for name in modules} - set(sys.stdlib_module_names) - {"wwz"}
    known = packages_distributions()
    return {canonicalize_name(known[name][0]) for name in roots}


def test_what_is_asked_is_pinned_at_that_version():
    versions = {name: m["spec"].split("==")[1] for name, m in asked().items()}
    assert {name: pinned().get(name) for name in versions} == versions


def test_what_is_imported_is_asked_and_nothing_else():
    # Pictures are Pillow's, which matplotlib and python-pptx all bring.
    assert imported() - {"pillow"} == asked().keys() - NOT_IMPORTED.keys()
    for name, other in NOT_IMPORTED.items():
        assert name in asked() and other in asked()


def test_everything_below_what_is_asked_is_pinned():
    names, seen = list(asked()), set()
    while names:
        name = names.pop()
        if name in seen:
            continue
        seen.add(name)
        needs = map(Requirement, requires(name) or [])
        names += [
            canonicalize_name(n.name) for n in needs if n.marker is None or n.marker.evaluate({"extra": ""})
        ]
    assert seen - pinned().keys() == set()


@pytest.mark.parametrize("name", sorted(asked()))
def test_the_licence_is_what_the_package_says(name):
    about = metadata(name)
    told = about.get("License-Expression") or about.get("License") or ""
    if len(told) < 20 and re.search(r"\d|MIT", told):
        assert asked()[name]["licence"].split("-")[0].lower() in told.lower()


def _called(parser, words):
    """The parser of a command, and of its action when one is named."""
    yield parser
    for action in parser._actions:
        if isinstance(action.choices, dict) and words and words[0] in action.choices:
            yield action.choices[words[0]]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_and_file_that_a_page_names_exists(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    commands = next(a for a in make_parser()._actions if a.dest == "opdracht").choices
    for called in re.findall(r"python -m wwz ([^`\n#]+)", text):
        words = called.split()
        assert words[0] in commands, called
        known = "".join(parser.format_help() for parser in _called(commands[words[0]], words[1:]))
        assert [
            w for w in words[1:] if w.startswith("[--") or w.startswith("--") if w.strip("[]") not in known
        ] == []
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    for rule in re.findall(r"(?:^|`|=\S+ )make ([a-z-]+)", text, re.MULTILINE):
        assert f"\n{rule}:" in rules, rule
    places = re.findall(r"\]\(([^)h][^)]*)\)", text)
    assert [p for p in places if not ((ROOT / page).parent / p.split("#")[0]).exists()] == []
    named = re.findall(r"`((?:wwz|tests|pages|docs|bench)/[\w./]+|[\w./]+\.(?:toml|in|yaml))`", text)
    # Names in capitals are for the reader to fill in; who logs in is set up by whoever runs it, as are places on a server.
    named = [n for n in named if not re.search(r"NAME|KIND|^/", n) and not n.endswith("secrets.toml")]
    here = {"", "wwz/knowledge/", "docs/"}
    assert [n for n in named if not any((ROOT / h / n).exists() for h in here)] == []


def test_every_setting_stands_in_the_page_for_who_runs_it():
    text = (ROOT / "docs" / "beheer.md").read_text(encoding="utf-8")
    settings = [f"{section}.{key}" for section, keys in KEYS.items() for key in keys]
    assert [name for name in settings if f"`{name}`" not in text] == []
    told = re.findall(r"`([a-z]+\.[a-z_0-9]+)`", text)
    assert [
        name for name in told if name.split(".")[0] in KEYS and name not in settings and ".toml" not in name
    ] == []
