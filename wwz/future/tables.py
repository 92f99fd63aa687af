"""Knowledge about ages and the future as frames: the country by age, and how each group moves on in five years."""

from __future__ import annotations

from functools import cache

import pandas as pd

from wwz.knowledge import domain
from wwz.knowledge.catalogue import catalogue, load_toml
from wwz.knowledge.groupnames import indicator_code
from wwz.model.groups import group_tables

# Groups of five years: 25 to 45 years, and 75 years and older.
YOUNG_ADULTS = slice(5, 9)
FIRST_75 = 15
# A group is of so many years.
YEARS = 5


def age_tables() -> dict[str, pd.DataFrame]:
    """The country by age, for the age bands of a buurt (knowledge/leeftijd.toml).

    Returns
    -------
    dict
        ``leeftijd_band``: band, rang, grof (the band of most files: everyone of 65 and older together), oud (whether it
        is a part of 65+), onder_18 (share) and vanaf_75.
        ``leeftijd_land``: jaar, groep (of five years, 0–19), band, deel (of all inhabitants).
        ``leeftijd_land_oud``: jaar, groep, band, deel, aandeel (of everyone of 65 and older).
        ``leeftijd_vijf``: variabele (of a table of gemeenten), vijfjaar (0–19), groep (of 65 and older).
        ``leeftijd_regel``: one row with the rules of the split.
    """
    known = load_toml("leeftijd.toml")
    band = {group: row["code"] for row in known["band"] for group in row["groepen"]}
    people = [
        {"jaar": row["jaar"], "groep": group, "band": band[group], "deel": count / sum(row["duizend"])}
        for row in known["land"]
        for group, count in enumerate(row["duizend"])
    ]
    old = [_old(row, part) for row in known["land"] for part in known["oud"]]
    rules = {k: v for k, v in known["splitsing"].items() if k != "merk"}
    five = [
        (f"bevolking_{YEARS * group}", group, part["groep"])
        for part in known["oud"]
        for group in part["groepen"]
    ]
    return {
        "leeftijd_band": _bands(known),
        "leeftijd_land": pd.DataFrame(people),
        "leeftijd_land_oud": pd.DataFrame(old),
        "leeftijd_vijf": pd.DataFrame(five, columns=["variabele", "vijfjaar", "groep"]),
        "leeftijd_regel": pd.DataFrame([rules]),
    }


def older_parts(year: int) -> dict[str, float]:
    """Of everyone of 65 and older in the country the share of 75 and older, and of those the share of 85 and older.

    Between two known years on a straight line, as figures/15_leeftijd_telling.sql has it.
    """
    tables = age_tables()
    known = tables["leeftijd_land_oud"].groupby(["jaar", "band"])["aandeel"].sum().unstack()
    at = known.reindex(sorted({*known.index, year})).interpolate("index").bfill().loc[year]
    rule = tables["leeftijd_regel"].iloc[0]
    old = 1 - at[rule["jongste"]]
    return {"vanaf_75": float(old), "vanaf_85": float(at[rule["oudste"]] / old)}


def _bands(known: dict) -> pd.DataFrame:
    """The age bands in order; under 18 are all groups of the first, and part of the second."""
    old = {part["band"] for part in known["oud"]}
    young = load_toml("onzekerheid.toml")["regels"]["deel_15_25_onder_18"]
    under_18 = {0: 1.0, 1: young}
    rows = [
        {
            "band": row["code"],
            "rang": rank,
            "grof": known["splitsing"]["grof"] if row["code"] in old else row["code"],
            "oud": row["code"] in old,
            "onder_18": under_18.get(rank, 0.0),
            "vanaf_75": min(row["groepen"]) >= FIRST_75,
        }
        for rank, row in enumerate(known["band"])
    ]
    return pd.DataFrame(rows)


def _old(row: dict, part: dict) -> dict:
    """One group of older people in one year, as a share of everyone of 65 and older."""
    counts = row["duizend"]
    first = min(group for other in load_toml("leeftijd.toml")["oud"] for group in other["groepen"])
    share = sum(counts[g] for g in part["groepen"]) / sum(counts[first:])
    return {"jaar": row["jaar"], **{k: v for k, v in part.items() if k != "groepen"}, "aandeel": share}


def national_path() -> pd.DataFrame:
    """The population of the country from the first step to the last year, in groups of five years.

    Every five years people grow older and some die; mortality falls a little each year. Of those of 75 and older
    there are as many as the control total says; births follow the number of young adults, and migration fills up
    to the total population (knowledge/toekomst.toml, with marks and sources).

    Returns
    -------
    pandas.DataFrame
        One row per year, columns 0–19 in thousands of people.
    """
    known = load_toml("toekomst.toml")
    totals = {row["jaar"]: row for row in known["land"]}
    first = known["regels"]["eerste_stap"]
    people = [next(row["duizend"] for row in load_toml("leeftijd.toml")["land"] if row["jaar"] == first)]
    years = [first, *totals]
    for year in years[1:]:
        people.append(_five_years_on(people[-1], year, totals[year], known["groepen"]))
    return pd.DataFrame(people, index=years, dtype=float)


def _five_years_on(people: list[float], year: int, total: dict, groups: dict) -> list[float]:
    older = _survivors(people, year, groups)
    factor = total["vijfenzeventig"] / sum(older[FIRST_75:])
    older[FIRST_75:] = [count * factor for count in older[FIRST_75:]]
    rest = total["inwoners"] - sum(older)
    return [count + share * rest for count, share in zip(older, groups["migratie"], strict=True)]


def _survivors(people: list[float], year: int, groups: dict) -> list[float]:
    """People five years on, before migration and control totals."""
    base = load_toml("leeftijd.toml")["land"][-1]["jaar"]
    better = (1 - groups["sterfte_daalt_per_jaar"]) ** (year - base)
    stay = [1 - (1 - share) * better for share in groups["overleving"]]
    older = [0.0, *[count * share for count, share in zip(people[:-1], stay[1:], strict=True)]]
    older[-1] += people[-1] * stay[-1]
    older[0] = stay[0] * groups["kinderen"] * sum(older[YOUNG_ADULTS])
    return older


@cache
def future_tables() -> dict[str, pd.DataFrame]:
    """What SQL needs to follow limitations by age into the future.

    Returns
    -------
    dict
        ``toekomst_land``: jaar, inwoners, vijfenzeventig (thousands), onzeker (share).
        ``toekomst_prevalentie``: onderwerp, leeftijd, band, deel, in_noemer; ``toekomst_aanname``: one row per
        assumption; ``toekomst_extramuraal``: onderwerp, jaar, mensen (of 2013), land (expected size in the country);
        ``toekomst_regel``: one row.
    """
    known = load_toml("toekomst.toml")
    return {
        "toekomst_land": pd.DataFrame(known["land"]),
        "toekomst_prevalentie": _prevalence(known),
        "toekomst_aanname": pd.DataFrame(known["aanname"]),
        "toekomst_extramuraal": _institution(),
        "toekomst_regel": pd.DataFrame([known["regels"]]),
    }


def moving() -> float:
    """Which share of those who stay, stays if more people move."""
    return next(row["waarde"] for row in load_toml("toekomst.toml")["aanname"] if row["code"] == "verhuizen")


@cache
def age_profiles() -> dict[str, list[float]]:
    """Layer → share (%) per age band, in the order of leeftijd.toml.

    What has a recipe for now (leeftijdslagen.toml, doelgroepen.toml) follows that in the future too; the other layers are
    in toekomst.toml.
    """
    bands = [row["code"] for row in load_toml("leeftijd.toml")["band"]]
    recipes = group_tables()
    layers = {
        code: rows.set_index("band")["aandeel"] for code, rows in recipes["laag_band"].groupby("indicator")
    }
    rates = {
        code: rows.set_index("band")["aandeel"]
        for code, rows in recipes["doelgroep_band"].query("telt").groupby("doelgroep")
    }
    shares = {catalogue()[code].laag: share for code, share in layers.items()}
    for row in recipes["doelgroep_recept"].itertuples():
        shares[row.indicator] = layers[row.deel_van] * row.deel if row.deel_van else rates[row.doelgroep]
    derived = {code: (100 * share.reindex(bands, fill_value=0.0)).tolist() for code, share in shares.items()}
    return {**load_toml("toekomst.toml")["prevalentie"], **derived}


def _prevalence(known: dict) -> pd.DataFrame:
    """Per subject and band: the share that counts, and the part of the band that the subject is about."""
    bands = [row["code"] for row in load_toml("leeftijd.toml")["band"]]
    everyone, profiles = known["noemer"]["inwoners"], age_profiles()
    subjects = [
        (row["code"], True, [float(band in row["banden"]) for band in bands], everyone)
        for row in known["leeftijd"]
    ]
    subjects += [
        (code, False, [share / 100 for share in profiles[row.laag]], known["noemer"][row.noemer])
        for code, row in catalogue().items()
        if row.laag in profiles and row.regel == "aandeel"
    ]
    rows = [
        {"onderwerp": code, "leeftijd": by_age, "band": band, "deel": share * part, "in_noemer": part}
        for code, by_age, shares, parts in subjects
        for band, share, part in zip(bands, shares, parts, strict=True)
    ]
    return pd.DataFrame(rows).astype({"deel": float, "in_noemer": float})


def _institution() -> pd.DataFrame:
    """People who lived in an institution in 2013, over the doelgroepen by their expected size of each year.

    The number of people stays that of the slides: in every year all buurten of the country together get as many.
    """
    bands, profiles = load_toml("leeftijd.toml")["band"], age_profiles()
    rows = []
    for year, country in national_path().iterrows():
        people = [country[row["groepen"]].sum() for row in bands]
        # Thousands of people times per cent: tens of people.
        size = {
            code: 10 * sum(n * share for n, share in zip(people, shares, strict=True))
            for code, shares in profiles.items()
        }
        for zzp in domain.extramuralisering():
            codes = [indicator_code(code) for code in zzp.doelgroepen]
            whole = sum(size[code] for code in codes)
            rows += [
                {"onderwerp": c, "jaar": year, "mensen": zzp.aantal * size[c] / whole, "land": size[c]}
                for c in codes
            ]
    return (
        pd.DataFrame(rows)
        .groupby(["onderwerp", "jaar"], as_index=False)
        .agg({"mensen": "sum", "land": "first"})
    )


def last_years() -> tuple[int, int]:
    """The first and the last year of the future."""
    rules = load_toml("toekomst.toml")["regels"]
    return rules["begin"], rules["einde"]
