"""What the gemeenten of a region write down together: definitions and who agreed, numbers, scenarios, and the process."""

from wwz.own.region import agreed, chosen, numbers, process, register, task

SHELVES = (
    register.SHELF, register.AGREEMENTS, numbers.SHELF, chosen.SHELF, agreed.SCENARIOS, agreed.SHELF, process.SHELF,
    task.SHELF,
)  # fmt: skip

__all__ = ["SHELVES"]
