"""Figures read aloud: short Dutch sentences, made from the figures and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from wwz.base.sentence import capital
from wwz.knowledge import Indicator, load_toml
from wwz.knowledge.bounds import REGEL as BOUNDS
from wwz.words.numbers import (
    NOT_SHOWN,
    UNKNOWN,
    bound_text,
    dutch,
    is_known,
    only_rounded,
    part_text,
    people,
    people_range,
    range_text,
    too_few,
    value_text,
)

# One in so many reads well between these shares (%); outside them a percentage is clearer.
ONE_IN_FROM, ONE_IN_TO = 2.0, 52.0
RECONCILED = (
    "De bron geeft hier voor 65-plussers meer mensen dan voor iedereen vanaf 18 jaar. Dat kan niet; wij maakten van beide een "
    "schatting die klopt."
)
# How much (relative) "1 op de N" may differ from the share before it needs "ruim" or "bijna", and before it misleads:
# 41% is not "bijna 1 op de 2".
ABOUT, TOO_FAR = 0.04, 0.13
EXTREME_WORDS = {
    "som": ("Het aantal", "grootst", "kleinst"),
    "aandeel": ("Het aandeel", "hoogst", "laagst"),
    "gemiddelde": ("Het gemiddelde", "hoogst", "laagst"),
    "mediaan": ("De afstand", "grootst", "kleinst"),
    "afstand": ("De afstand", "grootst", "kleinst"),
}


def bound_texts(row: Any, minimum: int) -> tuple[str, str, str]:
    """Bounds as a reader sees them: which part lacks it, how many people, and no margin, for it is in the bounds.

    Parameters
    ----------
    row
        As sql/answers/grenslaag.sql gives it.
    """
    if row["verborgen"]:
        return too_few(minimum), f"<{minimum}", ""
    if not is_known(row["boven"]):
        return UNKNOWN, "", ""
    least, most = row["onder"] / 100, row["boven"] / 100
    share = part_text(least, most).removesuffix(" van wie het nodig heeft")
    return share, bound_text(row["teller_onder"], row["teller_boven"], minimum, most), ""


def headline(naam: str, row: pd.Series, indicator: Indicator, minimum: int) -> str:
    """The finding about one area, as the title of the screen."""
    if row.get("soort") == NOT_SHOWN:
        return f"Van {naam} wordt dit niet getoond: {_small(indicator.titel)}"
    if indicator.regel == BOUNDS and is_known(row["boven"]):
        verb, _, rest = indicator.zin.partition(" ")
        return f"In {naam} {verb} {bound_texts(row, minimum)[0]} van wie het nodig heeft {rest}"
    if not is_known(row["waarde"]):
        return f"Van {naam} is dit niet bekend: {_small(indicator.titel)}"
    if indicator.regel == "som":
        return f"{naam} telt {people(row['teller'], hidden=row['verborgen'], counted=row['geteld'], minimum=minimum)} {indicator.eenheid}"
    if indicator.regel in ("gemiddelde", "mediaan"):
        return f"In {naam} {indicator.zin} {value_text(row['waarde'], indicator)}"
    verb, _, rest = indicator.zin.partition(" ")
    return f"In {naam} {verb} {_share(row['waarde'], indicator)} {indicator.mensen} {rest}"


def _share(value: float, indicator: Indicator) -> str:
    percent = 100 * value / indicator.per
    plain = f"{dutch(percent, 1)}% van de"
    if not ONE_IN_FROM <= percent <= ONE_IN_TO:
        return plain
    one_in = 100 / percent
    nearest = round(one_in)
    gap = one_in / nearest - 1
    if abs(gap) > TOO_FAR:
        return plain
    word = "" if abs(gap) <= ABOUT else "bijna " if gap > 0 else "ruim "
    return f"{word}1 op de {nearest}"


@dataclass(frozen=True)
class StoryLine:
    """One figure of a story: the number that stands out, what it is about, and its margin (may be empty)."""

    getal: str
    tekst: str
    marge: str = ""

    @property
    def sentence(self) -> str:
        """The same to read on."""
        return f"{self.tekst}: {self.getal}{f' ({self.marge})' if self.marge else ''}."


def story_line(row: pd.Series, indicator: Indicator, minimum: int) -> StoryLine:
    """One figure of an area, without its name: that stands above the story."""
    value = value_text(row["waarde"], indicator)
    if indicator.regel == "som":
        return StoryLine(
            people(row["teller"], hidden=row["verborgen"], counted=row["geteld"], minimum=minimum),
            indicator.titel,
        )
    verb, _, rest = indicator.zin.partition(" ")
    if indicator.regel != "aandeel":
        return StoryLine(value, indicator.titel)
    share = _share(row["waarde"], indicator)
    text = capital(f"{share} {indicator.mensen} {verb} {rest}")
    if row["verborgen"] or not is_known(row["teller"]):
        return StoryLine(value, text)
    count = people(row["teller"], hidden=False, counted=row["geteld"], minimum=minimum)
    about = "" if row["geteld"] else "ongeveer "
    return StoryLine(f"{about}{count} {_counted(indicator)}", text, people_range(row, indicator, minimum))


def reading(naam: str, whole: pd.Series, extremes: pd.DataFrame, indicator: Indicator, minimum: int) -> str:
    """Two sentences about the map: how it is in the whole area, and where it is most and least.

    Parameters
    ----------
    naam, whole
        The area and its row of figures.
    extremes
        The areas with the highest and lowest value (sql/answers/uitersten.sql); may be empty.
    indicator, minimum
        The layer and the privacy minimum.
    """
    sentences = [_whole_sentence(naam, whole, indicator, minimum), _extremes(extremes, indicator)]
    return " ".join(capital(sentence) for sentence in sentences if sentence)


def _whole_sentence(naam: str, row: pd.Series, indicator: Indicator, minimum: int) -> str:
    if row.get("soort") == NOT_SHOWN:
        return f"Voor {naam} als geheel wordt dit cijfer niet getoond, om mensen te beschermen."
    if indicator.regel == BOUNDS and is_known(row["boven"]):
        share, people_text, _ = bound_texts(row, minimum)
        return f"In {naam} gaat het om {people_text} mensen: {share} van wie het nodig heeft."
    if not is_known(row["waarde"]):
        return f"Voor {naam} als geheel is dit cijfer onbekend."
    if indicator.regel == "som":
        return f"{naam} telt {people(row['teller'], hidden=row['verborgen'], counted=row['geteld'], minimum=minimum)} {indicator.eenheid}."
    if indicator.regel == "mediaan":
        return f"{headline(naam, row, indicator, minimum)}."
    if indicator.regel == "gemiddelde":
        return f"In {naam} is dit gemiddeld {value_text(row['waarde'], indicator)}."
    count = people(row["teller"], hidden=row["verborgen"], counted=row["geteld"], minimum=minimum)
    about = "" if row["geteld"] else "ongeveer "
    margin = people_range(row, indicator, minimum)
    share = value_text(row["waarde"], indicator)
    of = f"{share} van de {indicator.mensen}" if indicator.eenheid == "%" else share
    return (
        f"In {naam} gaat het om {about}{count} {_counted(indicator)}{f' ({margin})' if margin else ''}: {of}."
    )


def _counted(indicator: Indicator) -> str:
    return "mensen" if indicator.mensen.startswith("inwoners") else indicator.mensen


def _extremes(extremes: pd.DataFrame, indicator: Indicator) -> str:
    if len(extremes) < 2:
        return ""
    subject, most, least = EXTREME_WORDS["afstand" if indicator.eenheid == "km" else indicator.regel]
    high, low = (f"{row.naam} ({value_text(row.waarde, indicator)})" for row in extremes.itertuples())
    small = " Gebieden met weinig mensen tellen daarin niet mee." if extremes["erbuiten"].any() else ""
    return f"{subject} is het {most} in {high} en het {least} in {low}.{small}"


def reliability_reason(row: pd.Series, indicator: Indicator) -> str:
    """Why the reliability is what it is, in one sentence."""
    if row.get("soort") == NOT_SHOWN:
        return "De gemeente telde dit zelf. Het aantal is klein, of zou een klein aantal in een ander gebied verraden."
    if indicator.regel == BOUNDS and is_known(row["boven"]):
        return "Dit zijn grenzen, met alle marges erin: minder of meer mensen kan bijna niet. Waar ertussen het ligt, zeggen zij niet."
    if not is_known(row["waarde"]):
        return "Er is geen cijfer."
    reasons = {
        "gepubliceerd": "De marge is die van de bron.",
        "aanname": "Het cijfer is een modelschatting van het RIVM. De marge staat niet in het bestand; wij gebruiken een aanname.",
        "berekend": "Het cijfer is berekend. De marge telt alles mee wat aan de invoer onzeker is.",
        "model": "Het cijfer is onze schatting uit kenmerken van het gebied. De marge komt vooral doordat gebieden met dezelfde kenmerken verschillen.",
        "model_bron": "Het cijfer is onze schatting uit kenmerken van het gebied. De marge komt vooral doordat het RIVM-cijfer dat wij nadoen zelf een marge heeft.",
        "model_verloop": "Het cijfer is onze schatting uit kenmerken van het gebied. De marge komt vooral doordat het laatste gepubliceerde cijfer van een eerder jaar is.",
        "recept": "Het cijfer is onze schatting uit landelijke cijfers, leeftijd en gezondheid. De marge is vooral een aanname; bij weinig mensen telt ook toeval.",
        "gemis": "Het cijfer is berekend. De marge telt alles mee wat aan de invoer onzeker is, en toeval.",
        "opgegeven": "De gemeente heeft dit zelf geteld en opgegeven.",
        "afronding": "Het cijfer is geteld; alleen het afronden door de bron maakt het onzeker.",
    }
    parts = [
        reasons.get(row["marge_uit"], "De marge is niet bekend."),
        "Er wonen hier weinig mensen." if row["weinig_mensen"] else "",
        measured_from(row["wijze"]),
        RECONCILED if row["wijze"] == "verzoend" else "",
        _coverage(row),
        _other_year(row),
    ]
    return " ".join(filter(None, parts))


def measured_from(wijze: str) -> str:
    """From where people live a distance was measured, as a sentence; empty for any other figure."""
    rung, _, along = str(wijze).partition("_")
    texts = {row["code"]: row["uitleg"] for row in load_toml("afstand.toml")["woonplaats"]}
    return f"{texts[rung]}{' Langs looproutes.' if along else ''}" if rung in texts else ""


def _coverage(row: pd.Series) -> str:
    if row["wijze"] != "opgeteld" or not is_known(row["dekking"]) or row["dekking"] > 0.995:
        return ""
    return f"Berekend over {dutch(100 * row['dekking'])}% van de inwoners; van de rest is er geen cijfer."


def _other_year(row: pd.Series) -> str:
    year = row["noemer_jaar"]
    return (
        f"Het aantal mensen is berekend met inwoners van {int(year)}."
        if pd.notna(year) and int(year) != int(row["jaar"])
        else ""
    )


def unit_of_people(indicator: Indicator) -> str:
    """What is counted, in a word: mensen, or huishoudens or woningen."""
    return "mensen" if indicator.mensen.startswith("inwoners") else indicator.mensen


def people_head(indicator: Indicator) -> str:
    """Heading of a column of people; of bounds these are who lacks it, and not who needs it."""
    if indicator.regel == BOUNDS:
        return "Mensen zonder"
    return "Mensen" if indicator.mensen.startswith("inwoners") else capital(indicator.mensen)


def margin_text(row: pd.Series, indicator: Indicator) -> str:
    """The interval of a figure, as shown in a table."""
    return "" if only_rounded(row) else range_text(row["onder"], row["boven"], indicator)


def year_of(row: pd.Series) -> int:
    """The year of a figure; of a count by the municipality the year in which it counted."""
    counted = row.get("peiljaar")
    return int(counted) if pd.notna(counted) else int(row["jaar"])


def _small(title: str) -> str:
    return title[0].lower() + title[1:] if not title[:3].isupper() else title
