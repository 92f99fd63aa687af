"""python -m wwz ijk and valideer: fit the model, and show how good it is."""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from wwz.ask import ages
from wwz.ask.accuracy import COVERED, HEADS, accuracy_text, coverage_text
from wwz.ask.layerwords import no_effect
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.cli import modelfuture, modelpeople
from wwz.cli.built import built
from wwz.cli.main import add_command
from wwz.cli.output import print_json, records
from wwz.cli.valideer import AGAIN, STORED, show_agendas, show_differences
from wwz.future.tables import older_parts
from wwz.model.ages import AgeFit, fit_ages
from wwz.model.agetables import age_recipe
from wwz.model.baseline import STEP as WIJK
from wwz.model.valideer import accuracy_table, coverage_table, stored

SHOWN_STEP = "volledig"
# What can be fitted and examined.
PARTS = ("beperkingen", "leeftijd", modelfuture.PART)
# What can only be examined.
EXAMINED = ("beperkingen", "leeftijd", *modelpeople.PARTS, "verschil", "agenda", modelfuture.PART)
WRITTEN = "Geschreven in wwz/knowledge/model. Bouw de database opnieuw met: python -m wwz bouw."
CAUTION = (
    "Let op: de cijfers van het RIVM waarop dit is getoetst, zijn zelf schattingen uit een model. Overeenkomst zegt dus "
    "hoe goed wij het RIVM volgen, niet hoe goed wij de werkelijkheid raken."
)


def register(commands) -> None:
    """Add the commands to the command line."""
    ijk = add_command(commands, "ijk", run=run_ijk)
    _add_folder(ijk, required=True)
    valideer = add_command(commands, "valideer", run=run_valideer)
    _add_folder(valideer, required=False)
    for command, parts in ((ijk, PARTS), (valideer, EXAMINED)):
        command.add_argument(
            "--onderdeel", choices=parts, default=PARTS[0], help=f"wat (standaard: {PARTS[0]})"
        )
    valideer.add_argument(
        "--trede", default=SHOWN_STEP, help=f"trede van de ladder (standaard: {SHOWN_STEP}; alle: elke trede)"
    )
    valideer.add_argument(
        "--formaat", choices=("tekst", "json"), default="tekst", help="tekst (standaard) of json"
    )


def _add_folder(command, *, required: bool) -> None:
    command.add_argument(
        "--invoer",
        type=Path,
        required=required,
        metavar="MAP",
        help="map met Kerncijfers en Gezondheid van heel Nederland, van hetzelfde jaar",
    )


def _build(settings: Settings, folders: tuple[Path, ...], database: Path) -> None:
    build(settings, folders, database=database)


def run_ijk(chosen: argparse.Namespace, settings: Settings) -> int:
    """Fit the ladder and write it to wwz/knowledge/model."""
    if chosen.onderdeel == "leeftijd":
        found_ages = _fit_ages(chosen.invoer, settings)
        found_ages.write()
        _show_ages(found_ages.toets, AGAIN, "tekst")
        print(WRITTEN)
        return 0
    if chosen.onderdeel == modelfuture.PART:
        modelfuture.fit_country(chosen.invoer, settings, _build)
        print(WRITTEN)
        return 0
    from wwz.model.ijk import fit_ladder

    found = fit_ladder(chosen.invoer, settings, print, _build)
    found.write()
    _print_text(accuracy_table(found.nauwkeurigheid), coverage_table(found.dekking, SHOWN_STEP), SHOWN_STEP)
    print(WRITTEN)
    return 0


def run_valideer(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the accuracy beside the baseline, measured again or as stored."""
    if chosen.onderdeel in modelpeople.PARTS:
        return modelpeople.run(chosen.onderdeel, chosen.invoer, chosen.formaat, settings, _build)
    if chosen.onderdeel == modelfuture.PART:
        modelfuture.show(chosen.invoer, settings, chosen.formaat, _build)
        return 0
    if chosen.onderdeel == "verschil":
        show_differences(chosen.invoer, settings, chosen.formaat, _build)
        return 0
    if chosen.onderdeel == "agenda":
        show_agendas(chosen.invoer, settings, chosen.formaat, _build)
        return 0
    if chosen.onderdeel == "leeftijd":
        checked = _fit_ages(chosen.invoer, settings).toets if chosen.invoer else ages.stored()
        _show_ages(checked, AGAIN if chosen.invoer else STORED, chosen.formaat)
        return 0
    if chosen.invoer:
        from wwz.model.ijk import fit_ladder

        found = fit_ladder(
            chosen.invoer, settings, (lambda text: None) if chosen.formaat == "json" else print, _build
        )
        accuracy, coverage = found.nauwkeurigheid, found.dekking
    else:
        accuracy, coverage = stored("nauwkeurigheid"), stored("dekking")
    _check_step(chosen.trede, set(accuracy["trede"]) - {WIJK})
    table, cover = (
        accuracy_table(accuracy),
        coverage_table(coverage, SHOWN_STEP if chosen.trede == "alle" else chosen.trede),
    )
    if chosen.formaat == "json":
        print_json(_as_json(table, cover, chosen))
        return 0
    if not chosen.invoer:
        print("Dit is de toets die bij het ijken is bewaard. Opnieuw toetsen kan met --invoer MAP.\n")
    _print_text(table, cover, chosen.trede)
    return 0


def _fit_ages(folder: Path, settings: Settings) -> AgeFit:
    with built(folder, settings, _build) as store:
        return fit_ages(store, older_parts(age_recipe()["model"]["geijkt_op"]))


def _show_ages(checked: pd.DataFrame, how: str, shape: str) -> None:
    """The check of the ages beside its baseline: the division of the country for every buurt."""
    if shape == "json":
        print_json({"gemeten": how, "let_op": ages.caution(), "leeftijd": records(checked)})
        return
    print("Leeftijden van 65-plussers, getoetst op gemeenten die het model niet zag:")
    print(ages.table(checked).to_string(index=False))
    print(f"\n{ages.caution()} {no_effect()}")


def _check_step(trede: str, known: set[str]) -> None:
    if trede != "alle" and trede not in known:
        raise Fout(f"{trede!r} is geen trede van de ladder. Kies uit: alle, {', '.join(sorted(known))}.")


def _as_json(table, cover, chosen: argparse.Namespace) -> dict:
    shown = table if chosen.trede == "alle" else table[table["trede"] == chosen.trede]
    return {
        "gemeten": AGAIN if chosen.invoer else STORED,
        "let_op": CAUTION,
        "nauwkeurigheid": records(shown),
        "dekking": records(cover),
    }


def _print_text(table, cover, trede: str) -> None:
    shown = table if trede == "alle" else table[table["trede"] == trede]
    print(
        "Deel van de verschillen tussen buurten dat de schatting verklaart (R², gewogen, op gemeenten die het model niet zag):"
    )
    heads = {"trede": "Trede", **HEADS} if trede == "alle" else HEADS
    print(accuracy_text(shown)[list(heads)].rename(columns=heads).to_string(index=False))
    print("\nDeel van de buurten binnen de marge van 90%, gemiddeld over de lagen:")
    print(coverage_text(cover).rename(columns=COVERED).to_string(index=False))
    print(f"\n{CAUTION} {no_effect()}")
