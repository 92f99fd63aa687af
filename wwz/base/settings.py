"""config.toml → frozen settings; every mistake in the file is reported in one message."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from wwz.base.errors import Fout
from wwz.base.limits import Limits, limits_of, moved
from wwz.base.paths import CONFIG, ROOT
from wwz.base.settingschecks import DETOURS, KEYS, LOG_FORMS, SERVER, SERVER_FORM, mistakes

__all__ = ["KEYS", "Settings", "config_path", "load_settings"]


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
    kijken, invoeren, beheren
        Who has that role: e-mail addresses (`*@gemeente.nl` is every one there) or `groep:` and the name of a group.
    anders
        The role of who is in no list: kijken or geen.
    groepen
        The claim of the login with the groups of somebody.
    database
        The DuckDB file that the build writes and the dashboard reads.
    eigen
        URL of a PostgreSQL server for what the municipality adds; empty: a file beside the database.
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
    namen, proxies
        Names by which visitors call the dashboard; addresses of proxies that may say who the visitor is.
    grenzen
        How much a visitor, an address and all visitors together may ask.
    metingen, metingen_poort
        Whether anyone may read the counters of the framework; the port for ours, on this computer only (0: none).
    log_vorm, bezoek
        Form of the log (tekst or json), and whether visits are written down.
    ophalen_op_scherm
        Whether a visitor may fetch data on the screen Gegevens.
    bron_cbs, bron_rivm, bron_cbs_v4, bron_rivm_v4, bron_pdok, bron_raster, bron_postcode, bron_overpass, bron_bag, bron_bgt, bron_lagen
        Base urls of the services that data is fetched from.
    """

    naam: str = ""
    mappen: tuple[Path, ...] = ()
    max_megabyte: int = 1024
    jaren: tuple[tuple[str, int], ...] = ()
    bewerken: str = "iedereen"
    kijken: tuple[str, ...] = ()
    invoeren: tuple[str, ...] = ()
    beheren: tuple[str, ...] = ()
    anders: str = "kijken"
    groepen: str = "groups"
    database: Path = ROOT / "data" / "wwz.duckdb"
    eigen: str = field(default="", repr=False)
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
    namen: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    grenzen: Limits = Limits()
    metingen: bool = False
    metingen_poort: int = 0
    log_vorm: str = LOG_FORMS[0]
    bezoek: bool = False
    ophalen_op_scherm: bool = True
    bron_cbs: str = "https://opendata.cbs.nl/ODataFeed/odata"
    bron_rivm: str = "https://dataderden.cbs.nl/ODataFeed/odata"
    bron_cbs_v4: str = "https://datasets.cbs.nl/odata/v1/CBS"
    bron_rivm_v4: str = "https://datasets.cbs.nl/odata/v1/RIVM"
    bron_pdok: str = "https://api.pdok.nl/cbs"
    bron_raster: str = "https://download.cbs.nl/vierkant/100"
    bron_postcode: str = "https://download.cbs.nl/postcode"
    bron_overpass: str = "https://overpass-api.de/api/interpreter"
    bron_bag: str = "https://api.pdok.nl/kadaster/bag/ogc/v2"
    bron_bgt: str = "https://api.pdok.nl/lv/bgt/ogc/v1"
    bron_lagen: str = "https://data.3dbag.nl/api/BAG3D/wfs"


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
        return Settings(eigen=_own_from_environment())
    stat = path.stat()
    return _read(
        path, os.environ.get("WWZ_DATABASE"), _own_from_environment(), stat.st_mtime_ns, stat.st_size
    )


def _own_from_environment() -> str:
    """A password is better not in a file: WWZ_EIGEN goes before what config.toml says.

    Raises
    ------
    Fout
        When it is not the URL of a server.
    """
    url = os.environ.get("WWZ_EIGEN", "")
    if url and not SERVER.fullmatch(url):
        raise Fout(f"WWZ_EIGEN klopt niet. {SERVER_FORM}")
    return url


@lru_cache(maxsize=8)
def _read(path: Path, database: str | None, own: str, changed: int, size: int) -> Settings:
    """Every run of every screen asks for the settings: a file that did not change is not read again."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise Fout(f"{path.name} is niet te lezen: {_place(error)}. Herstel dat, of haal het weg.") from error
    except (UnicodeDecodeError, OSError) as error:
        raise Fout(f"{path.name} is geen leesbare tekst. Bewaar het bestand als UTF-8.") from error
    raw = moved(raw)
    if wrong := mistakes(raw):
        raise Fout(*[f"{path.name}: {mistake}" for mistake in wrong])
    return _settings(raw, path.parent, database, own)


def _place(error: tomllib.TOMLDecodeError) -> str:
    """Where a TOML file is broken; the parser only says so in an English sentence."""
    found = re.search(r"at line (\d+)", str(error))
    return f"regel {found[1]} klopt niet" if found else "het einde van het bestand klopt niet"


def _settings(raw: dict[str, Any], base: Path, database: str | None, own: str) -> Settings:
    def get(section: str, key: str, default: Any) -> Any:
        return raw.get(section, {}).get(key, default)

    d = Settings()
    return Settings(
        naam=get("gebied", "naam", d.naam),
        mappen=tuple(base / m for m in get("invoer", "mappen", [])),
        max_megabyte=get("invoer", "max_megabyte", d.max_megabyte),
        jaren=tuple(get("invoer", "jaren", {}).items()),
        bewerken=get("invoer", "bewerken", d.bewerken),
        kijken=tuple(get("rollen", "kijken", d.kijken)),
        invoeren=tuple(get("rollen", "invoeren", d.invoeren)),
        beheren=tuple(get("rollen", "beheren", d.beheren)),
        anders=get("rollen", "anders", d.anders),
        groepen=get("rollen", "groepen", d.groepen),
        database=Path(database or base / get("opslag", "database", str(d.database))),
        eigen=own or get("opslag", "eigen", d.eigen),
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
        namen=tuple(get("server", "namen", d.namen)),
        proxies=tuple(get("server", "proxies", d.proxies)),
        grenzen=limits_of(raw),
        metingen=get("server", "metingen", d.metingen),
        metingen_poort=get("server", "metingen_poort", d.metingen_poort),
        log_vorm=get("log", "vorm", d.log_vorm),
        bezoek=get("log", "bezoek", d.bezoek),
        ophalen_op_scherm=get("bronnen", "ophalen_op_scherm", d.ophalen_op_scherm),
        bron_cbs=get("bronnen", "cbs", d.bron_cbs),
        bron_rivm=get("bronnen", "rivm", d.bron_rivm),
        bron_cbs_v4=get("bronnen", "cbs_v4", d.bron_cbs_v4),
        bron_rivm_v4=get("bronnen", "rivm_v4", d.bron_rivm_v4),
        bron_pdok=get("bronnen", "pdok", d.bron_pdok),
        bron_raster=get("bronnen", "raster", d.bron_raster),
        bron_postcode=get("bronnen", "postcode", d.bron_postcode),
        bron_overpass=get("bronnen", "overpass", d.bron_overpass),
        bron_bag=get("bronnen", "bag", d.bron_bag),
        bron_bgt=get("bronnen", "bgt", d.bron_bgt),
        bron_lagen=get("bronnen", "lagen", d.bron_lagen),
    )
