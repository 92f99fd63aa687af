"""The spreidingsanalyse: a fair share per gemeente by a key, the difference with now, and whether the key matters."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wwz.base.errors import Fout
from wwz.knowledge.regions import Sleutel, sleutels
from wwz.region.series import Deel, Reeks
from wwz.region.whole import divided

MIX, NOW, LOAD = "mix", "nu", "last"
TOO_FEW = "Er zijn minder dan twee gemeenten met een aantal dat meetelt. Een verdeling is dan niet te maken."


@dataclass(frozen=True)
class Aandeel:
    """One part: now, its fair share, and within what the share lies when the missing gemeenten are counted in.

    Attributes
    ----------
    deel
        The part.
    eerlijk
        People; the shares of all parts add up to what there is now.
    onder, boven
        People; None where it cannot be said, and equal to `eerlijk` when no gemeente is missing.
    """

    deel: Deel
    eerlijk: int
    onder: int | None
    boven: int | None

    @property
    def nu(self) -> int:
        """People now."""
        return self.deel.aantal or 0

    @property
    def verschil(self) -> int:
        """Now minus the fair share: above zero is more than its share."""
        return self.nu - self.eerlijk


@dataclass(frozen=True)
class Spreiding:
    """The shares by one key.

    Attributes
    ----------
    gewichten
        Of a mix: key → per cent, together 100.
    """

    reeks: Reeks
    sleutel: Sleutel
    gewichten: Mapping[str, int]
    aandelen: tuple[Aandeel, ...]

    @property
    def geeft(self) -> tuple[Aandeel, ...]:
        """Who has more than its share, the most first."""
        return tuple(sorted((a for a in self.aandelen if a.verschil > 0), key=lambda a: -a.verschil))

    @property
    def neemt(self) -> tuple[Aandeel, ...]:
        """Who has less, the least first."""
        return tuple(sorted((a for a in self.aandelen if a.verschil < 0), key=lambda a: a.verschil))

    @property
    def te_verplaatsen(self) -> int:
        """How many people live elsewhere than by the key."""
        return sum(a.verschil for a in self.geeft)


def missing_measure(delen: Sequence[Deel], sleutel: str, gewichten: Mapping[str, int]) -> list[str]:
    """Names of the parts of which a key knows no measure."""
    names = [sleutels()[code].maat for code in (gewichten if sleutel == MIX else [sleutel])]
    needed = {name for name in names if name} | ({"inwoners"} if LOAD in (sleutel, *gewichten) else set())
    return [deel.naam for deel in delen if not needed <= deel.maten.keys()]


def weights(delen: Sequence[Deel], sleutel: str, gewichten: Mapping[str, int]) -> list[Fraction]:
    """The weight of each part by a key; only their ratio matters."""
    if sleutel == MIX:
        whole = sum(gewichten.values())
        parts = [
            (Fraction(w, whole), _shares(weights(delen, code, {}))) for code, w in gewichten.items() if w
        ]
        return [sum((w * shares[n] for w, shares in parts), Fraction(0)) for n in range(len(delen))]
    if sleutel == NOW:
        return [Fraction(deel.aantal or 0) for deel in delen]
    if sleutel == LOAD:
        return _by_load(delen)
    return [Fraction(deel.maten[sleutels()[sleutel].maat]) for deel in delen]


def _shares(found: Sequence[Fraction]) -> list[Fraction]:
    whole = sum(found)
    return [weight / whole for weight in found] if whole else [Fraction(1, len(found))] * len(found)


def _by_load(delen: Sequence[Deel]) -> list[Fraction]:
    """Inhabitants, less heavy where there are many people per inhabitant already (regio.toml gives the formula)."""
    people = [Fraction(deel.maten["inwoners"]) for deel in delen]
    total = sum(deel.aantal or 0 for deel in delen)
    if not total:
        return people
    mean = Fraction(total) / sum(people)
    return [p / (1 + Fraction(d.aantal or 0) / p / mean) for p, d in zip(people, delen, strict=True)]


def checked_weights(sleutel: str, gewichten: Mapping[str, int] | None) -> dict[str, int]:
    """The weights of a mix; nothing for another key.

    Raises
    ------
    Fout
        When they are not weights of keys.
    """
    if sleutel not in sleutels():
        raise Fout(f"{sleutel!r} is geen sleutel. Kies uit: {', '.join(sleutels())}.")
    if sleutel != MIX:
        return {}
    chosen = dict(gewichten or sleutels()[MIX].gewichten)
    plain = [code for code in sleutels() if code != MIX]
    if any(code not in plain for code in chosen):
        raise Fout(
            f"Een mengvorm bestaat uit: {', '.join(plain)}. Schrijf haar als corporatie=70,inwoners=30."
        )
    if any(w < 0 for w in chosen.values()) or sum(chosen.values()) != 100:
        raise Fout("De gewichten van een mengvorm zijn procenten: nul of meer, en samen 100.")
    return {code: w for code, w in chosen.items() if w}


def spread(reeks: Reeks, sleutel: str, gewichten: Mapping[str, int] | None = None) -> Spreiding:
    """The fair shares by a key.

    Raises
    ------
    Fout
        When fewer than two parts have a number, or a part has no figure for the key.
    """
    mixed = checked_weights(sleutel, gewichten)
    delen = reeks.met
    if len(delen) < 2:
        raise Fout(TOO_FEW)
    key = sleutels()[sleutel]
    if unknown := missing_measure(delen, sleutel, mixed):
        raise Fout(
            f"De sleutel {key.titel.lower()} is hier niet te gebruiken: van {', '.join(unknown)} is die maat onbekend."
        )
    found = weights(delen, sleutel, mixed)
    if not sum(found):
        raise Fout(
            f"De sleutel {key.titel.lower()} is hier niet te gebruiken: er is niets om naar te verdelen."
        )
    shares = divided(reeks.totaal, found)
    bands = _bands(reeks, sleutel, mixed, shares)
    parts = [Aandeel(d, s, *band) for d, s, band in zip(delen, shares, bands, strict=True)]
    return Spreiding(reeks, key, mixed, tuple(parts))


def _bands(
    reeks: Reeks, sleutel: str, mixed: Mapping[str, int], shares: Sequence[int]
) -> list[tuple[int | None, int | None]]:
    """Within what each share lies when those without a number are counted in, with nobody or with as many as may be."""
    if not reeks.zonder:
        return [(share, share) for share in shares]
    by_now = {NOW, LOAD} & {sleutel, *mixed}
    if reeks.extra is None or by_now or missing_measure(reeks.delen, sleutel, mixed):
        return [(None, None)] * len(shares)
    everyone = [*reeks.met, *reeks.zonder]
    found = weights(everyone, sleutel, mixed)
    whole = sum(found)
    return [
        (math.floor(reeks.totaal * w / whole), math.ceil((reeks.totaal + reeks.extra) * w / whole))
        for w in found[: len(shares)]
    ]


@dataclass(frozen=True)
class Gevoelig:
    """By one key the difference of each part (in the order of `Reeks.met`); None, with the reason, where it cannot be used."""

    sleutel: Sleutel
    gewichten: Mapping[str, int]
    verschillen: tuple[int, ...] | None
    reden: str = ""


def sensitivity(reeks: Reeks, gewichten: Mapping[str, int] | None = None) -> list[Gevoelig]:
    """Every key side by side, the mix with these weights."""
    found = []
    for code, key in sleutels().items():
        try:
            made = spread(reeks, code, gewichten if code == MIX else None)
        except Fout as fout:
            found.append(Gevoelig(key, {}, None, fout.zinnen[0]))
        else:
            found.append(Gevoelig(key, made.gewichten, tuple(a.verschil for a in made.aandelen)))
    return found
