// Small maps on one scale. Boundaries are the files of the large map, so the browser often has them already.
const files = new Map(); // url → promise of shapes
const BORDER = "#8FA9AE";
const BORDER_ON_DARK = "#5E7F86";
const THIN = 9; // below this mean side of an area, in pixels, borders would drown the colours

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".wwz-kaartjes");
  const drawn = data.maps.map((one) => build(one, data));
  root.replaceChildren(...drawn.map(({ figure }) => figure));
  const draw = () => drawn.forEach((one) => one.draw());
  const watcher = new ResizeObserver(draw);
  watcher.observe(root);
  return () => watcher.disconnect();
}

function build(one, data) {
  const figure = document.createElement("figure");
  const caption = figure.appendChild(document.createElement("figcaption"));
  caption.appendChild(document.createElement("strong")).textContent = one.title;
  caption.appendChild(document.createElement("span")).textContent = one.value;
  const canvas = figure.appendChild(document.createElement("canvas"));
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `Kaartje: ${one.title}. ${data.name}. ${one.value}. De cijfers staan in de tabel.`);
  const note = figure.appendChild(document.createElement("div"));
  note.className = "wwz-wijs";
  note.hidden = true;
  const map = { figure, paths: [], draw: () => {} };
  if (!one.url) return map;
  load(one.url)
    .then((shapes) => {
      map.draw = () => (map.paths = paint(canvas, shapes, one, data));
      map.draw();
      canvas.addEventListener("pointermove", (event) => point(event, canvas, note, map.paths, shapes, one, data));
      canvas.addEventListener("pointerleave", () => (note.hidden = true));
    })
    .catch(() => (caption.lastChild.textContent = "Dit kaartje kan niet worden geladen. Ververs de pagina."));
  return map;
}

function load(path) {
  // Pages are one step below the root of the app, whatever path a proxy puts before it.
  const url = new URL(path, location.href.split(/[?#]/)[0]).href;
  if (!files.has(url)) {
    const answer = fetch(url, { cache: "force-cache" }).then((got) => {
      if (!got.ok) throw new Error(String(got.status));
      return got.json();
    });
    answer.catch(() => files.delete(url));
    files.set(url, answer);
  }
  return files.get(url);
}

function rings({ type, coordinates }) {
  return type === "Polygon" ? coordinates : coordinates.flat();
}

function paint(canvas, shapes, one, data) {
  const ratio = window.devicePixelRatio || 1;
  const wide = canvas.clientWidth;
  const high = canvas.clientHeight;
  if (!wide) return [];
  canvas.width = wide * ratio;
  canvas.height = high * ratio;
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  const [west, south, east, north] = shapes.bbox;
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min((wide - 4) / ((east - west) * squeeze), (high - 4) / (north - south));
  const x = (lon) => wide / 2 + (lon - (west + east) / 2) * squeeze * scale;
  const y = (lat) => high / 2 - (lat - (south + north) / 2) * scale;
  const patterns = Object.fromEntries(Object.entries(data.absent).map(([sign, one]) => [sign, makePattern(pen, sign, one)]));
  pen.strokeStyle = data.dark ? BORDER_ON_DARK : BORDER;
  pen.lineWidth = 0.7;
  const side = Math.sqrt((wide * high) / shapes.features.length);
  return shapes.features.map((feature, index) => {
    const path = new Path2D();
    for (const ring of rings(feature.geometry)) {
      ring.forEach(([lon, lat], at) => (at ? path.lineTo(x(lon), y(lat)) : path.moveTo(x(lon), y(lat))));
      path.closePath();
    }
    const digit = one.classes[index];
    pen.fillStyle = patterns[digit] || data.colours[Number(digit)];
    pen.fill(path, "evenodd");
    if (side > THIN) pen.stroke(path);
    return path;
  });
}

// What areas without a number look like, by their sign: hatched, dotted or striped; water is plain.
function makePattern(pen, sign, { fill, ink }) {
  if (sign === "b") return fill;
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const small = tile.getContext("2d");
  small.fillStyle = fill;
  small.fillRect(0, 0, 6, 6);
  small.fillStyle = small.strokeStyle = ink;
  if (sign === "w") {
    small.fillRect(2, 2, 2, 2);
  } else if (sign === "p") {
    small.fillRect(0, 2, 6, 1);
  } else {
    small.beginPath();
    for (const shift of [-6, 0, 6]) {
      small.moveTo(shift - 1, 7);
      small.lineTo(shift + 7, -1);
    }
    small.stroke();
  }
  return pen.createPattern(tile, "repeat");
}

function point(event, canvas, note, paths, shapes, one, data) {
  const pen = canvas.getContext("2d");
  const ratio = window.devicePixelRatio || 1;
  const [x, y] = [event.offsetX, event.offsetY];
  const at = paths.findIndex((path) => pen.isPointInPath(path, x * ratio, y * ratio, "evenodd"));
  note.hidden = at < 0;
  if (at < 0) return;
  const digit = one.classes[at];
  const name = document.createElement("strong");
  name.textContent = shapes.features[at].properties.naam;
  note.replaceChildren(name, data.absent[digit] ? data.absent[digit].label : data.labels[Number(digit)]);
  note.style.left = `${Math.min(canvas.offsetLeft + x + 12, canvas.offsetWidth - 60)}px`;
  note.style.top = `${canvas.offsetTop + y + 14}px`;
}
