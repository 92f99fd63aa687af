"""What of a work session is kept in the ledger, and for how long it may be read.

Who took part is apart from what was said: names can be erased while results stay. What is said holds the organisation
of who said it, and at a secret step not even that: its key then follows from a token that only the phone has.
"""

from __future__ import annotations

from wwz.own.ledger import Field, Kind

LONGEST_TEXT, LONGEST_NAME, LONGEST_TITLE = 500, 100, 120

SESSION = Kind(
    "sessie",
    "werksessie",
    ("code",),
    {
        "titel": Field(langst=LONGEST_TITLE),
        "gebied": Field(list, langst=600),
        "naam": Field(langst=400),
        "datum": Field(langst=10),
        "sjabloon": Field(langst=40),
        "stappen": Field(list, langst=60),
        "gemaakt": Field(langst=40),
    },
)
CONTROL = Kind(
    "sessie_stand",
    "stand van een werksessie",
    ("code",),
    {
        "stap": Field(langst=40),
        "open": Field(bool),
        "toon": Field(bool),
        "eind": Field(float, verplicht=False),
        "klaar": Field(bool),
        "vraag": Field(verplicht=False, langst=40),
    },
)
# The key with which one leads a session: it never leaves by the history.
LEAD = Kind("sessie_sleutel", "sleutel van een werksessie", ("code",), {"sleutel": Field()}, geheim=True)
PERSON = Kind(
    "sessie_deelnemer",
    "deelnemer aan een werksessie",
    ("code", "deelnemer"),
    {
        "naam": Field(langst=LONGEST_NAME),
        "organisatie": Field(langst=LONGEST_NAME),
        "soort": Field(langst=40),
        "rol": Field(langst=LONGEST_NAME),
        "naam_mag": Field(bool),
    },
    geheim=True,
    wisbaar=True,
)
SAID = Kind(
    "sessie_inbreng",
    "inbreng in een werksessie",
    ("code", "stap", "vraag", "wie", "deel"),
    {
        "keuze": Field(list, langst=60),
        "tekst": Field(langst=LONGEST_TEXT),
        "organisatie": Field(langst=LONGEST_NAME),
        "soort": Field(langst=40),
    },
    geheim=True,
    wisbaar=True,
)
HIDDEN = Kind(
    "sessie_verborgen",
    "verborgen inbreng in een werksessie",
    ("code", "stap", "vraag", "wie", "deel"),
    {"verborgen": Field(bool)},
    geheim=True,
)
AGREED = Kind(
    "sessie_afspraak",
    "afspraak uit een werksessie",
    ("code", "afspraak"),
    {
        "wat": Field(langst=LONGEST_TEXT),
        "wie": Field(langst=LONGEST_NAME),
        "met": Field(langst=LONGEST_NAME),
        "wanneer": Field(langst=LONGEST_NAME),
        "soort": Field(langst=40),
        "voorwaarde": Field(langst=60),
        "gebied": Field(list, langst=600),
        "merkbaar": Field(langst=LONGEST_TEXT),
        "door": Field(langst=60),
        "bevestigd": Field(bool),
        "status": Field(langst=40),
    },
    wisbaar=True,
)
KINDS = (SESSION, CONTROL, LEAD, PERSON, SAID, HIDDEN, AGREED)
