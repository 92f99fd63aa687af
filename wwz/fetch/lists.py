"""Lists to choose from (gemeenten, regions), kept per year: a gemeente of one year may not exist in another."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from wwz.base.keeping import writing
from wwz.fetch.cache import DAY
from wwz.fetch.items import rules


def keep_list(folder: Path, what: str, jaar: int, content: Any) -> None:
    """Keep the list of a year."""
    with writing(_path(folder, what, jaar)) as new:
        new.write_text(
            json.dumps({"op": time.time(), "lijst": content}, ensure_ascii=False), encoding="utf-8"
        )


def kept_list(folder: Path, what: str, jaar: int) -> Any:
    """The list of a year as last fetched; None when it never was."""
    return _read(_path(folder, what, jaar)).get("lijst")


def years_kept(folder: Path, what: str) -> list[int]:
    """Years with a list, oldest first."""
    years = (path.stem.rpartition("_")[2] for path in folder.glob(f"{what}_*.json"))
    return sorted(int(year) for year in years if year.isdigit())


def is_old(folder: Path, what: str, jaar: int) -> bool:
    """Whether the list of a year is not there, or should be fetched again."""
    kept = _read(_path(folder, what, jaar))
    return not kept.get("lijst") or time.time() - kept["op"] > rules()["dagen_lijst"] * DAY


def _path(folder: Path, what: str, jaar: int) -> Path:
    return folder / f"{what}_{jaar}.json"


def _read(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return {"op": float(kept["op"]), "lijst": kept["lijst"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
