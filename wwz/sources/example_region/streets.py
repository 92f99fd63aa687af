"""The streets of the example region as the BGT draws them; how wide every footpath is and where all benches are is the truth."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .layout import load_table

if TYPE_CHECKING:
    from .region import Region

FILES = ("bgt_wegdeel_2024.geojson", "bgt_straatmeubilair_2024.geojson")
RD_LABEL = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}


@dataclass(frozen=True)
class Streets:
    """What is there.

    Attributes
    ----------
    parts
        A row per part of a street: street (row number), functie, breedte (m), x, y (middle), dx, dy (half its length along the
        street, metres) and bronhouder.
    benches
        x, y, bronhouder, and whether the bronhouder registered it (geregistreerd). Those of OpenStreetMap are among the
        facilities of the region.
    """

    parts: pd.DataFrame
    benches: pd.DataFrame


def draw_streets(region: Region, seed: int) -> Streets:
    """Draw streets among the homes of the gemeenten of which the BGT is there.

    Parameters
    ----------
    seed
        The same seed gives the same streets; what else the region holds does not change with it.
    """
    rng = np.random.Generator(np.random.PCG64([seed, 5]))
    rules = load_table("straten.toml")
    points = region.addresses
    gemeente = region.buurten["gemeentecode"].to_numpy()[points["buurt"]]
    here = np.flatnonzero(np.isin(gemeente, rules["gemeenten"]))
    at = here[rng.random(len(here)) < 1 / rules["woningen_per_straat"]]
    count, buurt = len(at), points["buurt"].to_numpy()[at]
    turn = rng.uniform(0, np.pi, count)
    along = np.column_stack([np.cos(turn), np.sin(turn)])
    middle = points[["x", "y"]].to_numpy()[at]
    # Wealthy and new buurten have wide pavements; in the country there is often none.
    outside = np.minimum(region.buurten["dicht"].to_numpy() - 1, 1) * rules["zonder_buiten"]
    without = np.clip(outside + rng.beta(1, 6, len(region.buurten)), 0, 0.9)
    wide = rules["breedte"] * np.exp(rng.normal(0, rules["breedte_buurt"], len(region.buurten)))
    rows = [_part(middle, along, rules["rijbaan_m"], np.full(count, rules["rijbaan"]), "rijbaan lokale weg")]
    for side in (-1, 1):
        width = np.round(wide[buurt] * np.exp(rng.normal(0, rules["breedte_straat"], count)), 2)
        aside = side * (rules["rijbaan"] + width)[:, None] / 2 * np.column_stack([-along[:, 1], along[:, 0]])
        pad = _part(middle + aside, along, rules["rijbaan_m"], width, "voetpad")
        rows.append(pad[rng.random(count) >= without[buurt]])
    parts = pd.concat(rows, ignore_index=True)
    owner = pd.Series(gemeente[at]).str.replace("GM", "G")
    parts["bronhouder"] = owner.to_numpy()[parts["straat"]]
    return Streets(parts, _benches(region, middle, owner.to_numpy(), rules, rng))


def _part(
    middle: np.ndarray, along: np.ndarray, length: float, width: np.ndarray, function: str
) -> pd.DataFrame:
    half = along * length / 2
    return pd.DataFrame(
        {
            "straat": np.arange(len(middle)), "functie": function, "breedte": width, "x": middle[:, 0], "y": middle[:, 1],
            "dx": half[:, 0], "dy": half[:, 1],
        }
    )  # fmt: skip


def _benches(
    region: Region, middle: np.ndarray, owner: np.ndarray, rules: dict[str, Any], rng: np.random.Generator
) -> pd.DataFrame:
    """Benches beside streets that are in no list of volunteers, and some that are; not every bronhouder registers them."""
    chosen = rng.random(len(middle)) < rules["bank_per_straat"]
    own = pd.DataFrame(middle[chosen] + rng.uniform(-8, 8, (int(chosen.sum()), 2)), columns=["x", "y"])
    own["bronhouder"] = owner[chosen]
    known = rng.random(len(own)) < rules["bank_geregistreerd"]
    own["geregistreerd"] = known & ~own["bronhouder"].isin(rules["zonder_banken"])
    osm = region.facilities.query("soort == 'bank'")
    double = osm[rng.random(len(osm)) < rules["bank_dubbel"]][["x", "y"]] + rules["bank_schuift"]
    both = double.assign(bronhouder=rules["dubbel_van"], geregistreerd=True)
    return pd.concat([own, both], ignore_index=True)


def write_streets(drawn: Streets, folder: Path) -> None:
    """Write parts of streets and furniture with the names that PDOK gives, in RD metres."""
    parts = drawn.parts
    side = np.column_stack([-parts["dy"], parts["dx"]])
    side = side / np.linalg.norm(side, axis=1)[:, None] * parts[["breedte"]].to_numpy() / 2
    middle, half = parts[["x", "y"]].to_numpy(), parts[["dx", "dy"]].to_numpy()
    corners = np.stack(
        [middle - half - side, middle + half - side, middle + half + side, middle - half + side], axis=1
    )
    rings = np.round(np.concatenate([corners, corners[:, :1]], axis=1), 2).tolist()
    _write(
        folder / FILES[0],
        [
            _feature(
                number, {"type": "Polygon", "coordinates": [ring]}, row.bronhouder, {"functie": row.functie}
            )
            for number, (ring, row) in enumerate(zip(rings, parts.itertuples(), strict=True))
        ],
    )
    benches = drawn.benches[drawn.benches["geregistreerd"]]
    # Every bronhouder has other furniture, also who has no benches in it.
    other = parts.groupby("bronhouder")[["x", "y"]].first().reset_index().assign(soort="afvalbak")
    things = pd.concat([benches.assign(soort="bank"), other], ignore_index=True)
    places = np.round(things[["x", "y"]].to_numpy(), 2).tolist()
    _write(
        folder / FILES[1],
        [
            _feature(
                number, {"type": "Point", "coordinates": place}, row.bronhouder, {"plus_type": row.soort}
            )
            for number, (place, row) in enumerate(zip(places, things.itertuples(), strict=True))
        ],
    )


def _feature(number: int, shape: dict[str, Any], holder: str, what: dict[str, str]) -> dict[str, Any]:
    known = {"lokaal_id": f"{holder}.{number:08x}", "bronhouder": holder, "bgt_status": "bestaand", **what}
    return {"type": "Feature", "properties": {**known, "eind_registratie": None}, "geometry": shape}


def _write(path: Path, features: list[dict[str, Any]]) -> None:
    text = {"type": "FeatureCollection", "crs": RD_LABEL, "features": features}
    path.write_text(json.dumps(text, separators=(",", ":")), encoding="utf-8")
