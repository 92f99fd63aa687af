"""What every reader of xml does: refuse a document type, and take a name without its namespace."""

from __future__ import annotations

from typing import IO
from xml.etree import ElementTree

from wwz.base.errors import Fout
from wwz.sources.limits import MEGABYTE


def refuse_doctype(content: IO[bytes], kind: str = "xml") -> None:
    """Refuse xml that brings a document type, which could name other files or grow without end.

    Parameters
    ----------
    content
        From its beginning; it is read from here on.
    kind
        What the file is called in the sentence.

    Raises
    ------
    Fout
    """
    if b"<!DOCTYPE" in content.read(MEGABYTE):
        raise Fout(f"Dit {kind}-bestand heeft een DOCTYPE; dat is onveilig. Haal die regel weg.")


def name_of(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rsplit("}", 1)[-1]
