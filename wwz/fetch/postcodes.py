"""CBS's table of postcodes: in which buurt every house number lies, counted per postcode while it is read."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import csv

from wwz.fetch.download import size_of
from wwz.fetch.items import Item, Provenance, Size, Workplace, digits, rules
from wwz.fetch.packed import read_packed
from wwz.fetch.trouble import STAYS, Leeg, Onbruikbaar, Veranderd
from wwz.sources.postcodes import COUNT, FULL_CODE, columns_of, per_buurt

DELIMITERS = ";,\t"
# How a code of a buurt begins: the digits of its gemeente.
GEMEENTE = 4


class Postcodes:
    """The table of one year, as one zip for the whole country.

    Raises
    ------
    Weg
        When CBS does not have the file.
    """

    def __init__(self, item: Item, place: Workplace) -> None:
        self._item, self._place = item, place
        self.adres = f"{place.address(rules()['familie'][item.familie]['dienst'])}/{item.tabel}"
        self._bytes = size_of(place.client, self.adres)

    def size(self) -> Size:
        """Bytes of the zip; how many postcodes are in it only shows after unpacking."""
        return Size(None, self._bytes, "", 2)

    def fetch(self) -> tuple[pd.DataFrame, Provenance]:
        """All buurten of the postcodes that lie in these gemeenten, with how many house numbers are in each.

        Raises
        ------
        Fout
            When the file cannot be had, is not safe, or is not what we expect.
        """
        folder = self._place.paginas.parent / "postcodes"
        file, frame = read_packed(
            self._place.client, self.adres, folder, (".csv",), self._item.titel, self._read
        )
        about = Provenance(
            self._item.tabel.removesuffix(".zip"), self._item.titel, file.dag, rules()["licentie"], self.adres, len(frame)
        )  # fmt: skip
        return frame, about

    def _read(self, path: Path) -> pd.DataFrame:
        link, counted = self._counted(path)
        frame = counted.rename(columns={COUNT: "n"}).groupby(list(link), as_index=False)["n"].sum()
        frame = frame.rename(columns={"n": COUNT})
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
