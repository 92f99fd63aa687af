"""Centres of voorzieningen: where several kinds that people need every week lie close together."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from wwz.base.rd import to_rd
from wwz.knowledge.serviceareas import rules
from wwz.store import Store, remembered


@remembered
def centres(store: Store) -> np.ndarray:
    """The centres in the data, RD metres, the strongest first; none where no points were read.

    A centre stands at a voorziening with at least so many kinds around it (woonservicegebied.toml), and takes the
    weaker ones close to it.
    """
    rule = rules()
    rows = store.ask("punten", soorten=list(rule.hart_soorten)).drop_duplicates(["soort", "lat", "lon"])
    if rows.empty:
        return np.empty((0, 2))
    places = to_rd(rows["lat"].to_numpy(), rows["lon"].to_numpy())
    kinds = rows["soort"].to_numpy()
    tree = cKDTree(places)
    near = tree.query_ball_point(places, rule.hart_m)
    strength = np.array([len(set(kinds[around])) for around in near])
    taken, found = np.zeros(len(places), dtype=bool), []
    apart = tree.query_ball_point(places, rule.hart_uiteen_m)
    for one in np.lexsort((places[:, 1], places[:, 0], -strength)):
        if strength[one] < rule.hart_minst:
            break
        if not taken[one]:
            found.append(one)
            taken[apart[one]] = True
    return places[found]
