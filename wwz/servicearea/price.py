"""How good an area is: the fewer people out of place, the better. Everything is counted in people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from wwz.knowledge.serviceareas import Rules, rules
from wwz.servicearea.parts import NO_WIJK, Parts

GOALS = ("wijk", "vorm", "hart")
# Of two areas that are as good, the one nearer the middle of the range.
MIDDLE = 0.02


@dataclass(frozen=True)
class Wishes:
    """How heavy each goal weighs (0: not at all); a size within the limits always weighs heaviest."""

    wijk: float = 1.0
    vorm: float = 1.0
    hart: float = 1.0


@dataclass(eq=False)
class Price:
    """What areas of some parts cost; what was worked out once, is remembered."""

    parts: Parts
    wishes: Wishes
    rule: Rules = field(default_factory=rules)
    _known: dict[frozenset[int], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._weight = np.where(self.parts.mensen > 0, self.parts.mensen, self.rule.lege_buurt)
        label = {code: n for n, code in enumerate(dict.fromkeys(self.parts.wijken))}
        self._wijk = np.array([label[code] for code in self.parts.wijken])
        self._of_wijk = np.bincount(self._wijk, self.parts.mensen, len(label))
        if NO_WIJK in label:
            self._of_wijk[label[NO_WIJK]] = 0

    def of(self, area: Collection[int]) -> float:
        """The price of an area, in people."""
        key = frozenset(area)
        if key not in self._known:
            self._known[key] = sum(self.terms(sorted(key)).values())
        return self._known[key]

    def terms(self, area: list[int]) -> Mapping[str, float]:
        """The price by what it is for."""
        people, rule, wishes = float(self.parts.mensen[area].sum()), self.rule, self.wishes
        out = max(0.0, rule.minst - people) + max(0.0, people - rule.meest)
        return {
            "omvang": rule.te_veel * out
            + rule.buiten * (out > 0)
            + MIDDLE * abs(people - (rule.minst + rule.meest) / 2),
            "wijk": wishes.wijk * rule.wijk * self._cut(area) if wishes.wijk else 0.0,
            "vorm": wishes.vorm * rule.vorm * self._spread(area) if wishes.vorm else 0.0,
            "hart": wishes.hart * rule.hart * self._to_heart(area) if wishes.hart else 0.0,
        }

    def _cut(self, area: list[int]) -> float:
        """People who are parted from the larger piece of their wijk."""
        here = np.bincount(self._wijk[area], self.parts.mensen[area], len(self._of_wijk))
        return float(np.minimum(here, np.maximum(self._of_wijk - here, 0)).sum())

    def _spread(self, area: list[int]) -> float:
        """People times kilometres to the buurt in the middle."""
        return float((self._weight[area] @ self.parts.ver[np.ix_(area, area)]).min())

    def _to_heart(self, area: list[int]) -> float:
        """People times kilometres to the best centre in the area; where it has none, to the best one outside."""
        if not len(self.parts.harten):
            return 0.0
        inside = np.isin(self.parts.hart_in, area)
        far = self._weight[area] @ self.parts.ver_hart[area]
        return float(far[inside].min() if inside.any() else far.min())
