"""The .sql files as text: they read on one screen, and hold steps, not numbers of the domain."""

from __future__ import annotations

import re

import pytest

from wwz.base.paths import ROOT, SQL, sql_files
from wwz.build import steps
from wwz.knowledge.rules import calculation_rules
from wwz.model.groups import MARKS

FILES = sorted(SQL.rglob("*.sql"))
LONGEST = 120


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SQL)))
def test_no_line_is_longer_than_a_screen(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > LONGEST] == []


@pytest.mark.parametrize(
    ("layers", "between"),
    [
        (("staging",), {steps.READ, steps.OUTLINE}),
        (
            ("figures", "rules"),
            {
                steps.PROTECT,
                steps.PEOPLE,
                steps.MEASURE,
                steps.EVIDENCE,
                steps.RECONCILE_AGAIN,
                steps.FUTURE,
            },
        ),
        (("checks",), set()),
    ],
)
def test_the_order_can_be_read_from_the_names(layers, between):
    """No two steps have one number, and no two one name: a step keeps its name when its number changes."""
    paths = sql_files(*layers)
    numbers = [*map(steps.number_of, paths), *between]
    names = [path.name.partition("_")[2] for path in paths]
    assert len(numbers) == len(set(numbers)) and len(names) == len(set(names))


# A step that a text names: with its folder anywhere, and by itself in what is said beside SQL and in the documents.
WITH_FOLDER = re.compile(r"\b(staging|figures|rules|checks|distance)/(\d\d_[a-z_]+)")
BY_ITSELF = re.compile(r"[(`\s](\d\d_[a-z][a-z_]*[a-z])[)`;,]")
PROSE = [*(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md"]


def test_every_step_that_is_named_is_there():
    there = {(path.parent.name, path.stem) for path in FILES}
    beside = {path: "\n".join(re.findall("--.*", path.read_text(encoding="utf-8"))) for path in FILES}
    said = beside | {path: path.read_text(encoding="utf-8") for path in PROSE}
    code = {path: path.read_text(encoding="utf-8") for path in (ROOT / "wwz").rglob("*.py")}
    wrong = [
        name for text in (said | code).values() for name in WITH_FOLDER.findall(text) if name not in there
    ]
    stems = {stem for _, stem in there}
    wrong += [name for text in said.values() for name in BY_ITSELF.findall(text) if name not in stems]
    assert wrong == []


@pytest.mark.parametrize("path", sql_files("checks"), ids=lambda path: path.stem)
def test_the_title_of_a_check_is_a_sentence_for_its_reader(path):
    """`controle` shows it to users: no name of a file or of code."""
    title = path.read_text(encoding="utf-8").splitlines()[0]
    assert re.fullmatch(r"-- [A-Z][^_/$]*\.", title)


# Numbers that say nothing about people, homes or distances: nothing, one, two, half, and per cent.
STRUCTURE = {"0", "1", "2", "0.5", "100", "0.0", "1.0"}
# Where a number is not about the domain either, by function and place in its arguments: how many decimals are kept, a
# type, a piece of a text or a code, a power of ten, the variance of a uniform distribution (a twelfth), and the quarters
# of any distribution.
IN_PLACE = {
    ("round", 1): r"\d+",
    ("decimal", 0): r"\d+",
    ("decimal", 1): r"\d+",
    ("substr", 1): r"\d",
    ("substr", 2): r"\d",
    ("left", 1): r"\d+",
    ("power", 0): "10",
    ("sqrt", 0): "12",
    ("quantile_cont", 1): r"0\.25|0\.75",
}
# A tolerance for the last bits of a floating point number.
TOLERANCE = re.compile(r"1e-\d+")
# A change of unit has a name, and stands once: create macro in_meter(km) as km * 1000.
UNIT = re.compile(r"create macro in_\w+\(\w+\) as \w+ \* 10+;")
NUMBER = re.compile(r"(?<![\w.$])\d+(?:\.\d+)?(?:e-?\d+)?(?![\w.])")


def bare(sql: str) -> str:
    """The statement without comments and with empty texts, equally long lines apart."""
    without_text = re.sub(r"'(?:[^']|'')*'", "''", re.sub(r"--[^\n]*", "", sql))
    return UNIT.sub("", without_text)


def place(sql: str, at: int) -> tuple[str, int]:
    """The function around a position, and which of its arguments the position is in."""
    depth = argument = 0
    for index in range(at - 1, -1, -1):
        char = sql[index]
        if char in ")]":
            depth += 1
        elif char in "([" and depth:
            depth -= 1
        elif char in "([":
            return re.search(r"(\w*)\s*$", sql[:index]).group(1), argument
        elif char == "," and not depth:
            argument += 1
    return "", argument


def is_limit(sql: str, at: int) -> bool:
    """Whether a number is what something is compared with: more than one or two of a thing is a choice as well."""
    return sql[at] == "2" and sql[:at].rstrip().endswith((">", "<", ">=", "<="))


def domain_numbers(sql: str) -> list[str]:
    """Numbers typed in SQL that belong in the knowledge."""
    text = bare(sql)
    return [
        found.group()
        for found in NUMBER.finditer(text)
        if (found.group() not in STRUCTURE or is_limit(text, found.start()))
        and not TOLERANCE.fullmatch(found.group())
        and not re.fullmatch(IN_PLACE.get(place(text, found.start()), "(?!)"), found.group())
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SQL)))
def test_no_number_of_the_domain_is_typed_in_sql(path):
    assert domain_numbers(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("select 1.645 * toeval from a -- 37", ["1.645"]),
        ("select least(0.99, x), greatest(-1.5, y) from a", ["0.99", "1.5"]),
        ("select case when dichtheid >= 2500 then 1 else 5 end", ["2500", "5"]),
        (
            "select round(x, 6), power(10, n), '65 jaar', band_65, $jaar2, x + 1e-9 from a where n < 20",
            ["20"],
        ),
        ("select round(x * 7, 6), 3::decimal(18, 3)", ["7", "3"]),
        ("create macro in_meter(km) as km * 1000;\nselect 1000 * km", ["1000"]),
        ("select x / 2 from a where count(*) > 2 and rang = 2", ["2"]),
        ("select jaar + 5, 1 - 0.5, 100 * deel, date '2025-01-01'", ["5"]),
    ],
)
def test_a_number_of_the_domain_is_seen(sql, found):
    assert domain_numbers(sql) == found


# What these give depends on which row comes first, and that differs with every number of threads.
FIRST_COME = re.compile(
    r"\b(any_value|arbitrary|first|last|mode|list|array_agg|string_agg|group_concat|limit)\b\s*(\(?)"
)
# A set has no order, and neither has a whole table in the order it was made in.
NO_ORDER = re.compile(r"list_distinct\(list\(")


def inside(sql: str, opening: int) -> str:
    """The text from an opening bracket to the one that closes it."""
    depth = 0
    for index in range(opening, len(sql)):
        depth += {"(": 1, ")": -1}.get(sql[index], 0)
        if not depth:
            return sql[opening : index + 1]
    return sql[opening:]


def left_to_chance(sql: str) -> list[str]:
    """Words that take a row as it comes: an aggregate that keeps an order without one, and a limit without one."""
    text = NO_ORDER.sub("set(", bare(sql).lower())
    found = []
    for word in FIRST_COME.finditer(text):
        if word.group(1) == "limit":
            ordered = "order by" in text[: word.start()].rsplit(";", 1)[-1]
        else:
            ordered = not word.group(2) or "order by" in inside(text, word.end() - 1)
        if not ordered:
            found.append(word.group(1))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SQL)))
def test_no_row_is_chosen_by_chance(path):
    assert left_to_chance(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("select gebied, any_value(naam) from a group by gebied", ["any_value"]),
        ("select first(naam order by (jaar, code)), list(naam) from a", ["list"]),
        ("select string_agg(distinct naam, '; ' order by naam) from a", []),
        ("select list_distinct(list(naam)), list_sum(x) from a", []),
        ("select naam from a limit 1", ["limit"]),
        ("select naam from a order by jaar desc limit 1", []),
    ],
)
def test_a_row_that_is_chosen_by_chance_is_seen(sql, found):
    assert left_to_chance(sql) == found


def test_every_rule_of_a_calculation_says_where_it_comes_from_and_is_used():
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    for rule in calculation_rules():
        assert rule.titel and rule.reden and rule.bron and rule.eenheid and rule.merk in MARKS
        assert re.search(rf"\b{rule.code}\b", text), f"{rule.code} staat in geen enkele .sql"
