/* Names on the map: the largest areas first, none over another, none wider than its own area. Only seen: the table and
   the tooltips say the same. */
(function () {
  "use strict";

  // Pixels between two names, and how much wider than its area a name may be.
  const ROOM = 3;
  const WIDER = 1.15;
  const LINE = 1.15; // as in kaart.css
  const MOST = 120;
  // What stands before the name of a wijk in the tables of the source.
  const PREFIX = /^wijk \d+\s+/i;
  const WITHIN = /^\((.*)\)$/;

  const pen = document.createElement("canvas").getContext("2d");

  function attach(map) {
    const pane = map.createPane("namen");
    pane.style.zIndex = 640;
    pane.style.pointerEvents = "none";
    pane.classList.add("leaflet-zoom-hide");
    pane.setAttribute("aria-hidden", "true");
    return pane;
  }

  /** Write the names of layers that have room for them; of `groups` the first ones go before the others. */
  function write(map, pane, groups, heavy) {
    pane.replaceChildren();
    const size = 12 * Math.min(1.6, heavy);
    pen.font = `600 ${size}px "Source Sans", sans-serif`;
    const view = map.getBounds();
    const taken = [];
    groups.forEach((layers, rank) => {
      layers
        .map((layer) => ({ layer, bounds: layer.getBounds && layer.getBounds() }))
        .filter(({ bounds }) => bounds && view.intersects(bounds))
        .map(({ layer, bounds }) => ({ layer, box: onScreen(map, bounds) }))
        .filter(({ box }) => box.width > 2 * size && box.height > size)
        .sort((one, other) => other.box.width * other.box.height - one.box.width * one.box.height)
        .slice(0, MOST)
        .forEach(({ layer, box }) => {
          const lines = fitting(layer.feature.properties.naam.replace(PREFIX, "").replace(WITHIN, "$1"), box.width * WIDER);
          if (!lines || lines.length * size * LINE > box.height * WIDER) return;
          const middle = map.latLngToLayerPoint(layer.getCenter());
          const spot = around(middle, Math.max(...lines.map(wide)), lines.length * size * LINE);
          if (taken.some((other) => overlaps(spot, other))) return;
          taken.push(spot);
          pane.append(sign(lines, middle, size, rank));
        });
    });
  }

  function onScreen(map, bounds) {
    const [low, high] = [map.latLngToLayerPoint(bounds.getSouthWest()), map.latLngToLayerPoint(bounds.getNorthEast())];
    return { width: high.x - low.x, height: low.y - high.y };
  }

  const wide = (text) => pen.measureText(text).width;

  /** A name on one line, or on two where it fits better; nothing where neither fits. */
  function fitting(name, room) {
    if (wide(name) <= room) return [name];
    const words = name.split(" ");
    const halves = words
      .slice(1)
      .map((_, cut) => [words.slice(0, cut + 1).join(" "), words.slice(cut + 1).join(" ")])
      .sort((one, other) => Math.max(...one.map(wide)) - Math.max(...other.map(wide)));
    return halves.length && Math.max(...halves[0].map(wide)) <= room ? halves[0] : null;
  }

  function around({ x, y }, width, height) {
    return { left: x - width / 2 - ROOM, right: x + width / 2 + ROOM, top: y - height / 2 - ROOM, bottom: y + height / 2 + ROOM };
  }

  function overlaps(one, other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  }

  function sign(lines, middle, size, rank) {
    const box = document.createElement("div");
    box.className = `kaart-naam kaart-naam-${rank}`;
    box.style.fontSize = `${size}px`;
    lines.forEach((line, number) => {
      if (number) box.append(document.createElement("br"));
      box.append(line);
    });
    box.style.left = `${middle.x}px`;
    box.style.top = `${middle.y}px`;
    return box;
  }

  window.WwzNamen = { attach, write };
})();
