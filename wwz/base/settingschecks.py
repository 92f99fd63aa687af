"""What may stand in config.toml, and every mistake in it, one Dutch sentence each."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from ipaddress import ip_network
from typing import Any

from wwz.base.codes import is_part
from wwz.base.limits import LIMITS, SECTION, wrong_limits
from wwz.base.tomlfile import load_toml

DETOURS = tuple((row["naam"], float(row["factor"])) for row in load_toml("afstand.toml")["omweg"])
KEYS: dict[str, dict[str, type]] = {
    "gebied": {"naam": str},
    "invoer": {"mappen": list, "max_megabyte": int, "jaren": dict, "bewerken": str},
    "rollen": {"kijken": list, "invoeren": list, "beheren": list, "anders": str, "groepen": str},
    "opslag": {"database": str, "eigen": str},
    "privacy": {"minimum": int},
    "kaart": {"achtergrond": bool},
    "afstand": {"omweg": dict},
    "model": {"herkomst": bool, "schatten": bool},
    "organisatie": {"naam": str, "contact": str, "logo": str},
    "server": {
        "host": str,
        "poort": int,
        "namen": list,
        "proxies": list,
        "metingen": bool,
        "metingen_poort": int,
    },
    "log": {"vorm": str, "bezoek": bool},
    SECTION: dict.fromkeys(LIMITS, int),
    "bronnen": {
        "ophalen_op_scherm": bool,
        "cbs": str,
        "rivm": str,
        "cbs_v4": str,
        "rivm_v4": str,
        "pdok": str,
        "raster": str,
        "overpass": str,
        "bag": str,
        "bgt": str,
        "lagen": str,
        "postcode": str,
    },
}
HOSTNAME = re.compile(r"(\*\.)?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
# Where a server keeps what the municipality adds; the password may have any character that a URL takes.
SERVER = re.compile(r"postgresql\+psycopg://[^\s/?#]*/[^\s/?#]+(\?\S*)?")
SERVER_FORM = "Schrijf het zo: postgresql+psycopg://gebruiker:wachtwoord@server/database, of laat het leeg."
LOG_FORMS = ("tekst", "json")
# Somebody: an e-mail address (with * for any name at a domain), or a group.
WHO = re.compile(r"groep:\S.*|[^@\s]+@[^@\s*]+")
OTHERS = ("kijken", "geen")
EDITORS = ("iedereen", "ingelogd", "niemand")
TYPE_NAMES = {
    str: "tekst",
    int: "een heel getal",
    bool: "true of false",
    list: "een lijst",
    dict: "een tabel",
}


def mistakes(raw: dict[str, Any]) -> list[str]:
    """Every mistake in the file as it was read."""
    return [*_unknown_keys(raw), *_wrong_types(raw), *_wrong_values(raw)]


def _unknown_keys(raw: dict[str, Any]) -> Iterator[str]:
    sections = [*KEYS, "gebieden"]
    for section, values in raw.items():
        if section not in sections:
            yield f"[{section}] is onbekend; {_hint(section, sections)}"
        elif section in KEYS and isinstance(values, dict):
            for key in values.keys() - KEYS[section].keys():
                yield f"{section}.{key} is onbekend; {_hint(key, KEYS[section])}"


def _hint(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"bedoelt u {close[0]}?" if close else "haal de regel weg."


def _wrong_types(raw: dict[str, Any]) -> Iterator[str]:
    for section, keys in KEYS.items():
        values = raw.get(section, {})
        if not isinstance(values, dict):
            yield f"[{section}] moet een tabel zijn."
            continue
        for key, kind in keys.items():
            if key in values and (type(values[key]) is not kind):
                yield f"{section}.{key} moet {TYPE_NAMES[kind]} zijn, maar is {values[key]!r}."


def _wrong_values(raw: dict[str, Any]) -> Iterator[str]:
    bounds = {
        ("privacy", "minimum"): (0, 1000),
        ("server", "poort"): (1, 65535),
        ("server", "metingen_poort"): (0, 65535),
        ("invoer", "max_megabyte"): (1, 100_000),
    }
    for (section, key), (low, high) in bounds.items():
        value = raw.get(section, {}).get(key) if isinstance(raw.get(section, {}), dict) else None
        if type(value) is int and not low <= value <= high:
            yield f"{section}.{key} moet tussen {low} en {high} liggen, maar is {value}."
    yield from wrong_limits(raw)
    yield from _wrong_log(raw.get("log", {}))
    yield from _wrong_input(raw.get("invoer", {}))
    yield from _wrong_server(raw.get("server", {}))
    yield from _wrong_roles(raw.get("rollen", {}))
    yield from _wrong_storage(raw.get("opslag", {}))
    yield from _wrong_detours(raw.get("afstand", {}))
    own = raw.get("gebieden", {})
    if not isinstance(own, dict):
        yield "[gebieden] moet een tabel zijn met per naam een lijst van buurten of wijken."
        return
    for naam, codes in own.items():
        wrong = [c for c in codes if not is_part(str(c))] if isinstance(codes, list) else [codes]
        if wrong or not codes:
            yield f"gebieden.{naam!r}: {', '.join(map(str, wrong)) or 'een lege lijst'} is geen lijst van buurtcodes of wijkcodes, zoals BU05180101."


def _wrong_input(invoer: Any) -> Iterator[str]:
    if not isinstance(invoer, dict):
        return
    folders, years = invoer.get("mappen", []), invoer.get("jaren", {})
    if isinstance(folders, list) and not all(isinstance(f, str) and f for f in folders):
        yield 'invoer.mappen moet een lijst van teksten zijn, zoals ["data/cbs"].'
    editors = invoer.get("bewerken", EDITORS[0])
    if isinstance(editors, str) and editors not in EDITORS:
        yield f"invoer.bewerken kan zijn: {', '.join(EDITORS)}, maar is {editors!r}."
    for name, year in years.items() if isinstance(years, dict) else ():
        if type(year) is not int or not 2000 <= year <= 2049:
            yield f"invoer.jaren.{name!r} moet een jaar zijn, zoals 2023, maar is {year!r}."


def _wrong_roles(rollen: Any) -> Iterator[str]:
    rollen = rollen if isinstance(rollen, dict) else {}
    for role in ("kijken", "invoeren", "beheren"):
        names = rollen.get(role, [])
        for name in names if isinstance(names, list) else ():
            if not isinstance(name, str) or not WHO.fullmatch(name.strip()):
                yield f"rollen.{role}: {name!r} is geen e-mailadres of groep. Schrijf het zo: jan@gemeente.nl of groep:wonen."
    others = rollen.get("anders", OTHERS[0])
    if isinstance(others, str) and others not in OTHERS:
        yield f"rollen.anders kan zijn: {', '.join(OTHERS)}, maar is {others!r}."


def _wrong_storage(opslag: Any) -> Iterator[str]:
    """Not with the text itself: there may be a password in it."""
    url = opslag.get("eigen", "") if isinstance(opslag, dict) else ""
    if isinstance(url, str) and url and not SERVER.fullmatch(url):
        yield f"opslag.eigen is geen adres van een server. {SERVER_FORM}"


def _wrong_server(server: Any) -> Iterator[str]:
    server = server if isinstance(server, dict) else {}
    names, proxies = (
        rows if isinstance(rows := server.get(key, []), list) else [] for key in ("namen", "proxies")
    )
    for name in names:
        if not isinstance(name, str) or not HOSTNAME.fullmatch(name):
            yield f"server.namen: {name!r} is geen naam. Schrijf alleen de naam, zoals wwz.gemeente.nl."
    for proxy in proxies:
        try:
            ip_network(proxy if isinstance(proxy, str) else "", strict=False)
        except ValueError:
            yield f"server.proxies: {proxy!r} is geen IP-adres. Schrijf het zo: 10.0.0.5 of 10.0.0.0/24."


def _wrong_log(log: Any) -> Iterator[str]:
    form = log.get("vorm", LOG_FORMS[0]) if isinstance(log, dict) else LOG_FORMS[0]
    if isinstance(form, str) and form not in LOG_FORMS:
        yield f"log.vorm kan zijn: {', '.join(LOG_FORMS)}, maar is {form!r}."


def _wrong_detours(afstand: Any) -> Iterator[str]:
    given = afstand.get("omweg", {}) if isinstance(afstand, dict) else {}
    for name, factor in given.items() if isinstance(given, dict) else ():
        if name not in dict(DETOURS):
            yield f"afstand.omweg.{name} is onbekend; {_hint(name, dict(DETOURS))}"
        elif type(factor) not in (int, float) or not 1 <= factor <= 3:
            yield f"afstand.omweg.{name} moet een getal tussen 1 en 3 zijn, zoals 1.3, maar is {factor!r}."
