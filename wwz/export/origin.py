"""What every file says of the database that it was made from."""

from __future__ import annotations

from datetime import datetime

from wwz.base.dates import dutch_date
from wwz.store import Store


def made_at(store: Store) -> datetime:
    """When the database was built; files carry this moment, so that the same question gives the same file."""
    return datetime.fromisoformat(str(store.about()["gebouwd_op"]))


class Origin:
    """For what holds a `store`: whether it is made up, and when it was built."""

    store: Store

    @property
    def fictive(self) -> bool:
        """Whether everything in it is made up."""
        return bool(self.store.about()["fictief"])

    @property
    def made(self) -> datetime:
        """When the database was built (`made_at`)."""
        return made_at(self.store)

    @property
    def made_text(self) -> str:
        """The same in words."""
        return dutch_date(self.made)
