/* Areas of a boundary file as layers of Leaflet. Leaflet makes an object of every point, twice, and asks for the place of each again at
   every zoom; here points are numbers, and those that fall on the same pixel as the one before are left out. Fourteen thousand areas are
   there in a fifth of the time, on the same pixels. */
(function () {
  "use strict";

  const { rings } = window.WwzHulp;
  const DEGREE = Math.PI / 180;

  const Area = L.Polygon.extend({
    initialize(feature, options) {
      L.setOptions(this, options);
      this.feature = feature;
      this._take(feature.geometry);
    },

    /** The same area with other borders. */
    reshape(geometry) {
      this.feature.geometry = geometry;
      this._take(geometry);
      this.redraw();
    },

    _take(geometry) {
      const found = rings(geometry);
      this._corners = found.map(fractions);
      this._bounds = extent(found);
      this._degrees = null;
    },

    _project() {
      const { x, y } = this._map.getPixelOrigin();
      const scale = L.CRS.EPSG3857.scale(this._map.getZoom());
      const low = new L.Point(Infinity, Infinity);
      const high = new L.Point(-Infinity, -Infinity);
      this._rings = this._corners.map((ring) => pixels(ring, scale, x, y, low, high));
      this._rawPxBounds = L.bounds(low, high);
      this._updateBounds();
    },

    // What is wholly on the canvas needs no cutting: the same points stay, and their outline with them (doek.js).
    _clipPoints() {
      const { _bounds: room } = this._renderer;
      if (room && this._pxBounds && room.contains(this._pxBounds)) this._parts = this._rings;
      else L.Polygon.prototype._clipPoints.call(this);
    },

    // Points of one pixel were left out already.
    _simplifyPoints() {},
  });

  // Only needed for the middle of an area that gets its name.
  Object.defineProperty(Area.prototype, "_latlngs", {
    get() {
      const { type, coordinates } = this.feature.geometry;
      return (this._degrees ??= L.GeoJSON.coordsToLatLngs(coordinates, type === "Polygon" ? 1 : 2));
    },
  });

  /** The corners of a ring, without the last one that is the first again, as parts of the world in Mercator's projection. */
  function fractions(ring) {
    const found = new Float64Array(2 * (ring.length - 1));
    for (let n = 0; n < ring.length - 1; n += 1) {
      const sine = Math.sin(ring[n][1] * DEGREE);
      found[2 * n] = ring[n][0] / 360 + 0.5;
      found[2 * n + 1] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    }
    return found;
  }

  /** The same on the map, in pixels; `low` and `high` are moved so that all lies between them. */
  function pixels(ring, scale, left, top, low, high) {
    const found = [];
    let last = null;
    for (let n = 0; n < ring.length; n += 2) {
      const x = Math.round(ring[n] * scale) - left;
      const y = Math.round(ring[n + 1] * scale) - top;
      if (last && x === last.x && y === last.y) continue;
      found.push((last = new L.Point(x, y)));
      low.x = Math.min(low.x, x);
      low.y = Math.min(low.y, y);
      high.x = Math.max(high.x, x);
      high.y = Math.max(high.y, y);
    }
    return found;
  }

  function extent(all) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ring of all) {
      for (const [lon, lat] of ring) {
        west = Math.min(west, lon);
        east = Math.max(east, lon);
        south = Math.min(south, lat);
        north = Math.max(north, lat);
      }
    }
    return L.latLngBounds([south, west], [north, east]);
  }

  /** All areas of a file in one style. */
  function group(data, style, options) {
    const found = L.featureGroup(data.features.map((feature) => new Area(feature, { ...style, ...options })));
    found.options = { style };
    return found;
  }

  window.WwzGebied = { group };
})();
