"""What the server writes down: what failed, when and where in the program. Nothing that somebody typed or chose.

A sentence of an error can hold what a visitor gave: a name, a number, a line of a file. So of an error only its kind is
written, and the places in the program it passed; of the system's own errors also what the system calls them.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from wwz.base.paths import ROOT
from wwz.base.tally import count

SEVERITY = {"DEBUG": "fijn", "INFO": "info", "WARNING": "let op", "ERROR": "fout", "CRITICAL": "fout"}
# Record attribute under which a caller may give named values of its own.
MORE = "velden"
WRITTEN = "fout"
# Loggers of the framework bring a way to write of their own.
OTHERS = ("streamlit", "uvicorn", "websockets", "starlette", "py.warnings")


def facts(record: logging.LogRecord) -> dict[str, Any]:
    """One line of the log, as named values."""
    told: dict[str, Any] = {
        "tijd": datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds"),
        "ernst": SEVERITY.get(record.levelname, record.levelname.lower()),
        "waar": record.name,
        "wat": record.getMessage(),
        **getattr(record, MORE, {}),
    }
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        told["fout"] = [{"soort": _kind(one), "plaats": _places(one)} for one in _chain(error)]
    return told


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error, and what it came from."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _kind(error: BaseException) -> str:
    name = type(error).__name__
    return f"{name} ({os.strerror(error.errno)})" if isinstance(error, OSError) and error.errno else name


def _places(error: BaseException) -> list[str]:
    """Where in the program it passed, the last one first; our own files by their place in the product."""
    return [
        f"{place.filename.removeprefix(f'{ROOT}{os.sep}')}:{place.lineno} {place.name}"
        for place in reversed(traceback.extract_tb(error.__traceback__))
    ]


class AsJson(logging.Formatter):
    """One line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The facts, as JSON."""
        return json.dumps(facts(record), ensure_ascii=False, default=str)


class AsText(logging.Formatter):
    """One line to read, and a line below for each error it is about."""

    def format(self, record: logging.LogRecord) -> str:
        """The facts, in the order in which one reads them."""
        told = facts(record)
        more = "".join(f" {name}={value}" for name, value in getattr(record, MORE, {}).items())
        lines = [f"{told['tijd']} {told['ernst']} {told['waar']}: {told['wat']}{more}"]
        lines += [f"    {one['soort']}: {' < '.join(one['plaats'])}" for one in told.get("fout", [])]
        return "\n".join(lines)


class _Counting(logging.StreamHandler):
    """Writes, and counts what is wrong."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            count(WRITTEN)
        super().emit(record)


def write_log(form: str, level: int = logging.INFO) -> None:
    """From now on everything is written to standard error in one form, also what the framework has to say.

    Parameters
    ----------
    form
        tekst or json.
    level
        What is less important than this is left out.
    """
    handler = _Counting(sys.stderr)
    handler.setFormatter(AsJson() if form == "json" else AsText())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("wwz").setLevel(level)
    logging.captureWarnings(True)
    for name in [*logging.root.manager.loggerDict]:
        if name.split(".")[0] in OTHERS:
            one = logging.getLogger(name)
            one.handlers.clear()
            one.propagate, one.level = True, logging.NOTSET if one.level < logging.WARNING else one.level
