"""What makes a text hard to read is found; the texts of the knowledge are easy. Screens are read in test_visual.py."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from test_one_name import sentences
from woorden_hulp import HARD, UNREADABLE, file_names, hard_to_read

from wwz.base.paths import KNOWLEDGE

# For whoever runs the server, and the names of columns in files.
NOT_ON_SCREEN = {"instelbaar.toml", "tabellen.toml", "vertalingen.toml", "model.toml", "beschrijving.toml"}


@pytest.mark.parametrize("path", sorted(KNOWLEDGE.rglob("*.toml")), ids=lambda p: p.name)
def test_the_knowledge_is_plain(path: Path):
    if path.name not in NOT_ON_SCREEN:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        texts = [text for text in sentences(found) if " " in text]
        assert [bad for text in texts for bad in (*HARD.findall(text), *UNREADABLE.findall(text))] == []


@pytest.mark.parametrize(
    "text",
    [
        "Van 1 van de 28 randvoorwaarden is bekend hoeveel mensen haar missen",
        "Tussen minder dan 10 en 160 mensen",
        "85 tot 850 mensen een woning zonder trap missen",
        "Daarvan: 2 deels, 11 onbekend",
        "de buurten eromheen",
        "Dan (2040)",
        "De dia zegt",
        "De kleuren van die tabel zijn niet bewaard gebleven",
        "Controleer HTTPS_PROXY",
        "gerekend met ingelezen uit een bestand",
        "261.0B",
        "Dit dient te worden nagegaan",
        "zeven " * 31,
    ],
)
def test_what_was_unreadable_is_found(text):
    assert hard_to_read(text) != []


@pytest.mark.parametrize(
    "text",
    [
        "In 2040 (geschat)",
        "220 mensen missen een woning zonder trap",
        "1.600 van de 1.700",
        "a, b, c, d, " + "en zo " * 20,
    ],
)
def test_what_is_plain_is_left_alone(text):
    assert hard_to_read(text) == [] and file_names(text) == []


def test_the_name_of_a_file_is_found():
    assert file_names("ingelezen uit kwb_2023.csv en lagen.gpkg, als CSV") == ["kwb_2023.csv", "lagen.gpkg"]
