"""What a municipality of the example region brings itself: labels of homes, places to ask, the Gemeentezorgspiegel, stops."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .layout import load_table

if TYPE_CHECKING:
    from .buildings import Buildings
    from .evidence import Evidence
    from .region import Region

# The files, in order: labels, places to ask, the Gemeentezorgspiegel, scores of wijken, stops.
LABELS, CONTACTS, MIRROR, LIVING, STOPS = FILES = (
    "toegankelijkheid_woningen_2024.csv", "sociale_kaart_2024.csv", "gemeentezorgspiegel_2024.xlsx", "leefbaarometer_2022.csv",
    "haltes_chb_2024.csv",
)  # fmt: skip
TABLE = "meegebracht.toml"
INFORMATION, CONTACT = "informatiepunt", "aanspreekpunt"
HOURS = ("ma-vr 9:00-17:00", "ma, wo en vr 9:00-12:30", "di en do 13:00-16:30")
HELP = {"begeleiding": "Begeleiding", "dagbesteding": "Dagbesteding", "huishouden": "Hulp bij het huishouden"}
STEP = 10


def draw_contacts(region: Region, seed: int) -> pd.DataFrame:
    """Where somebody answers: a building alone does not say so.

    Parameters
    ----------
    seed
        The same seed gives the same places; what else the region holds does not change with it.

    Returns
    -------
    DataFrame
        Columns soort, naam, x and y (RD metres), of the whole region; the file has those of some gemeenten.
    """
    rng = np.random.Generator(np.random.PCG64([seed, 7]))
    rules = load_table(TABLE)["contact"]
    spots = region.facilities.reset_index(drop=True)
    luck = rng.random((len(spots), 2))
    with_information = luck[:, 0] < spots["soort"].map(rules[INFORMATION]).fillna(0)
    with_contact = ~with_information & (luck[:, 1] < spots["soort"].map(rules[CONTACT]).fillna(0))
    both = pd.concat(
        [spots[with_information].assign(soort=INFORMATION), spots[with_contact].assign(soort=CONTACT)]
    )
    return both.rename(columns={"name": "naam"})[["soort", "naam", "x", "y"]].reset_index(drop=True)


def write_brought(region: Region, drawn: Buildings, evidence: Evidence, folder: Path, seed: int) -> None:
    """Write the five files as they come from a municipality, its corporaties and a national list."""
    rng = np.random.Generator(np.random.PCG64([seed, 8]))
    _labels(region, drawn, rng).to_csv(folder / LABELS, index=False, sep=";", lineterminator="\n")
    _contact_list(region, seed).to_csv(folder / CONTACTS, index=False, sep=";", lineterminator="\n")
    _write_mirror(region, evidence, folder / MIRROR)
    _living(region, rng).to_csv(folder / LIVING, index=False, lineterminator="\n")
    _stops(region, rng).to_csv(folder / STOPS, index=False, sep=";", lineterminator="\n")


def _labels(region: Region, drawn: Buildings, rng: np.random.Generator) -> pd.DataFrame:
    """A label of VERA for each home: of everything, or of what belongs to a corporatie."""
    from .buildings import bag_columns

    rules, homes = load_table(TABLE)["labels"], drawn.homes
    gemeente = region.buurten["gemeentecode"].to_numpy()[region.addresses["buurt"]]
    alone = drawn.panden["woningen"].to_numpy()[homes["pand"]] == 1
    chance = np.where(alone, rules["corporatie_huis"], rules["corporatie_gestapeld"])
    of_corporatie = rng.random(len(homes)) < chance
    listed = np.isin(gemeente, rules["alles"]) | (np.isin(gemeente, rules["corporaties"]) & of_corporatie)
    really = homes["nultrede"].to_numpy() ^ (rng.random(len(homes)) < rules["fout"])
    flat = ~alone | (drawn.panden["lagen"].to_numpy()[homes["pand"]] == 1)
    higher, names = np.cumsum(list(rules["hoger"].values())), np.array([*rules["hoger"], "NUL"])
    best = names[np.searchsorted(higher, rng.random(len(homes)), side="right")]
    label = np.where(really, best, np.where(flat, "GNV", "ZON"))
    label = np.where(rng.random(len(homes)) < rules["leeg"], "", label)
    frame = pd.DataFrame(
        {
            "bagid": bag_columns(region, drawn)["identificatie"].to_numpy(),
            "eigenaar": np.where(of_corporatie, "corporatie", "overig"), "toegankelijkheidslabel": label,
        }
    )  # fmt: skip
    return frame[listed]


def _contact_list(region: Region, seed: int) -> pd.DataFrame:
    """The list of the municipality (sociale kaart): what a place is, when it is open and where."""
    import pyproj

    from .geometry import gemeente_at

    places = draw_contacts(region, seed)
    here = pd.Series(gemeente_at(region.buurten, places[["x", "y"]].to_numpy()), index=places.index)
    kept = places[here.isin(load_table(TABLE)["contact"]["gemeenten"])].reset_index(drop=True)
    lon, lat = pyproj.Transformer.from_crs(28992, 4326, always_xy=True).transform(kept["x"], kept["y"])
    return pd.DataFrame(
        {
            "naam": kept["naam"], "categorie": kept["soort"].str.capitalize(),
            "openingstijden": [HOURS[n % len(HOURS)] for n in range(len(kept))],
            "lat": np.round(lat, 6), "lon": np.round(lon, 6),
        }
    )  # fmt: skip


def _write_mirror(region: Region, evidence: Evidence, path: Path) -> None:
    """Users per buurt and age in tens; fewer than ten are not told."""
    import openpyxl

    rules = load_table(TABLE)["zorgspiegel"]
    here = region.buurten["gemeentecode"].isin(rules["gemeenten"]).to_numpy()
    sheet = (book := openpyxl.Workbook(write_only=True)).create_sheet("Gemeentezorgspiegel")
    sheet.append(["Buurtcode", "Buurtnaam", "Leeftijd", *HELP.values(), "Jaar"])
    names = region.buurten[["buurtcode", "buurtnaam"]].to_numpy()
    for at in np.flatnonzero(here):
        for age, parts in rules["deel"].items():
            counts = [evidence.users[f"wmo_{kind}"].iat[at] * parts[kind] for kind in HELP]
            sheet.append([*names[at], age, *map(_in_tens, counts), rules["jaar"]])
    book.save(path)


def _in_tens(count: float) -> int | str:
    return int(np.floor(count / STEP + 0.5) * STEP) if count >= STEP else f"<{STEP}"


def _living(region: Region, rng: np.random.Generator) -> pd.DataFrame:
    """Scores per wijk and year beside the country's mean, as the Leefbaarometer gives them."""
    rules = load_table(TABLE)["leefbaarometer"]
    wijken = region.wijken[["wijkcode", "wijknaam"]].to_numpy()
    rows = []
    for code, name in wijken:
        score = rng.normal(0, rules["spreiding"], 5)
        for year in rules["jaren"]:
            now = score + rng.normal(0, rules["verloop"], 5)
            rows.append((code, name, year, rules["gemiddelde"] + now.sum(), now.sum(), *now))
    names = ["wk_code", "wk_naam", "jaar", "lbm", "afw", "fys", "onv", "soc", "vrz", "won"]
    return pd.DataFrame(rows, columns=names).round(4)


def _stops(region: Region, rng: np.random.Generator) -> pd.DataFrame:
    """Every stop of the Centraal Halte Bestand, with whether a wheelchair can use it."""
    from .geometry import gemeente_at

    rules = load_table(TABLE)["haltes"]
    stops = region.facilities[region.facilities["soort"] == "bushalte"].reset_index(drop=True)
    luck = rng.random(len(stops))
    access = np.select(
        [luck < rules["onbekend"], luck < rules["onbekend"] + rules["rolstoel"]], ["", "Y"], "N"
    )
    owner = pd.Series(gemeente_at(region.buurten, stops[["x", "y"]].to_numpy()), dtype="object")
    frame = pd.DataFrame(
        {
            "quaycode": [f"NL:Q:99{n:06d}" for n in range(len(stops))], "quayname": stops["name"],
            "municipalityCode": owner.str.replace("GM", "G"), "wheelchairAccess": access, "rd-x": stops["x"], "rd-y": stops["y"],
        }
    )  # fmt: skip
    return frame[frame["municipalityCode"].notna()]
