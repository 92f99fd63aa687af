"""The folium elements of our map.

``StartMap`` draws the map once; its script depends on the boundary file only, so that streamlit-folium keeps the
map that is there. ``Restyle`` goes along as ``feature_group_to_add``: the browser runs it on the map that is there.
"""

import json
import re

import folium
from folium.template import Template

from wwz.maps.assets import local_links

# Where a template begins. JSON has these pairs inside a text only, where the first sign may also be written by its number.
OPENS = re.compile(r"\{(?=[{%#])")


def no_template(script: str) -> str:
    """JSON in a script that is no template: branca reads a script that was made as a template once more.

    Without it a name or packed colours with a pair of braces make no map at all.
    """
    return OPENS.sub(r"\\u007b", script)


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
    no_template = staticmethod(no_template)

    _template = Template(
        """
        {# What decides how large the map is cannot wait for a file: the map is measured when it is made. #}
        {% macro header(this, kwargs) %}
            <style>
                html, body, #{{ this.get_name() }} { width: 100%; height: 100%; margin: 0; padding: 0; }
                .leaflet-container { max-height: 100vh; }
            </style>
        {% endmacro %}

        {% macro html(this, kwargs) %}
            <div id="kaart-begin" hidden data-positie="{{ this.start }}"></div>
        {% endmacro %}

        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = WwzKaart.make({{ this.get_name()|tojson }}, {{ this.no_template(this.engine_options|tojson) }});
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
        west, south, east, north = bounds
        self.start = json.dumps(start) if start else ""
        self.engine_options = {"geometry": geometry_url, "bounds": [[south, west], [north, east]]}


class Restyle(folium.FeatureGroup):
    """Colours, selection, outlines, points and view, handed to the map that is already on screen.

    Parameters
    ----------
    state
        What ``WwzKaart.show`` in ``js/kaart.js`` expects.
    """

    no_template = staticmethod(no_template)
    # An empty group, because streamlit-folium adds and removes something each time; the work is in show().
    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.featureGroup();
            WwzKaart.show({{ this.no_template(this.state|tojson) }});
        {% endmacro %}
        """
    )

    def __init__(self, state: dict[str, object]) -> None:
        super().__init__(name="stand", control=False)
        self.state = state
