"""Workplaces that talk to a stand-in."""

from __future__ import annotations

from pathlib import Path

from standin import Standin

from wwz.fetch.client import Client, Limits
from wwz.fetch.items import Workplace
from wwz.fetch.progress import Progress
from wwz.settings import Settings

QUICK = Limits(connect=1, read=1, total=2, megabyte=50, attempts=3, back_off=0.01, longest_wait=1)


def new_place(server: Standin, folder: Path, limits: Limits = QUICK, **settings) -> Workplace:
    """A workplace with short time-outs; its database in `folder`."""
    chosen = Settings(database=folder / "wwz.duckdb", **{**server.settings(), **settings})
    return Workplace(chosen, Client(Progress(), limits), folder / "opgehaald" / "paginas")
