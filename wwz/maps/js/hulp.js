/* Small tools of the map in the browser; none of them keeps a state. */
(function () {
  "use strict";

  const LETTERS = Array.from({ length: 87 }, (_, n) => String.fromCharCode(40 + n))
    .filter((letter) => !"<>\\".includes(letter))
    .join("");
  const ROOM = { padding: [14, 14] };

  function addHomeButton(map, home) {
    const Home = L.Control.extend({
      onAdd() {
        const box = L.DomUtil.create("div", "leaflet-bar");
        const button = L.DomUtil.create("a", "kaart-thuis", box);
        button.href = "#";
        button.title = "Toon het hele gebied";
        button.setAttribute("role", "button");
        button.setAttribute("aria-label", button.title);
        button.textContent = "⤢";
        L.DomEvent.disableClickPropagation(box);
        L.DomEvent.on(button, "click", (event) => {
          L.DomEvent.stop(event);
          whenStill(map, () => map.fitBounds(home, ROOM));
        });
        return box;
      },
    });
    new Home({ position: "topleft" }).addTo(map);
  }

  // Leaflet does not hear a wish to look elsewhere while it zooms: the last one waits until the map stands still.
  function whenStill(map, look) {
    if (!map._animatingZoom) {
      look();
      return;
    }
    if (!map.wwzWish) map.once("zoomend", () => setTimeout(() => map.wwzWish && obey(map)));
    map.wwzWish = look;
  }

  function obey(map) {
    const wish = map.wwzWish;
    map.wwzWish = null;
    whenStill(map, wish);
  }

  function say(map, text) {
    let note = document.getElementById("kaart-melding");
    if (!note) {
      note = L.DomUtil.create("div", "kaart-melding", map.getContainer());
      note.id = "kaart-melding";
      note.setAttribute("role", "status");
    }
    note.textContent = text;
    note.hidden = !text;
  }

  // What the page fetched before this frame was there (ui/shared/early.js); each once, because a map keeps what it gets.
  function early(url) {
    try {
      const { href } = new URL(url, location.href);
      const found = window.parent.wwzGrenzen && window.parent.wwzGrenzen.get(href);
      if (found) window.parent.wwzGrenzen.delete(href);
      return found;
    } catch (error) {
      return null; // another origin
    }
  }

  function fetchJson(url) {
    const there = early(url);
    return there ? there.then((found) => found || fetchAnew(url)) : fetchAnew(url);
  }

  function fetchAnew(url) {
    // The name holds the content's hash: what the browser has under this name is right for ever.
    return fetch(url, { cache: "force-cache" }).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    });
  }

  // What areas without a number look like, by their sign: hatched, dotted or striped; water is plain.
  function makePattern(sign, { fill, ink }) {
    if (sign === "b") return fill;
    const tile = document.createElement("canvas");
    tile.width = tile.height = 7;
    const pen = tile.getContext("2d");
    pen.fillStyle = fill;
    pen.fillRect(0, 0, 7, 7);
    pen.fillStyle = pen.strokeStyle = ink;
    pen.lineWidth = 1.2;
    if (sign === "w") {
      pen.fillRect(2, 2, 2, 2);
    } else if (sign === "p") {
      pen.fillRect(0, 3, 7, 1);
    } else {
      pen.beginPath();
      [-7, 0, 7].forEach((shift) => {
        pen.moveTo(shift - 1, 8);
        pen.lineTo(shift + 8, -1);
      });
      pen.stroke();
    }
    return pen.createPattern(tile, "repeat");
  }

  // A sign per area, a few of them in each letter: see wwz/maps/packed.py.
  function unpack({ signs, length, packed }) {
    const each = signs.length < 2 ? 1 : Math.floor(Math.log(LETTERS.length) / Math.log(signs.length) + 1e-9);
    const all = [];
    for (const letter of packed) {
      let rest = LETTERS.indexOf(letter);
      for (let n = 0; n < each; n += 1) {
        all.push(signs[rest % signs.length]);
        rest = Math.floor(rest / signs.length);
      }
    }
    return signs.length === 1 ? signs.repeat(length) : all.slice(0, length).join("");
  }

  function label(title, ...texts) {
    const box = document.createElement("div");
    const head = box.appendChild(document.createElement("strong"));
    head.textContent = title;
    texts.filter(Boolean).forEach((text) => (box.appendChild(document.createElement("div")).textContent = text));
    return box;
  }

  // Side of an average area on the screen, in pixels.
  function meanSide(map, group, count) {
    const box = group.getBounds();
    const size = map.project(box.getSouthEast()).subtract(map.project(box.getNorthWest()));
    return Math.sqrt(Math.abs(size.x * size.y) / count);
  }

  /** The rings of an area, of whatever kind it is. */
  function rings({ type, coordinates }) {
    return type === "Polygon" ? coordinates : coordinates.flat();
  }

  function nameFrame(text) {
    try {
      window.frameElement.title = text;
    } catch (error) {
      /* another origin: the frame keeps its own title */
    }
  }

  // A map that starts in a hidden tab has no size; fit it as soon as it gets one.
  function whenVisible(map, fit) {
    if (map.getSize().x > 0 || typeof ResizeObserver === "undefined") return;
    const watcher = new ResizeObserver(() => {
      map.invalidateSize();
      if (map.getSize().x === 0) return;
      watcher.disconnect();
      fit();
    });
    watcher.observe(map.getContainer());
  }

  window.WwzHulp = {
    ROOM, addHomeButton, fetchJson, label, makePattern, meanSide, nameFrame, rings, say, unpack, whenStill, whenVisible,
  };
})();
