"""Which modules of the program stand behind one of them: followed from import to import, so that no list goes stale."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from wwz.base.paths import PACKAGE

PYTHON = "*.py"
# Where a statement has others in it.
BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


@cache
def modules_behind(module: str) -> tuple[Path, ...]:
    """The files of a module and of all modules of the program that it imports, directly or through another one.

    Imports inside a function count too; a package counts with every module below it that is imported.

    Parameters
    ----------
    module
        Dotted name, beginning with the name of the program's package.

    Raises
    ------
    ModuleNotFoundError
        When there is no such module.
    """
    found: dict[str, Path] = {}
    todo = [module]
    while todo:
        name = todo.pop()
        path = _file(name)
        if path is None or name in found:
            continue
        found[name] = path
        todo += [name.rpartition(".")[0], *_imported(name, path)]
    if module not in found:
        raise ModuleNotFoundError(module)
    return tuple(sorted(found.values()))


def _file(name: str) -> Path | None:
    """The file of a module or package of ours; None for another's, and for a name inside a module."""
    place = PACKAGE.parent.joinpath(*name.split("."))
    if name.split(".")[0] != PACKAGE.name:
        return None
    return next((p for p in (place.with_suffix(".py"), place / "__init__.py") if p.is_file()), None)


@cache
def _imported(name: str, path: Path) -> tuple[str, ...]:
    return tuple(_names_in(name, path))


def _names_in(name: str, path: Path) -> Iterator[str]:
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in _statements(ast.parse(path.read_text(encoding="utf-8"), path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            near = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*near, *([node.module] if node.module else [])])
            yield base
            # What is imported may be a module itself.
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Every statement in a module: what an import is, and few of all that `ast.walk` goes by."""
    for block in BLOCKS:
        for inside in getattr(node, block, ()):
            yield inside
            yield from _statements(inside)
