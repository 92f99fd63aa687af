"""A region in words: the finding, how was counted, what is missing, and whether the key matters."""

from __future__ import annotations

from collections.abc import Sequence

from wwz.base.counted import counted
from wwz.base.dates import dutch_day
from wwz.base.sentence import listed
from wwz.knowledge.regions import sleutels
from wwz.region.series import APART, ESTIMATED, EXAMPLE, HIDDEN, MISSING, PUBLISHED, Deel, Reeks
from wwz.region.spread import MIX, NOW, Gevoelig, Spreiding
from wwz.words.numbers import SIGNIFICANT, dutch, rounded_people

WHY = {
    MISSING: "geen aantal",
    HIDDEN: "niet getoond: te weinig mensen, of het zou een klein aantal verraden",
    APART: "apart",
}
HOW = {
    "opgegeven": "Opgegeven door de gemeenten",
    ESTIMATED: "Geschat door de WWZ-wijzer, voor iedere gemeente op dezelfde manier",
    PUBLISHED: "Gepubliceerd: wie er gebruik van maakt, geteld zoals de bron dat doet",
    EXAMPLE: "Fictief: verzonnen voor de voorbeeldregio",
}


def signed(number: int) -> str:
    """A difference in people: +144, −37 or 0."""
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return f"{sign}{dutch(abs(number))}"


def about(reeks: Reeks) -> str:
    """'ongeveer ' before numbers that are estimated."""
    return "ongeveer " if reeks.hoe == ESTIMATED else ""


def amount(reeks: Reeks, number: int) -> str:
    """A number of people in a sentence; of an estimate no more digits than are known."""
    return dutch(rounded_people(number) if reeks.hoe == ESTIMATED else number)


def difference(reeks: Reeks, deel: Deel, number: int) -> str:
    """A difference in people with its sign; of an estimate no closer than the number it is a difference with."""
    return signed(as_known(reeks, deel, number))


def as_known(reeks: Reeks, deel: Deel, number: int) -> int:
    """A number that follows from that of a part: of an estimate in the same round steps."""
    if reeks.hoe != ESTIMATED:
        return number
    step = 10 ** max(0, len(str(deel.aantal or 0)) - SIGNIFICANT)
    return round(number / step) * step


def headline(made: Spreiding) -> str:
    """The finding as the title of the screen: who has most more than its share."""
    reeks = made.reeks
    if not made.geeft or not as_known(reeks, made.geeft[0].deel, made.geeft[0].verschil):
        return f"In {reeks.regio.naam} heeft iedere gemeente haar deel van de {reeks.groep.kort}"
    most = made.geeft[0]
    number = f"{about(reeks)}{dutch(as_known(reeks, most.deel, most.verschil))} {reeks.groep.kort}"
    their = "hun" if len(most.deel.gemeenten) > 1 else "haar"
    if reeks.groep.soort == "zorg":
        return f"In {most.deel.naam} wonen {number} meer dan {their} deel"
    verb = "huisvesten" if len(most.deel.gemeenten) > 1 else "huisvest"
    return f"{most.deel.naam} {verb} {number} meer dan {their} deel"


def key_text(made: Spreiding | Gevoelig) -> str:
    """The key, a mix with its weights: corporatiewoningen (70%) en inwoners (30%)."""
    if made.sleutel.code != MIX:
        return made.sleutel.titel.lower()
    return listed([f"{sleutels()[code].titel.lower()} ({w}%)" for code, w in made.gewichten.items()])


def subtitle(made: Spreiding) -> str:
    """Under the title: the key, the definition, and the day."""
    return f"Verdeelsleutel: {key_text(made)} · {definition_state(made.reeks)} · peildatum {dutch_day(made.reeks.peildatum)}"


def definition_state(reeks: Reeks) -> str:
    """Whether the definition was settled, and how many agreed."""
    if reeks.hoe == ESTIMATED:
        return "dezelfde berekening voor alle gemeenten"
    if reeks.hoe == EXAMPLE:
        return "definitie: ons voorstel"
    agreed = sum(len(deel.gemeenten) for deel in reeks.met)
    total = len(reeks.regio.codes)
    if not reeks.definitie.vastgesteld:
        return "definitie nog niet vastgesteld"
    moment = dutch_day(reeks.definitie.wanneer)
    return f"definitie vastgesteld op {moment}, {agreed} van {counted('{n} [gemeente|gemeenten]', total)} mee"


def way_out(reeks: Reeks) -> str:
    """What to do where a group cannot be divided."""
    if reeks.hoe == PUBLISHED:
        return (
            "Wat is gepubliceerd, is gebruik en staat apart. Het telt mee als de regio bij Definities die definitie overneemt en de "
            "gemeenten akkoord zijn."
        )
    return "Geef de aantallen op bij Cijfers, of kies een andere groep of sleutel."


def reading(made: Spreiding) -> list[str]:
    """What there is to see, in sentences."""
    reeks = made.reeks
    texts = [
        f"In {reeks.regio.naam} gaat het om {about(reeks)}{amount(reeks, reeks.totaal)} {reeks.groep.kort}"
        + (" in de gemeenten met een aantal." if reeks.zonder else ".")
    ]
    if made.te_verplaatsen:
        givers = listed([a.deel.naam for a in made.geeft])
        more = "heeft" if len(made.geeft) == 1 else "hebben samen"
        texts.append(
            f"{givers} {more} er {about(reeks)}{amount(reeks, made.te_verplaatsen)} meer dan het deel naar deze sleutel. "
            f"De andere gemeenten hebben er evenveel minder."
        )
    return [*texts, *missing(reeks)]


def missing(reeks: Reeks) -> list[str]:
    """Which gemeenten do not count, and what that does to the total; nothing when all do."""
    if not reeks.zonder:
        return []
    names = listed([deel.naam for deel in reeks.zonder])
    people = len(reeks.zonder)
    text = counted(
        "{namen} [telt|tellen] niet mee: daar is geen aantal dat bij deze definitie hoort.",
        people,
        namen=names,
    )
    if not reeks.met:
        return [text]
    if reeks.extra is None:
        return [
            text,
            f"Het totaal van de regio is ten minste {dutch(reeks.totaal)}. Hoeveel meer, is niet te zeggen.",
        ]
    low, high = dutch(reeks.totaal), dutch(reeks.totaal + reeks.extra)
    return [
        text,
        f"Het totaal van de regio ligt dan tussen {low} en {high}. De bovengrens is een aanname: daar zijn er per inwoner "
        "hooguit zoveel als in de gemeente met de meeste.",
    ]


def why(deel: Deel) -> str:
    """Why a part has no number that counts."""
    if deel.stand == APART and deel.apart is not None:
        return f"{dutch(deel.apart)}, apart: {deel.reden}"
    return WHY.get(deel.stand, "") if deel.stand != APART else f"apart: {deel.reden}"


def sensitive(reeks: Reeks, rows: Sequence[Gevoelig]) -> str:
    """Who gives and who takes under which key, in words."""
    usable = [row for row in rows if row.verschillen is not None and row.sleutel.code != NOW]
    if not usable:
        return "Er is geen sleutel te gebruiken."
    gives, takes, turns = [], [], []
    for n, deel in enumerate(reeks.met):
        signs: dict[int, list[str]] = {1: [], 0: [], -1: []}
        for row in usable:
            found = (row.verschillen or ())[n]
            signs[(found > 0) - (found < 0)].append(row.sleutel.titel.lower())
        if len(signs[1]) == len(usable):
            gives.append(deel.naam)
        elif len(signs[-1]) == len(usable):
            takes.append(deel.naam)
        else:
            turns.append(_turns(deel, signs))
    parts = []
    several = {deel.naam for deel in reeks.met if len(deel.gemeenten) > 1}
    if gives:
        parts.append(f"{'geven' if len(gives) > 1 or several & set(gives) else 'geeft'} {listed(gives)}")
    if takes:
        others = "de andere" if gives and not turns and len(takes) > 1 else listed(takes)
        parts.append(f"{'nemen' if len(takes) > 1 or several & set(takes) else 'neemt'} {others}")
    return " ".join([f"Bij elke sleutel {' en '.join(parts)}."] * bool(parts) + turns)


def _turns(deel: Deel, signs: dict[int, list[str]]) -> str:
    """A part that does not do the same under every key."""
    one = ("geeft bij", "neemt bij", "houdt gelijk bij")
    verbs = ("geven bij", "nemen bij", "houden gelijk bij") if len(deel.gemeenten) > 1 else one
    told = [
        f"{verb} {listed(signs[sign])}" for verb, sign in zip(verbs, (1, -1, 0), strict=True) if signs[sign]
    ]
    return f"{deel.naam} {', en '.join(told)}."
