"""A doelgroep, a randvoorwaarde and a distance have one name, in the knowledge, in the words of the code and in files.

The screens themselves are read in a browser (tests/browser/test_visual.py).
"""

import ast
import csv
import io
import re
import tomllib
from pathlib import Path

import docx
import pytest
from woorden_hulp import one_name

from wwz.agenda import rows as agenda
from wwz.agenda import why
from wwz.ask import conditions, ladder
from wwz.ask.area import find_area
from wwz.ask.view import View
from wwz.base.paths import KNOWLEDGE, PACKAGE, ROOT
from wwz.cli.agenda import agenda_rows
from wwz.export.formats import make_file
from wwz.knowledge import catalogue, domain, load_toml
from wwz.knowledge.groupnames import group_of, indicator_code

# Official names are what this file is about.
NAMES = "plaatsnamen.toml"
# Keys whose values no visitor sees: codes, and names of columns in files.
CODES = {"code", "doelgroep", "doelgroepen", "zzp", "sector", "indicator", "laag", "lagen", "cluster", "bron", "randvoorwaarden", "kolom", "ook", "officieel"}  # fmt: skip


def sentences(value, key=""):
    """All texts of a TOML file that can be read on a screen."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from sentences(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from sentences(part, key)
    elif isinstance(value, str) and key not in CODES:
        yield value


@pytest.mark.parametrize("path", sorted(KNOWLEDGE.rglob("*.toml")), ids=lambda p: p.name)
def test_knowledge_uses_one_word(path: Path):
    if path.name != NAMES:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        assert [bad for text in sentences(found) for bad in one_name(text)] == []


@pytest.mark.parametrize("name", ["eisen.csv", "referenties.csv"])
def test_reasons_use_one_word(name):
    rows = csv.DictReader(io.StringIO((KNOWLEDGE / name).read_text(encoding="utf-8")))
    found = [row[key] for row in rows for key in row if key in ("reden", "titel", "groep", "toelichting")]
    assert found and [bad for text in found for bad in one_name(text)] == []


def words(path: Path):
    """The texts with a space in a module, without its explanations to programmers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    explanations = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and ast.get_docstring(node, clean=False)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in explanations
            and " " in node.value
        ):
            yield node.value


def test_the_code_says_one_word():
    files = [*PACKAGE.rglob("*.py"), *(ROOT / "pages").glob("*.py")]
    assert [(path.name, bad) for path in files for text in words(path) for bad in one_name(text)] == []


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda p: p.name)
def test_the_manual_says_one_word(path: Path):
    assert one_name(path.read_text(encoding="utf-8")) == []


def test_map_and_doelgroep_have_the_same_names_and_no_two_the_same():
    groups = domain.doelgroepen()
    for code, group in groups.items():
        row = catalogue()[indicator_code(code)]
        assert (row.titel, row.kort) == (group.titel, group.kort) and group_of(row.code) == code
    shorts = [
        row.kort for row in catalogue().values() if row.thema == "doelgroepen" and row.groep in ("", "18+")
    ]
    assert len(set(shorts)) == len(shorts) and max(map(len, shorts)) <= 30
    # Names stand in a row with commas: one with a comma in it reads as two groups.
    assert [short for short in shorts if "," in short] == []
    assert len({group.titel for group in groups.values()}) == len(groups)


def test_the_layer_of_dementia_is_called_dementia():
    rows = [row for row in catalogue().values() if row.laag == "geheugen"]
    assert rows and all(row.kort == "Dementie" and row.titel.startswith("Dementie") for row in rows)


def test_a_condition_is_called_a_randvoorwaarde_and_eis_only_says_how_much():
    known = domain.begrippen()
    assert (
        "voorwaarde" not in known
        and "Hoe nodig" in known["eis"].uitleg
        and "eis" in known["randvoorwaarde"].uitleg
    )


def test_agenda_requirements_and_ladder_say_one_word(voorbeeld_store):
    area = find_area(voorbeeld_store, ["WK990205"])
    found = agenda.of_area(voorbeeld_store, area)
    texts = [found.headline, found.about, *map(str, agenda_rows(found, area))]
    reasons = why.of_condition(voorbeeld_store, area, "winkels-1000", "N", found.minimum)
    texts += [reasons.som, *map(str, reasons.rows.to_numpy().ravel())]
    for frame in (
        conditions.status_rows(voorbeeld_store, area, "lg", "geen")[
            ["titel", "graad", "reden", "waarom", "groep"]
        ],
        conditions.requirements(voorbeeld_store.path, "ouderen-2a"),
        ladder.consists_of(voorbeeld_store, area, "mobiliteit").drop(columns="doelgroep"),
    ):
        texts += map(str, frame.to_numpy().ravel())
    assert [bad for text in texts for bad in one_name(text)] == []
    assert "Ouderen met verzorging" in " ".join(found.rows["voor_wie"])


def test_report_and_page_say_one_word(voorbeeld_store):
    view = View(gebied=("WK990205",), laag="dg_lg")
    page = make_file(voorbeeld_store, view, "html").decode("utf-8")
    assert "blijvende lichamelijke beperking" in page and one_name(_texts(page)) == []
    report = docx.Document(io.BytesIO(make_file(voorbeeld_store, view, "docx")))
    cells = [cell.text for table in report.tables for line in table.rows for cell in line.cells]
    assert [bad for text in (*cells, *(p.text for p in report.paragraphs)) for bad in one_name(text)] == []


def _texts(page: str) -> str:

    return re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)


def test_the_search_can_fail():
    assert load_toml("doelgroepen.toml")["doelgroep"]
    for text in (
        "Mensen met LG",
        "Ouderen 2b",
        "een noodzakelijke voorwaarde",
        "binnen 1000 meter",
        "geheugenproblemen",
    ):
        assert one_name(text), text
    for text in ("de randvoorwaarden", "binnen 1.000 meter", "in 2024", "LG01"):
        assert one_name(text) == [], text
