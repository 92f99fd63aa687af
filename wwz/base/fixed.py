"""Values that nobody can change: what is read once is shared by all visitors."""

from __future__ import annotations

from typing import Any, NoReturn


def fixed(value: Any) -> Any:
    """The same value, with every table and list in it closed to changes. A copy of one is an ordinary dict or list."""
    if isinstance(value, dict):
        return _Table({key: fixed(part) for key, part in value.items()})
    if isinstance(value, list):
        return _List(map(fixed, value))
    return value


def _refuse(self: object, *args: object, **kwargs: object) -> NoReturn:
    raise TypeError("This is shared by all visitors: make a copy, and change that.")


class _Table(dict):
    __setitem__ = __delitem__ = __ior__ = update = setdefault = pop = popitem = clear = _refuse

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[Any, Any]:
        return _loose(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (_loose(self),)


class _List(list):
    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = extend = insert = pop = remove = clear = sort = reverse = _refuse

    def __deepcopy__(self, memo: dict[int, Any]) -> list[Any]:
        return _loose(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (_loose(self),)


def _loose(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _loose(part) for key, part in value.items()}
    return [_loose(part) for part in value] if isinstance(value, list) else value
