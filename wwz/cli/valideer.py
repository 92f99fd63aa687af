"""What `valideer` shows besides the model of limitations: clear differences, and whether agendas differ by more than noise."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pandas as pd

from wwz.agenda.differences import differences
from wwz.ask import differencecheck
from wwz.ask.area import find_area
from wwz.ask.differing import verdicts
from wwz.ask.layerwords import no_effect
from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.cli.built import Build, built
from wwz.cli.output import print_json, records
from wwz.model import crossing, sharing
from wwz.model.step import make_step
from wwz.model.tables import MODEL, indicators, recipe
from wwz.model.training import from_store
from wwz.store import Store

STORED, AGAIN = "bewaard bij het ijken", "opnieuw"
# Fewer wijken say nothing about how alike they are.
LEAST_WIJKEN = 5
# Of more gemeenten than this, these many are examined: from the one with fewest wijken to the one with most.
MOST_GEMEENTEN = 10
STEP = "volledig"
AGENDA = {
    "naam": "Gemeente",
    "wijken": "Wijken",
    "naar_mensen": "Basislijn: alleen naar mensen",
    "rangcorrelatie": "Zoals de agenda is",
    "halven": "Twee helften van een wijk",
}
AGENDA_SAYS = (
    "Hoe gelijk de volgorde van twee wijken is (1 is gelijk). Lijken twee helften van één wijk meer op elkaar dan twee wijken, dan "
    "verschillen wijken echt, en niet door toeval."
)


def show_differences(folder: Path | None, settings: Settings, shape: str, build: Build) -> None:
    """Whether differences that are called clear are there, beside margins that may not touch."""
    checked = check_differences(folder, settings, build) if folder else differencecheck.stored()
    about = {"gemeten": AGAIN if folder else STORED, "let_op": differencecheck.caution()}
    if shape == "json":
        print_json({**about, "verschil": records(checked)})
        return
    print("Verschillen tussen twee gebieden, in gemeenten die het model niet zag:")
    print(differencecheck.table(checked).to_string(index=False))
    print(f"\n{differencecheck.caution()} {no_effect()}")


def check_differences(folder: Path, settings: Settings, build: Build) -> pd.DataFrame:
    """Examine the rule on published pairs of gemeenten that the model did not see (`sharing.summary`)."""
    known = recipe()
    trede = next(step for step in known["trede"] if step["code"] == STEP)
    scales = pd.read_csv(MODEL / "kenmerken.csv").set_index("kenmerk")
    rows, shared = [], []
    with built(folder, settings, build) as store:
        check_gemeenten(store)
        step = make_step(trede, from_store(store), scales, known)
        for indicator in indicators():
            for held in sharing.held_areas(step, indicator, crossing.held_out(step, indicator, known), known):
                key = {"indicator": indicator, "anker": held.anker, "niveau": held.niveau}
                shared.append({**key, "gedeeld": sharing.shared_part(held, known["model"]["rand"])})
                rows += sharing.judged(held, lambda one, other: verdicts(store, one, other))
    return sharing.summary(pd.DataFrame(rows), pd.DataFrame(shared))


def check_gemeenten(store: Store) -> None:
    """Refuse data of so few gemeenten that none can be left out of the model.

    Raises
    ------
    Fout
        With how many there are and how many are needed.
    """
    needed = int(recipe()["model"]["delen"])
    there = int((store.areas()["niveau"] == "gemeente").sum())
    if there < needed:
        raise Fout(
            counted(
                f"In deze gegevens [staat|staan] {{n}} [gemeente|gemeenten]. Voor deze toets zijn er minstens {needed} nodig, want zij "
                "laat steeds gemeenten weg. Gebruik de landelijke tabellen.",
                there,
            )
        )


def show_agendas(folder: Path | None, settings: Settings, shape: str, build: Build) -> None:
    """How alike the agendas of wijken are, per gemeente of the database or of a folder, beside the order by people alone."""
    place = closing(Store(settings.database)) if folder is None else built(folder, settings, build)
    with place as store:
        _show_agendas(store, shape)


def _show_agendas(store: Store, shape: str) -> None:
    """Print it.

    Raises
    ------
    Fout
        When no gemeente has enough wijken with an agenda.
    """
    rows = [
        {"gebied": code, "naam": area.naam, **differences(store, area)[0]}
        for code in some_gemeenten(store)
        if len((area := find_area(store, [code])).buurten)
    ]
    if not rows:
        raise Fout(
            f"In deze gegevens is geen gemeente met zo veel wijken als nodig is: {LEAST_WIJKEN}. Bouw met meer wijken."
        )
    found = pd.DataFrame(rows)[["gebied", *AGENDA]]
    if shape == "json":
        print_json({"gemeten": AGAIN, "let_op": AGENDA_SAYS, "agenda": records(found)})
        return
    print(found[list(AGENDA)].rename(columns=AGENDA).to_string(index=False))
    print(f"\n{AGENDA_SAYS}")


def some_gemeenten(store: Store) -> list[str]:
    """Codes of gemeenten with enough wijken; of many some, evenly from few wijken to many."""
    areas = store.areas()
    wijken = areas[areas["niveau"] == "wijk"].groupby("gemeente").size()
    codes = list(wijken[wijken >= LEAST_WIJKEN].sort_values(kind="stable").index)
    size = min(len(codes), MOST_GEMEENTEN)
    return [codes[n * (len(codes) - 1) // max(size - 1, 1)] for n in range(size)]
