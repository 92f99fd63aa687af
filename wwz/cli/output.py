"""What a command gives: on screen, or in the file that is asked for with --uit."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pandas as pd

from wwz.base.errors import Fout
from wwz.cli.commands import print_rows
from wwz.own.tablefile import own_csv


def check_place(path: Path) -> None:
    """Refuse a file that cannot be made; before the work that it is for."""
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise Fout(f"{path} kan niet worden gemaakt. Geef een bestandsnaam in een map die bestaat.")


def write_file(path: Path, content: bytes) -> None:
    """Write a file that was made whole, and say so.

    Raises
    ------
    Fout
        When it cannot be written.
    """
    check_place(path)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Fout(
            f"{path} kan niet worden geschreven. Sluit het bestand, of kies een andere naam."
        ) from error
    print(f"Gemaakt: {path} ({max(1, len(content) // 1000)} kB)")


def write_rows(rows: list[dict[str, Any]], columns: tuple[str, ...], chosen: argparse.Namespace) -> None:
    """Rows on screen, or in the file that is asked for."""
    if chosen.uit is None:
        print_rows(rows, columns, chosen.formaat)
        return
    as_json = json.dumps(rows, ensure_ascii=False, indent=1).encode()
    write_file(chosen.uit, as_json if chosen.formaat == "json" else own_csv(columns, rows))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON has them; unknown is null."""
    return list(json.loads(frame.to_json(orient="records", double_precision=4)))


def print_json(found: dict[str, Any]) -> None:
    """One object, readable."""
    print(json.dumps(found, ensure_ascii=False, indent=1))
