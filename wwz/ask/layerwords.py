"""What has to be said of a layer beside its numbers: what it covers, and whether its areas differ at all."""

from __future__ import annotations

from collections.abc import Collection

from wwz.ask.differing import NO_DIFFERENCES
from wwz.ask.shown import CHANGE, Layer
from wwz.base.counted import counted
from wwz.base.sentence import capital, listed
from wwz.knowledge import Indicator, load_toml
from wwz.words.numbers import dutch

# What RIVM publishes per buurt is an estimate of a model too.
MODELLED = "gezondheid"


def no_effect() -> str:
    """What an estimate may not be used for (onzekerheid.toml)."""
    return str(load_toml("onzekerheid.toml")["maatregel"]["tekst"])


def no_effect_of(indicator: Indicator, kinds: Collection[str]) -> str:
    """The same for figures that a model made; empty where they were counted. `kinds`: how they are known."""
    return no_effect() if "geschat" in kinds or indicator.bron == MODELLED else ""


def layer_notes(shown: Layer) -> tuple[str, ...]:
    """Sentences for under the map and in every file of it; none for a layer of which nothing has to be said."""
    return tuple(filter(None, (_covered(shown), _apart(shown), no_effect() if shown.maat == CHANGE else "")))


def _covered(shown: Layer) -> str:
    if not shown.telt:
        return ""
    named = listed([title[:1].lower() + title[1:] for title in shown.telt])
    others = (
        counted(
            " Van {n} [gebied|gebieden] is iets anders bekend: [dat is|die zijn] hier niet mee vergeleken.",
            len(shown.anders),
        )
        if shown.anders
        else ""
    )
    return (
        f"Telt mee: {named}. Van de andere noodzakelijke randvoorwaarden is te weinig bekend. Vergelijk dit alleen met gebieden en "
        f"gegevens waar hetzelfde meetelt.{others}"
    )


def _apart(shown: Layer) -> str:
    if not shown.flat:
        return ""
    if shown.woord:
        return f"{capital(NO_DIFFERENCES)}: de {shown.woord} is overal bijna even hoog. Daarom heeft de kaart één kleur."
    part = (
        "van geen enkel paar gebieden"
        if shown.los <= 0
        else f"bij {dutch(max(1.0, 100 * shown.los))}% van de paren gebieden"
    )
    return f"{capital(NO_DIFFERENCES)}: {part} is het verschil groter dan zijn marge. Daarom heeft de kaart één kleur."
