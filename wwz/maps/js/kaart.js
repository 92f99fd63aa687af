/* The map in the browser. Boundaries are fetched once; every later change only restyles what is there.
   All texts that come from data are put on the page as text, never as HTML. */
(function () {
  "use strict";

  const PAPER = "#FBFAF7";
  const ACCENT = "#D4580B";
  const BORDER = "#8FA9AE";
  const MISSING = "-";
  const { ROOM, addHomeButton, fetchJson, label, makeHatch, meanSide, say } = window.WwzHulp;

  let map, home, areas, hatch, outlines, marks, selection, points, tiles;
  let wanted = null; // newest state asked for
  let shown = {}; // parts of the state as they are drawn now, as JSON
  let layersByCode = new Map();
  let layersInOrder = [];
  let lastView = null;

  function start(theMap, options) {
    map = theMap;
    hatch = makeHatch();
    map.attributionControl.setPrefix(false);
    prepareContainer();
    map.createPane("tegels", map.getPane("mapPane")).style.zIndex = 100;
    home = L.latLngBounds(options.bounds);
    setFirstView();
    addHomeButton(map, home);
    refitWhenVisible();
    outlines = L.featureGroup().addTo(map);
    marks = L.featureGroup().addTo(map);
    selection = L.featureGroup().addTo(map);
    points = L.featureGroup().addTo(map);
    map.on("zoomend", fitBorders);
    map.on("moveend", rememberMove);
    report(); // the first view is what the server asked for: telling it would only cost a rerun
    load(options.geometry);
  }

  // --- first view ------------------------------------------------------------------------------------

  function setFirstView() {
    const start = document.getElementById("kaart-begin");
    const view = start && start.dataset.positie ? JSON.parse(start.dataset.positie) : null;
    if (view) {
      map.setView([view[0], view[1]], view[2], { animate: false });
    } else {
      map.fitBounds(home, { ...ROOM, animate: false });
    }
    tellServer("", "");
  }

  // A map that starts in a hidden tab has no size; fit it as soon as it gets one.
  function refitWhenVisible() {
    if (map.getSize().x > 0 || typeof ResizeObserver === "undefined") return;
    const watcher = new ResizeObserver(() => {
      map.invalidateSize();
      if (map.getSize().x === 0) return;
      watcher.disconnect();
      setFirstView();
    });
    watcher.observe(map.getContainer());
  }

  function prepareContainer() {
    const box = map.getContainer();
    box.style.background = PAPER;
    box.setAttribute("role", "region");
    // Leaflet takes the focus at mouse down. A page that scrolls at that moment makes the click hit a neighbour.
    box.focus = () => HTMLElement.prototype.focus.call(box, { preventScroll: true });
    document.documentElement.lang = "nl";
    document.body.style.overflow = "hidden";
    say(map, "De kaart wordt geladen …");
  }

  // --- what the map tells the server -----------------------------------------------------------------

  // Same parts in the same order as streamlit-folium sends them, so that it sees nothing new afterwards.
  function report() {
    const { lat, lng } = map.getCenter();
    const data = { zoom: map.getZoom(), center: { lat, lng } };
    data.selected_tags = window.__GLOBAL_DATA__.selected_tags;
    window.__GLOBAL_DATA__.previous_data = data;
    return data;
  }

  // streamlit-folium sends this list along untouched: the area, a mark that makes each click a new event, and
  // whether the whole area is in view, so that the server has no view to keep.
  function tellServer(code, moment) {
    window.__GLOBAL_DATA__.selected_tags = [code, moment, showsAll() ? "geheel" : ""];
  }

  function showsAll() {
    const { center, zoom } = map._getBoundsCenterZoom(home, ROOM);
    const shift = map.latLngToContainerPoint(center).distanceTo(map.getSize().divideBy(2));
    return zoom === map.getZoom() && shift < 4;
  }

  function rememberMove() {
    const [code, moment] = window.__GLOBAL_DATA__.selected_tags;
    tellServer(code, moment);
  }

  // --- areas -----------------------------------------------------------------------------------------

  function load(url) {
    fetchJson(url)
      .then((data) => {
        areas = L.geoJSON(data, {
          style: { color: BORDER, weight: 0.7, fillColor: PAPER, fillOpacity: 1, smoothFactor: 0.6 },
          onEachFeature: (feature, layer) => {
            layersByCode.set(feature.properties.code, layer);
            layer.wwzIndex = layersInOrder.push(layer) - 1;
          },
        });
        fitBorders();
        paint();
        areas.addTo(map);
        areas.on("click", (event) => {
          tellServer(event.layer.feature.properties.code, String(Date.now()));
          window.Streamlit.setComponentValue(report());
        });
        areas.bindTooltip(describe, { sticky: true, direction: "top", offset: [0, -8] });
        say(map, "");
        update();
      })
      .catch(() => say(map, "De kaart kan niet worden geladen. Ververs de pagina."));
  }

  function paint() {
    if (!areas || !wanted || shown.classes === JSON.stringify([wanted.classes, wanted.colours, wanted.opacity])) return;
    shown.classes = JSON.stringify([wanted.classes, wanted.colours, wanted.opacity]);
    layersInOrder.forEach((layer, index) => {
      const digit = wanted.classes[index];
      const fill = digit === MISSING ? hatch : wanted.colours[Number(digit)];
      if (layer.options.fillColor !== fill || layer.options.fillOpacity !== wanted.opacity) {
        layer.setStyle({ fillColor: fill, fillOpacity: wanted.opacity });
      }
    });
  }

  // Thousands of small areas on one screen: borders would drown the colours.
  function fitBorders() {
    if (!areas || !layersInOrder.length) return;
    const side = meanSide(map, areas, layersInOrder.length);
    layersInOrder.forEach((layer) => (layer.options.stroke = side > 14));
    outlines.eachLayer((group) => {
      const thin = Math.min(1, Math.max(0.35, meanSide(map, group, group.getLayers().length) / 60));
      group.eachLayer((layer) => (layer.options.weight = group.options.style.weight * thin));
    });
  }

  function describe(layer) {
    const digit = wanted ? wanted.classes[layer.wwzIndex] : MISSING;
    const value = digit === MISSING ? wanted && wanted.missing : wanted.labels[Number(digit)];
    return label(layer.feature.properties.naam, value);
  }

  // --- what lies on top ------------------------------------------------------------------------------

  function changed(part) {
    const now = JSON.stringify(wanted[part]);
    if (shown[part] === now) return false;
    shown[part] = now;
    return true;
  }

  function drawOutlines() {
    if (!changed("outlines")) return false;
    const asked = shown.outlines;
    Promise.all(wanted.outlines.map((line) => fetchJson(line.url)))
      .then((all) => {
        if (shown.outlines !== asked) return; // a newer question came in between
        outlines.clearLayers();
        all.forEach((data, index) => {
          const { colour, weight } = wanted.outlines[index];
          const style = { color: colour, weight, fill: false, smoothFactor: 0.6 };
          outlines.addLayer(L.geoJSON(data, { style, interactive: false }));
        });
        fitBorders();
        order();
      })
      .catch(() => say(map, "Een deel van de grenzen kan niet worden geladen. Ververs de pagina."));
    return false;
  }

  function drawSelection() {
    if (!changed("selected")) return false;
    selection.clearLayers();
    const features = wanted.selected.filter((code) => layersByCode.has(code)).map((code) => layersByCode.get(code).feature);
    [["#FFFFFF", 6.5], [ACCENT, 3.5]].forEach(([color, weight]) => {
      selection.addLayer(L.geoJSON(features, { style: { color, weight, fill: false, smoothFactor: 0.6 }, interactive: false }));
    });
    return true;
  }

  // A second layer: a dashed line around the areas that stand out, on white so that it shows on every colour.
  function drawMarks() {
    if (!changed("marked")) return false;
    marks.clearLayers();
    const features = layersInOrder.filter((layer) => wanted.marked[layer.wwzIndex] === "1").map((layer) => layer.feature);
    [{ color: "#FFFFFF", weight: 4 }, { color: "#14262B", weight: 2, dashArray: "5 4" }].forEach((style) => {
      marks.addLayer(L.geoJSON(features, { style: { ...style, fill: false, smoothFactor: 0.6 }, interactive: false }));
    });
    return true;
  }

  function drawPoints() {
    if (!changed("points")) return false;
    points.clearLayers();
    wanted.points.forEach(({ title, colour, rows }) => {
      rows.forEach(([lat, lon, name]) => {
        const style = { radius: 4.5, color: "#FFFFFF", weight: 1.2, fillColor: colour, fillOpacity: 1 };
        points.addLayer(L.circleMarker([lat, lon], style).bindTooltip(label(name || title, name ? title : ""), { direction: "top" }));
      });
    });
    return true;
  }

  function order() {
    [outlines, marks, selection, points].forEach((group) => group.bringToFront());
  }

  function drawTiles() {
    if (!changed("basemap")) return;
    if (tiles) tiles.remove();
    tiles = null;
    if (!wanted.basemap) return;
    tiles = L.tileLayer(wanted.basemap.url, { maxZoom: wanted.basemap.max_zoom, pane: "tegels" }).addTo(map);
  }

  function writeAttribution() {
    if (!changed("attribution")) return;
    map.attributionControl.getContainer().hidden = !wanted.attribution;
    map.attributionControl.getContainer().textContent = wanted.attribution;
  }

  // --- a new state from the server -------------------------------------------------------------------

  function show(state) {
    wanted = state;
    if (map) update();
  }

  function update() {
    if (!wanted) return;
    map.getContainer().setAttribute("aria-label", wanted.label);
    nameFrame(wanted.label);
    resize();
    move();
    drawTiles();
    writeAttribution();
    if (!areas) return;
    paint();
    drawOutlines();
    const drawn = [drawMarks(), drawSelection(), drawPoints()];
    if (drawn.some(Boolean)) order();
    map.getContainer().dataset.laag = wanted.label;
  }

  // A view is a command with a number: the same number is obeyed once, and the visitor's own panning stays.
  function move() {
    const command = wanted.view || { number: 0 };
    if (lastView !== null && command.number !== lastView) {
      const [lat, lon, zoom] = command.position;
      map.setView([lat, lon], zoom, { animate: false });
    }
    lastView = command.number;
  }

  function resize() {
    if (!changed("height")) return;
    map.getContainer().style.height = wanted.height + "px";
    map.invalidateSize();
  }

  function nameFrame(text) {
    try {
      window.frameElement.title = text;
    } catch (error) {
      /* another origin: the frame keeps its own title */
    }
  }

  window.WwzKaart = { start, show };
})();
