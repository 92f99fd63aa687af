"""Gegevens: which files were read, of which years, what is in them and what was not used."""

from functools import partial

import streamlit as st

from wwz.ask import datareport, evidence
from wwz.ui.gegevens.panel import fetch_panel
from wwz.ui.shared import parts, state
from wwz.ui.shared.folds import folded, folded_on_phone
from wwz.ui.shared.manual import show_document
from wwz.ui.shared.table import Column, Table

store = state.store()
report = datareport.of_build(store)
parts.title("Welke gegevens zitten hierin?", report.about)
parts.sentence(report.sentence)
fetch_panel()
Table(
    report.files,
    [
        Column("naam", "Bestand", sub_field="onderdeel"),
        Column("wat", "Wat staat erin", sub_field="herkomst"),
        Column("jaar_tekst", "Jaar", sub_field="jaar_uit"),
        Column("rijen", "Rijen", kind="number"),
    ],
    "Gelezen bestanden",
).short()
if len(report.remarks):
    Table(
        report.remarks,
        [Column("bestand", "Bestand"), Column("soort", "Soort", kind="tag"), Column("tekst", "Melding")],
        "Meldingen: wat is niet of met voorbehoud gebruikt",
    ).short()
else:
    parts.note("Er is niets afgekeurd.")
Table(
    report.coverage,
    [
        Column("titel", "Cijfer"),
        Column("jaar", "Jaar", text_field="jaar_tekst"),
        Column("gebruikt", "Getoond"),
        Column("deel_buurten", "Buurten met een cijfer", text_field="deel_tekst", kind="number"),
        Column("bron", "Bron"),
    ],
    "Van welk jaar is welk cijfer, en voor hoeveel buurten",
).sortable(key="dekking", row_key="sleutel", rows_per_page=25)
known = evidence.of_conditions(store)
parts.sentence(evidence.in_words(known))
folded_on_phone("Wat er per randvoorwaarde bekend is")
Table(
    known,
    [
        Column("titel", "Randvoorwaarde"),
        Column("hebben", "Wat wij hebben", tag_field="hoe"),
        Column("openbaar", "Welke gegevens het kunnen zeggen, of waarom geen"),
        Column("ophalen", "Nog op te halen, zonder kosten"),
        Column("vragen", "Wie het weet", sub_field="meebrengen"),
    ],
    "Wat er per randvoorwaarde bekend is, zonder wat de gemeente opgeeft",
).short(group_field="groep", folds=True)
folded("Eigen bestanden inlezen", partial(st.markdown, datareport.HOW_TO), key="gegevens-inlezen")
folded(
    "Voor de ICT-afdeling: ophalen, netwerk en proxy", partial(show_document, "ophalen"), key="gegevens-ict"
)
state.publish()
