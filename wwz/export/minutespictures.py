"""What a session looked at, for its report; nothing where there is no database or no map."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from wwz.base.errors import Fout
from wwz.export.sessionpicture import Picture, picture
from wwz.store import Store


@dataclass(frozen=True)
class Pictures:
    """The pictures of one area.

    Attributes
    ----------
    database, codes
        The file, and the area.
    """

    database: Path
    codes: tuple[str, ...]

    @cached_property
    def store(self) -> Store | None:
        """The database; None when it cannot be read."""
        try:
            return Store(self.database)
        except (Fout, OSError):
            return None

    @cached_property
    def fictive(self) -> bool:
        """Whether the figures are those of the example region."""
        return bool(self.store and self.store.about()["fictief"])

    def of(self, query: str | None) -> Picture:
        """What a link shows; empty without one."""
        if query is None or self.store is None:
            return Picture()
        try:
            return picture(self.store, self.codes, query)
        except Fout:
            return Picture()
