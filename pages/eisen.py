"""Eisen en normen: what each doelgroep needs and where the limits lie, to change, look back at, and carry as a file."""

from functools import partial

import streamlit as st

from wwz.own.eisen import deviation
from wwz.ui.eisen import matrix as eisenview
from wwz.ui.eisen import norms as normenview
from wwz.ui.eisen import versions as versionview
from wwz.ui.shared import parts, permission, state
from wwz.ui.shared.folds import tabs
from wwz.ui.shared.rebuild import rebuild_button

store = state.store()
heading, who = st.columns([3, 1], vertical_alignment="bottom")
with heading:
    parts.title("Eisen en normen", deviation.summary(store.path), "aanname")
    parts.note(
        "De rijen komen uit tabel 3 van RIGO (2014). Hoe nodig iets is, staat daar niet bij. Dat is daarom onze aanname, met de "
        "reden erbij. U kunt alles wijzigen; wie, wanneer en waarom blijft bewaard."
    )
with who:
    permission.gate(action="eis")
tabs(
    {
        "Eisen": partial(eisenview.eisen_editor, store),
        "Normen": partial(normenview.normen_editor, store),
        "Waar u afwijkt": partial(versionview.deviations, store),
        "Versies": partial(versionview.versions, store),
        "Alle eisen": partial(eisenview.whole_matrix, store),
        "Bestand": partial(versionview.files, store),
    },
    key="eisen-tabs",
)
rebuild_button("Wat u wijzigde, telt pas mee als de cijfers opnieuw zijn uitgerekend.")
state.publish()
