"""The future in words: a headline and a few sentences."""

from __future__ import annotations

import pandas as pd

from wwz.ask import futurecheck
from wwz.ask.area import Area
from wwz.ask.outlook import BASE, Outlook, margin, years
from wwz.base.counted import counted
from wwz.base.dates import short_day
from wwz.knowledge import domain, load_toml
from wwz.store import Store, remembered
from wwz.words.numbers import dutch, is_known, people, people_between, rounded_people
from wwz.words.sentences import StoryLine

ABOUT_EQUAL = 0.5  # per cent
FULL = 0.995
# More gemeenten are counted.
MOST_NAMED = 3


def headline(shown: Outlook, year: int) -> str:
    """The finding as the title of the screen."""
    name, title = shown.area.naam, shown.subject.titel
    if not _known(shown.whole, year):
        return f"Van {name} is dit niet te berekenen: {title[0].lower()}{title[1:]}"
    if year == years()[0]:
        return f"{title}: nu ongeveer {_number(shown.whole, year)} mensen in {name}"
    return (
        f"{title}: van {_number(shown.whole, years()[0])} naar {_number(shown.whole, year)} mensen in {name}"
    )


def sentences(shown: Outlook, year: int) -> list[str]:
    """What happens, how sure that is, and what the scenario changes."""
    if not _known(shown.whole, year):
        return ["Er zijn te weinig gebieden met een cijfer. Kies een ander onderwerp of een groter gebied."]
    row = shown.whole.loc[year]
    texts = [
        _growth(shown, year),
        _scenario(shown, year),
        _carers(shown, year),
        _certainty(row),
        _coverage(row),
    ]
    return [text for text in texts if text]


def story_line(shown: Outlook, year: int) -> StoryLine | None:
    """What the year brings, as a line of a story; none when it cannot be said."""
    if not _known(shown.whole, year):
        return None
    row, now = shown.whole.loc[year], shown.whole.loc[years()[0]]
    text = f"{shown.subject.titel}, in {year}"
    if is_known(now["teller"]) and now["teller"]:
        change = 100 * (row["teller"] / now["teller"] - 1)
        text += f": {dutch(abs(change))}% {'meer' if change > 0 else 'minder'} dan in {years()[0]}"
    return StoryLine(f"ongeveer {_number(shown.whole, year)} mensen", text, margin(row, shown.minimum))


def _known(frame: pd.DataFrame, year: int) -> bool:
    return year in frame.index and is_known(frame.loc[year, "teller"])


def _number(frame: pd.DataFrame, year: int) -> str:
    row = frame.loc[year]
    return people(row["teller"], hidden=False, counted=False, minimum=0)


def _growth(shown: Outlook, year: int) -> str:
    row, now = shown.whole.loc[year], shown.whole.loc[years()[0]]
    text = f"In {year} gaat het in {shown.area.naam} om ongeveer {_number(shown.whole, year)} mensen ({margin(row, shown.minimum)})"
    if year == years()[0] or not is_known(now["teller"]) or not now["teller"]:
        return f"{text}."
    change = 100 * (row["teller"] / now["teller"] - 1)
    if abs(change) < ABOUT_EQUAL:
        return f"{text}. Dat is evenveel als in {years()[0]}."
    return f"{text}. Dat is {dutch(abs(change))}% {'meer' if change > 0 else 'minder'} dan in {years()[0]}."


def _certainty(row: pd.Series) -> str:
    titles = {a["code"]: a["titel"] for a in load_toml("toekomst.toml")["aanname"]}
    return f"De marge hangt het meest af van {titles[row['aandrijver']]}."


def _coverage(row: pd.Series) -> str:
    if row["dekking"] >= FULL:
        return ""
    return f"Berekend over {dutch(100 * row['dekking'])}% van de mensen; van de rest is er nu geen cijfer."


def _scenario(shown: Outlook, year: int) -> str:
    if shown.scenario.code == BASE or not _known(shown.base, year):
        return ""
    difference = shown.whole.loc[year, "teller"] - shown.base.loc[year, "teller"]
    if abs(difference) < 1:
        return ""
    word = "meer" if difference > 0 else "minder"
    return f"Dat zijn er {dutch(rounded_people(abs(difference)))} {word} dan in het basisscenario."


def _carers(shown: Outlook, year: int) -> str:
    count, base = (frame.loc[year, "zonder_mantelzorg"] for frame in (shown.whole, shown.base))
    if not is_known(count):
        return ""
    row = shown.whole.loc[year]
    margin = people_between(row["zonder_mantelzorg_onder"], row["zonder_mantelzorg_boven"], shown.minimum)
    text = f"Ongeveer {dutch(rounded_people(count))} van hen{f' ({margin})' if margin else ''} hebben geen mantelzorg"
    if shown.scenario.mantelzorg == 1 or not is_known(base):
        return f"{text}."
    return f"{text}; in het basisscenario {dutch(rounded_people(base))}."


@remembered
def _own_forecast(store: Store, area: Area) -> tuple[pd.DataFrame, bool]:
    """The gemeenten of the area with a forecast of their own, and whether that is all of them."""
    inside = set(store.areas().set_index("code").loc[list(area.buurten), "gemeente"].dropna())
    own = store.ask("prognose_gebruikt")
    own = own[own["gemeente"].isin(inside)]
    return own, bool(len(own)) and len(own) == len(inside)


@remembered
def forecast_used(store: Store, area: Area) -> str:
    """Which forecast the calculation follows, in one or two sentences."""
    own, everywhere = _own_forecast(store, area)
    inside = set(store.areas().set_index("code").loc[list(area.buurten), "gemeente"].dropna())
    regional = store.ask("prognose_regionaal")
    regional = regional[regional["gemeente"].isin(inside)]
    every = len(own) + len(regional) == len(inside)
    if own.empty and regional.empty:
        return "Prognose: de landelijke van CBS en PBL. Uw gemeente kan een eigen prognose opgeven bij Eigen cijfers."
    said = []
    if len(own):
        names = [
            f"{row.naam} ({', '.join(filter(None, (row.bron, f'opgegeven door {row.wie}', short_day(row.wanneer))))})"
            for row in own.itertuples()
        ]
        said.append(f"Prognose: die van de gemeente zelf, voor {' en '.join(names)}.")
    if len(regional):
        named = len(regional) <= MOST_NAMED
        where = ", ".join(regional["naam"]) if named else counted("{n} [gemeente|gemeenten]", len(regional))
        said.append(f"Prognose: de regionale van PBL en CBS, voor {where}.")
    rest = "" if everywhere or every else " De andere gemeenten volgen de landelijke prognose."
    return f"{' '.join(said)}{rest}"


def chart_in_words(shown: Outlook) -> str:
    """The line chart for who cannot see it."""
    known = shown.whole.dropna(subset=["teller"])
    counts = ", ".join(f"{year} {_number(known, year)}" for year in known.index)
    return (
        f"{shown.subject.titel} in {shown.area.naam}, mensen: {counts}. De band geeft de marge."
        if counts
        else ""
    )


def sources(store: Store, shown: Outlook) -> list[str]:
    """Where the figures come from: the level of today, the country, and our own calculation."""
    national = load_toml("toekomst.toml")["land"]
    code = next(row["bron"] for row in national if row["merk"] == "S")
    source = domain.bronnen()[code]
    forecast = (
        forecast_used(store, shown.area) if _own_forecast(store, shown.area)[1] else source.regel(source.jaar)
    )
    own = "Eigen berekening: geschat, met aannames over verhuizen, levensduur en gezondheid."
    if shown.subject.kind == "leeftijd":
        return [forecast, own]
    rows = shown.area.figures([shown.subject.code])
    return [
        *(f"{row.bron} (cijfer van nu: {row.jaar})" for row in rows.itertuples()),
        forecast,
        own,
    ]


def method() -> list[str]:
    """How the calculation is made, with every national total and its mark, in paragraphs."""
    known = load_toml("toekomst.toml")
    marks = {"S": "gevonden in een bron", "K": "nog te controleren", "A": "eigen aanname"}
    totals = [
        f"- {row['jaar']}: {dutch(row['vijfenzeventig'] / 1000, 2)} miljoen mensen van 75 jaar en ouder, "
        f"{dutch(row['inwoners'] / 1000, 1)} miljoen inwoners ({marks[row['merk']]})"
        for row in known["land"]
    ]
    return [
        known["uitleg"]["tekst"].format(**futurecheck.in_text()),
        "Landelijke totalen waar alle buurten samen op uitkomen:\n" + "\n".join(totals),
    ]
