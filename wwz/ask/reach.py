"""Who has a voorziening within reach: figures of one kind of voorziening for an area, ready for a screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from wwz.ask.area import Area
from wwz.base.sentence import capital
from wwz.knowledge import domain, load_toml
from wwz.store import Store, remembered
from wwz.words.numbers import dutch, is_known, people, people_between

EVERYBODY, OLD = "inwoners", "65plus"
HERE_TOO = 0.999


@dataclass(frozen=True)
class Kind:
    """What is measured: afstand.toml, [[bereik]]."""

    code: str
    titel: str
    een: str
    voorzieningen: tuple[str, ...]
    meters: tuple[int, ...]
    vanaf: int | None


@dataclass(frozen=True)
class Overview:
    """Everything about one kind of voorziening in one area.

    Attributes
    ----------
    headline, about
        The finding, and what it is about.
    groups
        A row per group of people: groep, titel, hoe_bekend, and per distance the columns m<meter> and n<meter> with texts.
    notes
        Sentences: how far half of the people walk, what it was measured with, what is not known.
    sources
        Source lines.
    known
        Whether there is any figure.
    doubts
        Sentences about lists of points that are probably not complete.
    """

    headline: str
    about: str
    groups: pd.DataFrame
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    known: bool
    doubts: tuple[str, ...] = ()


def kinds() -> dict[str, Kind]:
    """Code → kind, in the order of afstand.toml."""
    return {
        row["code"]: Kind(
            row["code"],
            row["titel"],
            row["een"],
            tuple(row["voorzieningen"]),
            tuple(sorted(row["meters"])),
            row.get("gemiddelde_vanaf"),
        )
        for row in load_toml("afstand.toml")["bereik"]
    }


def groups() -> dict[str, str]:
    """Code → title of everybody, 65+ and the doelgroepen."""
    return {
        EVERYBODY: "Alle inwoners",
        OLD: "65-plussers",
        **{c: g.titel for c, g in domain.doelgroepen().items()},
    }


@remembered
def overview(store: Store, area: Area, code: str, meter: int, group: str = EVERYBODY) -> Overview:
    """The figures of one kind of voorziening (code) for an area as a whole; the headline is about `meter` and `group`."""
    kind, buurten = kinds()[code], list(area.buurten)
    rows = store.ask("bereik_groepen", buurten=buurten, bereik=code)
    steps = store.ask("bereik_trede", buurten=buurten, bereik=code)
    halves = store.ask("bereik_mediaan", buurten=buurten, bereik=code)
    minimum = store.about()["minimum"]
    notes = tuple(
        filter(None, [_half(halves, kind), *_steps(steps), _too_coarse(steps, kind), _old_too(rows)])
    )
    year = f" · inwoners {int(rows['jaar'].max())}" if len(rows) else ""
    sources = (
        tuple(dict.fromkeys(text for text in steps["bron"] if isinstance(text, str))) if len(rows) else ()
    )
    return Overview(
        _headline(rows, group, kind, meter, minimum),
        f"{area.naam}{year}",
        _table(rows, kind, minimum),
        notes,
        sources,
        len(rows) > 0,
        tuple(
            _incomplete(row, kind)
            for row in store.ask("bereik_onvolledig", buurten=buurten, bereik=code).to_dict("records")
        ),
    )


@remembered
def per_area(store: Store, area: Area, niveau: str, code: str, meter: int, group: str) -> pd.DataFrame:
    """The same for every area of one level.

    Returns
    -------
    pandas.DataFrame
        Columns gebied, naam, procent, aandeel_tekst, teller, mensen_tekst, marge_tekst, hoe.
    """
    rows = store.ask(
        "bereik_gebieden", binnen=list(area.codes), niveau=niveau, bereik=code, meter=meter, groep=group
    )
    minimum = store.about()["minimum"]
    titles = {row["code"]: row["titel"] for row in load_toml("afstand.toml")["woonplaats"]} | {
        "gemengd": "verschillend"
    }
    return rows.assign(
        procent=100 * rows["aandeel"],
        aandeel_tekst=[_share(row) for row in rows.to_dict("records")],
        mensen_tekst=[_count(row, minimum) for row in rows.to_dict("records")],
        marge_tekst=[_margin(row, minimum) for row in rows.to_dict("records")],
        hoe=[titles.get(h, "onbekend") for h in rows["herkomst"]],
    )


def _headline(rows: pd.DataFrame, group: str, kind: Kind, meter: int, minimum: int) -> str:
    one = rows[(rows["groep"] == group) & (rows["meter"] == meter)]
    who = {EVERYBODY: "de inwoners", OLD: "de 65-plussers"}.get(group, "")
    reach = f"{kind.een} binnen {dutch(meter)} meter"
    if one.empty:
        return f"Hoe ver is {kind.een}?" if rows.empty else f"Onbekend: wie heeft {reach}?"
    row = one.iloc[0].to_dict()
    if row["verborgen"]:
        return f"Minder dan {minimum} {who.removeprefix('de ') or 'mensen'} hebben {reach}"
    if who:
        return f"{_share(row)} van {who} heeft {reach}"
    return f"{groups()[group]}: {_share(row)} heeft {reach}"


def _incomplete(row: dict[str, Any], kind: Kind) -> str:
    ours, cbs = (dutch(row[name], 1) for name in ("km_punten", "km_cbs"))
    return (
        f"De lijst met punten voor {kind.titel} lijkt in {row['naam']} niet volledig: volgens de punten is de gemiddelde afstand {ours} km, volgens "
        f"het CBS {cbs} km. Vul de lijst aan voordat u deze cijfers gebruikt."
    )


def _half(halves: pd.DataFrame, kind: Kind) -> str:
    texts = []
    for group, who in ((EVERYBODY, "inwoners"), (OLD, "65-plussers")):
        row = halves[halves["groep"] == group]
        if len(row):
            low, mid = (dutch(row[name].iloc[0]) for name in ("onder", "waarde"))
            # Where the worst case is that half of them cannot come there at all.
            most = row["boven"].iloc[0]
            between = f"tussen {low} en {dutch(most)}" if pd.notna(most) else f"{low} of meer"
            texts.append(f"de helft van de {who} heeft {kind.een} binnen {mid} meter ({between})")
    text = "; ".join(texts)
    return f"{capital(text)}. Dat is de mediaan." if text else ""


def _steps(steps: pd.DataFrame) -> list[str]:
    """What was measured with, in words: one sentence a step of the ladder."""
    total, sentences = int(steps["buurten"].sum()), []
    for row in steps.to_dict("records"):
        where = "" if row["buurten"] == total else f" ({dutch(row['buurten'])} van {dutch(total)} buurten)"
        if not isinstance(row["herkomst"], str):
            sentences.append(f"Van {dutch(row['buurten'])} van {dutch(total)} buurten is dit niet bekend.")
            continue
        sentences.append(row["uitleg"].removesuffix(".") + where + ". " + _along(row))
    return [text.strip() for text in sentences]


def _along(row: dict[str, Any]) -> str:
    if row["herkomst"] == "gemiddelde":
        return ""
    if row["netwerk"] >= HERE_TOO:
        return "Langs looproutes."
    if row["netwerk"] > 0:
        return f"Voor {dutch(100 * row['netwerk'])}% langs looproutes, de rest in een rechte lijn maal een omweg."
    return "In een rechte lijn maal een omweg: water en drukke wegen tellen niet mee."


def _too_coarse(steps: pd.DataFrame, kind: Kind) -> str:
    short = [m for m in kind.meters if kind.vanaf and m < kind.vanaf]
    if short and (steps["herkomst"] == "gemiddelde").any():
        metres = " of ".join(dutch(m) for m in short)
        return f"Een gemiddelde afstand is te grof om te zeggen wie binnen {metres} meter woont. Lees adressen en punten in om dat te weten."
    return ""


def _old_too(rows: pd.DataFrame) -> str:
    if len(rows) and (rows["herkomst"] == "gemiddelde").all():
        return "Voor 65-plussers en doelgroepen nemen wij aan dat zij even ver wonen als hun buren."
    return (
        "Voor een doelgroep geldt het deel van haar leeftijd: 65-plussers voor ouderen, alle inwoners voor de andere."
        if len(rows)
        else ""
    )


def _table(rows: pd.DataFrame, kind: Kind, minimum: int) -> pd.DataFrame:
    known = {(row["groep"], row["meter"]): row for row in rows.to_dict("records")}
    lines = []
    for code, title in groups().items():
        if not any((code, m) in known for m in kind.meters):
            continue
        line = {"groep": code, "titel": title, "hoe_bekend": "geschat"}
        for meter in kind.meters:
            row = known.get((code, meter))
            line[f"m{meter}"] = _share(row) if row else "onbekend"
            line[f"n{meter}"] = (
                f"{_count(row, minimum)} {_margin(row, minimum)}".strip() if row else "te grof gemeten"
            )
        lines.append(line)
    return pd.DataFrame(lines)


def _share(row: dict[str, Any]) -> str:
    return (
        f"{dutch(100 * row['aandeel'])}%"
        if is_known(row["aandeel"])
        else "niet getoond"
        if row["verborgen"]
        else "onbekend"
    )


def _count(row: dict[str, Any], minimum: int) -> str:
    return people(row["teller"], hidden=bool(row["verborgen"]), counted=False, minimum=minimum)


def _margin(row: dict[str, Any], minimum: int) -> str:
    if row["verborgen"] or not is_known(row["teller_onder"]) or not is_known(row["teller_boven"]):
        return ""
    between = people_between(row["teller_onder"], row["teller_boven"], minimum)
    return f"({between})" if between else ""
