"""The screen Eigen cijfers: upload, what is known, and count beside estimate."""

from __future__ import annotations

from datetime import date

import streamlit as st

from wwz.ask import owncounts as owncountscompare
from wwz.ask.area import Area
from wwz.ask.layer import available
from wwz.ask.layerwords import no_effect
from wwz.base.counted import counted
from wwz.base.dates import short_moment
from wwz.base.errors import Fout
from wwz.base.media import XLSX
from wwz.own import counts as owncounts
from wwz.own import data as owndata
from wwz.own.counts import USES, targets
from wwz.own.countscheck import Checked, check
from wwz.own.countsread import lines_of, template
from wwz.store import Store
from wwz.ui.eigen_cijfers import before
from wwz.ui.eigen_cijfers.chart import dots, drawn
from wwz.ui.shared import parts, permission
from wwz.ui.shared.charts import show_chart
from wwz.ui.shared.press import press
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.upload import read_once, upload

SAVED = "eigen-bewaard"
# What stood there when this visitor brought a file, and when the page was drawn.
BROUGHT, LOOKED = "eigen-gezien", "eigen-bekeken"
WAITS = "Wat u het laatst opgaf of weghaalde, staat hier nog niet bij. Reken daarvoor alles opnieuw uit, met de knop onder aan dit scherm."
FREE = ("Wmo-cliënten", "Wlz-indicaties", "Dementieregistratie")
COLUMNS = [
    Column("naam", "Gebied"),
    Column("aantal", "Opgegeven (mensen)", text_field="aantal_tekst", kind="number"),
    Column(
        "schatting",
        "Schatting (mensen)",
        text_field="schatting_tekst",
        kind="number",
        sub_field="marge_tekst",
    ),
    Column("verschil", "Verschil", text_field="verschil_tekst", kind="number"),
    Column("oordeel", "Opgave en marge"),
]
LISTED = [
    Column("onderwerp", "Onderwerp", sub_field="bron"),
    Column("gebieden", "Gebieden", kind="number"),
    Column("gebruik", "Wat doet het"),
    Column("wie", "Wie", sub_field="wanneer"),
]


def side_by_side(store: Store) -> None:
    """Count and estimate, per subject."""
    found = owncountscompare.comparisons(store)
    waits = owndata.has_changed(store, owncounts.KIND.code)
    if waits:
        parts.empty(WAITS if found else f"Uw eigen cijfers zijn bewaard. {WAITS}")
    if not found and not waits:
        parts.empty(
            "Er zijn nog geen eigen cijfers. Weet uw gemeente hoeveel cliënten er per buurt of wijk zijn? Haal dan bij Opgeven het "
            "sjabloon op, vul het in en lever het in."
        )
    if not found:
        return
    names = {c.onderwerp: c for c in found}
    chosen = names[
        st.segmented_control("Onderwerp", list(names), default=next(iter(names)), key="eigen-onderwerp")
        or next(iter(names))
    ]
    about = f"{chosen.gebruik}: {chosen.doel[0].lower()}{chosen.doel[1:]}" if chosen.doel else chosen.gebruik
    st.header(f"{chosen.onderwerp}: opgave en schatting naast elkaar", anchor=False)
    parts.sentence(chosen.zin)
    parts.note(f"{about}.")
    shown = drawn(chosen.rows)
    if len(shown):
        show_chart(
            dots(chosen.rows),
            counted(
                "[Het gebied|De {n} gebieden] met het grootste verschil. De stip is het opgegeven aantal, het streepje de schatting met haar marge.",
                len(shown),
            ),
            key=f"stippen-{chosen.onderwerp}",
        )
    Table(chosen.rows, COLUMNS, f"{chosen.onderwerp}, mensen per gebied").sortable(
        key=f"eigen-{chosen.onderwerp}"
    )
    parts.source_line(chosen.bron)
    parts.note(no_effect())
    parts.note(
        "Niet getoond: in dit gebied is of was een eigen cijfer klein, of zou een klein aantal te berekenen zijn. Dan tonen we daar geen "
        "enkel eigen cijfer, ook later niet. Zulke gebieden zitten in groepen van minstens twee. Alleen het totaal van een groep telt mee, "
        "ook in kaart, agenda, toekomst en export."
    )


def give(store: Store, area: Area) -> None:
    """Template, upload, the choice per subject, and keep."""
    st.write(
        "Een aantal van de gemeente telt zwaarder dan een schatting. Lever een CSV of Excel in met één regel per gebied en onderwerp. "
        "Geef altijd het echte aantal, ook als het klein is: kleine aantallen worden nergens getoond. Lever van een onderwerp alle gebieden in "
        "één keer in, en alles in een gemeente per buurt of alles per wijk."
    )
    _template(store, area)
    if st.session_state.pop(SAVED, False):
        st.success("De cijfers zijn bewaard. Ze tellen mee als alles opnieuw is uitgerekend.")
    if not permission.gate("eigen"):
        return
    file = upload("Uw bestand", ["csv", "xlsx"], "eigen-bestand")
    if file is None:
        return
    before.note(BROUGHT, file, owncounts.latest(store.path))
    name, content = file
    try:
        checked = check(store, read_once("eigen-bestand", file, lambda n, c: lines_of(c, n)), name)
    except Fout as fout:
        parts.show_error(fout)
        return
    _choose_and_keep(store, checked)


def _template(store: Store, area: Area) -> None:
    titles = {f: f for f in FREE} | {
        row.titel: row.titel for row in available(store).itertuples() if row.code in targets()
    }
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        subjects = st.multiselect(
            "Wat telt u?", list(titles), key="eigen-sjabloon", placeholder="Kies een onderwerp, of typ er zelf een",
            accept_new_options=True,
        )  # fmt: skip
    level = st.segmented_control("Per", ["buurt", "wijk"], default="wijk", key="eigen-niveau") or "wijk"
    inside = owncountscompare.to_fill_in(store, area, level)
    with right:
        st.download_button(
            "Sjabloon", lambda: template(inside, subjects or [FREE[0]], date.today()), "eigen-cijfers.xlsx",
            XLSX, disabled=inside.empty, width="stretch",
            on_click="ignore",
        )  # fmt: skip


def _choose_and_keep(store: Store, checked: Checked) -> None:
    st.success(
        counted(
            "{n} [regel is|regels zijn] in orde. Kies wat er met elk onderwerp gebeurt.", len(checked.rows)
        )
    )
    known = {code: row.titel for code, row in targets().items() if code in set(available(store)["code"])}
    for number, subject in enumerate(checked.subjects):
        use, code = checked.default_use(subject)
        with st.container(border=True):
            st.markdown(f"**{subject.translate(_PLAIN)}**")
            use = st.radio(
                "Wat doet het?",
                list(USES),
                list(USES).index(use),
                format_func=USES.get,
                key=f"eigen-gebruik-{number}",
            )
            if code:
                known |= {code: targets()[code].titel}
            options = ["", *known]
            nothing = "Geen" if use == "tonen" else "Kies een schatting"
            st.selectbox(
                "Welke schatting?", options, options.index(code) if code in options else 0, key=f"eigen-doel-{number}",
                format_func=lambda c, known=known, nothing=nothing: known.get(c, nothing),
            )  # fmt: skip
    st.text_input(
        "Uit welke registratie?",
        max_chars=200,
        key="eigen-bron",
        placeholder="Bijvoorbeeld: Wmo-administratie",
    )

    def keep() -> str:
        uses = {
            subject: (st.session_state[f"eigen-gebruik-{number}"], st.session_state[f"eigen-doel-{number}"])
            for number, subject in enumerate(checked.subjects)
        }
        rows = checked.counts(uses, permission.editor_name(), st.session_state["eigen-bron"])
        before.keep(
            BROUGHT,
            lambda seen: owncounts.add(store.path, rows, gezien=seen),
            lambda: owncounts.latest(store.path),
        )
        st.session_state[SAVED] = True
        return "De cijfers zijn bewaard."

    press("Bewaar deze cijfers", keep, "eigen-bewaar", type="primary")


_PLAIN = str.maketrans({c: f"\\{c}" for c in "*_[]`$\\<>#~:"})


def kept(store: Store) -> None:
    """What is kept, and the button to take a subject away."""
    if not permission.may_edit("eigen cijfers zien"):
        parts.note("Wat er is opgegeven, ziet alleen wie mag invoeren.")
        return
    counts = owncounts.listed(store.path)
    if not counts:
        parts.note("Er is nog niets bewaard.")
        return
    rows = {}
    for count in counts:
        row = rows.setdefault(
            count.onderwerp,
            {
                "onderwerp": count.onderwerp,
                "gebieden": 0,
                "gebruik": USES[count.gebruik],
                "wie": count.wie,
                "wanneer": "",
                "bron": "",
            },
        )
        row["gebieden"] += 1
        row["wanneer"], row["bron"] = short_moment(count.wanneer), f"{count.bron} {count.jaar}".strip()
    Table(list(rows.values()), LISTED, "Wat er bewaard is").short()
    if not permission.may_edit():
        return

    before.note(LOOKED, None, owncounts.latest(store.path))

    def remove() -> str:
        subject = st.session_state["eigen-weg-onderwerp"]
        before.keep(
            LOOKED,
            lambda seen: owncounts.remove(store.path, subject, permission.editor_name(), gezien=seen),
            lambda: owncounts.latest(store.path),
        )
        return f"{subject} is weggehaald."

    with st.form("eigen-weg"):
        st.selectbox("Haal een onderwerp weg", list(rows), key="eigen-weg-onderwerp")
        press("Haal weg", remove, "eigen-weg-knop", place=st.form_submit_button)
