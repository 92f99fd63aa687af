"""The screen that everything is measured against: one heading, nothing asked of anything. Served by `server_hulp.py`."""

import streamlit as st

st.title("Leeg")
