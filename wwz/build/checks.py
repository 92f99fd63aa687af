"""The checks on a finished database: one .sql file each, whose rows are the violations."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wwz.base.errors import Fout
from wwz.base.paths import sql_files
from wwz.own.intact import damage as owndamage
from wwz.store import Store

MOST_EXAMPLES = 5
WHOLE = "De database is van begin tot eind te lezen"
OWN = "Wat u zelf opgaf, is te lezen"


@dataclass(frozen=True)
class CheckResult:
    """One check: its Dutch title (first line of the file), and examples of what is wrong.

    A second line `-- let op` makes it a warning: worth telling, no reason to stop.
    """

    title: str
    violations: int
    examples: tuple[str, ...]
    warning_only: bool = False

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong, or nothing worse than a warning."""
        return self.violations == 0 or self.warning_only

    @property
    def verdict(self) -> str:
        """goed, let op or FOUT."""
        return "goed" if not self.violations else "let op" if self.warning_only else "FOUT"


def run_checks(store: Store) -> list[CheckResult]:
    """Whether the files are whole, and then sql/checks/*.sql in the order of their names.

    Of a damaged database nothing else can be said.
    """
    files = [_of_files(WHOLE, _unreadable(store)), _of_files(OWN, owndamage(store.path))]
    if not files[0].passed:
        return files
    return [*files, *(_run(store, path) for path in sql_files("checks"))]


def run_check(store: Store, name: str) -> CheckResult:
    """One check, by the name of its file without the number."""
    return next(_run(store, path) for path in sql_files("checks") if path.stem.partition("_")[2] == name)


def _unreadable(store: Store) -> list[str]:
    try:
        store.read_through()
    except Fout as fout:
        return list(fout.zinnen)
    return []


def _of_files(title: str, wrong: list[str]) -> CheckResult:
    return CheckResult(title, len(wrong), tuple(wrong))


def _run(store: Store, path: Path) -> CheckResult:
    first, second, *_ = path.read_text(encoding="utf-8").splitlines()
    rows = store.check(path)
    lines = [
        ", ".join(f"{name} {value}" for name, value in row.items())
        for row in rows.head(MOST_EXAMPLES).to_dict("records")
    ]
    if len(rows) > MOST_EXAMPLES:
        lines.append(f"en nog {len(rows) - MOST_EXAMPLES}")
    return CheckResult(first.removeprefix("-- "), len(rows), tuple(lines), second == "-- let op")
