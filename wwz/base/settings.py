"""config.toml → frozen settings; every mistake in the file is reported in one message."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from wwz.base.codes import is_part
from wwz.base.errors import Fout
from wwz.base.paths import CONFIG, ROOT
from wwz.base.tomlfile import load_toml

DETOURS = tuple((row["naam"], float(row["factor"])) for row in load_toml("afstand.toml")["omweg"])


@dataclass(frozen=True)
class Settings:
    """Everything a municipality sets.

    Attributes
    ----------
    naam
        Title of the region on screen; empty means: from the data.
    mappen
        Input folders; empty means the fictitious example region.
    max_megabyte
        Largest input file that is read, in MB.
    jaren
        File name → year, for files that do not hold their own year.
    bewerken
        Who may write own data of the municipality on screen: iedereen, ingelogd or niemand.
    database
        The DuckDB file that the build writes and the dashboard reads.
    minimum
        Smallest number of people that is shown.
    achtergrond
        Whether the PDOK background map may be used.
    omweg
        Detour on foot by degree of urbanity (zeer_sterk, sterk, matig, weinig, niet): how much longer than a straight line.
    herkomst
        Whether estimates may use background traits (share of inhabitants by origin).
    schatten
        Whether figures that are not published are estimated.
    gebieden
        Own areas: name → codes of buurten or wijken.
    organisatie, contact
        Name of the organisation that offers the dashboard, and an e-mail address or web address for complaints.
    logo
        PNG or SVG for maps, slides and reports; None for none.
    host, poort
        Where the dashboard listens.
    ophalen_op_scherm
        Whether a visitor may fetch data on the screen Gegevens.
    bron_cbs, bron_rivm, bron_cbs_v4, bron_rivm_v4, bron_pdok, bron_raster
        Base urls of the services that data is fetched from.
    """

    naam: str = ""
    mappen: tuple[Path, ...] = ()
    max_megabyte: int = 1024
    jaren: tuple[tuple[str, int], ...] = ()
    bewerken: str = "iedereen"
    database: Path = ROOT / "data" / "wwz.duckdb"
    minimum: int = 10
    achtergrond: bool = False
    omweg: tuple[tuple[str, float], ...] = DETOURS
    herkomst: bool = False
    schatten: bool = True
    gebieden: tuple[tuple[str, tuple[str, ...]], ...] = ()
    organisatie: str = ""
    contact: str = ""
    logo: Path | None = None
    host: str = "127.0.0.1"
    poort: int = 8501
    ophalen_op_scherm: bool = True
    bron_cbs: str = "https://opendata.cbs.nl/ODataFeed/odata"
    bron_rivm: str = "https://dataderden.cbs.nl/ODataFeed/odata"
    bron_cbs_v4: str = "https://datasets.cbs.nl/odata/v1/CBS"
    bron_rivm_v4: str = "https://datasets.cbs.nl/odata/v1/RIVM"
    bron_pdok: str = "https://api.pdok.nl/cbs"
    bron_raster: str = "https://download.cbs.nl/vierkant/100"


KEYS: dict[str, dict[str, type]] = {
    "gebied": {"naam": str},
    "invoer": {"mappen": list, "max_megabyte": int, "jaren": dict, "bewerken": str},
    "opslag": {"database": str},
    "privacy": {"minimum": int},
    "kaart": {"achtergrond": bool},
    "afstand": {"omweg": dict},
    "model": {"herkomst": bool, "schatten": bool},
    "organisatie": {"naam": str, "contact": str, "logo": str},
    "server": {"host": str, "poort": int},
    "bronnen": {
        "ophalen_op_scherm": bool,
        "cbs": str,
        "rivm": str,
        "cbs_v4": str,
        "rivm_v4": str,
        "pdok": str,
        "raster": str,
    },
}
EDITORS = ("iedereen", "ingelogd", "niemand")
TYPE_NAMES = {
    str: "tekst",
    int: "een heel getal",
    bool: "true of false",
    list: "een lijst",
    dict: "een tabel",
}


def config_path() -> Path:
    """The file with the settings: the one that WWZ_CONFIG names, or config.toml. It need not be there."""
    return Path(os.environ.get("WWZ_CONFIG") or CONFIG)


def load_settings(path: Path | None = None) -> Settings:
    """Read config.toml.

    Parameters
    ----------
    path
        The file; defaults to the project's config.toml. A missing file means all defaults.

    Raises
    ------
    Fout
        With every mistake in the file, one sentence each.
    """
    path = path or config_path()
    if not path.exists():
        if os.environ.get("WWZ_CONFIG"):
            raise Fout(f"De instellingen {path} bestaan niet. Controleer WWZ_CONFIG, of haal het weg.")
        return Settings()
    stat = path.stat()
    return _read(path, os.environ.get("WWZ_DATABASE"), stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, database: str | None, changed: int, size: int) -> Settings:
    """Every run of every screen asks for the settings: a file that did not change is not read again."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise Fout(f"{path.name} is niet te lezen: {_place(error)}. Herstel dat, of haal het weg.") from error
    except (UnicodeDecodeError, OSError) as error:
        raise Fout(f"{path.name} is geen leesbare tekst. Bewaar het bestand als UTF-8.") from error
    mistakes = list(_unknown_keys(raw)) + list(_wrong_types(raw)) + list(_wrong_values(raw))
    if mistakes:
        raise Fout(*[f"{path.name}: {mistake}" for mistake in mistakes])
    return _settings(raw, path.parent, database)


def _place(error: tomllib.TOMLDecodeError) -> str:
    """Where a TOML file is broken; the parser only says so in an English sentence."""
    found = re.search(r"at line (\d+)", str(error))
    return f"regel {found[1]} klopt niet" if found else "het einde van het bestand klopt niet"


def _unknown_keys(raw: dict[str, Any]):
    sections = [*KEYS, "gebieden"]
    for section, values in raw.items():
        if section not in sections:
            yield f"[{section}] is onbekend; {_hint(section, sections)}"
        elif section in KEYS and isinstance(values, dict):
            for key in values.keys() - KEYS[section].keys():
                yield f"{section}.{key} is onbekend; {_hint(key, KEYS[section])}"


def _hint(word: str, known) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"bedoelt u {close[0]}?" if close else "haal de regel weg."


def _wrong_types(raw: dict[str, Any]):
    for section, keys in KEYS.items():
        values = raw.get(section, {})
        if not isinstance(values, dict):
            yield f"[{section}] moet een tabel zijn."
            continue
        for key, kind in keys.items():
            if key in values and (type(values[key]) is not kind):
                yield f"{section}.{key} moet {TYPE_NAMES[kind]} zijn, maar is {values[key]!r}."


def _wrong_values(raw: dict[str, Any]):
    bounds = {
        ("privacy", "minimum"): (0, 1000),
        ("server", "poort"): (1, 65535),
        ("invoer", "max_megabyte"): (1, 100_000),
    }
    for (section, key), (low, high) in bounds.items():
        value = raw.get(section, {}).get(key) if isinstance(raw.get(section, {}), dict) else None
        if type(value) is int and not low <= value <= high:
            yield f"{section}.{key} moet tussen {low} en {high} liggen, maar is {value}."
    yield from _wrong_input(raw.get("invoer", {}))
    yield from _wrong_detours(raw.get("afstand", {}))
    own = raw.get("gebieden", {})
    if not isinstance(own, dict):
        yield "[gebieden] moet een tabel zijn met per naam een lijst van buurten of wijken."
        return
    for naam, codes in own.items():
        wrong = [c for c in codes if not is_part(str(c))] if isinstance(codes, list) else [codes]
        if wrong or not codes:
            yield f"gebieden.{naam!r}: {', '.join(map(str, wrong)) or 'een lege lijst'} is geen lijst van buurtcodes of wijkcodes, zoals BU05180101."


def _wrong_input(invoer: Any):
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


def _wrong_detours(afstand: Any):
    given = afstand.get("omweg", {}) if isinstance(afstand, dict) else {}
    for name, factor in given.items() if isinstance(given, dict) else ():
        if name not in dict(DETOURS):
            yield f"afstand.omweg.{name} is onbekend; {_hint(name, dict(DETOURS))}"
        elif type(factor) not in (int, float) or not 1 <= factor <= 3:
            yield f"afstand.omweg.{name} moet een getal tussen 1 en 3 zijn, zoals 1.3, maar is {factor!r}."


def _settings(raw: dict[str, Any], base: Path, database: str | None) -> Settings:
    def get(section: str, key: str, default):
        return raw.get(section, {}).get(key, default)

    d = Settings()
    return Settings(
        naam=get("gebied", "naam", d.naam),
        mappen=tuple(base / m for m in get("invoer", "mappen", [])),
        max_megabyte=get("invoer", "max_megabyte", d.max_megabyte),
        jaren=tuple(get("invoer", "jaren", {}).items()),
        bewerken=get("invoer", "bewerken", d.bewerken),
        database=Path(database or base / get("opslag", "database", str(d.database))),
        minimum=get("privacy", "minimum", d.minimum),
        achtergrond=get("kaart", "achtergrond", d.achtergrond),
        omweg=tuple(
            {**dict(d.omweg), **{n: float(f) for n, f in get("afstand", "omweg", {}).items()}}.items()
        ),
        herkomst=get("model", "herkomst", d.herkomst),
        schatten=get("model", "schatten", d.schatten),
        gebieden=tuple((n, tuple(c)) for n, c in raw.get("gebieden", {}).items()),
        organisatie=get("organisatie", "naam", d.organisatie),
        contact=get("organisatie", "contact", d.contact),
        logo=base / logo if (logo := get("organisatie", "logo", "")) else d.logo,
        host=get("server", "host", d.host),
        poort=get("server", "poort", d.poort),
        ophalen_op_scherm=get("bronnen", "ophalen_op_scherm", d.ophalen_op_scherm),
        bron_cbs=get("bronnen", "cbs", d.bron_cbs),
        bron_rivm=get("bronnen", "rivm", d.bron_rivm),
        bron_cbs_v4=get("bronnen", "cbs_v4", d.bron_cbs_v4),
        bron_rivm_v4=get("bronnen", "rivm_v4", d.bron_rivm_v4),
        bron_pdok=get("bronnen", "pdok", d.bron_pdok),
        bron_raster=get("bronnen", "raster", d.bron_raster),
    )
