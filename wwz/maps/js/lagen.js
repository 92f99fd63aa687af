/* What lies on top of the areas: lines and dots, in the look asked for. Nothing here keeps a state. */
(function () {
  "use strict";

  const { label } = window.WwzHulp;
  const { rim } = window.WwzOmtrek;
  const LINE = { fill: false, smoothFactor: 0 };

  function line(data, style) {
    return L.geoJSON(data, { style: { ...LINE, ...style }, interactive: false });
  }

  function outline(data, { colour, weight }, look) {
    const style = { ...LINE, color: look.outline || colour, weight: weight * look.heavy };
    return window.WwzGebied.group(data, style, { interactive: false });
  }

  // One calm line around all of it, on a casing, so that it shows on every colour.
  function selected(features, { accent, casing, heavy }) {
    if (!features.length) return [];
    const around = { type: "Feature", properties: {}, geometry: rim(features) };
    return [
      line(around, { color: casing, weight: 5 * heavy, opacity: 0.9 }),
      line(around, { color: accent, weight: 2.25 * heavy }),
    ];
  }

  // What lies around the area: there, and no more than that. Without a code it is water.
  function surroundings(data, { around, aroundLine, water }) {
    const style = ({ properties }) => ({
      color: properties.code ? aroundLine : water, weight: 0.8, fillColor: properties.code ? around : water, fillOpacity: 1,
      smoothFactor: 0,
    });
    return L.geoJSON(data, { style, interactive: false });
  }

  // A second layer: a dashed line around the areas that stand out.
  function marked(features, { casing, heavy, mark }) {
    return [
      line(features, { color: casing, weight: 4 * heavy }),
      line(features, { color: mark, weight: 2 * heavy, dashArray: `${5 * heavy} ${4 * heavy}` }),
    ];
  }

  // `metres`: a circle of that size on the ground around every point, through which one still clicks on the map.
  function dots({ title, colour, rows, radius, hollow, metres }, { heavy }) {
    const size = (radius || 4.5) * Math.sqrt(heavy);
    const full = { radius: size, color: "#FFFFFF", weight: 1.2, fillColor: colour, fillOpacity: 1 };
    const style = hollow ? { ...full, color: colour, weight: 2.5, fillColor: "#FFFFFF" } : full;
    const around = { radius: metres, color: colour, weight: 2.5 * heavy, fill: false, interactive: false };
    return rows.flatMap(([lat, lon, name, id]) => {
      const dot = L.circleMarker([lat, lon], style).bindTooltip(label(name || title, name ? title : ""), { direction: "top" });
      // The same event goes on to the map, which tells the place and this point in one message.
      dot.on("click", (event) => (event.originalEvent.wwzPoint = id));
      return metres ? [L.circle([lat, lon], around), dot] : [dot];
    });
  }

  window.WwzLagen = { dots, marked, outline, selected, surroundings };
})();
