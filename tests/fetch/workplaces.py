"""Workplaces that talk to a stand-in."""

from __future__ import annotations

import copy
import io
import os
from contextlib import redirect_stdout
from pathlib import Path

import pandas as pd
import pytest
from standin import Standin

from wwz.base.settings import Settings
from wwz.cli.main import main
from wwz.fetch.client import Client, Limits
from wwz.fetch.items import Workplace, rules
from wwz.fetch.progress import Progress
from wwz.store import Store

QUICK = Limits(connect=3, read=5, total=10, megabyte=50, attempts=3, back_off=0.01, longest_wait=1)


def new_place(server: Standin, folder: Path, limits: Limits = QUICK, **settings) -> Workplace:
    """A workplace with short time-outs; its database in `folder`."""
    chosen = Settings(database=folder / "wwz.duckdb", **{**server.settings(), **settings})
    return Workplace(chosen, Client(Progress(), limits), folder / "opgehaald" / "paginas")


def write_config(folder: Path, server: Standin) -> Path:
    """config.toml that points to the stand-in, as a municipality with a copy of its own would write it."""
    lines = [f'{name.removeprefix("bron_")} = "{url}"' for name, url in server.settings().items()]
    config = folder / "config.toml"
    config.write_text('[opslag]\ndatabase = "wwz.duckdb"\n[bronnen]\n' + "\n".join(lines), encoding="utf-8")
    return config


def asked(database: Path, sql: str) -> pd.DataFrame:
    """Rows of a question about a built database."""
    question = database.with_suffix(f".{os.getpid()}.sql")
    question.write_text(sql, encoding="utf-8")
    store = Store(database)
    try:
        return store.check(question)
    finally:
        store.close()


def haal(server: Standin, folder: Path, *arguments: str) -> str:
    """Run the command against the stand-in; what it said. The database comes in `folder`."""
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as said:
        patch.setenv("WWZ_CONFIG", str(write_config(folder, server)))
        patch.delenv("WWZ_DATABASE", raising=False)
        assert main(["haal", *arguments]) == 0
    return said.getvalue()


def change_rules(monkeypatch, **values: object) -> None:
    """Other rules of fetching than those of the product, for one test; a table is changed in part."""
    other = copy.deepcopy(rules())
    for name, value in values.items():
        other[name] = {**other[name], **value} if isinstance(value, dict) else value
    monkeypatch.setattr("wwz.fetch.items.load_toml", lambda name: other)
