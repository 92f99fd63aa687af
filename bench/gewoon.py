"""A map made the usual way, to measure ours against: the areas in the map itself, a new map for every layer.

Served by `server_hulp.py`, with what folium loads from the internet: Leaflet, and the rest empty. WWZ_BENCH_GRENZEN: the
boundary file that the dashboard draws; without it the map is empty.
"""

import json
import os
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

LAYERS = ("Laag 1", "Laag 2", "Laag 3", "Laag 4")
COLOURS = ("#E8F1F0", "#B9D8D6", "#86BFC2", "#4E9AA3", "#1F6B78", "#0B4250")


def from_here(links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What folium loads, from this server: seen from the page of the map."""
    return [(name, f"../../elders/{url.rpartition('/')[2]}") for name, url in links]


@st.cache_data
def areas(path: str) -> dict:
    """The boundaries, each area with its place in the file."""
    found = json.loads(Path(path).read_text(encoding="utf-8"))
    for number, feature in enumerate(found["features"]):
        feature["properties"]["nummer"] = number
    return found


st.set_page_config(layout="wide")
layer = LAYERS.index(st.radio("Laag", LAYERS, horizontal=True))
folium.Map.default_js = from_here(folium.Map.default_js)
folium.Map.default_css = from_here(folium.Map.default_css)
shown = folium.Map(tiles=None, prefer_canvas=True)
if path := os.environ.get("WWZ_BENCH_GRENZEN"):
    found = areas(path)
    folium.GeoJson(
        found,
        style_function=lambda feature: {
            "fillColor": COLOURS[feature["properties"]["nummer"] * (2 * layer + 1) % len(COLOURS)],
            "color": "#8FA9AE",
            "weight": 0.7,
            "fillOpacity": 1,
        },
        tooltip=folium.GeoJsonTooltip(["naam"]),
    ).add_to(shown)
    west, south, east, north = found["bbox"]
    shown.fit_bounds([[south, west], [north, east]])
st_folium(shown, height=620, use_container_width=True, returned_objects=[])
