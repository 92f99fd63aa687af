"""All knowledge read at once: by who starts a server, so that no visitor waits for it."""

from __future__ import annotations

from pathlib import Path

from wwz.knowledge import catalogue, domain, load_toml, themes, variables


def read_all() -> None:
    """Read every file of knowledge; what was read stays.

    Raises
    ------
    Fout
        When a file has mistakes.
    """
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        load_toml(path.name)
    domain.domein()
    for known in (catalogue, themes, variables):
        known()
