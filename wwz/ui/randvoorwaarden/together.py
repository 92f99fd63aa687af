"""Who has, uses and needs: three things apart; and how many people are in more than one kind of doelgroep."""

from __future__ import annotations

from wwz.ask import together
from wwz.ask.area import Area
from wwz.knowledge import domain
from wwz.store import Store
from wwz.ui.shared import parts
from wwz.ui.shared.table import Column, Table

THINGS = [
    Column("wat", "Wat", sub_field="uitleg"),
    Column("mensen_tekst", "Mensen", align="right", sub_field="marge_tekst"),
    Column("jaar_tekst", "Jaar"),
    Column("soort", "Hoe bekend", kind="tag"),
]


def each_once(store: Store, area: Area) -> None:
    """Both tables, with what they say in a sentence."""
    things = together.three_things(store, area)
    Table(things, THINGS, f"Hebben, gebruiken en nodig hebben in {area.naam}").short(folds=True)
    parts.source_line(*things["bron"].dropna())
    rows = together.overlap(store, area)
    if rows.empty:
        return
    parts.sentence(together.sentence(store, area))
    clusters = domain.domein().clusters
    Table(
        rows,
        [
            *(Column(code, cluster.titel) for code, cluster in clusters.items()),
            Column("mensen", "Mensen", align="right", text_field="mensen_tekst", sub_field="marge_tekst"),
        ],
        f"Welke soorten doelgroepen samenvallen in {area.naam}",
    ).short(folds=True)
    parts.note(
        "● hoort erbij, · niet; elke rij zijn andere mensen. Geschat uit een bevolking van hele mensen die klopt met de cijfers. "
        "Niemand telt hoe vaak doelgroepen samenvallen: de marge is daarom breed."
    )
