"""How much a visitor may ask, in one place: the defaults of knowledge/grenzen.toml, and what [grenzen] in config.toml says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wwz.base.tally import count
from wwz.base.tomlfile import load_toml

SECTION = "grenzen"
MEGABYTE = 1024 * 1024
# What is counted: how often somebody went beyond a limit, by its name.
BEYOND = "grens"
# What earlier versions called it in config.toml, and what it is called now.
FORMER = {
    ("server", "tegelijk"): "schermen_tegelijk",
    ("server", "vensters_per_adres"): "vensters_per_adres",
}


@dataclass(frozen=True)
class Limit:
    """One limit: its name and default, what it may be set to, what it is about, and what a visitor reads beyond it."""

    naam: str
    wat: str
    standaard: int
    laagst: int
    hoogst: int
    zin: str


LIMITS = {row["naam"]: Limit(**row) for row in load_toml("grenzen.toml")["grens"]}


@dataclass(frozen=True)
class Limits:
    """The limits of this server.

    Parameters
    ----------
    given
        Those that config.toml sets, by name.
    """

    given: tuple[tuple[str, int], ...] = ()

    def __getitem__(self, naam: str) -> int:
        return dict(self.given).get(naam, LIMITS[naam].standaard)

    def beyond(self, naam: str, voor: str = "") -> str:
        """What a visitor reads who asks more, which is counted; `voor`: a sentence about who comes first."""
        count(BEYOND, naam)
        return LIMITS[naam].zin.format(grens=self[naam], voor=f"{voor} " if voor else "")


def limits_of(raw: Mapping[str, Any]) -> Limits:
    """The limits in config.toml as it was read."""
    given = raw.get(SECTION, {})
    return Limits(
        tuple((naam, given[naam]) for naam in LIMITS if given.get(naam) not in (None, LIMITS[naam].standaard))
    )


def moved(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The same settings, with each limit where it stands now. Who sets it in both places means the new one."""
    now = dict(raw)
    for (section, key), naam in FORMER.items():
        values, limits = now.get(section), now.get(SECTION, {})
        if isinstance(values, dict) and key in values and isinstance(limits, dict):
            now[section] = {name: value for name, value in values.items() if name != key}
            now[SECTION] = {naam: values[key], **limits}
    return now


def wrong_limits(raw: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for every limit that is set to what it cannot be."""
    given = raw.get(SECTION, {})
    for limit in LIMITS.values() if isinstance(given, dict) else ():
        value = given.get(limit.naam)
        if type(value) is int and not limit.laagst <= value <= limit.hoogst:
            yield f"{SECTION}.{limit.naam} moet tussen {limit.laagst} en {limit.hoogst} liggen, maar is {value}."
