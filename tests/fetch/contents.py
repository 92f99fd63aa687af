"""What the stand-in serves: the example region, or the real tables beside the project."""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from standin import Content

from wwz.fetch.odata4 import column_name
from wwz.sources.columns import SUFFIX
from wwz.sources.example import SEED, make_example_region
from wwz.sources.example_region import truth
from wwz.sources.example_region.region import Region

# Division → where its columns of codes and names are, as in the real table: its running numbers differ from year to year.
DIVISIONS = {"Arbeidsmarktregio's": "Code_4", "COROP-gebieden": "Code_10", "GGD-regio's": "Code_16", "Provincies": "Code_28",
             "Zorgkantoorregio's": "Code_50"}  # fmt: skip


def example(folder: Path) -> Content:
    """The example region in the shapes of CBS, RIVM and PDOK.

    Of Kerncijfers 2024 only what its first release has; the suffixes of 2023 and 2024 differ, as they do at CBS.
    """
    kwb_2023 = pd.read_csv(folder / "kwb_2023.csv", dtype={"MeestVoorkomendePostcode_115": "str"}).drop(
        columns="Perioden"
    )
    layers = {
        (2024, name): gpd.read_file(folder / "buurten_2024.gpkg", layer=name)
        for name in ("gemeenten", "wijken", "buurten")
    }
    health = pd.read_csv(folder / "gezondheid_2022.csv", dtype={"Leeftijd": "str"})
    codes = kwb_2023["WijkenEnBuurten"].str.strip()
    # PDOK tells with the border of an area who lives there.
    people = kwb_2023.set_index(codes)["AantalInwoners_5"]
    layers[2024, "gemeenten"]["aantalInwoners"] = layers[2024, "gemeenten"]["gemeentecode"].map(people)
    gemeenten = kwb_2023[codes.str.startswith("GM")]
    names = dict(
        zip(gemeenten["WijkenEnBuurten"].str.strip(), gemeenten["Gemeentenaam_1"].str.strip(), strict=True)
    )
    return Content(
        {
            ("cbs", "85618NED"): kwb_2023,
            ("cbs", "85984NED"): shifted(first_release(kwb_2023), 3),
            ("rivm", "50120NED"): health,
            ("cbs", "85755NED"): regions(names),
        },
        layers,
        names,
        divisions=DIVISIONS,
    )


def regions(names: dict[str, str]) -> pd.DataFrame:
    """Gebieden in Nederland for these gemeenten: a provincie of three, and other regions of one or two with the same name."""
    rows = []
    for number, (code, name) in enumerate(sorted(names.items())):
        coast = number < 2
        pairs = {
            "Arbeidsmarktregio's": ("AM91", "Groot Kustland") if coast else ("AM92", "De Binnenlanden"),
            "COROP-gebieden": (f"CR9{number}", f"Overig {name}"),
            "GGD-regio's": ("GG9101", "GGD Kustland") if coast else ("GG9202", "GGD Binnenland"),
            "Provincies": ("PV91", "Kustland") if number < 3 else ("PV92", "Binnenland"),
            "Zorgkantoorregio's": ("ZK91", "Kustland") if coast else ("ZK92", "Binnenland"),
        }
        row = {"ID": number, "RegioS": code, "Code_1": code, "Naam_2": name, "SorteringNaam_3": name}
        for division, (region, title) in pairs.items():
            column = DIVISIONS[division]
            row[column], row[f"Naam_{int(column.split('_')[1]) + 1}"] = region, title
        rows.append({**row, "Inwonertal_56": 10_000 + number})
    return pd.DataFrame(rows)


def squares(layer: gpd.GeoDataFrame, year: int = 2024) -> bytes:
    """A zip as CBS makes it: squares of 100 m in the middle of every area of a layer, and a few far away."""
    points = np.floor(shapely.get_coordinates(layer.geometry.representative_point()) / 100).astype(int)
    points = np.vstack([points, points + [2000, 0], [[10, 3100]]])
    codes = [f"E{x:04d}N{y:04d}" for x, y in points]
    people = [(-99997 if n % 7 == 0 else 5 * (n % 30 + 1)) for n in range(len(codes))]
    frame = gpd.GeoDataFrame(
        {"crs28992res100m": codes, "aantal_inwoners": people, "aantal_mannen": people,
         "aantal_inwoners_65_jaar_en_ouder": [-99997 if p < 0 else p // 5 for p in people]},
        geometry=[shapely.box(x * 100, y * 100, x * 100 + 100, y * 100 + 100) for x, y in points],
        crs="EPSG:28992",
    ).drop_duplicates("crs28992res100m")  # fmt: skip
    packed = BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"cbs_vk100_{year}_v1.gpkg"
        frame.to_file(path, driver="GPKG", layer=path.stem)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
            zipped.write(path, path.name)
            zipped.writestr("leesmij.pdf", b"%PDF-1.4")
    return packed.getvalue()


def full_squares(table: pd.DataFrame) -> bytes:
    """The full release, as csv: distances and counts too, and few people secret."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("cbs_vk100_2021_vol.csv", table.to_csv(index=False, sep=";"))
    return packed.getvalue()


def first_release(frame: pd.DataFrame) -> pd.DataFrame:
    """A table of which everything after the households is not published yet."""
    late = (
        list(frame.columns).index("GemiddeldeHuishoudensgrootte_33")
        if "GemiddeldeHuishoudensgrootte_33" in frame
        else 34
    )
    keep = frame.copy()
    for column in frame.columns[late + 1 :]:
        if pd.api.types.is_numeric_dtype(frame[column]) and "Oppervlakte" not in column:
            keep[column] = None
    return keep


def shifted(frame: pd.DataFrame, places: int) -> pd.DataFrame:
    """The same columns with other running numbers."""
    names = {
        c: SUFFIX.sub(lambda m: f"_{int(m[1]) + places}", c)
        for c in list(frame.columns)[6:]
        if SUFFIX.search(c)
    }
    return frame.rename(columns=names)


GPKG_TO_V3 = {
    "inwoners": "AantalInwoners_5", "huishoudens": "HuishoudensTotaal_29",
    "huishoudensgrootte": "GemiddeldeHuishoudensgrootte_33", "dichtheid": "Bevolkingsdichtheid_34",
    "oppervlakteLandHa": "OppervlakteLand_113", "stedelijkheid": "MateVanStedelijkheid_117",
    "adressendichtheid": "Omgevingsadressendichtheid_118", "afstandHuisarts": "AfstandTotHuisartsenpraktijk_107",
    "afstandSupermarkt": "AfstandTotGroteSupermarkt_108", "afstandSchool": "AfstandTotSchool_110",
}  # fmt: skip


def shared(folder: Path) -> Content:
    """The real tables: Kerncijfers and health of 2020, boundaries of 2022 and 2024, and what 2024 has of figures."""
    kwb = pd.read_parquet(folder / "statline" / "84799NED" / "cbs.v3.84799NED_TypedDataSet.parquet")
    health = pd.concat(
        [
            pd.read_parquet(folder / "nederland" / f"gezondheid2020_50120NED_{age}.parquet")
            for age in ("18plus", "65plus")
        ],
        ignore_index=True,
    )
    buurten = gpd.read_file(folder / "nederland" / "buurten2024_kwb_85984NED.gpkg")
    layers = {(2024, "buurten"): buurten.assign(gemeentecode="GM" + buurten["buurtcode"].str[2:6])}
    for name, year in (("wijken", 2024), ("gemeenten", 2024), ("gemeenten", 2022)):
        layers[(year, name)] = gpd.read_file(folder / "nederland" / f"{name}_{year}.geojson").to_crs(
            "EPSG:28992"
        )
    gemeenten = layers[(2024, "gemeenten")]
    first = pd.DataFrame({v3: buurten[name] for name, v3 in GPKG_TO_V3.items()})
    first.insert(0, "ID", range(len(first)))
    first.insert(1, "WijkenEnBuurten", buurten["buurtcode"])
    first.insert(2, "Gemeentenaam_1", buurten["gm_naam"])
    return Content(
        {("cbs", "84799NED"): kwb, ("rivm", "50120NED"): health, ("cbs", "85984NED"): first},
        layers,
        dict(zip(gemeenten["gemeentecode"], gemeenten["gemeentenaam"], strict=True)),
        modified={"84799NED": "2021-03-26T02:00:00"},
        measures=real_measures(folder),
    )


def real_measures(folder: Path) -> dict[str, dict]:
    """Measures as CBS describes them in version 4 (Kerncijfers 2017), by the stem of their name in version 3."""
    rows = pd.read_parquet(folder / "statline" / "83765NED" / "cbs.v4.83765NED_MeasureCodes.parquet").astype(
        "object"
    )
    rows = rows.where(rows.notna(), None).to_dict("records")
    return {column_name(row["Title"]).lower(): row for row in reversed(rows)}


def only(content: Content, begin: str) -> Content:
    """The country and the gemeenten whose number begins like this."""

    def kept(codes: pd.Series) -> pd.Series:
        codes = codes.str.strip()
        return codes.str[2:].str.startswith(begin) | codes.str.startswith("NL")

    return replace(
        content,
        tables={
            key: frame[kept(frame["WijkenEnBuurten"])]
            for key, frame in content.tables.items()
            if "WijkenEnBuurten" in frame
        },
        layers={key: frame[kept(frame["gemeentecode"])] for key, frame in content.layers.items()},
    )


# 2022's names → those of 50150NED, as public programs that read it call them.
NEW_NAMES = {
    "ErvarenGezondheidGoedZeerGoed_4": "GoedErvarenGezondheid_4", "BeperktVanwegeGezondheid_17": "LangdurigBeperkt_6",
    "HoogRisicoOpAngstOfDepressie_25": "HoogRisicoAngststoornisOfDepressie_14",
    "MatigVeelRegieOverEigenLeven_27": "MatigVeelRegieOverHetEigenLeven_24", "ErnstigZeerErnstigEenzaam_29": "SterkEenzaam_26",
}  # fmt: skip
TOTAL_AGES, OTHER_AGE = ("20300", "80200"), "53100"
TOTAL_KIND, HOUSEHOLD = "T001024", "A019507"
OTHER_KINDS = ("A018943", HOUSEHOLD)


def every_table(folder: Path) -> Content:
    """The example region with all tables that a fetch of 2024 asks for, each with more than is asked of it.

    Wmo only comes from the table of Wmo: Kerncijfers have none here.
    """
    base = example(folder)
    tables = {key: _without(frame, "Wmo") for key, frame in base.tables.items()}
    tables |= {
        ("rivm", "50150NED"): health_2024(base.tables[("rivm", "50120NED")]),
        ("cbs", "86134NED"): nearby(folder / "nabijheid_2023.csv"),
        ("cbs", "85639NED"): wmo(base.tables[("cbs", "85618NED")]),
    }
    return replace(base, tables=tables)


# Kinds of help per gemeente: the keys are nobody's, only the titles are known.
KINDS = {"T001024": "Totaal", "K1": "Hulp bij het huishouden", "K2": "Begeleiding", "K3": "Dagbesteding",
         "K4": "Kortdurend verblijf", "K5": "Rolstoelen", "K6": "Overige hulpmiddelen"}  # fmt: skip
# What RIVM calls its topics is not known either: a group for people, in it a number and a rate, and one for costs.
NURSED = [
    {"odata.type": "Cbs.OData.TopicGroup", "ID": 50, "Key": "", "Title": "Kosten wijkverpleging"},
    {"odata.type": "Cbs.OData.Topic", "ID": 51, "ParentID": 50, "Key": "Totaal_1", "Title": "Totaal", "Unit": "euro"},
    {"odata.type": "Cbs.OData.TopicGroup", "ID": 52, "Key": "", "Title": "Patiënten met wijkverpleging"},
    {"odata.type": "Cbs.OData.Topic", "ID": 53, "ParentID": 52, "Key": "Relatief_2", "Title": "Per 10.000", "Unit": "aantal"},
    {"odata.type": "Cbs.OData.Topic", "ID": 54, "ParentID": 52, "Key": "Absoluut_3", "Title": "Absoluut", "Unit": "aantal"},
]  # fmt: skip


def with_evidence(folder: Path, region: Region | None = None) -> Content:
    """All tables, with those that only bound or signal a randvoorwaarde; `region`: what was written in the folder."""
    region = region or make_example_region()
    base = every_table(folder)
    kwb = base.tables[("cbs", "85618NED")]
    codes, people = kwb["WijkenEnBuurten"].str.strip(), kwb["AantalInwoners_5"]
    nursed = {
        "ID": range(len(kwb)), "WijkenEnBuurten": codes, "Perioden": "2023JJ00", "Totaal_1": people * 90,
        "Relatief_2": 340, "Absoluut_3": (people * 0.034 / 5).round() * 5,
    }  # fmt: skip
    tables = {
        **base.tables,
        ("cbs", "86050NED"): help_per_gemeente(codes[codes.str.startswith("GM")]),
        ("rivm", "50149NED"): pd.DataFrame(nursed),
        ("rivm", "47018NED"): burglaries(codes[codes.str.startswith("BU")]),
    }
    tables |= {
        ("cbs", "03759ned"): ages_of(codes[codes.str.startswith("GM")], "RegioS"),
        ("cbs", "83502NED"): ages_of(_postcodes(kwb), "Postcode"),
    }
    keys, topics = {"TypeMaatwerkvoorziening": KINDS, "Leeftijd": AGES}, {"50149NED": NURSED}
    return replace(
        base,
        tables=tables,
        keys=keys,
        topics=topics,
        uncounted={"47018NED"},
        elements=elements(folder),
        files={"2024-cbs_vk100_2021_vol.zip": full_squares(truth.squares(region, SEED))},
    )


# Where there are buildings.
BUILT = ("BU99010101", "BU99010102", "BU99010103")


def with_buildings(folder: Path, built: Sequence[str] = BUILT, region: Region | None = None) -> Content:
    """Everything, with the buildings of a few buurten (or all: an empty list), and streets with their history."""
    base = with_evidence(folder, region)
    homes = pd.read_parquet(folder / "adressen.parquet")
    panden = pd.read_parquet(folder / "panden_bag_2024.parquet").set_index("identificatie")
    floors = pd.read_parquet(folder / "bouwlagen_3dbag_2024.parquet")
    homes = homes[homes["buurtcode"].isin(built)] if built else homes
    first = homes.drop_duplicates("pand_identificatie").set_index("pand_identificatie")
    href = "https://api.pdok.nl/kadaster/bag/ogc/v2/collections/pand/items"
    known = panden.reindex(first.index)
    lagen = floors.assign(pand=floors["identificatie"].str[-16:]).set_index("pand")["b3_bouwlagen"]
    lagen = lagen[lagen.index.isin(first.index)]
    return replace(
        base,
        objects={
            "verblijfsobject": [
                _object(f"v-{row.identificatie}", row.x, row.y, identificatie=row.identificatie, gebruiksdoel=[row.gebruiksdoel],
                        oppervlakte=row.oppervlakte, status=row.status, postcode="1234AB", huisnummer=1,
                        **{"pand.href": [f"{href}/P-{row.pand_identificatie}"]})
                for row in homes.itertuples()
            ],
            "pand": [
                _object(f"p-{code}", at.x, at.y, identificatie=code, bouwjaar=int(row.bouwjaar), status=row.status)
                for code, row, at in zip(known.index, known.itertuples(), first.itertuples(), strict=True)
            ],
            "lod12": [
                _object(None, first.at[code, "x"], first.at[code, "y"], identificatie=f"NL.IMBAG.Pand.{code}", b3_bouwlagen=int(count))
                for code, count in lagen.items()
            ],
            "wegdeel": _history(json.loads((folder / "bgt_wegdeel_2024.geojson").read_text(encoding="utf-8"))["features"]),
            "straatmeubilair": json.loads((folder / "bgt_straatmeubilair_2024.geojson").read_text(encoding="utf-8"))["features"],
        },
    )  # fmt: skip


def _object(key: str | None, x: float, y: float, **about: object) -> dict:
    place = {"type": "Point", "coordinates": [float(x), float(y)]}
    return {"type": "Feature", "id": key, "geometry": place, "properties": about}


def _history(features: list[dict]) -> list[dict]:
    """Every part of a street as it was before, too."""
    ended = [
        {**f, "properties": {**f["properties"], "eind_registratie": "2020-01-01T00:00:00Z"}} for f in features
    ]
    numbered = [{**f, "id": f"w-{n}"} for n, f in enumerate(features)]
    return [*ended, *numbered]


# Keys that nobody has seen: they are found by their titles.
AGES = {"10000": "Totaal", "L64": "60 tot 65 jaar", **{f"L{a}": f"{a} tot {a + 5} jaar" for a in range(65, 95, 5)},
        "L95": "95 jaar of ouder"}  # fmt: skip


def _postcodes(kwb: pd.DataFrame) -> list[str]:
    column = next(c for c in kwb if c.startswith("MeestVoorkomendePostcode"))
    numbers = pd.to_numeric(kwb[column], errors="coerce").dropna().astype(int)
    return sorted(numbers.astype(str).unique())


def ages_of(codes, column: str) -> pd.DataFrame:
    """People by age and sex in 2023 and 2024, of gemeenten or of postcodes; the oldest are few."""
    sexes = {"T001038": 2, "3000": 1, "4000": 1}
    rows = [
        (sex, age, "T001019", f"{code:<6}", f"{year}JJ00", 5.0 * times * (12 - number) * (year - 2020))
        for year in (2023, 2024)
        for sex, times in sexes.items()
        for number, age in enumerate(AGES)
        for code in codes
    ]
    frame = pd.DataFrame(
        rows, columns=["Geslacht", "Leeftijd", "BurgerlijkeStaat", column, "Perioden", "Bevolking_1"]
    )
    frame.insert(0, "ID", range(len(frame)))
    return frame.rename(columns={"Bevolking_1": "BevolkingOp1Januari_1"}) if column == "RegioS" else frame


def elements(folder: Path) -> list[dict]:
    """The voorzieningen of the example region as Overpass gives them: every other one is a building, with a centre.

    The map misses one in twelve.
    """
    features = json.loads((folder / "voorzieningen.geojson").read_text(encoding="utf-8"))["features"]
    features = [f for n, f in enumerate(features) if n % 12 != 5]
    found = []
    for number, feature in enumerate(features):
        lon, lat = (
            feature["geometry"]["coordinates"][:2] if feature["geometry"]["type"] == "Point" else (0, 0)
        )
        tags = {k: str(v) for k, v in feature["properties"].items() if k != "osm_id" and v is not None}
        kind, at = (
            ("way", {"center": {"lat": lat, "lon": lon}})
            if number % 2
            else ("node", {"lat": lat, "lon": lon})
        )
        found.append({"type": kind, "id": number + 1, **at, "tags": tags})
    return [e for e in found if e.get("lat", e.get("center", {}).get("lat"))]


def help_per_gemeente(codes: pd.Series) -> pd.DataFrame:
    """Kortdurend verblijf is unknown everywhere, as it mostly is."""
    rows = [
        (kind, code, f"{year}JJ00", None if kind == "K4" else 500.0 * (number + 1))
        for year in (2023, 2024)
        for number, kind in enumerate(KINDS)
        for code in codes
    ]
    frame = pd.DataFrame(rows, columns=["TypeMaatwerkvoorziening", "Gemeenten", "Perioden", "WmoClienten_1"])
    frame.insert(0, "ID", range(len(frame)))
    return frame


def burglaries(codes: pd.Series) -> pd.DataFrame:
    """Three years, burglaries and all crimes; keys are padded to six."""
    rows = [
        (kind, code, f"{year}JJ00", float((number % 5) * times))
        for year in (2022, 2023, 2024)
        for kind, times in (("0.0.0 ", 9), ("1.1.1 ", 1))
        for number, code in enumerate(codes)
    ]
    names = ["SoortMisdrijf", "WijkenEnBuurten", "Perioden", "GeregistreerdeMisdrijven_1"]
    frame = pd.DataFrame(rows, columns=names)
    frame.insert(0, "ID", range(len(frame)))
    return frame


def _without(frame: pd.DataFrame, begin: str) -> pd.DataFrame:
    return frame.drop(columns=[c for c in frame if c.startswith(begin)])


def health_2024(health: pd.DataFrame) -> pd.DataFrame:
    """50150NED: other names, two years in one table, and an age that nobody asks for."""
    figures = [c for c in health.columns[8:]]
    newer = health.assign(Perioden="2024JJ00")
    newer[figures] = (newer[figures] + 1).clip(upper=100)
    other = newer.assign(Leeftijd=OTHER_AGE)
    rows = pd.concat([health, newer, other], ignore_index=True).rename(columns=NEW_NAMES)
    return rows.assign(ID=range(len(rows)))


def nearby(path: Path) -> pd.DataFrame:
    """Nabijheid voorzieningen as OData has it, from the file of StatLine: columns with a running number."""
    frame = pd.read_csv(path, sep=";", encoding="utf-8-sig", dtype="str")
    figures = frame.iloc[:, 5:].apply(
        lambda column: pd.to_numeric(column.str.strip().replace(".", None).str.replace(",", "."))
    )
    frame = pd.concat([frame.iloc[:, :5], figures], axis=1)
    titles = [UNIT.sub("", c.rsplit("/", 1)[-1]) for c in frame.columns[1:]]
    names = [f"{column_name(title)}_{n}" for n, title in enumerate(titles, 1)]
    frame.columns = ["WijkenEnBuurten", *names]
    frame = frame.rename(
        columns={n: f"{old}_{n.rsplit('_', 1)[1]}" for n, old in zip(names[:4], AREA, strict=True)}
    )
    frame["WijkenEnBuurten"] = frame[f"{AREA[2]}_3"]
    frame.insert(0, "ID", range(len(frame)))
    return frame


UNIT = re.compile(r"\s*\([^()]*\)\s*$")
AREA = ("Gemeentenaam", "SoortRegio", "Codering", "IndelingswijzigingWijkenEnBuurten")


def wmo(kwb: pd.DataFrame) -> pd.DataFrame:
    """Wmo per wijk: the column of areas has another name, with several kinds of help and two years."""
    codes = kwb["WijkenEnBuurten"].str.strip()
    areas = kwb[~codes.str.startswith("BU")]
    clients = areas[[c for c in kwb if c.startswith("WmoClienten_")][0]]
    parts = []
    for year, kind, times in [
        (year, kind, times)
        for year, more in ((2021, 2), (2023, 1))
        for kind, times in zip((TOTAL_KIND, *OTHER_KINDS), (more, 5 * more, 7 * more), strict=True)
    ]:
        parts.append(
            pd.DataFrame(
                {
                    "TypeMaatwerkvoorziening": kind,
                    "Wijken": areas["WijkenEnBuurten"],
                    "Perioden": f"{year}JJ00",
                    "Gemeentenaam_1": areas["Gemeentenaam_1"],
                    "WmoClienten_5": clients * times,
                    "WmoClientenPer1000Inwoners_6": (
                        clients * times / areas["AantalInwoners_5"] * 1000
                    ).round(),
                }
            )
        )
    rows = pd.concat(parts, ignore_index=True)
    rows.insert(0, "ID", range(len(rows)))
    return rows
