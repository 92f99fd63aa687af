"""Write the figures of the example region in the file formats of CBS and StatLine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd

from .areas import NAMES, all_levels, publish, with_ratios
from .layout import load_table
from .nearby import columns as nearby_columns
from .region import Region

FIRST_ID = 1  # the source numbers the country 0; the example region has no country


def published_areas(region: Region, truth: pd.DataFrame) -> pd.DataFrame:
    """Gemeenten, wijken and buurten with their true figures and the identifying columns of CBS."""
    table = with_ratios(all_levels(region.buurten[NAMES], truth))
    is_buurt = table["soortregio"] == "Buurt"
    # 0xxx is no Dutch postcode: nobody's real address.
    table["postcode"] = ("0" + table["code"].str[5:8]).where(is_buurt, ".")
    table.loc[table["inwoners"] == 0, "postcode"] = "."
    table["dekking"] = np.where(is_buurt, 1 + table["inwoners"] % 3, np.nan)
    table["wijziging"] = "1"
    table["codering"] = table["code"].str.ljust(10)
    return table


def kwb_typed(region: Region) -> pd.DataFrame:
    """KWB 2023 with the column names of StatLine's ``TypedDataSet``."""
    table = published_areas(region, region.figures_2023)
    out = publish(table, load_table("kolommen.toml")["kwb_2023"])
    out.columns = [f"{name}_{number}" for number, name in enumerate(out.columns, start=1)]
    out["Gemeentenaam_1"], out["SoortRegio_2"] = (
        out["Gemeentenaam_1"].str.ljust(40),
        out["SoortRegio_2"].str.ljust(10),
    )
    out = _whole_numbers(out)
    out.insert(0, "ID", np.arange(FIRST_ID, FIRST_ID + len(out)))
    out.insert(1, "WijkenEnBuurten", table["codering"])
    out.insert(2, "Perioden", "2023JJ00")
    return out


def _whole_numbers(table: pd.DataFrame) -> pd.DataFrame:
    """Write whole numbers without a decimal, as the source does, and keep what is missing empty."""
    columns = []
    for place in range(table.shape[1]):
        column = table.iloc[:, place]
        if column.dtype.kind == "f" and column.notna().any() and (column.dropna() % 1 == 0).all():
            column = column.astype("Int64")
        columns.append(column)
    return pd.concat(columns, axis=1)


def write_kwb_2024(region: Region, path: Path) -> None:
    """KWB 2024, first release, in CBS's own spreadsheet: ``.`` is missing."""
    table = published_areas(region, region.people_2024)
    spec = load_table("kolommen.toml")
    filled = publish(table, spec["kwb_2024_gevuld"])
    identity = {
        "gwb_code_10": table["codering"], "gwb_code_8": table["code"].str[2:], "regio": table["naam"],
        "gm_naam": table["gemeentenaam"], "recs": table["soortregio"], "gwb_code": table["codering"],
        "ind_wbi": table["wijziging"].astype(int),
    }  # fmt: skip
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("kwb-2024")
    header = spec["kwb_2024"].split()
    sheet.append(header)
    columns = [identity.get(name, filled.get(name, ["."] * len(table))) for name in header]
    for row in zip(*columns, strict=True):
        sheet.append([_cell(value) for value in row])
    book.save(path)


def _cell(value: object) -> object:
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return "."
    return int(value) if float(value).is_integer() else float(value)


def write_nearby(region: Region, path: Path) -> None:
    """*Nabijheid voorzieningen* as StatLine exports it: BOM, semicolons, decimal comma, padded cells."""
    table = published_areas(region, region.figures_2023)
    header = [
        "Wijken en buurten",
        "Regioaanduiding/Gemeentenaam (naam)",
        "Regioaanduiding/Soort regio (omschrijving)",
        "Regioaanduiding/Codering (code)",
        "Regioaanduiding/Indelingswijziging wijken en buurten (code)",
    ]
    cells = [
        table["naam"],
        table["gemeentenaam"].str.ljust(40),
        table["soortregio"].str.ljust(10),
        table["codering"],
        table["wijziging"],
    ]
    for title, column in nearby_columns():
        header.append(title)
        values = table[column] if column in table else [np.nan] * len(table)
        cells.append([_padded(value) for value in values])
    lines = [header, *zip(*cells, strict=True)]
    text = "\n".join(";".join('"' + str(cell).replace('"', '""') + '"' for cell in line) for line in lines)
    path.write_text(text + "\n", encoding="utf-8-sig", newline="")


def _padded(value: float) -> str:
    return (".".rjust(8)) if pd.isna(value) else f"{value:.1f}".replace(".", ",").rjust(8)
