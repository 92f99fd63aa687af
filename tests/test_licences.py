"""Every pinned dependency has a licence that goes with ours, as the package itself tells it."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LIST = tomllib.loads((ROOT / "tests" / "licences.toml").read_text(encoding="utf-8"))
PINNED = [
    canonicalize_name(re.split(r"[=\[]", line)[0])
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def told(about) -> str:
    """The licence in words of SPDX; empty when the package does not say it in a way that is known."""
    classifiers = [c.split(" :: ")[-1] for c in about.get_all("Classifier", []) if c.startswith("License")]
    for words in (about.get("License-Expression"), about.get("License"), *classifiers):
        found = LIST["woorden"].get(words, words)
        if found and (found in LIST["toegestaan"] or words == about.get("License-Expression")):
            return found
    return ""


def allowed(expression: str) -> bool:
    """Whether we may use it: of what stands side by side all, of what one may choose from one."""
    return any(
        all(part.strip(" ()") in LIST["toegestaan"] for part in choice.split(" AND "))
        for choice in expression.split(" OR ")
    )


@pytest.mark.parametrize(
    ("expression", "may"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("", False),
    ],
)
def test_the_rule_can_say_no(expression, may):
    assert allowed(expression) is may


def test_every_pinned_dependency_has_a_licence_that_is_allowed():
    found = {name: told(metadata(name)) or LIST["gelezen"].get(name, "") for name in PINNED}
    assert len(found) > 60
    assert {name: licence for name, licence in found.items() if not allowed(licence)} == {}


def test_what_was_read_by_hand_is_not_told_by_the_package():
    assert {name for name in LIST["gelezen"] if name not in PINNED or told(metadata(name))} == set()


def test_our_own_licence_is_named():
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("SPDX-License-Identifier: EUPL-1.2\n")
