"""The woonzorganalyse: what the law asks a region to bring together, the main lines first, sources and method behind."""

from __future__ import annotations

from datetime import datetime

from wwz.base.dates import dutch_date
from wwz.base.sentence import listed
from wwz.knowledge.regions import regels
from wwz.own import given
from wwz.own import region as ownregion
from wwz.region import words
from wwz.region.document import Stuk
from wwz.region.sections import care, dividing, homes, sizes
from wwz.region.series import EXAMPLE
from wwz.region.spread import Spreiding
from wwz.region.subject import Over
from wwz.words.numbers import dutch, rounded_people


def analysis(over: Over) -> Stuk:
    """The whole document, for a region or a gemeente; made once for all who ask, until somebody changes what it rests on."""
    store, regio = over.regio.store, over.regio
    marks = ownregion.mark(store.path), given.SHELF.mark(store.path)
    question = (
        "woonzorganalyse", regio.naam, regio.codes, regio.plaats, over.gemeente, over.sleutel, over.gewichten, marks
    )  # fmt: skip
    return store.remember(question, lambda: _analysis(over))


def _analysis(over: Over) -> Stuk:
    about = over.regio.store.about()
    made = dividing.spreadings(over)
    sections = (
        sizes.sizes(over), homes.needs(over), homes.homes(over), homes.task(over), dividing.dividing(over, made),
        care.care(over), care.unknown(over),
    )  # fmt: skip
    return Stuk(
        titel=f"Woonzorganalyse {over.naam}",
        over=_about(over, str(about["gebouwd_op"])),
        merken=tuple(["Fictief"] * bool(about["fictief"]) + ["Concept"]),
        hoofdlijn=tuple(main_lines(over, made)),
        onderdelen=tuple(section for section in sections if section.zinnen or section.tabellen),
        achterin=tuple(care.method(over)),
        voet="WWZ-wijzer" + (" · voorbeeldregio, alle cijfers zijn verzonnen" if about["fictief"] else ""),
        gemaakt=datetime.fromisoformat(str(about["gebouwd_op"])),
    )


def _about(over: Over, made: str) -> str:
    of = (
        f"{over.naam}, in de regio {over.regio.naam}"
        if over.gemeente
        else f"{len(over.regio.codes)} gemeenten samen"
    )
    return f"{of} · gemaakt met de gegevens van {dutch_date(datetime.fromisoformat(made))}"


def main_lines(over: Over, made: list[Spreiding]) -> list[str]:
    """The findings that matter most, each in a sentence or two."""
    return [text for text in (_older(over), _homes(over), *_spread(over, made), _gaps(over)) if text]


def _older(over: Over) -> str:
    if not over.growth:
        return ""
    now, _, last = over.growth
    year = regels()["jaren"][-1]
    return f"In {over.naam} wonen nu ongeveer {dutch(rounded_people(now))} 75-plussers. In {year} zijn dat er ongeveer {dutch(rounded_people(last))}: {dutch(100 * (last / now - 1))}% meer."


def _homes(over: Over) -> str:
    rows = over.conditions(home=True)
    known = rows[rows["mensen"].notna()] if len(rows) else rows
    if known.empty:
        return "Hoeveel mensen een woning hebben die niet past, is nog niet te zeggen. Dat is de eerste vraag aan de corporaties."
    row = known.iloc[0]
    margin = f" ({row['marge_tekst']})" if row["marge_tekst"] else ""
    return f"{row['titel']}: ongeveer {row['mensen_tekst']} mensen{margin} hebben dit nodig en missen het. Hoe bekend: {row['soort']}."


def _spread(over: Over, made: list[Spreiding]) -> list[str]:
    if over.gemeente:
        return dividing.of_gemeente(over, made)[:3]
    texts = [f"{words.headline(one)}, naar {words.key_text(one)}." for one in made if one.geeft]
    return texts[:3]


def _gaps(over: Over) -> str:
    lacking = [r.groep.kort for r in over.reeksen if r.zonder and r.hoe not in (EXAMPLE,)]
    groups = len([r for r in over.reeksen if r.hoe != "geschat"])
    if not groups:
        return "Er zijn nog geen aantallen van aandachtsgroepen. Stel eerst de definities vast, en vraag daarna de gemeenten om hun cijfers."
    if lacking:
        return f"Nog niet van alle gemeenten zijn er aantallen: {listed(lacking)}."
    return ""
