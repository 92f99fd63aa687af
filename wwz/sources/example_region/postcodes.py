"""Postcodes of the example region, in the table of CBS: a row for each house number, with the codes of its areas."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from .region import Region

FILES = ("pc6hnr20240801_gwb.csv",)
# House numbers in a postcode, and the letters it is made of; with SA, SD and SS none is.
SIZE = 20
LETTERS = "ABCDEGHJKLMNPRSTVWXZ"
ENDINGS = tuple(
    "".join(pair) for pair in product(LETTERS, repeat=2) if "".join(pair) not in ("SA", "SD", "SS")
)


def write_postcodes(region: Region, folder: Path) -> None:
    """Write the table. The last postcode of a buurt takes the first houses of the next one, so that some lie in two."""
    codes = region.buurten["buurtcode"].to_numpy()
    homes = pd.DataFrame({"buurt": np.sort(codes[region.addresses["buurt"].to_numpy()])})
    # 0xxx is no Dutch postcode: nobody's real address. Four digits for a wijk, as in the figures (tables.py).
    homes["pc4"] = "0" + homes["buurt"].str[5:8]
    place = homes.groupby("pc4").cumcount().to_numpy()
    most = homes.groupby("pc4")["buurt"].transform("size").to_numpy()
    size = np.maximum(SIZE, np.ceil(most / len(ENDINGS))).astype(int)
    endings = np.array(ENDINGS)[place // size]
    bare = homes["buurt"].str.removeprefix("BU")
    table = pd.DataFrame(
        {
            "PC6": homes["pc4"] + endings,
            "Huisnummer": place % size + 1,
            "Buurt2024": bare,
            "Wijk2024": bare.str[:6],
            "Gemeente2024": bare.str[:4],
        }
    )
    table.to_csv(folder / FILES[0], sep=";", index=False, lineterminator="\n")
