"""The folium elements of our map.

``StartMap`` draws the map once; its script depends on the boundary file only, so that streamlit-folium keeps the
map that is there. ``Restyle`` goes along as ``feature_group_to_add``: the browser runs it on the map that is there.
"""

import json
from pathlib import Path

import folium
from folium.template import Template

from wwz.maps import inks
from wwz.maps.assets import local_links

# Of the map in front of a room, and on the whole screen.
_ROOM_CSS = (Path(__file__).parent / "js" / "zaal.css").read_text(encoding="utf-8")


class StartMap(folium.Map):
    """A map without tiles, jQuery, Bootstrap or icon fonts.

    Parameters
    ----------
    geometry_url
        Where the browser fetches the boundaries, relative to the map's own page.
    bounds
        West, south, east, north in degrees.
    start
        Latitude, longitude and zoom to begin with; without it the whole area. It travels in the page's HTML, not
        in the script, because a changed script would make a new map.
    """

    default_js, default_css = local_links()

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <style>
                html, body { width: 100%; height: 100%; margin: 0; padding: 0; }
                #{{ this.get_name() }} { width: 100%; height: 100%; }
                .leaflet-container { font-family: "Source Sans", "Source Sans 3", sans-serif; font-size: 1rem; }
                .leaflet-container a.kaart-thuis, .leaflet-container a.kaart-scherm { font-size: 18px; line-height: 30px; }
                .leaflet-bar a, .leaflet-bar a:hover { color: {{ this.inks.INK }}; }
                .leaflet-container:focus-visible, .leaflet-container a:focus-visible {
                    outline: 3px solid {{ this.inks.INK }}; outline-offset: -3px;
                }
                .leaflet-control-attribution[hidden], .kaart-melding[hidden] { display: none; }
                .leaflet-container .leaflet-control-attribution { color: {{ this.inks.CAPTION }}; font-size: 12px; }
                .leaflet-tooltip { color: {{ this.inks.TOOLTIP }}; font-size: 14px; border: 0; border-radius: 6px; padding: 6px 10px; }
                .kaart-prikken, .kaart-prikken .leaflet-interactive { cursor: crosshair; }
                .kaart-prikken.kaart-toetsen:focus::after {
                    content: "+"; position: absolute; z-index: 800; left: 50%; top: 50%; translate: -50% -50%;
                    font-size: 40px; line-height: 1; color: {{ this.inks.INK }}; pointer-events: none;
                }
                {{ this.room_css }}
                .kaart-melding {
                    position: absolute; z-index: 900; inset: auto 0 50% 0; text-align: center; color: {{ this.inks.INK }};
                }
            </style>
        {% endmacro %}

        {% macro html(this, kwargs) %}
            <div id="kaart-begin" hidden data-positie="{{ this.start }}"></div>
        {% endmacro %}

        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
                ...{{ this.leaflet_options|tojson }},
                renderer: L.canvas({ padding: 0.25 }),
                dragging: !L.Browser.mobile,
            });
            L.control.zoom({ zoomInTitle: "Inzoomen", zoomOutTitle: "Uitzoomen" }).addTo({{ this.get_name() }});
            WwzKaart.start({{ this.get_name() }}, {{ this.engine_options|tojson }});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        geometry_url: str,
        bounds: tuple[float, float, float, float],
        start: tuple[float, float, float] | None,
    ) -> None:
        super().__init__(tiles=None, prefer_canvas=True, zoom_control=False)
        self.room_css, self.inks = _ROOM_CSS, inks
        west, south, east, north = bounds
        self.start = json.dumps(start) if start else ""
        # One finger must scroll the page on a telephone; two fingers move the map. Quarter zoom steps let an
        # area fill the frame.
        self.leaflet_options = {
            "preferCanvas": True,
            "zoomControl": False,
            "zoomSnap": 0.25,
            "zoomDelta": 0.75,
            "wheelPxPerZoomLevel": 100,
            "maxZoom": 18,
            "minZoom": 4,
        }
        self.engine_options = {"geometry": geometry_url, "bounds": [[south, west], [north, east]]}


class Restyle(folium.FeatureGroup):
    """Colours, selection, outlines, points and view, handed to the map that is already on screen.

    Parameters
    ----------
    state
        What ``WwzKaart.show`` in ``js/kaart.js`` expects.
    """

    # An empty group, because streamlit-folium adds and removes something each time; the work is in show().
    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.featureGroup();
            WwzKaart.show({{ this.state|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, state: dict[str, object]) -> None:
        super().__init__(name="stand", control=False)
        self.state = state
