"""A long table comes when it is asked for."""

import streamlit as st

from wwz.base.counted import counted

# A longer table is shown when asked.
LONG_TABLE = 1000
# The same of a table that would come along with every run of its page: more than the buurten of nearly every gemeente.
WITH_ITS_PAGE = 200


def long_table(areas: int, key: str, most: int = LONG_TABLE) -> bool:
    """Whether to show a table of so many areas: at once, or when a visitor asks for one of more than `most`."""
    return areas <= most or st.toggle(counted("Toon de tabel ({n} gebieden)", areas), key=key)
