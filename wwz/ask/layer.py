"""Frames from the database, made ready for a screen: texts beside numbers, comparisons, choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from wwz.ask import bounds
from wwz.ask.absent import reasons_of
from wwz.ask.area import Area, find_area
from wwz.ask.ranking import ranked
from wwz.ask.scale import scale_codes, water_areas
from wwz.ask.shown import Layer as Layer
from wwz.base.codes import plural
from wwz.knowledge import Indicator, catalogue, domain, load_toml
from wwz.knowledge.bounds import REGEL, condition_of
from wwz.store import Store, remembered
from wwz.words.numbers import NOT_SHOWN, dutch, is_known, people, people_range, too_few, value_text
from wwz.words.sentences import bound_texts, margin_text

WATER = "water, geen inwoners"
# The layer that is about what is known of randvoorwaarden: in every area of as many of them as it can.
LACKING = "zonder_noodzakelijk"


@remembered
def available(store: Store) -> pd.DataFrame:
    """The catalogue rows that have figures, columns as in sql/answers/indicatoren.sql."""
    rows = store.ask("indicatoren")
    return rows[rows["jaren"].map(len) > 0].reset_index(drop=True)


@remembered
def layers(store: Store) -> pd.DataFrame:
    """Everything that can be a layer of the map: what has figures, and the bounds of randvoorwaarden."""
    return pd.concat([available(store), bounds.bound_layers(store)], ignore_index=True)


@remembered
def layer(
    store: Store, area: Area, code: str, niveau: str, maat: str, jaar: int, schaal: str = "gemeente"
) -> Layer:
    """Figures for one map.

    Parameters
    ----------
    code, niveau
        Indicator and level of the areas.
    maat
        aandeel or aantal; an indicator that has only one of these ignores it.
    jaar
        0, or a year without figures, gives the latest complete year.
    schaal
        gemeente or land: what the classes are made of.
    """
    indicator = catalogue()[code]
    if condition_of(code):
        return bounds.bound_layer(
            store, area, code, niveau, find_area(store, scale_codes(store, area, niveau, schaal))
        )
    row = available(store).set_index("code").loc[code]
    years = tuple(int(y) for y in row["jaren"])
    year = jaar if jaar in years else int(row["nieuwste"])
    figures = store.ask("kaartlaag", binnen=list(area.codes), niveau=niveau, indicator=code)
    measure = "aantal" if maat == "aantal" and indicator.regel == "aandeel" else "aandeel"
    covered, other = coverage(store, area, niveau) if code == LACKING else ((), ())
    drawn = _drawn(figures, measure, other)
    now = (figures["jaar"] == year).to_numpy()
    wider = scale_codes(store, area, niveau, schaal)
    extremes = store.ask("uitersten", binnen=list(area.codes), niveau=niveau, indicator=code, jaar=year)
    asked = {"binnen": list(wider), "niveau": niveau, "indicator": code, "jaar": year}
    found = Layer(
        indicator,
        year,
        years,
        measure,
        drawn[now],
        drawn if wider == area.codes else _pooled(store, wider, niveau, code, measure),
        area.figures([code], year).iloc[0],
        extremes,
        reasons_of(figures[now], water_areas(store)),
        int(store.about()["minimum"]),
        _margins(figures[now], measure),
        apart(store, measure, asked),
        covered,
        other,
    )
    # Where areas hardly differ, none is said to be the highest.
    return replace(found, extremes=extremes.head(0)) if found.flat else found


def _drawn(figures: pd.DataFrame, measure: str, other: Sequence[str]) -> pd.Series:
    values = figures.set_index("gebied")["teller" if measure == "aantal" else "waarde"]
    return values.mask(figures["gebied"].isin(other).to_numpy())


@remembered
def _pooled(store: Store, codes: tuple[str, ...], niveau: str, code: str, measure: str) -> pd.Series:
    """The values of all years in the areas that classes are made of."""
    other = coverage(store, find_area(store, codes), niveau)[1] if code == LACKING else ()
    figures = store.ask("kaartlaag", binnen=list(codes), niveau=niveau, indicator=code)
    return _drawn(figures, measure, other)


def _margins(figures: pd.DataFrame, measure: str) -> pd.DataFrame:
    names = {"teller_onder": "onder", "teller_boven": "boven"} if measure == "aantal" else {}
    return figures.set_index("gebied")[list(names) or ["onder", "boven"]].rename(columns=names)


def apart(store: Store, measure: str, asked: dict) -> float:
    """Which part of the pairs differ clearly (sql/answers/gescheiden.sql); missing where there is nothing to ask."""
    if measure == "aantal":
        return float("nan")
    most = load_toml("onzekerheid.toml")["verschil"]["gebieden_hoogstens"]
    pairs = store.ask("gescheiden", **asked, hoogstens=most).iloc[0]
    return float(pairs["los"] / pairs["paren"]) if pairs["paren"] else float("nan")


@remembered
def coverage(store: Store, area: Area, niveau: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What "mist iets noodzakelijks" covers here: what most areas of the level have, in titles; and codes of the others."""
    rows = store.ask("gemis_telt", binnen=list(area.codes), niveau=niveau)
    if rows.empty:
        return (), ()
    sets = rows["telt"].map(tuple)
    counts = sets.value_counts()
    # Of equally many: what covers most, so that the choice is the same every time.
    most = min(counts.index, key=lambda found: (-counts[found], -len(found), found))
    titles = domain.randvoorwaarden()
    return tuple(titles[code].titel for code in most), tuple(rows.loc[sets != most, "gebied"])


def table_rows(store: Store, area: Area, shown: Layer, niveau: str) -> pd.DataFrame:
    """The table under the map: the figures of all areas, with texts, in the order of the most affected."""
    return _table_rows(store, area, niveau, shown.indicator.code, shown.jaar, shown.maat)


@remembered
def _table_rows(store: Store, area: Area, niveau: str, code: str, jaar: int, maat: str) -> pd.DataFrame:
    rows = with_texts(area.parts(niveau, [code], jaar), store.about()["minimum"])
    field = "teller" if maat == "aantal" else "waarde"
    if condition_of(code):
        field = bounds.side(rows)[0]
    elif field == "waarde" and catalogue()[code].regel == "aandeel":
        return ranked(rows, catalogue()[code].per)
    return rows.sort_values(field, ascending=False, na_position="last", kind="stable").reset_index(drop=True)


def with_texts(frame: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Add what a reader sees: waarde_tekst, mensen_tekst and marge_tekst."""
    rows = [_texts(row, minimum) for row in frame.to_dict("records")]
    texts = pd.DataFrame(rows, columns=["waarde_tekst", "mensen_tekst", "marge_tekst"], index=frame.index)
    return frame.join(texts)


def _texts(row: dict, minimum: int) -> tuple[str, str, str]:
    indicator = catalogue()[row["indicator"]]
    if indicator.regel == REGEL:
        return bound_texts(row, minimum)
    if row.get("soort") == NOT_SHOWN:
        return NOT_SHOWN, NOT_SHOWN if indicator.regel != "gemiddelde" else "", ""
    count = (
        people(row["teller"], hidden=row["verborgen"], counted=row["geteld"], minimum=minimum)
        if indicator.regel not in ("gemiddelde", "mediaan")
        else ""
    )
    value = WATER if row["water"] and not row["noemer"] else value_text(row["waarde"], indicator)
    if row["verborgen"] and not is_known(row["waarde"]):
        value = too_few(minimum)
    return value, count, margin_text(row, indicator)


@remembered
def comparison(store: Store, area: Area, code: str, jaar: int = 0) -> pd.DataFrame:
    """One indicator for an area and for the larger areas around it, the nearest first.

    Returns
    -------
    pandas.DataFrame
        Columns naam, waarde, onder, boven, jaar, soort, marge_uit, accent, tekst, and breedte (0-100, of the highest value). The
        country may have a year of its own; its name then says so.
    """
    indicator = catalogue()[code]
    rows = []
    for number, part in enumerate([area, *around(store, area)]):
        figures = part.figures([code], jaar)
        if len(figures):
            rows.append(
                {
                    "naam": part.naam,
                    **figures.iloc[0][["waarde", "onder", "boven", "jaar", "soort", "marge_uit"]].to_dict(),
                    "accent": number == 0,
                }
            )
    country = national(store, [code])
    if len(country) and indicator.regel != "som" and area.niveau != "land":
        rows.append(
            {
                "naam": "Nederland",
                **country.iloc[0][["waarde", "onder", "boven", "jaar", "soort", "marge_uit"]].to_dict(),
                "accent": False,
            }
        )
    frame = pd.DataFrame(
        rows, columns=["naam", "waarde", "onder", "boven", "jaar", "soort", "marge_uit", "accent"]
    )
    own_year = frame["jaar"].iloc[0] if len(frame) else 0
    frame["naam"] = [
        f"{n} ({int(y)})" if y != own_year else n for n, y in zip(frame["naam"], frame["jaar"], strict=True)
    ]
    top = frame["waarde"].max()
    return frame.assign(
        tekst=[value_text(v, indicator) for v in frame["waarde"]],
        breedte=(100 * frame["waarde"] / top).fillna(0) if top else 0.0,
    )


def national(store: Store, codes: Sequence[str]) -> pd.DataFrame:
    """What is known of the country, a row per indicator (sql/answers/landelijk.sql); all are asked at once."""
    rows = store.ask("landelijk", indicatoren=list(store.ask("indicatoren")["code"]))
    return rows[rows["indicator"].isin(list(codes))].reset_index(drop=True)


@remembered
def around(store: Store, area: Area) -> list[Area]:
    """The larger areas a single area lies in: its wijk and gemeente."""
    if area.is_union or area.niveau not in ("buurt", "wijk"):
        return []
    row = store.areas().set_index("code").loc[area.codes[0]]
    codes = [row["wijk"], row["gemeente"]] if area.niveau == "buurt" else [row["gemeente"]]
    return [find_area(store, [code]) for code in codes]


@remembered
def describe_area(store: Store, area: Area) -> str:
    """What kind of area it is: its gemeente, inhabitants and number of buurten."""
    rows = area.figures(["inwoners"])
    minimum = store.about()["minimum"]
    count = "onbekend aantal inwoners"
    if len(rows) and rows["waarde"].notna().any():
        row = rows.iloc[0]
        count = f"{people(row['teller'], hidden=row['verborgen'], counted=True, minimum=minimum)} inwoners ({int(row['jaar'])})"
    number = len(area.buurten)
    buurten = "" if area.niveau == area.smallest else f"{dutch(number)} {plural(area.smallest, number)}"
    return " · ".join(filter(None, [gemeente_of(store, area), count, buurten]))


def gemeente_of(store: Store, area: Area) -> str:
    """Where a single wijk or buurt lies: gemeente Haverstede; empty for any other area."""
    larger = around(store, area)
    return f"gemeente {larger[-1].naam}" if larger else ""


def people_line(row: pd.Series, indicator: Indicator, minimum: int) -> tuple[str, str]:
    """The number of people in large type, and its range and share in small type."""
    if indicator.regel == REGEL:
        share, people_text, _ = bound_texts(row, minimum)
        return (f"{people_text} mensen", f"{share} van wie het nodig heeft") if people_text else (share, "")
    if row.get("soort") == NOT_SHOWN:
        return NOT_SHOWN, "Om mensen te beschermen: dit aantal is klein, of zou een klein aantal verraden."
    if indicator.regel in ("gemiddelde", "mediaan"):
        return value_text(row["waarde"], indicator), margin_text(row, indicator)
    unit = "mensen" if indicator.mensen.startswith("inwoners") else indicator.mensen
    count = people(row["teller"], hidden=row["verborgen"], counted=row["geteld"], minimum=minimum)
    margin = people_range(row, indicator, minimum)
    share = value_text(row["waarde"], indicator) if indicator.regel == "aandeel" else ""
    of = f"{share} van de {indicator.mensen}" if indicator.eenheid == "%" and share != "onbekend" else share
    return f"{count} {unit}", " · ".join(
        filter(None, [f"tussen {margin.replace(' tot ', ' en ')}" if margin else "", of])
    )


@remembered
def profile_rows(store: Store, area: Area, codes: Sequence[str]) -> pd.DataFrame:
    """Figures of one area for several indicators, with texts and the gemeente and country beside them."""
    minimum = store.about()["minimum"]
    own = with_texts(area.figures(codes), minimum)
    larger = around(store, area)
    gemeente = with_texts(larger[-1].figures(codes), minimum).set_index("indicator") if larger else None
    country = national(store, codes).set_index("indicator")
    own["titel"] = [catalogue()[c].titel for c in own["indicator"]]
    own["gemeente_tekst"] = [
        gemeente["waarde_tekst"].get(c, "") if gemeente is not None else "" for c in own["indicator"]
    ]
    own["land_tekst"] = [
        _country_text(country, c, year) for c, year in zip(own["indicator"], own["jaar"], strict=True)
    ]
    return own


def _country_text(country: pd.DataFrame, code: str, year: int) -> str:
    if code not in country.index or catalogue()[code].regel == "som":
        return ""
    row = country.loc[code]
    text = value_text(row["waarde"], catalogue()[code])
    return text if row["jaar"] == year else f"{text} ({int(row['jaar'])})"
