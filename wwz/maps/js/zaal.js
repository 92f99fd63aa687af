/* What a map needs in front of a room: a look for light and dark, the whole screen, keys, and two maps as one. */
(function () {
  "use strict";

  const { whenStill } = window.WwzHulp;
  const LIGHT = {
    paper: "#FBFAF7", border: "#8FA9AE", casing: "#FFFFFF", mark: "#14262B",
    accent: "#D4580B", outline: null, heavy: 1, around: "#ECEAE4", aroundLine: "#CBC6B9", water: "#CBE0F0",
  };
  const DARK = {
    ...LIGHT, paper: "#0A1D23", border: "#5E7F86", casing: "#0A1D23", mark: "#F4F2EC",
    accent: "#FF9A4D", outline: "#C9DCDE", around: "#17292F", aroundLine: "#2B4148", water: "#17384A",
  };
  const HEAVY = 2; // lines and dots that the back row still sees
  const STEPS = ["ArrowLeft", "ArrowRight", "PageUp", "PageDown"];

  function look(asked) {
    const { dark, large } = asked || {};
    const base = dark ? DARK : LIGHT;
    return large ? { ...base, heavy: HEAVY, outline: base.outline || "#0B4250" } : base;
  }

  function dress(map, asked) {
    const box = map.getContainer();
    const { dark, large } = asked || {};
    document.documentElement.classList.toggle("kaart-donker", Boolean(dark));
    document.documentElement.classList.toggle("kaart-groot", Boolean(large));
    box.style.background = look(asked).paper;
    // Arrows are for the next step of the story, not for the map.
    if (large) map.keyboard.disable();
    else map.keyboard.enable();
  }

  // The keys of a presenter remote mean the same wherever the focus is: hand them to the page around the map.
  function passKeys(isOn) {
    document.addEventListener("keydown", (event) => {
      if (!isOn() || !STEPS.includes(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      try {
        const outside = window.parent.document;
        outside.dispatchEvent(new window.parent.KeyboardEvent("keydown", { key: event.key, bubbles: true }));
      } catch (error) {
        /* another origin: the keys stay here */
      }
    });
  }

  // --- the whole screen --------------------------------------------------------------------------------

  function addScreenButton(map) {
    if (!document.fullscreenEnabled) return;
    const Screen = L.Control.extend({
      onAdd() {
        const box = L.DomUtil.create("div", "leaflet-bar");
        const button = L.DomUtil.create("a", "kaart-scherm", box);
        button.href = "#";
        button.setAttribute("role", "button");
        button.appendChild(L.DomUtil.create("span", "kaart-hoeken"));
        const name = () => {
          button.title = document.fullscreenElement ? "Verlaat volledig scherm" : "Volledig scherm";
          button.setAttribute("aria-label", button.title);
        };
        name();
        document.addEventListener("fullscreenchange", name);
        L.DomEvent.disableClickPropagation(box);
        L.DomEvent.on(button, "click", (event) => {
          L.DomEvent.stop(event);
          if (document.fullscreenElement) document.exitFullscreen();
          else document.documentElement.requestFullscreen();
        });
        return box;
      },
    });
    new Screen({ position: "topleft" }).addTo(map);
    document.addEventListener("fullscreenchange", () => {
      document.documentElement.classList.toggle("kaart-vol", Boolean(document.fullscreenElement));
      map.invalidateSize();
    });
  }

  // Title and legend, for when nothing but the map is on the screen.
  function writeLegend(map, wanted) {
    let sheet = document.getElementById("kaart-blad");
    if (!sheet) {
      sheet = L.DomUtil.create("div", "kaart-blad", document.body);
      sheet.id = "kaart-blad";
    }
    sheet.replaceChildren();
    sheet.appendChild(document.createElement("strong")).textContent = wanted.title || "";
    const list = sheet.appendChild(document.createElement("ul"));
    wanted.colours.forEach((colour, index) => addRow(list, wanted.labels[index], colour));
    Object.entries(wanted.absent).forEach(([sign, one]) => addRow(list, one.label, null, sign));
  }

  function addRow(list, text, colour, sign) {
    const row = list.appendChild(document.createElement("li"));
    const patch = row.appendChild(document.createElement("i"));
    if (colour) patch.style.background = colour;
    else patch.className = `kaart-leeg-${sign}`;
    row.appendChild(document.createElement("span")).textContent = text;
  }

  // --- two maps that look at the same place --------------------------------------------------------------

  function lookTogether(map, group) {
    const mine = `${Math.random()}`;
    let obeying = false;
    const tell = () => {
      if (obeying || !group()) return;
      const { lat, lng } = map.getCenter();
      const detail = { group: group(), from: mine, lat, lng, zoom: map.getZoom() };
      window.parent.dispatchEvent(new window.parent.CustomEvent("wwz-kijk", { detail }));
    };
    const obey = ({ detail }) => {
      if (detail.from === mine || detail.group !== group()) return;
      whenStill(map, () => {
        obeying = true;
        map.setView([detail.lat, detail.lng], detail.zoom, { animate: false });
        obeying = false;
      });
    };
    try {
      window.parent.addEventListener("wwz-kijk", obey);
      window.addEventListener("pagehide", () => window.parent.removeEventListener("wwz-kijk", obey));
      map.on("move zoomend", tell);
    } catch (error) {
      /* another origin: each map by itself */
    }
  }

  window.WwzZaal = { addScreenButton, dress, look, lookTogether, passKeys, writeLegend };
})();
