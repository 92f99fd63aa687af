"""Protection of persons: which kinds of figures need more than a minimum, and the words for it.

The rules themselves are SQL, at build time and in every question, so that nothing leaves the database unprotected:

- ``sql/figures/20_macro.sql``: ``verborgen``: fewer people than the minimum of config.toml;
- ``sql/figures/45_privacy.sql``: groups of hidden areas, so that no total or difference gives one away;
- ``sql/figures/50_afronden.sql``: ``cijfer_open``, the only way out;
- ``sql/answers/optelling.sql``: the same for an area of one's own, whatever buurten it is made of.

First suppressed, then rounded (:func:`wwz.numbers.people`): a rounded number never stands for a hidden one.
"""

from __future__ import annotations

import pandas as pd

from wwz.knowledge.catalogue import load_toml


def protected_kinds() -> pd.DataFrame:
    """The kinds of figures that need complementary suppression.

    Returns
    -------
    pandas.DataFrame
        Column ``soort``, from knowledge/privacy.toml, where the reasons are.
    """
    return pd.DataFrame({"soort": load_toml("privacy.toml")["aanvullend"]}, dtype="str")
