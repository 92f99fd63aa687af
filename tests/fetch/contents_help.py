"""Who gets which help and how old people are, as CBS, RIVM and the police serve it: of every area, with more than is asked for.

The numbers are those of the files of a region, whose truth is known; what its publisher withholds is null here, and never zero.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

TOTAL_KIND = "T001024"
# A kind per wijk that nobody asks for.
OTHER_KIND = "A018943"
# Kinds of help per gemeente: the keys are nobody's, only the titles are known (as in 84839NED); the last three are not asked for.
TITLES = (
    "Hulp bij het huishouden", "Begeleiding", "Dagbesteding", "Kortdurend verblijf", "Persoonlijke verzorging", "Rolstoelen",
    "Woonvoorzieningen", "Beschermd wonen", "Overig totaal", "Totaal exclusief verblijf en opvang", "Vervoervoorzieningen",
    "Overige hulpmiddelen",
)  # fmt: skip
KINDS = {TOTAL_KIND: "Totaal", **{f"K{number}": title for number, title in enumerate(TITLES, 1)}}
# Of a gemeente with fewer inhabitants it is not told how many have kortdurend verblijf: mostly it is a point (84839NED).
MANY = 250_000
# What RIVM calls its topics is not known: a group for people, in it a number and a rate, and one for costs.
NURSED = [
    {"odata.type": "Cbs.OData.TopicGroup", "ID": 50, "Key": "", "Title": "Kosten wijkverpleging"},
    {"odata.type": "Cbs.OData.Topic", "ID": 51, "ParentID": 50, "Key": "Totaal_1", "Title": "Totaal", "Unit": "euro"},
    {"odata.type": "Cbs.OData.TopicGroup", "ID": 52, "Key": "", "Title": "Patiënten met wijkverpleging"},
    {"odata.type": "Cbs.OData.Topic", "ID": 53, "ParentID": 52, "Key": "Relatief_2", "Title": "Per 10.000", "Unit": "aantal"},
    {"odata.type": "Cbs.OData.Topic", "ID": 54, "ParentID": 52, "Key": "Absoluut_3", "Title": "Absoluut", "Unit": "aantal"},
]  # fmt: skip
# Keys of ages that nobody has seen: they are found by their titles. Of 65 and older, which part is of each age (the country).
AGES = {"10000": "Totaal", "L64": "60 tot 65 jaar", **{f"L{a}": f"{a} tot {a + 5} jaar" for a in range(65, 95, 5)},
        "L95": "95 jaar of ouder"}  # fmt: skip
PARTS = dict(zip(AGES, (1.33, 0.33, 0.28, 0.25, 0.22, 0.13, 0.08, 0.03, 0.01), strict=True))


def inhabitants(kwb: pd.DataFrame) -> pd.Series:
    """Code → people."""
    return kwb.set_index(kwb["WijkenEnBuurten"].str.strip())["AantalInwoners_5"]


def per_wijk(folder: Path, kwb: pd.DataFrame) -> pd.DataFrame:
    """85639NED: the column of areas has another name, with a kind and a year that nobody asks for, and a rate beside the number."""
    now = pd.read_csv(folder / "wmo_wijk_2023.csv").drop(columns="ID")
    total = now[now["TypeMaatwerkvoorziening"] == TOTAL_KIND]
    other = total.assign(TypeMaatwerkvoorziening=OTHER_KIND, WmoClienten_5=5 * total["WmoClienten_5"])
    now = pd.concat([now, other], ignore_index=True)
    before = now.assign(Perioden="2021JJ00", WmoClienten_5=2 * now["WmoClienten_5"])
    rows = pd.concat([before, now], ignore_index=True)
    codes = rows["Wijken"].str.strip()
    names = kwb.set_index(kwb["WijkenEnBuurten"].str.strip())["Gemeentenaam_1"]
    rows.insert(3, "Gemeentenaam_1", codes.map(names))
    rows["WmoClientenPer1000Inwoners_6"] = (
        1000 * rows["WmoClienten_5"] / codes.map(inhabitants(kwb))
    ).round()
    return _numbered(rows)


def per_gemeente(folder: Path, kwb: pd.DataFrame) -> pd.DataFrame:
    """86050NED: kinds by a key of their own; personal care is with the nurses now and hardly ever of the Wmo."""
    told = pd.read_csv(folder / "wmo_gemeente_2024.csv").rename(columns={"RegioS": "Gemeenten"})
    wide = told.pivot(index="Gemeenten", columns="TypeMaatwerkvoorziening", values="WmoClienten_1")
    wide = wide.set_axis(wide.index.str.strip())
    few = inhabitants(kwb).reindex(wide.index) < MANY
    wide["Kortdurend verblijf"] = wide["Kortdurend verblijf"].mask(few)
    total = wide.sum(axis=1)
    wide = wide.assign(
        **{"Totaal": total, "Totaal exclusief verblijf en opvang": total - wide["Beschermd wonen"].fillna(0)}
    )
    wide["Vervoervoorzieningen"] = (total / 20).round() * 5
    keys = {title: key for key, title in KINDS.items()}
    long = (
        wide.reindex(columns=list(keys))
        .rename(columns=keys)
        .melt(ignore_index=False, var_name="TypeMaatwerkvoorziening")
    )
    now = (
        long.reset_index(names="Gemeenten")
        .assign(Perioden="2024JJ00")
        .rename(columns={"value": "WmoClienten_1"})
    )
    before = now.assign(Perioden="2023JJ00", WmoClienten_1=2 * now["WmoClienten_1"])
    order = ["TypeMaatwerkvoorziening", "Gemeenten", "Perioden", "WmoClienten_1"]
    return _numbered(pd.concat([before, now], ignore_index=True)[order])


def nursing(folder: Path, kwb: pd.DataFrame) -> pd.DataFrame:
    """50149NED: people with wijkverpleging, their rate, and what it cost."""
    rows = pd.read_csv(folder / "wijkverpleging_2023.csv")
    codes, count = rows["WijkenEnBuurten"].str.strip(), rows["PatientenMetWijkverpleging_1"]
    people = codes.map(inhabitants(kwb))
    return _numbered(
        pd.DataFrame(
            {
                "WijkenEnBuurten": codes, "Perioden": "2023JJ00", "Totaal_1": 90 * people,
                "Relatief_2": (10_000 * count / people.where(people > 0)).round(), "Absoluut_3": count,
            }
        )
    )  # fmt: skip


def burglaries(folder: Path) -> pd.DataFrame:
    """47018NED: three years, burglaries and all crimes; keys are padded to six."""
    told = pd.read_csv(folder / "misdrijven_2022_2024.csv").drop(columns="ID")
    crimes = told.assign(
        SoortMisdrijf="0.0.0 ", GeregistreerdeMisdrijven_1=9 * told["GeregistreerdeMisdrijven_1"]
    )
    return _numbered(pd.concat([crimes, told], ignore_index=True))


def ages_of(old: pd.Series, column: str) -> pd.DataFrame:
    """People by age and sex in 2023 and 2024, in fives.

    Parameters
    ----------
    old
        Gemeente or postcode → people of 65 and older.
    """
    sexes = {"T001038": 1.0, "3000": 0.45, "4000": 0.55}
    rows = pd.MultiIndex.from_product(
        [sexes, AGES, (2023, 2024), old.index], names=["s", "a", "j", "c"]
    ).to_frame(index=False)
    people = (
        rows["s"].map(sexes)
        * rows["a"].map(PARTS)
        * rows["c"].map(old)
        * np.where(rows["j"] == 2024, 1, 0.98)
    )
    frame = pd.DataFrame(
        {
            "Geslacht": rows["s"], "Leeftijd": rows["a"], "BurgerlijkeStaat": "T001019", column: rows["c"].str.ljust(6),
            "Perioden": rows["j"].astype(str) + "JJ00",
            "BevolkingOp1Januari_1" if column == "RegioS" else "Bevolking_1": (people / 5).round() * 5,
        }
    )  # fmt: skip
    return _numbered(frame)


def expected(kwb: pd.DataFrame) -> pd.DataFrame:
    """85171NED: thousands of people, only together, of the country, provincies and gemeenten of an older division (not GM9902)."""
    people = inhabitants(kwb)
    people = people[people.index.str.startswith(("NL", "GM")) & (people.index != "GM9902")]
    people.loc["PV91"] = people.loc["NL01"] = people[people.index.str.startswith("GM")].sum()
    rows = pd.MultiIndex.from_product(
        [("T001038", "3000", "4000"), people.index, range(2023, 2051)], names=["s", "c", "j"]
    )
    rows = rows.to_frame(index=False)
    growth = 1 + 0.01 * (rows["j"] - 2023)
    number = rows["c"].map(people) * growth * np.where(rows["s"] == "T001038", 1.0, 0.5)
    return _numbered(
        pd.DataFrame(
            {
                "Geslacht": rows["s"], "Leeftijd": "10000", "RegioIndeling2021": rows["c"].str.ljust(10),
                "Perioden": rows["j"].astype(str) + "JJ00", "TotaleBevolking_1": (number / 1000).round(1),
            }
        )
    )  # fmt: skip


def of_gemeenten(kwb: pd.DataFrame) -> pd.Series:
    """Gemeente → people of 65 and older."""
    codes = kwb["WijkenEnBuurten"].str.strip()
    return kwb.set_index(codes)["k_65JaarOfOuder_12"][codes.str.startswith("GM").to_numpy()]


def with_postcodes(frame: pd.DataFrame) -> pd.DataFrame:
    """The usual postcode of a buurt as it can be in the country: in the example region it begins with 0, so that it is nobody's."""
    column = next((c for c in frame if c.lower().startswith("meestvoorkomendepostcode")), None)
    if column is None:
        return frame
    return frame.assign(
        **{column: frame[column].astype("string").str.replace(r"^0(?=\d{3}$)", "9", regex=True)}
    )


def of_postcodes(kwb: pd.DataFrame) -> pd.Series:
    """Postcode → people of 65 and older in the buurten where it is the most usual."""
    column = next(c for c in kwb if c.startswith("MeestVoorkomendePostcode"))
    buurten = kwb[kwb["WijkenEnBuurten"].str.startswith("BU")]
    number = pd.to_numeric(buurten[column], errors="coerce")
    found = buurten["k_65JaarOfOuder_12"].groupby(number.dropna().astype(int).astype(str)).sum()
    return found.sort_index()


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame.reset_index(drop=True)
    frame.insert(0, "ID", range(len(frame)))
    return frame
