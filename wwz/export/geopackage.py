"""GeoPackage in RD (EPSG:28992): the layer with all figures, and the colours of the map as its style in QGIS."""

from __future__ import annotations

import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

from wwz.export.cells import open_above, shown_people
from wwz.export.colours import reached
from wwz.export.qgis import layer_style
from wwz.export.sheet import FICTIVE, Sheet
from wwz.words.harmless import clean
from wwz.words.numbers import only_rounded

LAYER = "wwz"
COLUMNS = (
    "jaar",
    "waarde",
    "onder",
    "boven",
    "eenheid",
    "mensen_tekst",
    "waarde_tekst",
    "betrouwbaarheid",
    "soort",
    "bron",
)


def make_gpkg(sheet: Sheet) -> bytes:
    """One layer of polygons with the figures as on the screen, and `layer_styles` with the legend."""
    moment = sheet.made.strftime("%Y-%m-%dT%H:%M:%SZ")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wwz.gpkg"
        # The only clock inside a GeoPackage; GDAL takes this moment for it.
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": moment})
        try:
            metadata = {"titel": clean(sheet.subject), "bron": clean("; ".join(sheet.sources))}
            pyogrio.write_dataframe(
                layer_frame(sheet),
                path,
                layer=LAYER,
                driver="GPKG",
                layer_metadata=metadata,
                geometry_type="MultiPolygon",
                promote_to_multi=True,
            )
            pyogrio.write_dataframe(
                _styles(sheet, moment), path, layer="layer_styles", driver="GPKG", append=False
            )
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
        return path.read_bytes()


def layer_frame(sheet: Sheet) -> gpd.GeoDataFrame:
    """Boundaries with the figures: one row per area that has a boundary."""
    classes, digits = sheet.drawing
    figures = sheet.rows.set_index("gebied").reindex(sheet.boundaries["code"])
    frame = sheet.boundaries.assign(naam=[clean(name) for name in sheet.boundaries["naam"]])
    for column in COLUMNS:
        frame[column] = figures[column].to_numpy()
    indicator, records = sheet.shown.indicator, figures.to_dict("records")
    rounded = np.array([only_rounded(row) for row in records], bool)
    frame.loc[rounded, ["onder", "boven"]] = np.nan
    frame.loc[np.array([open_above(indicator, most) for most in frame["boven"]], bool), "boven"] = np.nan
    for column in ("waarde", "onder", "boven"):
        frame[column] = frame[column].astype(float).round(indicator.decimalen)
    frame["mensen"] = pd.array([shown_people(row) for row in records], dtype="Int64")
    frame["jaar"] = sheet.shown.jaar
    frame["indicator"] = indicator.code
    labels = {**dict(enumerate(classes.labels)), **{row.reason: row.label for row in classes.absent}}
    frame["klasse"] = [labels[digit] for digit in digits.tolist()]
    frame["andere_klasse"] = ["ja" if other else "nee" for other in reached(sheet)]
    frame["gemaakt_op"] = sheet.made.date().isoformat()
    frame["opmerking"] = FICTIVE if sheet.fictive else ""
    return frame


def _styles(sheet: Sheet, moment: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "f_table_catalog": [""],
            "f_table_schema": [""],
            "f_table_name": [LAYER],
            "f_geometry_column": ["geom"],
            "styleName": ["WWZ-wijzer"],
            "styleQML": [layer_style(sheet.drawing[0])],
            "styleSLD": [""],
            "useAsDefault": [True],
            "description": [clean(sheet.subject)],
            "owner": [""],
            "ui": [""],
            "update_time": [moment],
        }
    )
