"""What the colours of a map are made of, whichever part of it one looks at."""

from __future__ import annotations

from wwz.ask.area import Area, whole
from wwz.store import Store, remembered


@remembered
def can_choose_scale(store: Store, area: Area) -> bool:
    """Whether the country (or all that the data have) is more than the gemeenten of this area."""
    return len(_gemeenten(store, area)) < int(store.about()["aantal_gemeenten"])


@remembered
def scale_codes(store: Store, area: Area, niveau: str, schaal: str) -> tuple[str, ...]:
    """Codes of what the classes of a map of an area are made of: its gemeenten, or all that the data have."""
    if schaal == "land" or niveau == "gemeente" or not can_choose_scale(store, area):
        return whole(store).codes
    return _gemeenten(store, area) or area.codes


@remembered
def _gemeenten(store: Store, area: Area) -> tuple[str, ...]:
    areas = store.areas()
    own = areas.loc[areas["kleinste"] & areas["code"].isin(area.buurten), "gemeente"]
    return tuple(sorted(own.dropna().unique()))


@remembered
def water_areas(store: Store) -> frozenset[str]:
    """Codes of the areas that are water."""
    areas = store.areas()
    return frozenset(areas.loc[areas["water"].fillna(False).astype(bool), "code"])
