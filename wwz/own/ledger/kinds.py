"""Kinds of entries: what each is called, what its key is made of, and what may stand in it.

Whoever keeps something new in the ledger makes a `Kind`; nothing else has to know of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wwz.base.errors import Fout

LONGEST = 2000
Content = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A value in an entry.

    Attributes
    ----------
    soort
        str, int, float, bool or list. A float may be given as an int.
    verplicht
        Whether it must be there; else it may also be None.
    langst
        The most characters of a text, or items of a list.
    """

    soort: type = str
    verplicht: bool = True
    langst: int = LONGEST

    def wrong(self, value: Any) -> str:
        """What is wrong with a value, as the rest of a sentence; empty when nothing is."""
        if value is None:
            return "ontbreekt" if self.verplicht else ""
        accepted = (int, float) if self.soort is float else (self.soort,)
        if type(value) not in accepted:
            return f"moet {_NAMES[self.soort]} zijn"
        if isinstance(value, (str, list)) and len(value) > self.langst:
            return f"is te lang (hooguit {self.langst})"
        if isinstance(value, str) and "\0" in value:
            return "heeft een teken dat niet kan"
        if isinstance(value, float) and value - value != 0:
            return "moet een getal zijn"
        return ""


_NAMES = {str: "tekst", int: "een heel getal", float: "een getal", bool: "waar of onwaar", list: "een lijst"}


@dataclass(frozen=True)
class Kind:
    """One kind of entry.

    Attributes
    ----------
    code
        As it is kept; never changes.
    titel
        In words, as it reads in a list: 'opgave over een randvoorwaarde'.
    sleutel
        Names of the parts of a key, all text: together they say what an entry is about.
    velden
        What an entry may hold.
    geheim
        Whether the content never leaves the ledger by its history: not on screen, in a file or in a message.
    wisbaar
        Whether the content may be erased from the entries themselves, as the law on privacy asks; the entries stay.
    """

    code: str
    titel: str
    sleutel: tuple[str, ...]
    velden: Mapping[str, Field] = field(default_factory=dict)
    geheim: bool = False
    wisbaar: bool = False

    def __post_init__(self) -> None:
        KINDS[self.code] = self

    def check(self, key: Sequence[str], content: Content | None) -> None:
        """Refuse what does not fit.

        Raises
        ------
        Fout
            With a sentence for everything that is wrong. It names fields, and never a value that is secret.
        """
        if wrong := list(self._wrong(key, content)):
            raise Fout(*[f"{self.titel}: {sentence}. Er is niets bewaard." for sentence in wrong])

    def _wrong(self, key: Sequence[str], content: Content | None) -> Iterator[str]:
        if len(key) != len(self.sleutel):
            yield f"nodig zijn {', '.join(self.sleutel)}"
        for name, part in zip(self.sleutel, key, strict=False):
            if wrong := Field(langst=400).wrong(part):
                yield f"{name} {wrong}"
        for name in (content or {}).keys() - self.velden.keys():
            yield f"{name} hoort er niet bij"
        for name, rule in self.velden.items() if content is not None else ():
            if wrong := rule.wrong(content.get(name)):
                yield f"{name} {wrong}"


# Every kind that was made, by code.
KINDS: dict[str, Kind] = {}
