"""How good the model is, as the Verantwoording shows it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pandas as pd

from wwz.knowledge import catalogue, load_toml
from wwz.knowledge.domain import doelgroepen
from wwz.model.groups import MARKS
from wwz.model.tables import MODEL, recipe
from wwz.model.valideer import accuracy_table, coverage_table, stored
from wwz.words.numbers import dutch

OWN = "eigen"
# How a buurt shifts the mantelzorg shares: what, and why.
SLOPES = {
    "schuif_eenpersoons": (
        "alleen wonen schuift mee met huishoudens van één persoon",
        "Zo veel van het verschil met het land telt mee.",
    ),
    "schuif_verweduwd": (
        "alleen wonen van ouderen schuift mee met verweduwden",
        "Zo veel van het verschil met het land telt mee.",
    ),
    "eenzaam_gewicht": (
        "niemand hebben schuift mee met ernstige eenzaamheid",
        "Zo sterk werkt een verschil met het land door; 1 is even sterk als de eenzaamheid zelf.",
    ),
}
SHOWN_STEP = "volledig"
DENSITY = ("Zeer sterk stedelijk", "Sterk stedelijk", "Matig stedelijk", "Weinig stedelijk", "Niet stedelijk")
# Headings of what is printed: those of the screen.
HEADS = {
    "titel": "Laag",
    "basis": "Alleen 65-plussers",
    "wijkcijfer": "Het cijfer van de wijk zelf",
    "alleen": "Model alleen",
    "aan_gemeente": "Met cijfer van de gemeente",
    "aan_wijk": "Met cijfer van de wijk",
    "marge": "Marge (procentpunt)",
}
COVERED = {
    "groep": "Buurten",
    "anker": "Geijkt aan",
    "dekking": "Binnen de marge",
    "uitersten": "Laagste tot hoogste laag",
}
ANCHORS = {"geen": "geen", "gemeente": "de gemeente", "wijk": "de wijk"}


def caution() -> str:
    """Why a good score is not proof, in two Dutch sentences."""
    return recipe()["model"]["let_op"]


@cache
def text(part: str) -> str:
    """A short explanation in Markdown (model.toml, tekst)."""
    known = recipe()
    values = {
        "jaar": known["model"]["geijkt_op"],
        "vanaf": known["model"]["toetsen_vanaf"],
        "herkomst": _most_gained(),
    }
    return known["tekst"][part].format(**values)


def _most_gained(count: int = 2) -> str:
    """The layers of 18+ that background traits help most, with a figure of the gemeente: R² without and with."""
    table = accuracy_table(stored("nauwkeurigheid")).set_index("trede")
    without, along = (
        table.loc[step].set_index("indicator")["aan_gemeente"] for step in (SHOWN_STEP, "herkomst")
    )
    gain = (along - without).filter(like="_18").nlargest(count)
    return "; ".join(
        f"{catalogue()[code].kort.lower()}, van R² {dutch(without[code], 2)} zonder naar {dutch(along[code], 2)} met herkomst"
        for code in gain.index
    )


@cache
def ladder() -> pd.DataFrame:
    """The steps of the ladder: titel, uitleg and the accuracy (R², middle one of all layers) as text.

    Background traits are off by default; their row shows what that costs.
    """
    table = accuracy_table(stored("nauwkeurigheid"))
    middle = table.groupby("trede")[["alleen", "aan_gemeente", "aan_wijk"]].median()
    rows = []
    for step in recipe()["trede"]:
        scores = middle.loc[step["code"]]
        rows.append(
            {
                "titel": step["titel"],
                "uitleg": step["uitleg"],
                **{name: dutch(value, 2) for name, value in scores.items()},
            }
        )
    return pd.DataFrame(rows)


@cache
def accuracy(trede: str = SHOWN_STEP) -> pd.DataFrame:
    """Per layer the accuracy of one trede, as text; columns titel, basis, wijkcijfer, alleen, aan_gemeente, aan_wijk, marge."""
    return accuracy_text(accuracy_table(stored("nauwkeurigheid")).query("trede == @trede"))


def accuracy_text(table: pd.DataFrame) -> pd.DataFrame:
    """The same of a table that was measured (`accuracy_table`); also column trede, its title."""
    steps = {step["code"]: step["titel"] for step in recipe()["trede"]}
    return pd.DataFrame(
        {
            "trede": [steps[code] for code in table["trede"]],
            "titel": [catalogue()[code].titel for code in table["indicator"]],
            "basis": [dutch(v, 2) for v in table["basis_65plus"]],
            "wijkcijfer": [dutch(v, 2) for v in table["basis_wijk"]],
            "alleen": [dutch(v, 2) for v in table["alleen"]],
            "aan_gemeente": [dutch(v, 2) for v in table["aan_gemeente"]],
            "aan_wijk": [dutch(v, 2) for v in table["aan_wijk"]],
            "marge": [f"± {dutch(v, 1)}" for v in table["halve_breedte"]],
        }
    )


@cache
def background() -> pd.DataFrame:
    """What background traits would add for people of 18 and over, as text; columns titel and, per anchor, zonder and met."""
    table = accuracy_table(stored("nauwkeurigheid")).set_index(["trede", "indicator"])
    without, along = table.loc[SHOWN_STEP], table.loc["herkomst"]
    codes = [code for code in without.index if code.endswith("_18")]
    return pd.DataFrame(
        {
            "titel": [catalogue()[code].titel for code in codes],
            **{
                anchor: [
                    f"{dutch(without.loc[code, anchor], 2)} / {dutch(along.loc[code, anchor], 2)}"
                    for code in codes
                ]
                for anchor in ("alleen", "aan_gemeente", "aan_wijk")
            },
        }
    )


@cache
def coverage(trede: str = SHOWN_STEP) -> pd.DataFrame:
    """Part of the buurten within the 90% interval, by size and density; columns groep, anker, dekking (text)."""
    return coverage_text(coverage_table(stored("dekking"), trede))


def coverage_text(table: pd.DataFrame) -> pd.DataFrame:
    """The same of a table that was measured (`coverage_table`)."""
    return pd.DataFrame(
        {
            "groep": [_class_name(row.soort, row.klasse) for row in table.itertuples()],
            "anker": [ANCHORS[anchor] for anchor in table["anker"]],
            # The strict test: the widths of the margins, too, were set without the gemeente in question.
            "dekking": [f"{dutch(100 * v, 1)}%" for v in table["streng_gemiddeld"]],
            "uitersten": [
                f"{dutch(100 * row.streng_laagste, 1)} tot {dutch(100 * row.streng_hoogste, 1)}%"
                for row in table.itertuples()
            ],
        }
    )


def _class_name(kind: str, number: int) -> str:
    if kind == "alle":
        return "Alle buurten"
    if kind == "stedelijkheid":
        return DENSITY[number - 1]
    limits = [row["vanaf"] for row in recipe()["grootte"]] + [None]
    low, high = limits[number - 1], limits[number]
    return f"{dutch(low)} tot {dutch(high)} inwoners" if high else f"{dutch(low)} inwoners of meer"


@cache
def recipes() -> pd.DataFrame:
    """Every step behind the layers by age, the doelgroepen, mantelzorg and Toekomst: wat, waarde, reden, hoe_bekend, bron."""
    groups = load_toml("doelgroepen.toml", MODEL)
    rows = [*_layer_rows(), *_group_rows(groups), *_carer_rows(groups["mantelzorg"]), *_future_rows()]
    return pd.DataFrame(rows)


def _layer_rows() -> Iterator[dict[str, str]]:
    for layer in load_toml("leeftijdslagen.toml", MODEL)["laag"]:
        for band in layer["band"]:
            what = f"{catalogue()[layer['indicator']].kort}, {_band(band['band'])}"
            yield _step(what, f"{dutch(band['aandeel'], 1)}%", band["reden"], band["merk"], layer["bron"])


def _group_rows(groups: dict) -> Iterator[dict[str, str]]:
    names = doelgroepen()
    for group in groups["doelgroep"]:
        name = names[group["code"]].kort
        yield _step(
            f"Omvang {name}", _size(group), group["reden"], group["merk"], f"{group['bron']} {group['jaar']}"
        )
        if "per_1000" in group:
            rates = (f"{_band(band)}: {dutch(rate, 1)}" for band, rate in group["per_1000"].items())
            why = "Alleen de verhouding tussen de leeftijden telt; het landelijke totaal staat vast."
            yield _step(f"{name} naar leeftijd, per 1.000 mensen", "; ".join(rates), why, "A", OWN)
        for tilt in group.get("kantel", []):
            what = f"{name} schuift mee met: {catalogue()[tilt['laag']].kort.lower()}"
            why = "Zo sterk werkt een verschil met het land door; 1 is even sterk als in de laag zelf."
            yield _step(what, dutch(tilt["gewicht"], 1), why, groups["kantel"]["merk"], OWN)
    for row in groups["vraag"]:
        part, low, high = (f"{dutch(100 * row[name])}%" for name in ("deel", "onder", "boven"))
        what = f"Wie van {names[row['doelgroep']].kort} de randvoorwaarden nodig heeft"
        yield _step(
            what, f"{part} ({low} tot {high})", row["reden"], row["merk"], f"{row['bron']} {row['jaar']}"
        )
    young = groups["te_jong"]
    bands = ", ".join(_band(band) for band in young["banden"])
    yield _step("Telt in geen doelgroep mee", bands, young["reden"], young["merk"], OWN)


def _carer_rows(care: dict) -> Iterator[dict[str, str]]:
    names, source = doelgroepen(), f"{care['bron']} {care['jaar']}"
    for row in care["groep"]:
        alone, housemate, nobody = (
            f"{dutch(100 * row[part])}%" for part in ("alleen", "huisgenoot", "niemand")
        )
        value = f"{alone} woont alleen; {housemate} van de rest heeft hulp van een huisgenoot; {nobody} van de anderen heeft niemand"
        yield _step(
            f"Mantelzorg bij {names[row['doelgroep']].kort}", value, row["reden"], care["merk"], source
        )
    for slope, (what, why) in SLOPES.items():
        yield _step(f"Mantelzorg: {what}", dutch(care[slope], 2), why, care["merk"], source)


def _future_rows() -> Iterator[dict[str, str]]:
    names = {row.laag: row.kort for row in catalogue().values()}
    why = "Alleen de verhouding tussen de leeftijden telt; hoe vaak het nu voorkomt, zegt het cijfer van nu."
    bands = [band["code"] for band in load_toml("leeftijd.toml")["band"]]
    for layer, shares in load_toml("toekomst.toml")["prevalentie"].items():
        by_age = (
            f"{_band(band)}: {dutch(share, int(share % 1 > 0))}%"
            for band, share in zip(bands, shares, strict=True)
        )
        yield _step(f"Toekomst: {names[layer].lower()} naar leeftijd", "; ".join(by_age), why, "A", OWN)


def _step(what: str, value: str, why: str, mark: str, source: str) -> dict[str, str]:
    return {"wat": what, "waarde": value, "reden": why, "hoe_bekend": MARKS[mark], "bron": source}


def _size(group: dict) -> str:
    if "totaal" in group:
        return f"{dutch(group['totaal'])} mensen in Nederland"
    return f"{dutch(100 * group['deel'], 1)}% van {catalogue()[group['deel_van']].titel.lower()}"


def _band(code: str) -> str:
    titles = {band["code"]: band["titel"] for band in load_toml("leeftijd.toml")["band"]}
    return titles[code]
