"""Protection of persons: which kinds of figures need more than a minimum, and the words for it.

The rules themselves are SQL, at build time and in every question, so that nothing leaves the database unprotected:

- ``sql/rules/20_macro.sql``: ``verborgen``: fewer people than the minimum of config.toml;
- :mod:`wwz.own.countsprotect`: counts of the municipality: small ones go into groups before anything is stored. The
  database holds open counts and totals of groups; a hidden count is in no table, so no screen can give it away. What a
  version hid stays hidden in the next (:mod:`wwz.own.countskept`), and what an upload is told never depends on a count;
- ``sql/figures/82_privacy_verborgen.sql``: which figures are not shown because they cut such a group;
- ``sql/rules/84_cijfer_open.sql``: ``cijfer_open``, the only way out;
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
        Columns ``soort`` and ``speling`` (people), from knowledge/privacy.toml, where the reasons are.
    """
    known = load_toml("privacy.toml")
    return pd.DataFrame({"soort": known["aanvullend"], "speling": known["speling"]}).astype({"soort": "str"})
