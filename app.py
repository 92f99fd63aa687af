"""The WWZ-wijzer on screen: page settings, navigation and the one error handler."""

from functools import partial

import streamlit as st

from wwz.base.errors import Fout
from wwz.base.paths import PACKAGE
from wwz.ui.shared import onward, parts, permission, press, state, tour, touradd
from wwz.ui.shared.turn import turn

st.set_page_config(page_title="WWZ-wijzer", page_icon=str(PACKAGE / "ui" / "favicon.png"), layout="wide")
st.logo(str(PACKAGE / "ui" / "logo.svg"), size="large")
# The menu follows the questions of a visitor: what is the matter here, what do we do with it together, and what is it based on.
first = [
    st.Page("pages/kaart.py", title="Kaart", default=True),
    st.Page("pages/wijkagenda.py", title="Wijkagenda"),
    st.Page("pages/wijkprofiel.py", title="Wijkprofiel"),
    st.Page("pages/vergelijken.py", title="Vergelijken"),
    st.Page("pages/toekomst.py", title="Toekomst"),
    st.Page("pages/exporteren.py", title="Exporteren"),
]
together = [
    st.Page("pages/doorrekenen.py", title="Doorrekenen"),
    st.Page("pages/gebieden.py", title="Gebieden"),
    st.Page("pages/regio.py", title="Regio"),
    st.Page("pages/rondleidingen.py", title="Rondleidingen"),
    st.Page("pages/werksessie.py", title="Werksessie"),
]
grounds = [
    st.Page("pages/randvoorwaarden.py", title="Randvoorwaarden"),
    st.Page("pages/voorzieningen.py", title="Voorzieningen"),
    st.Page("pages/eisen.py", title="Eisen en normen"),
    st.Page("pages/eigen_cijfers.py", title="Eigen cijfers"),
    st.Page("pages/gegevens.py", title="Gegevens"),
    st.Page("pages/verantwoording.py", title="Verantwoording"),
    st.Page("pages/wie_deed_wat.py", title="Wie deed wat"),
]
# Under headings: a row that does not fit ends in a word of the framework's own, in English.
about = [
    st.Page("pages/handleiding.py", title="Handleiding"),
    st.Page("pages/toegankelijkheid.py", title="Toegankelijkheid"),
]
page = st.navigation(
    {"": first, "Samen aan de slag": together, "Onderbouwing": grounds, "Uitleg": about}, position="top"
)
try:
    with turn():
        if permission.may_look():
            state.begin()
            here = page.url_path or "kaart"
            tour.arrive(here)
            press.tell()
            offer, form = (partial(draw, here) for draw in (touradd.offer, touradd.form))
            parts.top_row([*first, *together, *grounds[:2]], offer, form)
            page.run()
            onward.show_next(page.url_path)
except Fout as fout:
    parts.show_error(fout)
