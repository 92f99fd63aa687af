"""A long table comes when it is asked for."""

import streamlit as st

from wwz.base.counted import counted

# A longer table is shown when asked.
LONG_TABLE = 1000


def long_table(areas: int, key: str) -> bool:
    """Whether to show a table of so many areas: at once, or when a visitor asks for a long one."""
    return areas <= LONG_TABLE or st.toggle(counted("Toon de tabel ({n} gebieden)", areas), key=key)
