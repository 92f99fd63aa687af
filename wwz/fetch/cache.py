"""Pages that were fetched, kept on disk so that a restart continues where it was."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wwz.base.keeping import writing
from wwz.fetch.client import Answer, Client

DAY = 24 * 3600


@dataclass(frozen=True)
class Pages:
    """The pages of one version of one table.

    Parameters
    ----------
    folder
        Where they are kept.
    client
        Fetches what is not there.
    maximum_age
        Seconds a page stays good without asking; None when the version in the folder name vouches for it.
    """

    folder: Path
    client: Client
    maximum_age: float | None = None

    def get(self, url: str, params: dict[str, str], check: Callable[[Any], None]) -> Any:
        """A page from disk, or else from the source; only pages that pass `check` are kept."""
        path = self.folder / f"{_name(url, params)}.json.gz"
        kept = _load(path, check)
        if kept and (self.maximum_age is None or time.time() - kept["op"] < self.maximum_age):
            return kept["body"]
        known = Answer(None, kept["etag"], kept["gewijzigd"]) if kept else None
        answer = self.client.get(url, params, check, known)
        body = answer.body if answer.body is not None else kept["body"]
        page = {"op": time.time(), "etag": answer.etag, "gewijzigd": answer.gewijzigd, "body": body}
        with writing(path) as new, gzip.open(new, "wt", encoding="utf-8", compresslevel=1) as file:
            # In one piece: written piece by piece, a page takes ten times as long.
            file.write(json.dumps(page))
        return body


def pages_of(root: Path, table: str, version: str, client: Client, maximum_age: float | None = None) -> Pages:
    """The pages of a table in this version; those of its other versions are removed."""
    folder = root / f"{_plain(table)}-{_plain(version)}"
    for other in root.glob(f"{_plain(table)}-*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return Pages(folder, client, maximum_age)


def _name(url: str, params: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps([url, params], sort_keys=True).encode()).hexdigest()[:32]


def _plain(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z_]", "", text)


def _load(path: Path, check: Callable[[Any], None]) -> dict[str, Any] | None:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            page = json.load(file)
        check(page["body"])
        return page
    # Whatever is wrong with a kept page: then it is fetched again.
    except Exception:
        return None
