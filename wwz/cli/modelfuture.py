"""python -m wwz ijk and valideer --onderdeel toekomst: buurten together are the country, and how well they did before."""

from __future__ import annotations

from pathlib import Path

from wwz.ask import futurecheck
from wwz.ask.layerwords import no_effect
from wwz.base.settings import Settings
from wwz.cli.built import Build, built_with_steps
from wwz.cli.output import print_json, records
from wwz.future import fit, hindcast

PART = "toekomst"


def fit_country(folder: Path, settings: Settings, build: Build) -> None:
    """Fit it on a folder with the whole country, and write it to wwz/knowledge/model."""
    with built_with_steps(folder, settings, build) as store:
        found, checked = fit.fit(store), hindcast.measure(store)
    fit.write(found)
    hindcast.write(checked)
    base = found[found["variant"] == "basis"]
    print(
        "Wat per leeftijd en jaar bij de buurten past, om samen het land te zijn (laagste en hoogste factor):"
    )
    print(base.groupby("jaar")["factor"].agg(["min", "max"]).round(3).to_string())


def show(folder: Path | None, settings: Settings, shape: str, build: Build) -> None:
    """Print the check, as stored or (with a folder of Kerncijfers of two years) measured again."""
    if folder is None:
        checked = futurecheck.stored()
    else:
        with built_with_steps(folder, settings, build) as store:
            checked = hindcast.measure(store)
    if shape == "json":
        how = "bewaard" if folder is None else "opnieuw"
        print_json({"gemeten": how, "let_op": futurecheck.caution(checked).strip(), PART: records(checked)})
        return
    print("Toekomst, van toen naar nu (fout van het middelste gebied):")
    print(futurecheck.table(checked).to_string(index=False))
    print(f"\n{futurecheck.caution(checked).strip()} {no_effect()}")
