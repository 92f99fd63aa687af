"""python -m wwz valideer --onderdeel personen or wmo: people counted once, beside what others count."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pandas as pd

from wwz.ask import peoplecheck
from wwz.base.settings import Settings
from wwz.build.filling import KEEP_STEPS
from wwz.store import Store

PARTS = ("personen", "wmo")
Build = Callable[[Settings, tuple[Path, ...], Path], None]


def run(part: str, folder: Path | None, shape: str, settings: Settings, build: Build) -> int:
    """Print the checks of one part, as stored or (with a folder of files) measured again."""
    checked = peoplecheck.stored() if folder is None else _measured(folder, settings, build)
    rows = checked[checked["onderdeel"] == part]
    if shape == "json":
        found = json.loads(rows.to_json(orient="records", double_precision=4))
        said = {
            "gemeten": "bewaard" if folder is None else "opnieuw",
            "let_op": peoplecheck.caution(),
            part: found,
        }
        print(json.dumps(said, ensure_ascii=False, indent=1))
        return 0
    print(peoplecheck.heading(part))
    print(peoplecheck.table(rows).to_string(index=False))
    print(f"\n{peoplecheck.caution()}")
    return 0


def _measured(folder: Path, settings: Settings, build: Build) -> pd.DataFrame:
    """Build with the tables of the steps, and measure."""
    from wwz.model.people.check import measure

    before = os.environ.get(KEEP_STEPS)
    os.environ[KEEP_STEPS] = "1"
    try:
        with tempfile.TemporaryDirectory() as scratch:
            database = Path(scratch) / "personen.duckdb"
            build(settings, (folder,), database)
            with closing(Store(database)) as store:
                return measure(store)
    finally:
        if before is None:
            del os.environ[KEEP_STEPS]
        else:
            os.environ[KEEP_STEPS] = before
