"""The domain as data: one way in to everything in this folder."""

from wwz.knowledge.catalogue import Indicator, Thema, catalogue, indicator_table, load_toml, themes, variables

__all__ = ["Indicator", "Thema", "catalogue", "indicator_table", "load_toml", "themes", "variables"]
