"""python -m wwz ijk and valideer: fit the model, and show how good it is."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.cli.main import add_command
from wwz.model.valideer import accuracy_table, coverage_table, stored

SHOWN_STEP = "volledig"
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
    from wwz.model.ijk import fit_ladder

    found = fit_ladder(chosen.invoer, settings, print, _build)
    found.write()
    _print_text(accuracy_table(found.nauwkeurigheid), coverage_table(found.dekking, SHOWN_STEP), SHOWN_STEP)
    print("Geschreven in wwz/knowledge/model. Bouw de database opnieuw met: python -m wwz bouw.")
    return 0


def run_valideer(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the accuracy beside the baseline, measured again or as stored."""
    if chosen.invoer:
        from wwz.model.ijk import fit_ladder

        found = fit_ladder(
            chosen.invoer, settings, (lambda text: None) if chosen.formaat == "json" else print, _build
        )
        accuracy, coverage = found.nauwkeurigheid, found.dekking
    else:
        accuracy, coverage = stored("nauwkeurigheid"), stored("dekking")
    _check_step(chosen.trede, set(accuracy["trede"]))
    table, cover = (
        accuracy_table(accuracy),
        coverage_table(coverage, SHOWN_STEP if chosen.trede == "alle" else chosen.trede),
    )
    if chosen.formaat == "json":
        print(json.dumps(_as_json(table, cover, chosen), ensure_ascii=False, indent=1))
        return 0
    if not chosen.invoer:
        print("Dit is de toets die bij het ijken is bewaard. Opnieuw toetsen kan met --invoer MAP.\n")
    _print_text(table, cover, chosen.trede)
    return 0


def _check_step(trede: str, known: set[str]) -> None:
    if trede != "alle" and trede not in known:
        raise Fout(f"{trede!r} is geen trede van de ladder. Kies uit: alle, {', '.join(sorted(known))}.")


def _as_json(table, cover, chosen: argparse.Namespace) -> dict:
    shown = table if chosen.trede == "alle" else table[table["trede"] == chosen.trede]
    return {
        "gemeten": "opnieuw" if chosen.invoer else "bewaard bij het ijken",
        "let_op": CAUTION,
        "nauwkeurigheid": json.loads(shown.to_json(orient="records", double_precision=4)),
        "dekking": json.loads(cover.to_json(orient="records", double_precision=4)),
    }


def _print_text(table, cover, trede: str) -> None:
    shown = table if trede == "alle" else table[table["trede"] == trede]
    print(
        "Deel van de verschillen tussen buurten dat de schatting verklaart (R², gewogen, op gemeenten die het model niet zag):"
    )
    print(shown.to_string(index=False, float_format="%.3f"))
    print("\nDeel van de buurten binnen de marge van 90% (laagste en hoogste over de indicatoren):")
    print(cover.to_string(index=False, float_format="%.3f"))
    print(f"\n{CAUTION}")
