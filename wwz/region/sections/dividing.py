"""How the groups are spread over the gemeenten, and what a fair share would be."""

from __future__ import annotations

from wwz.base.dates import dutch_day
from wwz.base.errors import Fout
from wwz.knowledge.regions import groepen
from wwz.region import causes, keyshares, words
from wwz.region.document import Onderdeel, Tabel
from wwz.region.series import ESTIMATED
from wwz.region.spread import Spreiding, sensitivity, spread
from wwz.region.subject import Over
from wwz.words.numbers import UNKNOWN, dutch

HEADS = ("Gemeente", "Nu", "Eerlijk deel", "Verschil", "Telt mee")


def spreadings(over: Over) -> list[Spreiding]:
    """The shares of every group that was counted; not of who needs care where they live."""
    found = []
    for reeks in over.reeksen:
        if reeks.hoe == ESTIMATED:
            continue
        try:
            found.append(spread(reeks, over.sleutel, dict(over.gewichten) or None))
        except Fout:
            # A group that cannot be divided is told in what is not known.
            continue
    return found


def dividing(over: Over, made: list[Spreiding]) -> Onderdeel:
    """Of a region a table per group; of a gemeente one table with a line per group."""
    title = "5. Hoe zijn urgenten en andere groepen verdeeld?"
    heads, lines = keyshares.table(over.regio)
    keys = Tabel.even(keyshares.TITLE, heads, lines)
    laws = tuple(group.wet for group in groepen().values() if group.wet)
    if not made:
        text = (
            "Er zijn nog geen twee gemeenten met aantallen volgens dezelfde definitie. Een verdeling is nog niet te maken. Wel is al te "
            "zien wat elke sleutel betekent. Bespreek die, voordat de aantallen er zijn."
        )
        return Onderdeel(title, (text, *laws), (keys,))
    texts = [f"De verdeelsleutel is: {words.key_text(made[0])}. {made[0].sleutel.uitleg}"]
    if over.gemeente:
        rows = [(s.reeks.groep.titel, *_line(s, over.gemeente)) for s in made]
        table = Tabel(
            f"{over.naam}: nu en een eerlijk deel",
            ("Groep (mensen)", *HEADS[1:]),
            tuple(rows),
            (2.2, 1.2, 1, 1, 1.6),
        )
        return Onderdeel(title, (*texts, *of_gemeente(over, made), *laws), (table,), _known(made))
    tables = []
    for one in made:
        texts.append(
            f"{words.headline(one)}. {words.sensitive(one.reeks, sensitivity(one.reeks, dict(over.gewichten) or None))}"
        )
        tables.append(_table(one))
    if cause := causes.sentence(made[0].reeks):
        texts.append(f"Bij {made[0].reeks.groep.kort}: {cause} Dit zijn verschillen, geen bewezen oorzaken.")
    texts.append(
        "Verschuiven gaat over wie een woning zoekt. Niemand hoeft te verhuizen omdat hij in een groep zit."
    )
    return Onderdeel(title, (*texts, *laws), (*tables, keys), _known(made))


def _known(made: list[Spreiding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{s.reeks.hoe}, peildatum {dutch_day(s.reeks.peildatum)}" for s in made))


def _table(made: Spreiding) -> Tabel:
    rows = [(a.deel.naam, *_cells(a)) for a in made.aandelen]
    rows += [(deel.naam, UNKNOWN, "", "", words.why(deel)) for deel in made.reeks.zonder]
    title = f"{made.reeks.groep.titel} (mensen, {dutch_day(made.reeks.peildatum)})"
    return Tabel(title, HEADS, tuple(rows), (1.8, 1, 1.2, 1, 1.6))


def _cells(share) -> tuple[str, str, str, str]:
    band = ""
    if share.onder is not None and share.onder != share.boven:
        band = f"\n{dutch(share.onder)} tot {dutch(share.boven)}"
    return dutch(share.nu), f"{dutch(share.eerlijk)}{band}", words.signed(share.verschil), "ja"


def _line(made: Spreiding, gemeente: str) -> tuple[str, str, str, str]:
    for share in made.aandelen:
        if gemeente in share.deel.gemeenten:
            cells = _cells(share)
            together = f"samen met {share.deel.naam}" if len(share.deel.gemeenten) > 1 else "ja"
            return (*cells[:3], together)
    deel = next(d for d in made.reeks.zonder if gemeente in d.gemeenten)
    return UNKNOWN, "", "", words.why(deel)


def of_gemeente(over: Over, made: list[Spreiding]) -> list[str]:
    """How far a gemeente is from its share, a sentence per group."""
    texts = []
    for one in made:
        share = next((a for a in one.aandelen if over.gemeente in a.deel.gemeenten), None)
        if share is not None and share.verschil:
            more = "meer" if share.verschil > 0 else "minder"
            who = share.deel.naam
            verb = "hebben samen" if len(share.deel.gemeenten) > 1 else "heeft"
            texts.append(
                f"{who} {verb} {dutch(abs(share.verschil))} {one.reeks.groep.kort} {more} dan het deel naar deze sleutel."
            )
    return texts
