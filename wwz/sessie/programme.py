"""The programme of a session: steps made from a template, around what the data say of the area at that moment."""

from __future__ import annotations

import secrets
from dataclasses import asdict, astuple, dataclass, fields, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from wwz.agenda import rows as agenda
from wwz.ask.area import Area
from wwz.base.dates import dutch_date
from wwz.base.errors import Fout
from wwz.knowledge import steering
from wwz.own import plans
from wwz.planning import proposals
from wwz.sessie.kinds import LONGEST_TEXT, LONGEST_TITLE
from wwz.store import Store
from wwz.words.numbers import nearly, spoken

MOST_STEPS, MOST_ROWS, MOST_STATEMENTS, MOST_UNKNOWN, MOST_PLANS = 20, 8, 3, 6, 3
LONGEST_STEP, MOST_DOTS = 180, 10
PER = ("persoon", "organisatie")
# Screens of which a link shows sentences; of every other one it shows the map.
AGENDA, PROFILE = "wijkagenda", "wijkprofiel"
UNKNOWN, BOUNDED = "onbekend", "begrensd"


@dataclass(frozen=True)
class Step:
    """One step. It holds all that is shown in it: what the data say later does not change what the room looked at.

    Attributes
    ----------
    id
        Tells it apart within the session; stays when it is moved.
    soort
        Code of the kind of step (knowledge/regie/sjablonen.toml).
    titel
        The question on the wall.
    minuten
        How long it may take.
    rijen
        What one chooses from: pairs of a code and a text.
    stellingen
        Statements, each a text, how it is known, and its source.
    stippen, per
        How many dots, for each persoon or for each organisatie.
    geheim
        Whether nobody may know who gave what, not even in the ledger.
    kijk
        What one looks at: the query of a link to a screen; empty: the map of the area.
    scherm
        The screen of that link when it shows sentences; empty: a map.
    notitie
        What to notice there.
    bronnen
        Where the figures in it come from, and how they are known.
    vergelijking
        What each row does where rows are proposals: what is counted, code of the row, people now, with it, and the difference.
    """

    id: str
    soort: str
    titel: str
    minuten: int
    rijen: tuple[tuple[str, str], ...] = ()
    stellingen: tuple[tuple[str, str, str], ...] = ()
    stippen: int = 3
    per: str = PER[0]
    geheim: bool = False
    kijk: str = ""
    bronnen: tuple[str, ...] = ()
    vergelijking: tuple[tuple[str, ...], ...] = ()
    scherm: str = ""
    notitie: str = ""

    def kept(self) -> dict[str, Any]:
        """As it goes into the ledger."""
        return {
            **asdict(self),
            "rijen": [list(row) for row in self.rijen],
            "stellingen": [list(row) for row in self.stellingen],
            "bronnen": list(self.bronnen),
            "vergelijking": [list(line) for line in self.vergelijking],
        }

    @property
    def kijkkop(self) -> str:
        """What its lines are, where one looks."""
        return (
            "Wat het profiel van de wijk zegt" if self.scherm == PROFILE else "Wat de agenda van de wijk zegt"
        )

    @property
    def vergeleken(self) -> list[tuple[str, list[tuple[str, ...]]]]:
        """The proposals beside each other: what is counted, with for each its name, now, with it, and the difference."""
        names = dict(self.rijen)
        found: dict[str, list[tuple[str, ...]]] = {}
        for over, code, *cells in self.vergelijking:
            if code in names:
                found.setdefault(over, []).append((names[code], *cells))
        return list(found.items())

    @property
    def kind(self) -> dict[str, Any]:
        """What is known of its kind."""
        return kinds()[self.soort]


def from_kept(row: dict[str, Any]) -> Step:
    """A step as it came out of the ledger."""
    known = {f.name for f in fields(Step)}
    rest = {name: value for name, value in row.items() if name in known}
    return Step(
        **{
            **rest,
            "rijen": tuple((str(code), str(text)) for code, text in row.get("rijen", ())),
            "bronnen": tuple(map(str, row.get("bronnen", ()))),
            "vergelijking": tuple(tuple(map(str, line)) for line in row.get("vergelijking", ())),
            "stellingen": tuple((str(a), str(b), str(c)) for a, b, c in row.get("stellingen", ())),
        }
    )


def kinds() -> dict[str, dict[str, Any]]:
    """Kinds of steps by code."""
    return {row["code"]: row for row in steering.rows("sjablonen", "soort")}


def templates() -> dict[str, dict[str, Any]]:
    """Templates by code."""
    return {row["code"]: row for row in steering.rows("sjablonen", "sjabloon")}


def from_template(code: str, store: Store, area: Area) -> list[Step]:
    """The steps of a template, for an area.

    Raises
    ------
    Fout
        When there is no such template.
    """
    found = templates().get(code)
    if found is None:
        raise Fout(f"Er is geen sjabloon {code}. Kies uit: {', '.join(templates())}.")
    known = _known(store, area)
    return [_made(soort, store, area, known) for soort in found["stappen"]]


def new_step(soort: str, store: Store, area: Area) -> Step:
    """One step of a kind, for an area.

    Raises
    ------
    Fout
        When there is no such kind.
    """
    if soort not in kinds():
        raise Fout("Deze soort stap bestaat niet. Kies er een uit de lijst.")
    return _made(soort, store, area, _known(store, area))


def _made(soort: str, store: Store, area: Area, known: list[dict[str, Any]]) -> Step:
    row = kinds()[soort]
    step = Step(
        secrets.token_hex(4), soort, row["vraag"].format(gebied=area.naam)[:LONGEST_TITLE], row["minuten"]
    )
    if soort == "kijken":
        rows, sources = _lines(known)
        return replace(step, rijen=rows, bronnen=sources)
    if soort == "kiezen":
        return replace(step, rijen=tuple((r["randvoorwaarde"], r["titel"]) for r in known[:MOST_ROWS]))
    if soort == "doorrekenen":
        return _with_proposals(step, store, area)
    if soort == "herkent":
        return replace(step, stellingen=tuple(_statement(r, area.naam) for r in known[:MOST_STATEMENTS]))
    if soort == "invullen":
        unsure = [r for r in known if r["hoe_code"] == UNKNOWN][:MOST_UNKNOWN]
        return replace(step, rijen=tuple((r["randvoorwaarde"], r["titel"]) for r in unsure))
    return step


def agenda_lines(store: Store, area: Area) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The first lines of the agenda of an area: pairs of a code and a text, and where they come from."""
    return _lines(_known(store, area))


def _lines(known: list[dict[str, Any]]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    shown = known[:MOST_ROWS]
    rows = tuple((r["randvoorwaarde"], f"{r['titel']}: {_people(r)}") for r in shown)
    return rows, tuple(dict.fromkeys(r["bron"] for r in shown if r["bron"]))


def _with_proposals(step: Step, store: Store, area: Area) -> Step:
    """The newest plans that were kept here, worked out as they are on the screen Doorrekenen."""
    here = [plan for plan in plans.kept(store.path) if set(plan.gebied) & set(area.codes)][:MOST_PLANS]
    lines, told = proposals.compared(area, here)
    worked_out = [f"Geschat. Doorgerekend op {dutch_date(datetime.now())}."] if lines else []
    return replace(
        step,
        rijen=tuple((plan.id, plan.naam[:LONGEST_TITLE]) for plan in here),
        vergelijking=tuple(astuple(line) for line in lines),
        bronnen=(*worked_out, *told),
    )


def proposals_anew(step: Step, store: Store, area: Area) -> Step:
    """The same step with the plans that are kept now; what the room said of a plan stays with it."""
    return _with_proposals(step, store, area) if step.soort == "doorrekenen" else step


def _known(store: Store, area: Area) -> list[dict[str, Any]]:
    """What is necessary and missing, or unknown, in the order of the agenda; nothing where an agenda says nothing."""
    try:
        found = agenda.of_area(store, area)
    except Fout:
        return []
    return found.rows[found.rows["graad"] == "N"].to_dict("records")


def _people(row: dict[str, Any]) -> str:
    if row["hoe_code"] == UNKNOWN:
        return row["marge_tekst"] or UNKNOWN
    margin = f" ({row['marge_tekst'].split(';')[0]})" if row["marge_tekst"] else ""
    return f"{_about(row)} mensen missen dit{margin}, {row['soort']}"


def _about(row: dict[str, Any]) -> str:
    """How many, in a sentence; what is bounded says 'ten hoogste' or 'tot' itself."""
    text = row["mensen_tekst"]
    return spoken(text) if row["hoe_code"] == BOUNDED else spoken(nearly(text))


def _statement(row: dict[str, Any], naam: str) -> tuple[str, str, str]:
    if row["hoe_code"] == UNKNOWN:
        need = row["marge_tekst"] or "nodig, maar voor hoeveel mensen weten wij niet"
        text = f"{row['titel']} is in {naam} {need} mensen. Er is te weinig van."
    else:
        text = f"In {naam} missen {_about(row)} mensen {row['gemis']}."
    return text, f"{row['hoe']} ({row['soort']})", row["bron"]


def edited(step: Step, values: dict[str, str]) -> Step:
    """A step with what a facilitator changed; what cannot be is refused.

    Raises
    ------
    Fout
        With a sentence for everything that is wrong.
    """
    title = values.get("titel", step.titel).strip()
    minutes, dots = values.get("minuten", str(step.minuten)), values.get("stippen", str(step.stippen))
    wrong = {
        "Geef de stap een titel.": not title,
        f"De titel is te lang: hooguit {LONGEST_TITLE} tekens.": len(title) > LONGEST_TITLE,
        f"Kies 1 tot {LONGEST_STEP} minuten.": not _between(minutes, LONGEST_STEP),
        f"Kies 1 tot {MOST_DOTS} stippen.": not _between(dots, MOST_DOTS),
    }
    if any(wrong.values()):
        raise Fout(*[sentence for sentence, is_wrong in wrong.items() if is_wrong])
    return replace(
        step, titel=title, minuten=int(minutes), stippen=int(dots),
        per=values["per"] if values.get("per") in PER else step.per,
        geheim=values.get("geheim", "ja" if step.geheim else "nee") == "ja",
        stellingen=_statements(step, values), rijen=_rows(step, values),
        notitie=values.get("notitie", step.notitie).strip()[:LONGEST_TEXT],
        **(_link(values["kijk"]) if "kijk" in values else {}),
    )  # fmt: skip


def _link(text: str) -> dict[str, str]:
    """The part of a link that a step holds: of which screen, and what is asked there."""
    address = urlsplit(text.strip())
    screen = address.path.rstrip("/").rsplit("/", 1)[-1]
    return {"kijk": address.query[:2000], "scherm": screen if screen in (AGENDA, PROFILE) else ""}


def _between(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text) <= most


def _statements(step: Step, values: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    """A line for each; one that was there keeps how it is known."""
    if "stellingen" not in values:
        return step.stellingen
    known = {text: (how, source) for text, how, source in step.stellingen}
    lines = [line.strip()[:LONGEST_TEXT] for line in values["stellingen"].splitlines() if line.strip()]
    return tuple((line, *known.get(line, ("Stelling van de begeleider", ""))) for line in lines[:MOST_ROWS])


def _rows(step: Step, values: dict[str, str]) -> tuple[tuple[str, str], ...]:
    if "rijen" not in values:
        return step.rijen
    known = {text: code for code, text in step.rijen}
    lines = [line.strip()[:LONGEST_TITLE] for line in values["rijen"].splitlines() if line.strip()]
    return tuple((known.get(line, f"eigen-{number}"), line) for number, line in enumerate(lines[:12], 1))
