"""What the gemeenten of a region write down together: definitions and who agreed, numbers, scenarios, and the process."""

from pathlib import Path

from wwz.own.ledger import ledger
from wwz.own.region import agreed, chosen, numbers, process, register, task

SHELVES = (
    register.SHELF, register.AGREEMENTS, numbers.SHELF, chosen.SHELF, agreed.SCENARIOS, agreed.SHELF, process.SHELF,
    task.SHELF,
)  # fmt: skip

__all__ = ["SHELVES", "mark"]


def mark(database: Path) -> str:
    """What tells all that was written down here apart from every other state, in one question."""
    return ledger(database).mark(*(shelf.kind for shelf in SHELVES))
