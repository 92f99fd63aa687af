"""A file from the visitor, with its kinds and largest size in the label."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import TypeVar

import streamlit as st

from wwz.base.errors import Fout
from wwz.ui.shared import state

Read = TypeVar("Read")


def upload(label: str, types: Sequence[str], key: str) -> tuple[str, bytes] | None:
    """A box to drop a file in.

    Parameters
    ----------
    label
        What is asked, in Dutch; the allowed types are added.
    types
        Extensions without a dot.
    key
        Unique on the page.

    Returns
    -------
    tuple of str and bytes, or None
        Name and content of the file, as long as it is in the box.
    """
    megabyte = state.settings().grenzen["bestand_megabyte"]
    kinds = " of ".join(kind.upper() for kind in types)
    found = st.file_uploader(
        f"{label} ({kinds}, tot {megabyte} MB)", type=list(types), key=key, max_upload_size=megabyte
    )
    return None if found is None else (found.name, found.getvalue())


def read_once(key: str, file: tuple[str, bytes], read: Callable[[str, bytes], Read], *also: object) -> Read:
    """What is in a file; it is read again only when it is another file, or something it depends on changed.

    Parameters
    ----------
    key
        Of the box; what was read last is kept for each window.
    read
        Gets name and content.
    also
        Whatever else the outcome depends on: which database, who, which kind.

    Raises
    ------
    Fout
        As `read`, also the next time.
    """
    name, content = file
    asked = (name, sha256(content).hexdigest(), *map(repr, also))
    place = f"{key}-gelezen"
    known = st.session_state.get(place)
    if known is None or known[0] != asked:
        known = (asked, *_tried(lambda: read(name, content)))
        st.session_state[place] = known
    if known[2] is not None:
        raise Fout(*known[2].zinnen)
    return known[1]


def _tried(read: Callable[[], Read]) -> tuple[Read | None, Fout | None]:
    try:
        return read(), None
    except Fout as fout:
        return None, fout
