"""What a column is called, in whatever layout CBS, RIVM or PDOK publishes it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from wwz.knowledge import variables

AGE_COLUMN = re.compile(r"^(?P<stam>.+_\d{1,3})_(?P<groep>18|65)$")
SUFFIX = re.compile(r"_(\d{1,3})$")
UNIT = re.compile(r"\s*\([^()]*\)\s*$")
NOT_WORD = re.compile(r"[^a-z0-9]")
# OData calls every count within a distance the same: of what, only the column before it tells.
WITHIN = re.compile(r"^Binnen\d+Km_\d{1,3}$", re.IGNORECASE)
# OData may not begin a name with a digit and writes k_ before it; StatLine's own titles don't.
DIGIT_PREFIX = re.compile(r"^k_(?=\d)", re.IGNORECASE)

CODE_NAMES = (
    "wijkenenbuurten",
    "codering",
    "buurtcode",
    "wijkcode",
    "gemeentecode",
    "gwbcode10",
    "gwbcode",
    "bucode",
    "wkcode",
    "gmcode",
    "key",
    "statcode",
    "identifier",
    "regio",
    "code",
    "gebied",
)
NAME_NAMES = ("buurtnaam", "wijknaam", "bunaam", "wknaam", "statnaam", "title", "titel", "naam")
GEMEENTE_NAMES = ("gemeentenaam", "gmnaam")
CHANGE_NAMES = ("indelingswijzigingwijkenenbuurten", "indelingswijziginggemeentewijkbuurt", "indwbi")
WATER_NAMES = ("water", "h2o")
AGE_NAMES = ("leeftijd",)
MARGIN_NAMES = ("marges",)
PERIOD_NAMES = ("perioden", "periode", "jaar", "jrstatcode")
# Other divisions a CBS table may have, with the code of its total: one row per area must remain.
TOTALS = {
    "typemaatwerkvoorziening": ("T001024", "Totaal"),
    "geslacht": ("T001038", "Totaal", "Totaal mannen en vrouwen"),
    "burgerlijkestaat": ("T001019", "Totaal", "Totaal burgerlijke staat"),
    # Of all crimes only these are read: never another kind in their place.
    "soortmisdrijf": ("1.1.1", "1.1.1 Diefstal/inbraak woning", "Diefstal/inbraak woning"),
}
# Division → the figure that counts only what is in it: without knowing of what it is, it is not used.
DEMANDED = {"soortmisdrijf": "inbraken"}
NOT_A_COLUMN = ("geometry",)


def stem(column: str) -> str:
    """Bring a column name to its stem.

    Lower case, no accents or punctuation, without CBS's running number (`_93`), without the path and unit of
    a StatLine title (`Gezondheid en welzijn/Afstand tot apotheek (km)`).
    """
    return _stem(str(column))


# Every kind of table asks the stems of the same columns, and several times.
@lru_cache(maxsize=2_000)
def _stem(column: str) -> str:
    last = UNIT.sub("", column.rsplit("/", 1)[-1].strip())
    return _plain(DIGIT_PREFIX.sub("", SUFFIX.sub("", last)))


def _plain(text: str) -> str:
    return NOT_WORD.sub("", without_accents(text).lower())


def without_accents(text: str) -> str:
    """Text in plain letters: cafés becomes cafes, however the accent is written."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


@cache
def _names() -> dict[str, list[tuple[str, int, str]]]:
    """Stem → (variable, how good a name it is, the path it must have in a StatLine title)."""
    found: dict[str, list[tuple[str, int, str]]] = {}
    for variable in variables().values():
        for rank, name in enumerate((variable.kolom, *variable.ook)):
            path = _plain(name.rsplit("/", 1)[0]) if "/" in name else ""
            found.setdefault(stem(name), []).append((variable.variabele, rank, path))
    return found


def _match(column: str) -> tuple[str, int] | None:
    """Variable and rank of a column name."""
    text = str(column).strip()
    names = _names().get(stem(text), [])
    path = _plain(text.rsplit("/", 1)[0]) if "/" in text else ""
    demanding = [n for n in names if n[2]]
    # AfstandTotSchool has four columns in one table: where a title has a path, that says which school.
    names = [n for n in demanding if n[2] in path] if path and demanding else [n for n in names if not n[2]]
    return names[0][:2] if names else None


def variable_of(column: str) -> str | None:
    """Name the variable behind a column, with age group if the column carries one; None if unknown."""
    age = AGE_COLUMN.match(str(column).strip())
    if age and (found := _match(age["stam"])) and variables()[found[0]].familie == "gezondheid":
        return f"{found[0]}_{age['groep']}"
    found = _match(column)
    return found[0] if found else None


def variables_of(columns: list[str]) -> dict[str, str]:
    """Every column of a table that carries a variable, and which; several columns may carry the same."""
    return {column: found for column, name in _full(columns).items() if (found := variable_of(name))}


def _full(columns: list[str]) -> dict[str, str]:
    """Columns under the name that tells them apart: after ``AfstandTotApotheek_10``, ``Binnen1Km_11`` is of that."""
    numbered = {int(number[1]): column for column in columns if (number := SUFFIX.search(str(column)))}
    return {
        column: f"{before}/{column}"
        if WITHIN.match(str(column)) and (before := numbered.get(int(str(column).rsplit("_", 1)[1]) - 1))
        else column
        for column in columns
    }


def map_columns(columns: list[str]) -> dict[str, str]:
    """Map columns to variables, at most one column per variable.

    Of several candidates the one with the name CBS itself uses counts, and of equal names the one with the lowest
    running number (CBS puts the total, and the broader meaning, first). The order of the columns does not matter.
    """
    best: dict[str, tuple[tuple[int, int, int], str]] = {}
    full = _full(columns)
    for position, column in enumerate(columns):
        variable = variable_of(full[column])
        if variable is None:
            continue
        number = SUFFIX.search(str(column).strip().removesuffix("_18").removesuffix("_65"))
        rank = (_rank(full[column]), int(number[1]) if number else 0, position)
        if variable not in best or rank < best[variable][0]:
            best[variable] = (rank, column)
    return {
        column: variable for variable, (_, column) in sorted(best.items(), key=lambda item: item[1][0][2])
    }


def _rank(column: str) -> int:
    age = AGE_COLUMN.match(str(column).strip())
    found = _match(age["stam"] if age else column) or _match(column)
    return found[1] if found else 0


def first_column(columns: list[str], names: tuple[str, ...]) -> str | None:
    """First column whose stem is one of `names`, in the order of `names`."""
    stems: dict[str, str] = {}
    for column in columns:
        if column not in NOT_A_COLUMN:
            stems.setdefault(stem(column), column)
    return next((stems[name] for name in names if name in stems), None)
