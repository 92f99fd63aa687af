"""The screen Verantwoording: method, accuracy, rules, sources, terms and tables, each behind a tab."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from wwz.agenda import differences
from wwz.ask import accountability, ages, differencecheck, futurecheck, peoplecheck
from wwz.ask import accuracy as screen
from wwz.ask.layerwords import no_effect
from wwz.store import Store
from wwz.ui.shared import parts
from wwz.ui.shared.folds import folded_on_phone, tabs
from wwz.ui.shared.table import Column, Table
from wwz.ui.verantwoording import schema

# Of the method, before the rest is folded up on a phone.
FIRST_SECTIONS = 5
# How much of the differences an estimate explains: by itself, and with what is published of a larger area.
HOW_WELL = (
    Column("alleen", "Model alleen", kind="number"),
    Column("aan_gemeente", "Met cijfer van de gemeente", kind="number"),
    Column("aan_wijk", "Met cijfer van de wijk", kind="number"),
)


def accountability_screen(store: Store) -> None:
    """Everything below the top row."""
    parts.title("Hoe komen we aan deze cijfers?", "Methode, bronnen, aannames en begrippen")
    shown = {
        "Methode": partial(_method, store),
        "Nauwkeurigheid": _accuracy,
        "Rekenregels en aannames": partial(_rules, store),
        "Bronnen": _sources,
        "Begrippen": _terms,
        "Tabellen": partial(schema.show, store),
    }
    tabs(shown, key="verantwoording-tabs")


def _method(store: Store) -> None:
    sections = accountability.method(store)
    _texts(sections[:FIRST_SECTIONS])
    folded_on_phone("Lees verder over de methode")
    with st.container():
        _texts(sections[FIRST_SECTIONS:])


def _texts(sections: Sequence[accountability.Section]) -> None:
    for section in sections:
        st.header(section.title, anchor=False)
        st.markdown(section.text)


def _accuracy() -> None:
    st.header("Hoe goed zijn onze schattingen?", anchor=False)
    st.markdown(screen.text("toets"))
    st.warning(screen.caution())
    Table(
        screen.accuracy(),
        [
            Column("titel", "Laag"),
            Column("basis", "Alleen 65-plussers", kind="number"),
            Column("wijkcijfer", "Het cijfer van de wijk zelf", kind="number"),
            *HOW_WELL,
            Column("marge", "Marge (procentpunt)", kind="number"),
        ],
        "Welk deel van de verschillen tussen buurten de schatting verklaart (R²; 1 is alles)",
    ).short(folds=True)
    st.header("De ladder: als er kenmerken ontbreken", anchor=False)
    st.markdown(screen.text("ladder"))
    Table(
        screen.ladder(),
        [
            Column("titel", "Trede", sub_field="uitleg"),
            *HOW_WELL,
        ],
        "De middelste R² van alle lagen, per trede",
    ).short(folds=True)
    Table(
        screen.background(),
        [
            Column("titel", "Laag"),
            *HOW_WELL,
        ],
        "Wat herkomst zou toevoegen: R² zonder / met herkomst",
    ).short(folds=True)
    st.header("Kloppen de marges?", anchor=False)
    st.markdown(screen.text("marges"))
    Table(
        screen.coverage(),
        [
            Column("groep", "Buurten"),
            Column("anker", "Geijkt aan"),
            Column("dekking", "Binnen de marge", kind="number"),
            Column("uitersten", "Laagste tot hoogste laag", kind="number"),
        ],
        "Deel van de buurten binnen de marge van 90%, in gemeenten die het model niet kende",
    ).short(folds=True)
    _towns_and_differences()
    st.header("Leeftijden van 65-plussers", anchor=False)
    st.markdown(ages.caution())
    # The first column names the model; of the others the headings tell what they are.
    heads = list(ages.COLUMNS.values())
    Table(
        ages.table(),
        [
            Column(heads[0], heads[0]),
            *(Column(h, h) for h in heads[1:3]),
            *(Column(h, h, kind="number") for h in heads[3:]),
        ],
        "Toets op gemeenten die het model niet zag; de basislijn staat bovenaan",
    ).short(folds=True)
    _future()
    st.header("Mensen één keer geteld", anchor=False)
    st.markdown(peoplecheck.caution())
    first, *others = peoplecheck.COLUMNS
    Table(
        peoplecheck.table(),
        [Column(first, first), *(Column(name, name, kind="number") for name in others)],
        "De bevolking van de buurten naast wat anderen tellen",
    ).short(folds=True)
    st.header("Lagen naar leeftijd en doelgroepen", anchor=False)
    st.markdown(screen.text("recepten"))
    Table(
        screen.recipes(),
        [
            Column("wat", "Stap"),
            Column("waarde", "Waarde"),
            Column("reden", "Waarom"),
            Column("hoe_bekend", "Hoe bekend", kind="tag"),
            Column("bron", "Bron"),
        ],
        "Elke stap van de schatting",
    ).short(folds=True)


def _future() -> None:
    """The future of some years ago beside what was counted since."""
    st.header("Toekomst: wat was er uitgekomen?", anchor=False)
    st.markdown(futurecheck.caution())
    heads = list(futurecheck.COLUMNS.values())
    Table(
        futurecheck.table(),
        [*(Column(h, h) for h in heads[:3]), *(Column(h, h, kind="number") for h in heads[3:])],
        "Hoe ver het middelste gebied ernaast zat; de basislijnen staan vooraan",
    ).short(folds=True)
    st.markdown(no_effect())


def _towns_and_differences() -> None:
    """Margins per gemeente, and whether a clear difference is there; each beside its baseline."""
    Table(
        differencecheck.towns(),
        [Column(head, head) for head in differencecheck.TOWNS.values()],
        "Marges per gemeente met minstens 20 buurten: met overal dezelfde breedte, en met een eigen breedte (midden van alle lagen)",
    ).short(folds=True)
    st.header("Zijn verschillen er echt?", anchor=False)
    st.markdown(differencecheck.caution())
    Table(
        differencecheck.table(),
        [Column(head, head) for head in differencecheck.COLUMNS.values()],
        "Toets op paren gebieden in gemeenten die het model niet zag (midden van alle lagen)",
    ).short(folds=True)
    st.markdown(no_effect())
    st.header("Verschillen de agenda's van wijken?", anchor=False)
    st.markdown(differences.in_words())


def _rules(store: Store) -> None:
    Table(
        accountability.assumptions(store),
        [
            Column("wat", "Aanname of regel"),
            Column("waarde", "Waarde"),
            Column("reden", "Waarom"),
            Column("hoe_bekend", "Hoe bekend", kind="tag"),
            Column("bron", "Bron"),
        ],
        "Rekenregels en aannames",
    ).short(folds=True)


def _sources() -> None:
    Table(
        accountability.sources(),
        [
            Column("titel", "Bron", sub_field="uitgever"),
            Column("toelichting", "Wat is het"),
            Column("licentie", "Licentie"),
            Column("url", "Vindplaats"),
        ],
        "Bronnen van de cijfers",
    ).short(folds=True)


def _terms() -> None:
    Table(accountability.terms(), [Column("term", "Begrip"), Column("uitleg", "Uitleg")], "Begrippen").short()
