"""One word for one thing: what never stands on a screen or in a file, and how to find it."""

from __future__ import annotations

import re

# Codes and abbreviations of doelgroepen; a second word for a randvoorwaarde or for dementia; a thousand without its point;
# and the official name of a town that people call otherwise.
NEVER = re.compile(
    r"(?<![\w-])(LG|ZG|LVB|MVB|PG|ouderen[ -][1-4][abc]?|dg_\w+|voorwaarden?|geheugen(?:problemen|verlies|stoornis\w*)|"
    r"\d{4,} ?(?:meter|m)|'s-Gravenhage|'s-Hertogenbosch)(?![\w-])",
    re.IGNORECASE,
)


def one_name(text: str) -> list[str]:
    """What should not be in the text, each with the words around it."""
    return [text[max(0, found.start() - 30) : found.end() + 30] for found in NEVER.finditer(text)]


# Words that are not plain Dutch for everyone (B1), and words of the trade for which a screen has another.
HARD = re.compile(
    r"\b(teneinde|derhalve|middels|inzake|omtrent|reeds|tevens|echter|alsmede|aangaande|alvorens|ingevolge|krachtens|thans|heden|nihil|"
    r"voornoemde?|desalniettemin|dusdanige?|gaarne|eromheen|hetgeen|respectievelijk|diverse|dien(?:t|en) te|ten behoeve|met betrekking tot|"
    r"significante?|implement\w+|faciliteren|(?:ge)?aggreg\w+|optimalis\w+|parameters?|datasets?|query|features?|layers?|templates?|"
    r"bandbreedte|betrouwbaarheidsinterval\w*|onzekerheidsmarge|(?<!-)indicator(?:en)?|faciliteit(?:en)?|zorgvrager\w*|hyperlink\w*|"
    r"bladzijde (?:Verantwoording|Gegevens)|nauwer)\b",
    re.IGNORECASE,
)
# Sentences that were on screen and that nobody could read.
UNREADABLE = re.compile(
    r"Van \d+ van de \d+ .{0,80}haar missen|[Tt]ussen minder dan \d+ en|\d+ tot \d+ mensen [a-z ]+ missen|Daarvan: \d+ (?:deels|onbekend)|"
    r"\bDan \(\d{4}\)|De dia zegt|kleuren van die tabel|gerekend met ingelezen|\d\.\d[kBMG]\b|HTTPS?_PROXY"
)
FILE = re.compile(r"\b[\w-]+\.(?:csv|xlsx|gpkg|geojson|parquet|json|shp|duckdb)\b")
LONGEST_SENTENCE = 30  # words
# Lists of names and rows of tables are no sentences; a number may hold a full stop.
SENTENCE = re.compile(r"(?<=[.!?;:])\s+")


def hard_to_read(text: str) -> list[str]:
    """Hard words, sentences that were found to be unreadable, and sentences that are too long, in the text of a screen."""
    found = [one.group() for pattern in (HARD, UNREADABLE) for one in pattern.finditer(text)]
    lines = [line for line in text.splitlines() if "\t" not in line]
    return found + [one for line in lines for one in SENTENCE.split(line) if _too_long(one)]


def _too_long(sentence: str) -> bool:
    # Many commas: a list.
    return len(sentence.split()) > LONGEST_SENTENCE and sentence.count(",") < 4


def file_names(text: str) -> list[str]:
    """Names of files: those stand under Gegevens, and nowhere else."""
    return [one.group() for one in FILE.finditer(text)]
