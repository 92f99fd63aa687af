// A combobox (WAI-ARIA 1.2): type, arrows, Enter. The server searches; here is only what was found and what is chosen.
const WAIT = 120; // milliseconds after the last key
const SHOWN = 3; // more chips than this become one
const boxes = new WeakMap();
let made = 0;

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".wwz-zoek");
  if (!boxes.has(root)) boxes.set(root, new Box(root));
  const box = boxes.get(root);
  box.send = (value) => setTriggerValue("kies", value);
  box.update(data);
}

class Box {
  constructor(root) {
    this.root = root;
    this.id = `wwz-zoek-${(made += 1)}`;
    this.nr = 0;
    this.options = [];
    this.active = -1;
    this.label = element("label", { for: `${this.id}-in` });
    this.chips = element("ul", { class: "gekozen" });
    this.input = element("input", {
      id: `${this.id}-in`, type: "text", role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list",
      "aria-controls": `${this.id}-lijst`, "aria-describedby": `${this.id}-uitleg`, autocomplete: "off", spellcheck: "false",
      enterkeyhint: "search", oninput: () => this.typed(), onkeydown: (event) => this.key(event),
      onclick: () => this.list.hidden && this.ask(), onblur: () => this.close(),
    });
    this.list = element("ul", { id: `${this.id}-lijst`, role: "listbox", hidden: true });
    // A press on the list may not take the focus away before it is a choice.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.status = element("p", { role: "status", class: "melding" });
    this.hint = element("p", { id: `${this.id}-uitleg`, class: "stil" });
    const field = element("div", { class: "veld", onclick: (e) => e.target === field && this.input.focus() }, this.chips, this.input);
    this.pop = element("div", { class: "uitklap", hidden: true }, this.list, this.status);
    root.replaceChildren(this.label, field, this.pop, this.hint);
  }

  update(data) {
    this.data = data;
    this.label.textContent = data.naam;
    this.label.className = data.zichtbaar ? "" : "stil";
    this.list.setAttribute("aria-label", `${data.naam}: gevonden`);
    this.hint.textContent = data.uitleg;
    // What was chosen here goes before what the server still says about the choice before it.
    if (this.nr && data.nr !== this.nr) return;
    this.chosen = [...data.gekozen];
    this.open = data.open;
    this.drawChips();
  }

  drawChips() {
    const focused = this.root.getRootNode().activeElement?.dataset?.code;
    const shown = this.chosen.length > SHOWN ? this.chosen.slice(0, SHOWN - 1) : this.chosen;
    const rest = this.chosen.length - shown.length;
    const chips = shown.map((area) => this.chip(area, () => this.choose(this.chosen.filter((one) => one.code !== area.code))));
    if (rest) {
      const all = { code: "alle", naam: `en ${rest} andere`, over: `${this.chosen.length} gebieden samen` };
      chips.push(this.chip(all, () => this.choose([]), "Haal alle gekozen gebieden weg"));
    }
    if (this.open) chips.push(this.chip(this.open, () => this.choose(this.chosen, false), null, "aangewezen"));
    if (!chips.length && this.data.rust) chips.push(element("li", { class: "rust" }, element("b", {}, this.data.rust)));
    this.chips.replaceChildren(...chips);
    this.chips.hidden = !chips.length;
    this.input.placeholder = chips.length && this.chosen.length + !!this.open === 0 ? "Zoek naam of postcode" : "Zoek";
    if (focused) (this.chips.querySelector("button") ?? this.input).focus();
  }

  chip(area, remove, words = null, look = null) {
    const text = element("span", {}, element("b", {}, area.naam), " ", element("small", {}, area.over));
    const title = words ?? `Haal ${area.naam} weg`;
    const press = { type: "button", "aria-label": title, title, "data-code": area.code, onclick: remove };
    return element("li", { class: look }, text, element("button", press, "×"));
  }

  typed() {
    this.enter = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
    this.waiting = true;
  }

  async ask() {
    clearTimeout(this.timer);
    this.waiting = true;
    const text = (this.asked = this.input.value);
    const slow = setTimeout(() => this.say("Bezig met zoeken…"), 250);
    try {
      const found = await this.fetch({ t: text });
      if (text !== this.input.value) return;
      this.waiting = false;
      this.show(found, text.trim());
    } catch {
      this.waiting = false;
      this.draw([]);
      this.say("Zoeken lukt nu niet. Probeer het zo nog eens.");
    } finally {
      clearTimeout(slow);
    }
  }

  async fetch(asked) {
    const answer = await fetch(`${this.data.adres}?${new URLSearchParams(asked)}`);
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  show({ gebieden, totaal, samen, zin }, text) {
    const options = gebieden.map((area) => ({ area }));
    if (samen) options.push({ all: text, total: totaal });
    const enter = this.enter;
    this.enter = false;
    if (enter && options.length) return void this.pick(options[0]);
    if (this.root.getRootNode().activeElement !== this.input) return;
    this.draw(options);
    const rest = totaal - gebieden.length;
    if (!totaal && zin) this.say(zin);
    else if (!totaal) this.say(`Geen gebied gevonden met “${text}”. Typ minder letters, of een andere naam.`);
    else if (rest > 0) this.say(`${totaal.toLocaleString("nl-NL")} gebieden gevonden. Hier staan de eerste ${gebieden.length}. Typ verder voor minder.`);
    else this.say(`${totaal} ${totaal === 1 ? "gebied" : "gebieden"} gevonden.`);
  }

  draw(options) {
    this.options = options;
    this.list.replaceChildren(...options.map((option, place) => this.line(option, place)));
    this.list.hidden = !options.length;
    this.pop.hidden = false;
    this.input.setAttribute("aria-expanded", String(options.length > 0));
    // With nothing typed there is no best match yet.
    this.move(options.length && this.input.value.trim() ? 0 : -1);
  }

  line(option, place) {
    const parts = option.area
      ? [element("b", {}, option.area.naam), element("small", {}, option.area.over)]
      : [element("b", {}, `Kies alle ${option.total} samen`), element("small", {}, "De WWZ-wijzer telt ze op tot één eigen gebied.")];
    const look = option.area ? null : "samen";
    return element("li", { role: "option", id: `${this.id}-${place}`, class: look, onclick: () => this.pick(option) }, ...parts);
  }

  move(place) {
    this.active = place;
    [...this.list.children].forEach((line, number) => line.setAttribute("aria-selected", String(number === place)));
    if (place < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", `${this.id}-${place}`);
    const line = this.list.children[place];
    const [top, bottom] = [line.offsetTop, line.offsetTop + line.offsetHeight];
    if (top < this.list.scrollTop) this.list.scrollTop = top;
    else if (bottom > this.list.scrollTop + this.list.clientHeight) this.list.scrollTop = bottom - this.list.clientHeight;
  }

  key(event) {
    const { key } = event;
    if (event.isComposing) return;
    if (key === "Enter") {
      event.preventDefault();
      if (!this.input.value.trim() && this.active < 0) return;
      // What was found belongs to an earlier text: choose when the answer is there.
      if (this.waiting || this.asked !== this.input.value) {
        this.enter = true;
        this.ask();
      } else if (this.active >= 0) this.pick(this.options[this.active]);
    } else if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (this.pop.hidden) return void this.ask();
      const count = this.options.length;
      if (count) this.move((Math.max(this.active, key === "ArrowDown" ? -1 : 0) + (key === "ArrowDown" ? 1 : count - 1)) % count);
    } else if (key === "Escape") {
      if (this.pop.hidden) this.input.value = "";
      this.close();
    } else if (key === "Backspace" && !this.input.value) {
      if (this.open) this.choose(this.chosen, false);
      else if (this.chosen.length) this.choose(this.chosen.slice(0, -1));
    }
    event.stopPropagation();
  }

  async pick(option) {
    this.input.value = "";
    this.close();
    let areas = option.area ? [option.area] : [];
    if (option.all !== undefined) {
      const { codes } = await this.fetch({ t: option.all, alle: "1" });
      areas = codes.map((code) => ({ code, naam: code, over: "" }));
    }
    const known = new Set(this.chosen.map(({ code }) => code));
    this.choose([...this.chosen, ...areas.filter(({ code }) => !known.has(code))].slice(-this.data.meeste));
  }

  /** Everything that is chosen from now on; `stays`: whether the area that was pointed at stays. */
  choose(areas, stays = false) {
    this.chosen = areas;
    if (!stays) this.open = null;
    this.nr = Date.now();
    this.drawChips();
    this.send({ nr: this.nr, codes: areas.map(({ code }) => code), open: stays });
  }

  say(text) {
    this.status.textContent = text;
    this.pop.hidden = false;
  }

  close() {
    clearTimeout(this.timer);
    this.waiting = false;
    this.options = [];
    this.asked = null;
    this.list.replaceChildren();
    this.list.hidden = this.pop.hidden = true;
    this.status.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.move(-1);
  }
}
