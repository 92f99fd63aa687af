"""A file from the visitor, with its kinds and largest size in the label."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

MOST_MEGABYTE = 10


def upload(
    label: str, types: Sequence[str], key: str, *, megabyte: int = MOST_MEGABYTE
) -> tuple[str, bytes] | None:
    """A box to drop a file in.

    Parameters
    ----------
    label
        What is asked, in Dutch; the allowed types are added.
    types
        Extensions without a dot.
    key
        Unique on the page.
    megabyte
        Largest file.

    Returns
    -------
    tuple of str and bytes, or None
        Name and content of the file, as long as it is in the box.
    """
    kinds = " of ".join(kind.upper() for kind in types)
    found = st.file_uploader(
        f"{label} ({kinds}, tot {megabyte} MB)", type=list(types), key=key, max_upload_size=megabyte
    )
    return None if found is None else (found.name, found.getvalue())
