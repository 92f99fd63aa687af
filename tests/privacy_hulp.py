"""A small made-up region with counts of a municipality, and someone who sees everything that is shown of it."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
from invoer_hulp import step
from scipy.optimize import linprog

from wwz.build.knowledge_tables import knowledge_tables
from wwz.knowledge import catalogue
from wwz.own import countsprotect
from wwz.own.counts import Telling, add
from wwz.own.countstable import table
from wwz.store import Store
from wwz.workbench import Workbench

MINIMUM, YEAR, PEOPLE, ESTIMATE = 10, 2024, 1000.0, 20.0
CODE, OTHER = "dg_ggz", "dg_lvb"
COLUMNS = {
    "teller": float, "noemer": float, "waarde": float, "onder": float, "boven": float, "noemer_jaar": int,
    "dekking": float, "geteld": bool, "jaar": int,
}  # fmt: skip
# A region without measured distances: their median over buurten has no rows.
NO_DISTANCES = """
create macro bereik_groepcode(groep) as '';
create macro bereik_mediaan(buurten) as table (
    select 'samen' as gebied, '' as bereik, '' as groep, 0.0 as waarde, 0.0 as onder, 0.0 as boven where false
);
create macro gemis_cijfer(indelingen, buurten) as table (
    select '' as indicator, 0.0 as teller, 0.0 as noemer, 0.0 as waarde, 0.0 as onder, 0.0 as boven, 0.0 as dekking where false
);
"""
KNOWLEDGE = knowledge_tables(MINIMUM, False)


def people_of(region: list) -> dict[str, int]:
    """Counts per buurt code, from gemeenten of wijken of buurten."""
    return {
        f"BU{g:04d}{w:02d}{b:02d}": int(count)
        for g, gemeente in enumerate(region, 9901)
        for w, wijk in enumerate(gemeente)
        for b, count in enumerate(wijk)
    }


def count(
    area: str,
    number: int,
    *,
    code: str = CODE,
    use: str = "vervangt",
    name: str = "",
    year: int = 2025,
    when: str = "2026-01-01T00:00:00",
) -> Telling:
    """One count of the municipality."""
    return Telling(name or code, use, code, area, number, f"{year}-01-01", "registratie", "test", when)


class Shown:
    """What a visitor can get out of the database, as a question per area.

    Parameters
    ----------
    buurten
        All codes there are.
    counts
        What the municipality gives.
    protect
        False puts the counts straight into the figures, as if they were an estimate.
    published
        What a source publishes of wijken and gemeenten: code → people.
    inhabitants
        Of a buurt, where that is another number than `people`.

    A second one in the same folder is a later version: what was kept beside the first is still there.
    """

    def __init__(
        self,
        folder: Path,
        buurten: list[str],
        counts: list[Telling],
        *,
        protect: bool = True,
        people: float = PEOPLE,
        published: dict[str, int] | None = None,
        inhabitants: dict[str, int] | None = None,
    ) -> None:
        self.buurten, self.size = buurten, people
        folder.mkdir(parents=True, exist_ok=True)
        new = folder / "nieuw.duckdb"
        _database(new, buurten, counts, protect, people, published or {}, inhabitants or {})
        # Under a name of its own: the store of an earlier version may be open.
        self.store = Store(new.rename(folder / f"wwz{len(list(folder.glob('wwz*')))}.duckdb"))

    def tables(self, code: str = CODE) -> pd.DataFrame:
        """All areas of every level, as the table and the map ask them."""
        codes = [c for c in self.store.ask("gebieden")["code"] if c.startswith("GM")]
        parts = [
            self.store.ask("tabel", binnen=codes, niveau=n, indicatoren=[code], jaar=0)
            for n in ("buurt", "wijk", "gemeente")
        ]
        frame = pd.concat(parts)[["gebied", "teller", "waarde", "noemer", "verborgen", "soort", "bron"]]
        return frame.set_index("gebied")

    def own(self, buurten: list[str], code: str = CODE) -> pd.Series:
        """An own area of these buurten."""
        return self.store.ask("optelling", buurten=buurten, naam="x", indicatoren=[code], jaar=0).iloc[0]

    def beside(self) -> pd.DataFrame:
        """What the screen Eigen cijfers has."""
        return self.store.ask("eigen")

    def members(self, code: str) -> list[str]:
        return [b for b in self.buurten if b.startswith("BU" + code[2:])]

    def equations(self, code: str = CODE) -> list[tuple[frozenset[str], float]]:
        """Every number of people that is shown, or that follows from a share that is shown."""
        found = [(frozenset(self.members(area)), row) for area, row in self.tables(code).iterrows()]
        found += [(frozenset(own), self.own(sorted(own), code)) for own in self.clever_questions()]
        beside = self.beside()
        found += [
            (
                frozenset(self.members(r.gebied)),
                pd.Series({"teller": r.aantal, "waarde": None, "noemer": None}),
            )
            for r in beside[(beside["doel"] == code) & beside["nieuwste"]].itertuples()
        ]
        known = []
        for buurten, row in found:
            if pd.notna(row["teller"]):
                known.append((buurten, float(row["teller"])))
            elif pd.notna(row["waarde"]):
                known.append((buurten, float(row["waarde"]) / catalogue()[code].per * float(row["noemer"])))
        return known

    def clever_questions(self) -> set[frozenset[str]]:
        """Own areas that a difference could be made of: everything but one, one wijk more, pairs."""
        everyone = self.buurten
        asked = {frozenset(everyone) - {one} for one in everyone}
        asked |= {frozenset(pair) for pair in itertools.combinations(everyone[:4], 2)}
        for wijk in {code[:8] for code in everyone}:
            inside = frozenset(b for b in everyone if b.startswith(wijk))
            asked |= {inside - {one} for one in inside} | {frozenset(everyone) - inside}
        return {area for area in asked if area}


def _database(
    path: Path,
    buurten: list[str],
    counts: list[Telling],
    protect: bool,
    people: float,
    published: dict[str, int],
    inhabitants: dict[str, int],
) -> None:
    bench = Workbench(path)
    for name in ("indicator", "regel", "bron", "afronding", "modelmarge", "privacy_soort"):
        bench.load(name, KNOWLEDGE[name])
    bench.load(
        "bouw",
        pd.DataFrame({"gebouwd_op": ["2026-01-01"], "fictief": [False], "naam": [""], "kenmerk": ["x"]}),
    )
    bench.load("indeling_op_scherm", pd.DataFrame({"jaar": [YEAR], "met_grens": [False]}))
    areas = _areas(buurten)
    bench.load("gebied", areas)
    bench.load("gebied_buurt", _members(areas))
    bench.load(
        "variabele_gebied",
        pd.DataFrame(
            {
                "gebied": buurten,
                "variabele": "inwoners",
                "jaar": YEAR,
                "waarde": [float(inhabitants.get(b, people)) for b in buurten],
            }
        ),
    )
    bench.load(
        "inwoners_nu",
        pd.DataFrame(
            {
                "gebied": buurten,
                "jaar": YEAR,
                "inwoners": [float(inhabitants.get(b, people)) for b in buurten],
            }
        ),
    )
    plain = {(c.gebied, c.doel): c.aantal for c in counts if not protect}
    codes = sorted({c.doel for c in counts if c.doel} | {CODE})
    rows = [
        _estimate(b, code, plain.get((b, code), min(ESTIMATE, people / 2)), people)
        for b in buurten
        for code in codes
    ]
    rows += [
        _estimate(area, CODE, number, people) | {"soort": "gepubliceerd", "wijze": "bron"}
        for area, number in published.items()
    ]
    bench.load("cijfer", pd.DataFrame(rows).astype(COLUMNS))
    if protect and counts:
        add(path, counts)
    bench.offer("opgave_telling", table(path))
    for name in (
        "grens",
        "macro",
        "binnen",
        "opgegeven",
        "opgegeven_cijfer",
        "peiljaar",
        "ouderen",
        "verzoenen",
        "bijdrage",
        "optellen",
        "verzoenen",
        "privacy",
        "privacy_gesneden",
        "privacy_verborgen",
        "afronden",
        "cijfer_open",
        "volledigheid",
        "bronvermelding",
        "bronregel",
    ):
        if name == "opgegeven_cijfer":
            countsprotect.protect(bench, path)
        bench.run(step(name))
    extra = path.with_name("geen_afstanden.sql")
    extra.write_text(NO_DISTANCES, encoding="utf-8")
    bench.run(extra)
    bench.close()


def _estimate(area: str, code: str, number: float, people: float) -> dict:
    per = catalogue()[code].per
    return {
        "gebied": area, "indicator": code, "jaar": YEAR, "teller": number, "noemer": people, "waarde": per * number / people,
        "onder": 0.7 * per * number / people, "boven": min(per, 1.4 * per * number / people), "marge_uit": "recept", "soort": "geschat",
        "bron": "schatting", "wijze": "doelgroep", "noemer_jaar": YEAR, "dekking": 1.0, "geteld": False,
    }  # fmt: skip


def _areas(buurten: list[str]) -> pd.DataFrame:
    rows = [(b, "buurt", f"WK{b[2:8]}", f"GM{b[2:6]}") for b in buurten]
    rows += [(w, "wijk", w, f"GM{w[2:6]}") for w in sorted({r[2] for r in rows})]
    rows += [(g, "gemeente", None, g) for g in sorted({r[3] for r in rows})]
    frame = pd.DataFrame(rows, columns=["code", "niveau", "wijk", "gemeente"])
    return frame.assign(
        naam=frame["code"],
        gemeentenaam="x",
        water=False,
        kleinste=frame["niveau"] == "buurt",
        officieel="",
        ook="",
    )


def _members(areas: pd.DataFrame) -> pd.DataFrame:
    buurten = areas[areas["niveau"] == "buurt"]
    parts = [buurten[[c, "code"]].set_axis(["gebied", "buurt"], axis=1) for c in ("wijk", "gemeente")]
    return pd.concat([buurten[["code", "code"]].set_axis(["gebied", "buurt"], axis=1), *parts])


def attack(
    unknown: dict[str, tuple[float, float]], equations: list[tuple[dict[str, float], float]]
) -> dict[str, tuple[float, float]]:
    """Per unknown number the lowest and highest value that fit everything that is known of it.

    Parameters
    ----------
    unknown
        Name → what is known beforehand, as bounds.
    equations
        Weights per unknown, and what they add up to.
    """
    names = list(unknown)
    used = [(row, total) for row, total in equations if row]
    left = np.array([[row.get(name, 0.0) for name in names] for row, _ in used])
    matrix = {"A_eq": left, "b_eq": np.array([total for _, total in used])} if used else {}
    found = {}
    for number, name in enumerate(names):
        aim = np.eye(len(names))[number]
        low, high = (linprog(sign * aim, bounds=list(unknown.values()), **matrix) for sign in (1, -1))
        assert low.success and high.success, f"the true numbers must fit what is shown: {low.message}"
        found[name] = (low.fun, -high.fun)
    return found


def attack_on(shown: Shown, code: str = CODE) -> dict[str, tuple[float, float]]:
    """The attack on one subject: which buurten have an open count is shown, and the sums are known."""
    cells = shown.tables(code).loc[shown.buurten]
    unknown = {b: (0.0, shown.size) for b in cells.index[cells["teller"].isna()]}
    known = cells["teller"].dropna().to_dict()
    rows = [
        ({b: 1.0 for b in buurten if b in unknown}, total - sum(known.get(b, 0.0) for b in buurten))
        for buurten, total in shown.equations(code)
    ]
    return attack(unknown, rows)
