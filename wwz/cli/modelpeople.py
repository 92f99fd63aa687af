"""python -m wwz valideer --onderdeel personen or wmo: people counted once, beside what others count."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from wwz.ask import peoplecheck
from wwz.ask.layerwords import no_effect
from wwz.base.settings import Settings
from wwz.cli.built import Build, built_with_steps
from wwz.cli.output import print_json, records

PARTS = ("personen", "wmo")


def run(part: str, folder: Path | None, shape: str, settings: Settings, build: Build) -> int:
    """Print the checks of one part, as stored or (with a folder of files) measured again."""
    checked = peoplecheck.stored() if folder is None else _measured(folder, settings, build)
    rows = checked[checked["onderdeel"] == part]
    if shape == "json":
        measured = "bewaard" if folder is None else "opnieuw"
        print_json({"gemeten": measured, "let_op": peoplecheck.caution(), part: records(rows)})
        return 0
    print(peoplecheck.heading(part))
    print(peoplecheck.table(rows).to_string(index=False))
    print(f"\n{peoplecheck.caution()} {no_effect()}")
    return 0


def _measured(folder: Path, settings: Settings, build: Build) -> pd.DataFrame:
    """Build with the tables of the steps, and measure."""
    from wwz.model.people.check import measure

    with built_with_steps(folder, settings, build) as store:
        return measure(store)
