/* The canvas of the areas. Leaflet tells the browser every point of every area again in each drawing; here the outline of an area
   is kept as long as its points stay where they are, so that other colours cost half as much, and a map of another height too. */
(function () {
  "use strict";

  const Doek = L.Canvas.extend({
    // Leaflet comes here to draw, and also when the points of an area may be other ones.
    _updatePoly(layer, closed) {
      if (!this._drawing || !layer._parts.length) return;
      if (layer.wwzOutlined !== layer._parts) {
        layer.wwzOutlined = layer._parts;
        layer.wwzOutline = outline(layer._parts, closed);
      }
      fill(this._ctx, layer.wwzOutline, layer.options);
      stroke(this._ctx, layer.wwzOutline, layer.options);
    },

    /** Everything is drawn anew in the next frame: colours were changed without a word to each layer. */
    redrawAll() {
      if (!this._map) return;
      this.wwzAll = true;
      this._redrawRequest ??= L.Util.requestAnimFrame(this._redraw, this);
    },

    _redraw() {
      if (this.wwzAll) this._redrawBounds = null;
      this.wwzAll = false;
      L.Canvas.prototype._redraw.call(this);
    },
  });

  function outline(parts, closed) {
    const path = new Path2D();
    for (const points of parts) {
      points.forEach(({ x, y }, place) => (place ? path.lineTo(x, y) : path.moveTo(x, y)));
      if (closed) path.closePath();
    }
    return path;
  }

  function fill(pen, path, options) {
    if (!options.fill) return;
    pen.globalAlpha = options.fillOpacity;
    pen.fillStyle = options.fillColor || options.color;
    pen.fill(path, options.fillRule || "evenodd");
  }

  function stroke(pen, path, options) {
    if (!options.stroke || !options.weight) return;
    pen.setLineDash(options._dashArray || []);
    pen.globalAlpha = options.opacity;
    pen.lineWidth = options.weight;
    pen.strokeStyle = options.color;
    pen.lineCap = options.lineCap;
    pen.lineJoin = options.lineJoin;
    pen.stroke(path);
  }

  window.WwzDoek = Doek;
})();
