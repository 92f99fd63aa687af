"""python -m wwz bewaar en herstel: everything in one file, and back."""

from __future__ import annotations

import argparse
from pathlib import Path

from wwz.base.settings import Settings
from wwz.cli.main import add_command


def register(commands) -> None:
    """Add the two commands."""
    bewaar = add_command(commands, "bewaar", run=keep)
    bewaar.add_argument(
        "bestand", type=Path, metavar="BESTAND", help="het nieuwe bestand, zoals bewaring.zip"
    )
    herstel = add_command(commands, "herstel", run=put_back)
    herstel.add_argument(
        "bestand", type=Path, metavar="BESTAND", help="een bestand dat met bewaar is gemaakt"
    )
    herstel.add_argument(
        "--vervang", action="store_true", help="vervang wat er nu is; dat wordt eerst zelf bewaard"
    )
    herstel.add_argument(
        "--zonder-instellingen", action="store_true", help="laat config.toml zoals het nu is"
    )


def keep(chosen: argparse.Namespace, settings: Settings) -> int:
    """Keep everything in one file."""
    from wwz.own.safe.save import save

    listed = save(chosen.bestand, settings)
    size = chosen.bestand.stat().st_size // 1_000_000
    print(f"Bewaard: {chosen.bestand} ({len(listed.bestanden)} bestanden, {size} MB).")
    print("Daarin staan kleine aantallen en misschien een wachtwoord: geef niemand anders toegang.")
    return 0


def put_back(chosen: argparse.Namespace, settings: Settings) -> int:
    """Put everything back."""
    from wwz.own.safe.restore import restore

    found = restore(
        chosen.bestand, settings, replace=chosen.vervang, with_config=not chosen.zonder_instellingen
    )
    if found.eerder:
        print(f"Wat er stond, is bewaard: {found.eerder}.")
    changes = "1 wijziging" if found.boekingen == 1 else f"{found.boekingen} wijzigingen"
    print(f"Teruggezet: de bewaring van {found.inhoud.gemaakt}, met {changes}.")
    print("\n".join(found.zinnen), end="\n" if found.zinnen else "")
    return 0
