"""Files with geometry: GeoPackage, GeoJSON and shapefile, every layer a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyogrio
from shapely.errors import GEOSException

from wwz.base.errors import Fout
from wwz.sources.limits import check_size
from wwz.sources.reading import Report, Table, clean


def read_layers(path: Path, report: Report) -> Iterator[Table]:
    """Read all layers; a broken layer is reported and the others are read.

    Raises
    ------
    Fout
        When the file as a whole cannot be read.
    """
    if path.suffix.lower() == ".shp":
        missing = [
            s for s in (".shx", ".dbf") if not any(path.with_suffix(v).exists() for v in (s, s.upper()))
        ]
        if missing:
            raise Fout(
                f"Bij een shapefile horen ook de bestanden {' en '.join(missing)}. Zet ze in dezelfde map."
            )
    # With an unusual name GDAL would choose a reader by that name; from memory it looks at the contents.
    source = path if path.suffix.lower() in (".gpkg", ".geojson", ".json", ".shp") else path.read_bytes()
    for number, (name, _) in enumerate(pyogrio.list_layers(source)):
        if str(name).lower() == "layer_styles":
            continue
        # From memory GDAL makes up a name.
        name = "" if isinstance(source, bytes) and str(name).startswith("pyogrio_") else str(name)
        try:
            info = pyogrio.read_info(source, layer=number)
            check_size(max(0, info["features"]), len(info["fields"]))
            frame = pyogrio.read_dataframe(source, layer=number, datetime_as_string=True)
        except (RuntimeError, ValueError, GEOSException) as error:
            report.reject(
                path.name,
                f"De laag {name or number + 1} is beschadigd ({type(error).__name__}). Haal het bestand opnieuw op.",
            )
            continue
        yield Table(clean(path.name), clean(name), frame)
