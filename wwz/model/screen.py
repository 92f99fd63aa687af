"""How good the model is, as the Verantwoording shows it."""

from __future__ import annotations

import pandas as pd

from wwz.knowledge import catalogue, load_toml
from wwz.knowledge.domain import doelgroepen
from wwz.model.tables import MODEL, recipe
from wwz.model.valideer import accuracy_table, coverage_table, stored
from wwz.numbers import dutch

MARKS = {"S": "gepubliceerd", "K": "te controleren", "A": "aanname"}
SHOWN_STEP = "volledig"
DENSITY = ("Zeer sterk stedelijk", "Sterk stedelijk", "Matig stedelijk", "Weinig stedelijk", "Niet stedelijk")
ANCHORS = {"geen": "geen", "gemeente": "de gemeente", "wijk": "de wijk"}


def caution() -> str:
    """Why a good score is not proof, in two Dutch sentences."""
    return recipe()["model"]["let_op"]


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
    without, along = (table.loc[step].set_index("indicator")["aan_gemeente"] for step in (SHOWN_STEP, "herkomst"))
    gain = (along - without).filter(like="_18").nlargest(count)
    return "; ".join(
        f"{catalogue()[code].kort.lower()}, van R² {dutch(without[code], 2)} zonder naar {dutch(along[code], 2)} met herkomst"
        for code in gain.index
    )


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


def accuracy(trede: str = SHOWN_STEP) -> pd.DataFrame:
    """Per layer the accuracy of one trede, as text; columns titel, basis, alleen, aan_gemeente, aan_wijk, marge."""
    table = accuracy_table(stored("nauwkeurigheid")).query("trede == @trede")
    return pd.DataFrame(
        {
            "titel": [catalogue()[code].titel for code in table["indicator"]],
            "basis": [dutch(v, 2) for v in table["basis_65plus"]],
            "alleen": [dutch(v, 2) for v in table["alleen"]],
            "aan_gemeente": [dutch(v, 2) for v in table["aan_gemeente"]],
            "aan_wijk": [dutch(v, 2) for v in table["aan_wijk"]],
            "marge": [f"± {dutch(v, 1)}" for v in table["halve_breedte"]],
        }
    )


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


def coverage(trede: str = SHOWN_STEP) -> pd.DataFrame:
    """Part of the buurten within the 90% interval, by size and density; columns groep, anker, dekking (text)."""
    table = coverage_table(stored("dekking"), trede)
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


def recipes() -> pd.DataFrame:
    """Every step behind the layers by age and the doelgroepen: wat, waarde, reden, hoe_bekend, bron."""
    known = load_toml("leeftijdslagen.toml", MODEL)["laag"]
    rows = [
        {
            "wat": f"{catalogue()[layer['indicator']].kort}, {_band(band['band'])}",
            "waarde": f"{dutch(band['aandeel'], 1)}%",
            "reden": band["reden"],
            "hoe_bekend": MARKS[band["merk"]],
            "bron": f"{layer['bron']}",
        }
        for layer in known
        for band in layer["band"]
    ]
    names = doelgroepen()
    for group in load_toml("doelgroepen.toml", MODEL)["doelgroep"]:
        rows.append(
            {
                "wat": f"Omvang {names[group['code']].kort}",
                "waarde": _size(group),
                "reden": group["reden"],
                "hoe_bekend": MARKS[group["merk"]],
                "bron": f"{group['bron']} {group['jaar']}",
            }
        )
    return pd.DataFrame(rows)


def _size(group: dict) -> str:
    if "totaal" in group:
        return f"{dutch(group['totaal'])} mensen in Nederland"
    return f"{dutch(100 * group['deel'], 1)}% van {catalogue()[group['deel_van']].titel.lower()}"


def _band(code: str) -> str:
    titles = {band["code"]: band["titel"] for band in load_toml("leeftijd.toml")["band"]}
    return titles[code]
