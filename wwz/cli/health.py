"""python -m wwz gezondheid: is everything as it has to be?"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from wwz.ask.fitness import findings, is_well
from wwz.base.settings import Settings
from wwz.cli.main import add_command


def register(commands) -> None:
    """Add the command."""
    command = add_command(commands, "gezondheid", run=gezondheid)
    command.add_argument(
        "--hoogstens", type=int, metavar="DAGEN", help="de database mag hoogstens zo veel dagen oud zijn"
    )
    command.add_argument(
        "--formaat", choices=("tekst", "json"), default="tekst", help="tekst (standaard) of json"
    )


def gezondheid(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print what was found; 1 when something is not well."""
    found = findings(settings, chosen.hoogstens)
    if chosen.formaat == "json":
        about = {"gezond": is_well(found), "controles": [asdict(one) for one in found]}
        print(json.dumps(about, ensure_ascii=False, indent=1))
    else:
        for one in found:
            print(f"{'goed' if one.goed else 'FOUT':6}  {one.zin}")
    return 0 if is_well(found) else 1
