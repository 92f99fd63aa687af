/* The map in the browser. Boundaries are fetched once; every later change only restyles what is there.
   All texts that come from data are put on the page as text, never as HTML. */
(function () {
  "use strict";

  const { ROOM, addHomeButton, fetchJson, label, makePattern, meanSide, nameFrame, say, unpack, whenStill, whenVisible } =
    window.WwzHulp;
  const lagen = window.WwzLagen;
  const legenda = window.WwzLegenda;
  const namen = window.WwzNamen;
  const zaal = window.WwzZaal;

  const LONGEST_AHEAD = 10000; // milliseconds
  let names; // the pane with the names of areas
  let canvas, map, home, areas, around, outlines, marks, selection, points, tiles;
  let wanted = null; // newest state asked for
  let sent = null; // newest state of the server
  let early = null; // layer that is shown before the server said so
  let waiting; // and until when
  let shown = {}; // parts of the state as they are drawn now, as JSON
  let layersByCode = new Map();
  let layersInOrder = [];
  let lastView = null;
  let size, whole; // of the frame, and whether the whole area is in view

  // One finger must scroll the page on a telephone; two fingers move the map. Quarter zoom steps let an area fill the frame.
  function make(name, options) {
    const made = L.map(name, {
      preferCanvas: true,
      zoomControl: false,
      zoomSnap: 0.25,
      zoomDelta: 0.75,
      wheelPxPerZoomLevel: 100,
      maxZoom: 18,
      minZoom: 4,
      renderer: (canvas = new window.WwzDoek({ padding: 0.25 })),
      dragging: !L.Browser.mobile,
    });
    L.control.zoom({ zoomInTitle: "Inzoomen", zoomOutTitle: "Uitzoomen" }).addTo(made);
    start(made, options);
    return made;
  }

  function start(theMap, options) {
    map = theMap;
    map.attributionControl.setPrefix(false);
    prepareContainer();
    map.createPane("tegels", map.getPane("mapPane")).style.zIndex = 100;
    home = L.latLngBounds(options.bounds);
    setFirstView();
    addHomeButton(map, home);
    zaal.addScreenButton(map);
    zaal.lookTogether(map, () => wanted && wanted.together);
    zaal.passKeys(() => wanted && wanted.look && wanted.look.large);
    whenVisible(map, setFirstView);
    around = L.featureGroup().addTo(map);
    outlines = L.featureGroup().addTo(map);
    marks = L.featureGroup().addTo(map);
    selection = L.featureGroup().addTo(map);
    points = L.featureGroup().addTo(map);
    names = namen.attach(map);
    map.on("zoomend", fitBorders);
    map.on("zoomend", sharpen);
    map.on("moveend", writeNames);
    map.on("moveend", rememberMove);
    map.on("resize", keepWhole);
    map.on("click", (event) => pick(event.latlng, event.originalEvent.wwzPoint));
    map.getContainer().addEventListener("keydown", pickMiddle);
    map.on("mousedown", () => map.getContainer().classList.remove("kaart-toetsen"));
    load(options.geometry);
  }

  function look() {
    return zaal.look(wanted && wanted.look);
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
    size = map.getSize();
    whole = showsAll();
    report();
  }

  function prepareContainer() {
    const box = map.getContainer();
    box.style.background = look().paper;
    box.setAttribute("role", "region");
    // Leaflet takes the focus at mouse down. A page that scrolls at that moment makes the click hit a neighbour.
    box.focus = () => HTMLElement.prototype.focus.call(box, { preventScroll: true });
    document.documentElement.lang = "nl";
    document.body.style.overflow = "hidden";
    say(map, "De kaart wordt geladen …");
  }

  // --- what the map tells the server -----------------------------------------------------------------

  // Same parts in the same order as streamlit-folium sends them, so that it sees nothing new afterwards. Only what the
  // visitor does may reach the server: a rerun because a frame got its size can cross a click or a key and swallow it.
  function report() {
    const told = window.__GLOBAL_DATA__;
    const { lat, lng } = map.getCenter();
    const all = { zoom: map.getZoom(), center: { lat, lng }, selected_tags: told.selected_tags };
    const data = Object.fromEntries(told.returned_objects.filter((name) => name in all).map((name) => [name, all[name]]));
    told.previous_data = data;
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

  // Who sees the whole area sees it also on a frame of another size.
  function keepWhole() {
    const was = whole;
    size = map.getSize();
    if (was) whenStill(map, () => map.fitBounds(home, { ...ROOM, animate: false }));
    report();
  }

  function rememberMove() {
    if (size && size.equals(map.getSize())) whole = showsAll();
    const [code, moment] = window.__GLOBAL_DATA__.selected_tags;
    tellServer(code, moment);
  }

  // --- areas -----------------------------------------------------------------------------------------

  function load(url) {
    fetchJson(url)
      .then((data) => {
        // Smoothing each area by itself would open gaps between neighbours: the file has no more detail than it needs.
        const style = { color: look().border, weight: 0.7, fillColor: look().paper, fillOpacity: 1, smoothFactor: 0 };
        areas = window.WwzGebied.group(data, style);
        areas.eachLayer((layer) => {
          layersByCode.set(layer.feature.properties.code, layer);
          layer.wwzIndex = layersInOrder.push(layer) - 1;
        });
        fitBorders();
        paint();
        areas.addTo(map);
        writeNames();
        areas.on("click", (event) => {
          if (wanted && wanted.pick) return; // the map itself tells the place
          tellServer(event.layer.feature.properties.code, String(Date.now()));
          window.Streamlit.setComponentValue(report());
        });
        areas.bindTooltip(describe, { sticky: true, direction: "auto", offset: [14, 0], opacity: 1 });
        areas.on("mouseover", ({ layer }) => legenda.point(wanted ? wanted.classes[layer.wwzIndex] : null));
        areas.on("mouseout", () => legenda.point(null));
        say(map, "");
        update();
        sharpen();
      })
      .catch(() => say(map, "De kaart kan niet worden geladen. Ververs de pagina."));
  }

  // Who looks closer sees sharper borders, where the server has them: the same areas, in the same order.
  function sharpen() {
    const asked = areas && wanted && wanted.sharper;
    if (!asked || shown.sharper === asked.url || map.getZoom() < asked.zoom) return;
    shown.sharper = asked.url;
    fetchJson(asked.url)
      .then(({ features }) => {
        features.forEach(({ geometry }, index) => layersInOrder[index].reshape(geometry));
        shown.selected = shown.marked = shown.outlines = null;
        update();
      })
      .catch(() => (shown.sharper = null));
  }

  function paint() {
    const now = areas && wanted && JSON.stringify([wanted.classes, wanted.colours, wanted.absent, wanted.opacity]);
    if (!now || shown.classes === now) return;
    shown.classes = now;
    const patterns = Object.fromEntries(Object.entries(wanted.absent).map(([sign, one]) => [sign, makePattern(sign, one)]));
    const { border } = look();
    layersInOrder.forEach((layer, index) => {
      const digit = wanted.classes[index];
      const fill = patterns[digit] || wanted.colours[Number(digit)];
      Object.assign(layer.options, { fillColor: fill, fillOpacity: wanted.opacity, color: border });
    });
    canvas.redrawAll();
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

  // The names of what is outlined go first, then those of the areas themselves where there is room.
  function writeNames() {
    if (!areas) return;
    const lines = outlines.getLayers().flatMap((group) => (group.getLayers().length > 1 ? group.getLayers() : []));
    const near = around.getLayers().flatMap((group) => group.getLayers());
    namen.write(map, names, [lines, layersInOrder, near], look().heavy);
  }

  function describe(layer) {
    const digit = wanted && wanted.classes[layer.wwzIndex];
    const value = wanted && (wanted.absent[digit] ? wanted.absent[digit].label : wanted.labels[Number(digit)]);
    const told = wanted && wanted.texts && wanted.texts.map((texts) => texts[layer.wwzIndex]);
    return label(layer.feature.properties.naam, ...(told && told.some(Boolean) ? told : [value]));
  }

  // --- a place instead of an area ------------------------------------------------------------------

  // "place:lat,lng:point": the point is what was clicked on it, if any.
  function pick({ lat, lng }, point) {
    if (!wanted || !wanted.pick) return;
    tellServer(`place:${lat.toFixed(6)},${lng.toFixed(6)}:${point || ""}`, String(Date.now()));
    window.Streamlit.setComponentValue(report());
  }

  // Without a mouse: the arrow keys move the map, Enter takes the middle.
  function pickMiddle(event) {
    map.getContainer().classList.add("kaart-toetsen");
    if (event.key === "Enter" && event.target === map.getContainer()) pick(map.getCenter(), "");
  }

  function setPicking() {
    if (!changed("pick")) return;
    map.getContainer().classList.toggle("kaart-prikken", Boolean(wanted.pick));
  }

  // --- what lies on top ------------------------------------------------------------------------------

  function changed(part) {
    const now = JSON.stringify(wanted[part]);
    if (shown[part] === now) return false;
    shown[part] = now;
    return true;
  }

  function missBorders() {
    say(map, "Een deel van de grenzen kan niet worden geladen. Ververs de pagina.");
  }

  function drawOutlines() {
    if (!changed("outlines")) return;
    const asked = shown.outlines;
    const sharp = shown.sharper;
    Promise.all(wanted.outlines.map((line) => fetchJson((sharp && line.sharper) || line.url)))
      .then((all) => {
        if (shown.outlines !== asked) return; // a newer question came in between
        outlines.clearLayers();
        all.forEach((data, index) => {
          outlines.addLayer(lagen.outline(data, wanted.outlines[index], look()));
        });
        fitBorders();
        writeNames();
        order();
      })
      .catch(missBorders);
  }

  function drawSelection() {
    if (!changed("selected")) return false;
    selection.clearLayers();
    const features = wanted.selected.filter((code) => layersByCode.has(code)).map((code) => layersByCode.get(code).feature);
    lagen.selected(features, look()).forEach((line) => selection.addLayer(line));
    return true;
  }

  function drawAround() {
    if (!changed("around")) return;
    const asked = shown.around;
    around.clearLayers();
    if (!wanted.around) return;
    fetchJson(wanted.around)
      .then((data) => {
        if (shown.around !== asked) return;
        around.addLayer(lagen.surroundings(data, look()));
        around.bringToBack();
        writeNames();
      })
      .catch(missBorders);
  }

  function drawMarks() {
    if (!changed("marked")) return false;
    marks.clearLayers();
    const features = layersInOrder.filter((layer) => wanted.marked[layer.wwzIndex] === "1").map((layer) => layer.feature);
    lagen.marked(features, look()).forEach((line) => marks.addLayer(line));
    return true;
  }

  function drawPoints() {
    if (!changed("points")) return false;
    points.clearLayers();
    wanted.points.forEach((kind) => lagen.dots(kind, look()).forEach((dot) => points.addLayer(dot)));
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
    map.attributionControl.getContainer().hidden = !wanted.attribution || Boolean(wanted.legend);
    map.attributionControl.getContainer().textContent = wanted.attribution;
  }

  // --- a new state from the server -------------------------------------------------------------------

  function show(state) {
    sent = state;
    // Of two layers chosen one after the other, the answer to the first comes later than the second was shown.
    if (early && state.title !== early.title && state.family === early.family) return;
    early = null;
    clearTimeout(waiting);
    want(state);
  }

  // A layer that the browser knows already, while the server still works. What the server says goes before it.
  function ahead(layer) {
    if (!sent || sent.title === layer.title) return;
    early = { title: layer.title, family: sent.family };
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      early = null;
      want(sent);
    }, LONGEST_AHEAD);
    want({ ...sent, ...layer });
  }

  function want(state) {
    wanted = { ...state, classes: unpack(state.classes), marked: unpack(state.marked) };
    if (map) update();
  }

  function update() {
    if (!wanted) return;
    map.getContainer().setAttribute("aria-label", wanted.label);
    nameFrame(wanted.label);
    zaal.writeLegend(map, wanted);
    dress();
    if (changed("legend")) legenda.write(wanted, resize);
    if (changed("height")) resize();
    move();
    drawTiles();
    writeAttribution();
    setPicking();
    if (!areas) return;
    paint();
    drawAround();
    drawOutlines();
    const drawn = [drawMarks(), drawSelection(), drawPoints()];
    if (drawn.some(Boolean)) order();
    map.getContainer().dataset.laag = wanted.label;
  }

  // Another look draws everything again, on the same map.
  function dress() {
    if (!changed("look")) return;
    shown = { look: shown.look, height: shown.height, basemap: shown.basemap, sharper: shown.sharper };
    zaal.dress(map, wanted.look);
  }

  // A view is a command with a number: the same number is obeyed once, and the visitor's own panning stays.
  function move() {
    const command = wanted.view || { number: 0 };
    if (lastView !== null && command.number !== lastView) {
      const [lat, lon, zoom] = command.position;
      whenStill(map, () => {
        map.setView([lat, lon], zoom, { animate: false });
        report();
      });
    }
    lastView = command.number;
  }

  // The legend has its place in the same frame.
  function resize() {
    map.getContainer().style.height = wanted.height - legenda.height() + "px";
    map.invalidateSize();
  }

  window.WwzKaart = { ahead, family: () => (sent ? sent.family : ""), make, show };
})();
