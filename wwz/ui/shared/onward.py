"""What one does after a screen: the questions that follow from it, each a link to the screen that answers it."""

from __future__ import annotations

import streamlit as st

from wwz.ui.shared import projection

# Screen → the screens after it, by the question they answer. The names are those of the files in pages/.
NEXT: dict[str, dict[str, str]] = {
    "kaart": {"wijkagenda": "Wat ontbreekt hier, en voor wie?", "vergelijken": "Is dit veel, vergeleken met elders?"},
    "wijkagenda": {"doorrekenen": "Wat als er iets bijkomt?", "werksessie": "Beslis samen, in een werksessie", "exporteren": "Neem de agenda mee"},
    "wijkprofiel": {"wijkagenda": "Wat ontbreekt hier, en voor wie?", "vergelijken": "Is dit veel, vergeleken met elders?", "exporteren": "Neem dit profiel mee"},
    "vergelijken": {"toekomst": "Hoe wordt het later?", "wijkagenda": "Wat ontbreekt hier, en voor wie?"},
    "toekomst": {"doorrekenen": "Wat als er iets bijkomt?", "wijkagenda": "Wat ontbreekt nu, en voor wie?"},
    "exporteren": {"kaart": "Terug naar de kaart", "verantwoording": "Waar komen deze cijfers vandaan?"},
    "doorrekenen": {"werksessie": "Beslis samen, in een werksessie", "wijkagenda": "Terug naar de agenda van nu"},
    "gebieden": {"wijkagenda": "Wat ontbreekt in dit gebied, en voor wie?", "doorrekenen": "Wat als er iets bijkomt?"},
    "regio": {"werksessie": "Beslis samen, in een werksessie", "vergelijken": "Vergelijk de gemeenten"},
    "rondleidingen": {"kaart": "Kies een scherm om te laten zien", "werksessie": "Beslis samen, in een werksessie"},
    "werksessie": {"wijkagenda": "Bekijk de agenda van het gebied", "exporteren": "Neem kaart en cijfers mee"},
    "randvoorwaarden": {"wijkagenda": "Voor hoeveel mensen ontbreekt iets?", "eisen": "Wat is wanneer nodig, en wie bepaalde dat?"},
    "voorzieningen": {"doorrekenen": "Wat als er een bijkomt of verdwijnt?", "kaart": "Bekijk de afstanden op de kaart"},
    "eisen": {"randvoorwaarden": "Wat betekent dit voor een doelgroep?", "wijkagenda": "Wat ontbreekt nu, en voor wie?"},
    "eigen_cijfers": {"kaart": "Bekijk uw cijfers op de kaart", "gegevens": "Welke gegevens zijn er nog meer?"},
    "gegevens": {"kaart": "Bekijk de cijfers op de kaart", "verantwoording": "Hoe zijn zij berekend?"},
    "verantwoording": {"gegevens": "Welke bestanden zijn ingelezen?", "kaart": "Terug naar de kaart"},
    "wie_deed_wat": {"gegevens": "Welke gegevens zijn er?", "kaart": "Terug naar de kaart"},
    "handleiding": {"kaart": "Begin bij de kaart"},
    "toegankelijkheid": {"handleiding": "Hoe werkt de WWZ-wijzer?", "kaart": "Terug naar de kaart"},
}  # fmt: skip


def show_next(screen: str) -> None:
    """The links below a screen; none in front of a room. `screen`: its name in the address, empty for the first one."""
    if projection.is_on():
        return
    with st.container(key="verder"):
        st.header("Verder", anchor=False)
        with st.container(horizontal=True):
            for name, question in NEXT[screen or "kaart"].items():
                st.page_link(f"pages/{name}.py", label=question, width="content")
