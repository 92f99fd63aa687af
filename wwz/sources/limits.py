"""How large a table may be. Generous for any table of CBS or RIVM, too small to fill the memory."""

from __future__ import annotations

from wwz.base.errors import Fout
from wwz.words.numbers import dutch

MEGABYTE = 1024 * 1024
LONGEST_HEADER = 1 * MEGABYTE
MOST_COLUMNS = 5000
# All buurten, wijken and gemeenten × years × ages × margins of the largest table (50150NED) is under a million.
MOST_ROWS = 2_000_000
MOST_CELLS = 60_000_000
MOST_JSON = 200 * MEGABYTE
MOST_UNPACKED = 300 * MEGABYTE


def check_size(rows: int, columns: int) -> None:
    """Refuse a table that is too large to read.

    Raises
    ------
    Fout
        With what is too large.
    """
    if columns > MOST_COLUMNS:
        raise Fout(f"Het bestand heeft {dutch(columns)} kolommen. Dat is te veel voor een tabel van het CBS.")
    if rows > MOST_ROWS:
        raise Fout(
            f"Het bestand heeft meer dan {MOST_ROWS // 1_000_000} miljoen rijen. Kies alleen de gebieden en jaren die nodig zijn."
        )
    if rows * columns > MOST_CELLS:
        raise Fout(
            f"Het bestand heeft {dutch(rows)} rijen en {dutch(columns)} kolommen. Kies alleen de gebieden en kolommen die nodig zijn."
        )
