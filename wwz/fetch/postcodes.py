"""CBS's table of postcodes: in which buurt every house number lies, counted per postcode while it is read."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import csv

from wwz.fetch.download import size_of
from wwz.fetch.items import Item, Provenance, Workplace, digits, rules
from wwz.fetch.packed import Packed
from wwz.fetch.trouble import STAYS, Leeg, Onbruikbaar, Veranderd
from wwz.sources.postcodes import COUNT, FULL_CODE, columns_of, per_buurt

DELIMITERS = ";,\t"
# How a code of a buurt begins: the digits of its gemeente.
GEMEENTE = 4


class Postcodes(Packed):
    """The table of one year, as one zip for the whole country.

    Raises
    ------
    Weg
        When CBS does not have the file.
    """

    def __init__(self, item: Item, place: Workplace) -> None:
        url = f"{place.address(rules()['familie'][item.familie]['dienst'])}/{item.tabel}"
        super().__init__(item, place, place.client, (url, size_of(place.client, url)))

    def fetch(self) -> tuple[pd.DataFrame, Provenance]:
        """All buurten of the postcodes that lie in these gemeenten, with how many house numbers are in each.

        Raises
        ------
        Fout
            When the file cannot be had, is not safe, or is not what we expect.
        """
        file, frame = self._read_packed("postcodes", (".csv",), self._read)
        return frame, self._about(file, self._item.titel, len(frame))

    def _read(self, path: Path) -> pd.DataFrame:
        link, counted = self._counted(path)
        frame = counted.groupby(list(link), as_index=False)[COUNT].sum()
        frame.columns = [link[0], f"Buurt{self._item.jaar}", COUNT]
        if self._item.gemeenten:
            # A postcode may lie on the border: its other part tells what share is in here.
            own = frame.iloc[:, 1].str.zfill(FULL_CODE).str[:GEMEENTE].isin(map(digits, self._item.gemeenten))
            frame = frame[frame[link[0]].isin(frame.loc[own, link[0]])].reset_index(drop=True)
        if frame.empty:
            raise Leeg(f"In {self._item.titel} staan geen postcodes van deze gemeenten. {STAYS}")
        return frame

    def _counted(self, path: Path) -> tuple[tuple[str, str], pd.DataFrame]:
        """The columns of postcode and buurt, and how many rows there are of each pair in each part of the file."""
        try:
            with path.open("rb") as file:
                head = file.readline().decode("utf-8-sig", "replace")
            names = [name.strip().strip('"') for name in head.split(_delimiter(head))]
            link = columns_of(names, "")
            if link is None:
                raise Veranderd(
                    f"In {self._item.titel} staat niet meer in welke buurt een postcode ligt. {STAYS}"
                )
            reader = csv.open_csv(
                path,
                csv.ReadOptions(column_names=names, skip_rows=1, encoding="cp1252"),
                csv.ParseOptions(delimiter=_delimiter(head)),
                csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()), include_columns=list(link)
                ),
            )
            parts = []
            for batch in reader:
                self._place.client.progress.check()
                parts.append(per_buurt(pa.Table.from_batches([batch]), link).to_pandas())
        except pa.ArrowInvalid as error:
            raise Onbruikbaar("stuurde postcodes die niet te lezen zijn") from error
        return link, pd.concat(parts) if parts else pd.DataFrame(columns=[*link, COUNT])


def _delimiter(head: str) -> str:
    return max(DELIMITERS, key=head.count)
