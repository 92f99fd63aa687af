"""Every screen says what to do next, with a question that leads to another screen than itself."""

from __future__ import annotations

from wwz.base.paths import ROOT
from wwz.ui.shared.onward import NEXT

SCREENS = {path.stem for path in (ROOT / "pages").glob("*.py")}


def test_every_screen_leads_on_and_to_what_is_there():
    assert set(NEXT) == SCREENS
    for screen, onward in NEXT.items():
        assert onward and screen not in onward and set(onward) <= SCREENS
        assert len(onward) <= 3 and len(set(onward.values())) == len(onward)


def test_the_menu_has_every_screen_once():
    text = (ROOT / "app.py").read_text(encoding="utf-8")
    assert {screen: text.count(f'"pages/{screen}.py"') for screen in SCREENS} == dict.fromkeys(SCREENS, 1)
