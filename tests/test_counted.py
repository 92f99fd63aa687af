"""A sentence about one thing reads otherwise than one about more; no count stands beside a word that is always plural."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from wwz.base.counted import EITHER, counted

ROOT = Path(__file__).parent.parent
# Words that a count can stand before: "1 punten" is wrong, and so is a count that is always written with the plural.
WORDS = (
    r"(?:\w+ )?(?:punten|rijen|regels|gebieden|gemeenten|wijken|buurten|opgaven|eisen|normen|adressen|wegen|straten|lijnen|grenzen|"
    r"voorzieningen|meldingen|opmerkingen|tabellen|randvoorwaarden|doelgroepen|fouten)"
)
# Where a count is never one: a limit, a part of more, a list that is only told when it is long, the rows of a source; or it is no count.
NEVER_ONE = (
    "{MOST", "{dutch(MOST", "{limits", "{dutch(total)} buurten", "{expected} gemeenten", "{len(names)} gemeenten",
    "{dutch(rows)} rijen", "{len(page)} rijen", "{len(inhabited)}", "{item.titel}", "{names[row['doelgroep']].kort}", "{a:.0f} adressen", "{known} noodzakelijke", "{len(over.regio.codes)} gemeenten", "{most} gemeenten",
)  # fmt: skip


def test_of_one_it_reads_otherwise_than_of_more():
    text = "{n} [punt ligt|punten liggen] in zee ({namen}); [het telt|ze tellen] niet mee."
    assert counted(text, 1, namen="De Pier") == "1 punt ligt in zee (De Pier); het telt niet mee."
    assert counted(text, 0, namen="") == "0 punten liggen in zee (); ze tellen niet mee."
    assert counted(text, 1234, namen="A").startswith("1.234 punten liggen in zee")


def test_what_is_put_in_stays_as_it_is():
    """A name of a file may hold any sign."""
    assert (
        counted("In {naam} [staat|staan] {n} [rij|rijen].", 2, naam="a[b|c]{n}.csv", text="")
        == "In a[b|c]{n}.csv staan 2 rijen."
    )


def texts() -> list[tuple[str, str]]:
    """Every f-string of the product as it is written, with its file."""
    found = []
    for path in sorted((ROOT / "wwz").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        found += [
            (path.relative_to(ROOT).as_posix(), ast.get_source_segment(source, node) or "")
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.JoinedStr)
        ]
    return found


def test_no_count_stands_before_a_word_that_is_always_plural():
    fixed = re.compile(r"\{[^{}]*\} " + WORDS + r"\b")
    wrong = [
        (path, hit[0])
        for path, text in texts()
        for hit in fixed.finditer(re.sub(EITHER, "", text))
        if not hit[0].startswith(NEVER_ONE)
    ]
    assert wrong == []
