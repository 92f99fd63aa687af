/* The legend under the map, in the same frame: classes with their limits, where the gemeente and the country lie, and a mark at
   the class of the area that is pointed at. Source and remarks stand under it, so that they never lie over the map. */
(function () {
  "use strict";

  const BETWEEN = 8; // pixels between two signs above the bar
  let strip = null;
  let parts = [];
  let signs = [];
  let told = () => {};

  function make(tag, className, text) {
    const box = document.createElement(tag);
    if (className) box.className = className;
    if (text) box.textContent = text;
    return box;
  }

  /** Draw the legend of a state; without one there is none. `moved` is told when the room that it takes is another one. */
  function write(state, moved) {
    if (strip) strip.remove();
    strip = null;
    parts = [];
    told = moved;
    if (state.legend) {
      strip = document.body.appendChild(make("div", "kaart-legenda"));
      strip.append(bar(state), foot(state));
      signs = state.legend.ticks;
      // At once: a legend that takes its room afterwards makes the map draw itself twice.
      arrange();
      // Style sheet, typeface and width of the frame may all come later than the legend.
      watcher.disconnect();
      watcher.observe(strip);
    }
    settle();
  }

  const watcher = new ResizeObserver(() => {
    if (!strip) return;
    arrange();
    settle();
  });

  function arrange() {
    strip.classList.remove("kaart-legenda-lijst");
    const cramped = parts.some((part) => part.lastChild.getBoundingClientRect().width > part.clientWidth - 2);
    strip.classList.toggle("kaart-legenda-lijst", cramped);
    placeSigns(signs);
  }

  function bar(state) {
    const box = make("div", "kaart-legenda-balk");
    const classes = box.appendChild(make("div", "kaart-legenda-klassen"));
    classes.append(make("div", "kaart-legenda-tekens"));
    const list = classes.appendChild(make("ul"));
    list.setAttribute("aria-label", `Legenda: ${state.title}`);
    parts = state.colours.map((colour, index) => {
      const row = list.appendChild(make("li"));
      row.appendChild(make("i")).style.background = colour;
      row.append(make("span", "", (state.legend.labels || state.labels)[index]));
      row.title = state.legend.counts[index];
      return row;
    });
    const absent = box.appendChild(make("ul", "kaart-legenda-leeg"));
    Object.entries(state.absent).forEach(([sign, one]) => {
      const row = absent.appendChild(make("li"));
      row.append(make("i", `kaart-leeg-${sign}`), make("span", "", one.label));
      row.title = one.count || "";
      row.dataset.teken = sign;
    });
    return box;
  }

  function foot(state) {
    const box = make("div", "kaart-legenda-voet");
    box.append(make("span", "", [state.title, state.legend.note].filter(Boolean).join(" · ")));
    box.append(make("span", "kaart-legenda-bron", state.attribution));
    return box;
  }

  // Above the bar: the sign of the lower figure reads to the left, that of the higher one to the right; where that does not
  // fit, each has a line of its own.
  function placeSigns(ticks) {
    const room = strip.querySelector(".kaart-legenda-tekens");
    const width = room.clientWidth;
    room.replaceChildren();
    const found = ticks.map(({ at, text, kind }) => {
      const sign = room.appendChild(make("span", `kaart-teken kaart-teken-${kind}`));
      sign.append(make("b", "", "▾"), make("em", "", text));
      return { sign, x: at * width, wide: sign.offsetWidth };
    });
    found.sort((one, other) => one.x - other.x);
    const toLeft = ({ x, wide }) => [x - wide, x];
    const toRight = ({ x, wide }) => [x, x + wide];
    const fits = (spans) =>
      spans.every(([from, to]) => from >= -6 && to <= width + 6) &&
      spans.every(([from], index) => !index || from >= spans[index - 1][1] + BETWEEN);
    const ways = [[toRight, toRight], [toLeft, toRight], [toLeft, toLeft]];
    const way = ways.find((one) => fits(found.map((sign, index) => one[index % 2](sign))));
    room.classList.toggle("kaart-legenda-twee", !way && found.length > 1);
    found.forEach(({ sign, x, wide }, index) => {
      const left = way ? way[index % 2] === toLeft : x + wide > width;
      sign.classList.toggle("kaart-teken-links", left);
      sign.style.left = `${x}px`;
      if (!way) sign.style.setProperty("--regel", index);
    });
  }

  function height() {
    return strip ? strip.offsetHeight : 0;
  }

  function settle() {
    const now = `${height()}px`;
    const root = document.documentElement.style;
    if (root.getPropertyValue("--legenda") === now) return;
    root.setProperty("--legenda", now);
    told();
  }

  /** Mark the class of the area that is pointed at; without a sign none. */
  function point(sign) {
    if (!strip) return;
    const here = sign === null ? null : strip.querySelector(`[data-teken="${sign}"]`) || parts[Number(sign)];
    strip.querySelectorAll(".kaart-hier").forEach((row) => row.classList.remove("kaart-hier"));
    if (here) here.classList.add("kaart-hier");
  }

  window.WwzLegenda = { height, point, write };
})();
