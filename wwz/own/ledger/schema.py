"""The tables of the ledger. The migrations make them; a test holds the two to each other."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

METADATA = MetaData()

# What happened, never changed. `handeling`: entries made by one act share it, the number of the first of them.
# `merk`: what tells an act apart, so that the same act is not written twice. Texts `was` and `werd` are JSON.
BOEKING = Table(
    "boeking",
    METADATA,
    Column("nummer", Integer, primary_key=True, autoincrement=False),
    Column("handeling", Integer, nullable=False),
    Column("merk", String(64), nullable=False),
    Column("soort", String(40), nullable=False),
    Column("sleutel", Text, nullable=False),
    Column("versie", Integer, nullable=False),
    Column("wanneer", String(32), nullable=False),
    Column("wie", Text, nullable=False),
    Column("login", Text, nullable=False, server_default=""),
    Column("waarom", Text, nullable=False),
    Column("was", Text),
    Column("werd", Text),
    Column("gewist", String(32)),
    UniqueConstraint("soort", "sleutel", "versie", name="boeking_versie"),
    Index("boeking_soort", "soort", "nummer"),
    Index("boeking_handeling", "handeling"),
    Index("boeking_merk", "merk"),
)

# What holds now: the last entry of each key, written in the same transaction. `werd` is null where it was taken away.
STAND = Table(
    "stand",
    METADATA,
    Column("soort", String(40), primary_key=True),
    Column("sleutel", Text, primary_key=True),
    Column("nummer", Integer, nullable=False),
    Column("versie", Integer, nullable=False),
    Column("werd", Text),
)
