"""What the stand-in serves: the example region, or the real tables beside the project."""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from collections.abc import Collection
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import contents_help
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
    kwb_2023 = contents_help.with_postcodes(kwb_2023)
    layers = {
        (2024, name): contents_help.with_postcodes(gpd.read_file(folder / "buurten_2024.gpkg", layer=name))
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


def every_table(folder: Path) -> Content:
    """The example region with all tables that a fetch of 2024 asks for, each with more than is asked of it.

    Wmo only comes from the table of Wmo: Kerncijfers have none here.
    """
    base = example(folder)
    tables = {key: _without(frame, "Wmo") for key, frame in base.tables.items()}
    tables |= {
        ("rivm", "50150NED"): health_2024(base.tables[("rivm", "50120NED")]),
        ("cbs", "86134NED"): nearby(folder / "nabijheid_2023.csv"),
        ("cbs", "85639NED"): contents_help.per_wijk(folder, base.tables[("cbs", "85618NED")]),
    }
    return replace(base, tables=tables)


def with_evidence(folder: Path, region: Region | None = None) -> Content:
    """All tables, with those that only bound or signal a randvoorwaarde; of the example region or another one drawn like it."""
    base = every_table(folder)
    kwb = base.tables[("cbs", "85618NED")]
    tables = {
        **base.tables,
        ("cbs", "86050NED"): contents_help.per_gemeente(folder, kwb),
        ("rivm", "50149NED"): contents_help.nursing(folder, kwb),
        ("rivm", "47018NED"): contents_help.burglaries(folder),
        ("cbs", "03759ned"): contents_help.ages_of(contents_help.of_gemeenten(kwb), "RegioS"),
        ("cbs", "85171NED"): contents_help.expected(kwb),
        ("cbs", "83502NED"): contents_help.ages_of(contents_help.of_postcodes(kwb), "Postcode"),
    }
    cells = truth.squares(region or make_example_region(), SEED)
    return replace(
        base,
        tables=tables,
        keys={"TypeMaatwerkvoorziening": contents_help.KINDS, "Leeftijd": contents_help.AGES},
        topics={"50149NED": contents_help.NURSED},
        uncounted={"47018NED"},
        elements=elements(folder),
        files={"2024-cbs_vk100_2021_vol.zip": full_squares(cells)},
    )


# Where there are buildings.
BUILT = ("BU99010101", "BU99010102", "BU99010103")
POSTCODE = "1234AB"


def with_buildings(folder: Path, region: Region | None = None, buurten: Collection[str] = BUILT) -> Content:
    """Everything, with the buildings of a few buurten (without any: of all), and streets with their history."""
    base = with_evidence(folder, region)
    homes = pd.read_parquet(folder / "adressen.parquet")
    homes = homes[homes["buurtcode"].isin(buurten)] if buurten else homes
    first = homes.drop_duplicates("pand_identificatie").set_index("pand_identificatie")[["x", "y"]]
    panden = (
        pd.read_parquet(folder / "panden_bag_2024.parquet").set_index("identificatie").reindex(first.index)
    )
    floors = pd.read_parquet(folder / "bouwlagen_3dbag_2024.parquet")
    lagen = floors.assign(pand=floors["identificatie"].str[-16:]).set_index("pand")["b3_bouwlagen"]
    lagen = first.join(lagen, how="inner").dropna(subset="b3_bouwlagen")
    href = "https://api.pdok.nl/kadaster/bag/ogc/v2/collections/pand/items/P-"
    told = homes[["identificatie", "oppervlakte", "status"]].assign(
        gebruiksdoel=[[use] for use in homes["gebruiksdoel"]], postcode=POSTCODE, huisnummer=range(1, len(homes) + 1),
        **{"pand.href": [[href + pand] for pand in homes["pand_identificatie"]]},
    )  # fmt: skip
    built = panden[["bouwjaar", "status"]].assign(identificatie=panden.index)
    floor = lagen[["b3_bouwlagen"]].astype(int).assign(identificatie="NL.IMBAG.Pand." + lagen.index)
    streets = json.loads((folder / "bgt_wegdeel_2024.geojson").read_text(encoding="utf-8"))["features"]
    benches = json.loads((folder / "bgt_straatmeubilair_2024.geojson").read_text(encoding="utf-8"))[
        "features"
    ]
    return replace(
        base,
        objects={
            "verblijfsobject": _objects(told, homes, "v-" + homes["identificatie"]),
            "pand": _objects(built, first, "p-" + built["identificatie"]),
            "lod12": _objects(floor, lagen, None),
            "wegdeel": _history(streets),
            "straatmeubilair": benches,
        },
    )


def _objects(about: pd.DataFrame, at: pd.DataFrame, keys: pd.Series | None) -> list[dict]:
    """A point with its properties for every row."""
    names = [None] * len(about) if keys is None else keys.tolist()
    places = at[["x", "y"]].to_numpy(float).tolist()
    return [
        {
            "type": "Feature",
            "id": key,
            "geometry": {"type": "Point", "coordinates": place},
            "properties": properties,
        }
        for key, place, properties in zip(names, places, about.to_dict("records"), strict=True)
    ]


def _history(features: list[dict]) -> list[dict]:
    """Every part of a street as it was before, too."""
    ended = [
        {**f, "properties": {**f["properties"], "eind_registratie": "2020-01-01T00:00:00Z"}} for f in features
    ]
    numbered = [{**f, "id": f"w-{n}"} for n, f in enumerate(features)]
    return [*ended, *numbered]


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
