// The sortable table. Data comes as arrays, a column at a time; only the rows of one page are ever in the document.
const PRINTED = 500; // up to this many rows, a print holds them all
const SEARCH_FROM = 11; // a search box over fewer rows is only in the way
const PHONE = matchMedia("(max-width: 640px)");
const collator = new Intl.Collator("nl", { numeric: true, sensitivity: "base" });
const number = new Intl.NumberFormat("nl-NL");
const tables = new Map(); // by the key of the table
const marked = (globalThis.wwzMarked ??= new Map()); // the selected row, by the key of the table; written by marks.js

addEventListener("wwz-mark", ({ detail }) => tables.get(detail)?.select(marked.get(detail) ?? null));

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".wwz-table");
  let table = tables.get(data.table);
  if (table?.root !== root) tables.set(data.table, (table = new Table(root)));
  table.choose = (key) => setTriggerValue("gekozen", key);
  table.update(data);
  table.select(marked.get(data.table) ?? null);
  return () => {
    table.stop();
    if (tables.get(data.table) === table) tables.delete(data.table);
  };
}

/** Text without capitals and accents, for searching. */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const at = (texts, row) => (texts.at ? texts.words[texts.at[row]] : texts.words[row]) ?? null;

const look = (column) => `wwz-${column.side} wwz-is-${column.kind}`;

class Table {
  constructor(root) {
    this.root = root;
    this.page = 0;
    this.query = "";
    this.sort = null; // { title, descending }: by title, so that it survives a change of columns
    this.print = () => this.draw(this.rows.length <= PRINTED);
    this.restore = () => this.draw();
    addEventListener("beforeprint", this.print);
    addEventListener("afterprint", this.restore);
    PHONE.addEventListener("change", this.restore);
  }

  stop() {
    removeEventListener("beforeprint", this.print);
    removeEventListener("afterprint", this.restore);
    PHONE.removeEventListener("change", this.restore);
  }

  /** Highlight a row; if it was chosen elsewhere, turn to it. */
  select(key) {
    if (key === this.selected) return;
    this.selected = key;
    if (key !== this.chosen) this.reveal();
    this.draw();
  }

  update(data) {
    if (data === this.data) return;
    this.data = data;
    const shape = JSON.stringify([data.caption, data.columns, data.size, data.keys.length]);
    if (shape !== this.shape) {
      this.page = 0;
      this.build();
    }
    this.shape = shape;
    this.haystack = null;
    this.arrange();
    this.draw();
  }

  /** Everything but the rows. */
  build() {
    const { data } = this;
    const typed = (event) => {
      this.query = plain(event.target.value.trim());
      this.page = 0;
      this.arrange();
      this.draw();
    };
    const search = element("input", { type: "search", id: "wwz-zoek", autocomplete: "off", oninput: typed });
    search.value = this.query;
    const bar = element("div", { class: "wwz-bar" }, element("label", { for: "wwz-zoek" }, "Zoek in de tabel"), search);
    bar.hidden = data.keys.length < SEARCH_FROM;
    if (bar.hidden) this.query = "";
    this.root.classList.toggle("wwz-folds", data.folds);
    // Cards have no row of headings to press on.
    this.orders = element("select", { id: "wwz-volgorde", onchange: () => this.order(this.orders.selectedIndex - 1) },
      ...["zoals in de bron", ...data.columns.map(({ title }) => title)].map((title) => element("option", {}, title)));
    const label = element("label", { for: "wwz-volgorde" }, "Volgorde");
    const sorts = element("div", { class: "wwz-bar wwz-volgorde" }, label, this.orders);
    sorts.hidden = !data.folds || data.keys.length < 2;
    this.heads = data.columns.map((column, place) => this.head(column, place));
    this.body = element("tbody", { role: "rowgroup" });
    this.scroller = element(
      "div",
      { class: "wwz-scroll", role: "region", tabindex: "0", "aria-label": data.caption },
      element(
        "table",
        { role: "table" },
        element("caption", {}, element("span", {}, data.caption)),
        element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...this.heads)),
        this.body,
      ),
    );
    this.status = element("p", { role: "status" });
    this.back = element("button", { type: "button", onclick: () => this.turn(-1) }, "Vorige");
    this.forth = element("button", { type: "button", onclick: () => this.turn(1) }, "Volgende");
    const pager = element("div", { class: "wwz-pager" }, this.status, this.back, this.forth);
    this.root.replaceChildren(...[bar, sorts, this.scroller, pager, this.explanation()].filter((part) => part));
  }

  head(column, place) {
    const press = () => this.order(place);
    const button = element("button", { type: "button", onclick: press }, column.title);
    button.append(element("span", { class: "wwz-arrow", "aria-hidden": "true" }));
    return element("th", { scope: "col", role: "columnheader", class: look(column), "aria-sort": "none" }, button);
  }

  explanation() {
    const helped = this.data.columns.filter((column) => column.help);
    if (!helped.length) return null;
    const lines = helped.flatMap(({ title, help }) => [element("dt", {}, title), element("dd", {}, help)]);
    return element("details", {}, element("summary", {}, "Uitleg bij de kolommen"), element("dl", {}, ...lines));
  }

  /** A press on a heading: numbers start with the highest, words with the first letter. */
  order(place) {
    if (place < 0) this.sort = null;
    else this.sortOn(place);
    this.page = 0;
    this.arrange();
    this.draw();
  }

  sortOn(place) {
    const { title, kind } = this.data.columns[place];
    const again = this.sort?.title === title;
    this.sort = { title, descending: again ? !this.sort.descending : kind === "number" };
  }

  /** So many rows in a page: cards are higher than rows. */
  size() {
    return PHONE.matches ? Math.min(this.data.size, this.data.cards) : this.data.size;
  }

  turn(step) {
    const page = this.page + step;
    if (page < 0 || page >= this.pages()) return;
    this.page = page;
    this.draw();
    this.scroller.scrollTop = 0;
  }

  pages() {
    return Math.max(1, Math.ceil(this.rows.length / this.size()));
  }

  /** Which rows there are, in which order: indices into the data. */
  arrange() {
    let rows = this.data.keys.map((_, row) => row);
    if (this.query) {
      this.haystack ??= rows.map((row) => this.words(row));
      rows = rows.filter((row) => this.haystack[row].includes(this.query));
    }
    const place = this.sort ? this.data.columns.findIndex((column) => column.title === this.sort.title) : -1;
    if (place >= 0) this.sortBy(rows, this.data.cells[place]);
    this.rows = rows;
    this.page = Math.min(this.page, this.pages() - 1);
    this.heads.forEach((head, index) => this.mark(head, index === place));
    this.orders.selectedIndex = place + 1;
  }

  words(row) {
    const { columns, cells } = this.data;
    const parts = cells.flatMap((cell, place) =>
      columns[place].kind === "number" ? [] : [cell.text, cell.sub, cell.tag].map((texts) => (texts ? at(texts, row) : "")),
    );
    return plain(parts.map((part) => part ?? this.data.missing).join("\n"));
  }

  sortBy(rows, cell) {
    const sign = this.sort.descending ? -1 : 1;
    const value = (row) => (cell.sort ? cell.sort[row] : at(cell.text, row));
    rows.sort((one, other) => {
      const [a, b] = [value(one), value(other)];
      // What is not known comes last, whichever way the rest is sorted.
      if (a === null || b === null) return (a === null) - (b === null) || one - other;
      return sign * (typeof a === "number" ? a - b : collator.compare(a, b)) || one - other;
    });
  }

  mark(head, sorted) {
    const button = head.firstChild;
    const title = button.firstChild.data;
    const down = sorted && this.sort.descending;
    head.setAttribute("aria-sort", sorted ? (down ? "descending" : "ascending") : "none");
    button.lastChild.textContent = sorted ? (down ? "▼" : "▲") : "↕";
    button.title = `Sorteer op ${title}`;
  }

  /** Turn to the page with the selected row, if it is there. */
  reveal() {
    const place = this.rows.findIndex((row) => this.data.keys[row] === this.selected);
    if (place < 0) return;
    this.page = Math.floor(place / this.size());
    requestAnimationFrame(() => {
      const line = this.body.querySelector(".wwz-selected");
      if (line) this.scroller.scrollTop = line.offsetTop - this.scroller.clientHeight / 2;
    });
  }

  draw(all = false) {
    const focused = this.root.getRootNode().activeElement?.dataset?.key;
    this.page = Math.min(this.page, this.pages() - 1);
    const start = all ? 0 : this.page * this.size();
    const rows = all ? this.rows : this.rows.slice(start, start + this.size());
    this.body.replaceChildren(...(rows.length ? rows.map((row) => this.line(row)) : [this.nothing()]));
    if (focused) [...this.body.querySelectorAll("button")].find((one) => one.dataset.key === focused)?.focus();
    this.count(start, rows.length);
  }

  count(start, length) {
    const [total, found] = [this.data.keys.length, this.rows.length];
    const of = found < total ? `${number.format(found)} gevonden rijen` : number.format(total);
    const text = length ? `Rijen ${number.format(start + 1)}–${number.format(start + length)} van ${of}` : "Geen rijen";
    if (this.status.textContent !== text) this.status.textContent = text;
    this.back.hidden = this.forth.hidden = this.pages() === 1;
    // Not `disabled`: that would throw the keyboard off the button it is on.
    this.back.setAttribute("aria-disabled", this.page === 0);
    this.forth.setAttribute("aria-disabled", this.page === this.pages() - 1);
  }

  nothing() {
    const text = this.query ? "Geen rijen gevonden. Verander of wis wat u zoekt." : "Er zijn hier geen gegevens.";
    return element("tr", {}, element("td", { class: "wwz-empty", colspan: this.data.columns.length }, text));
  }

  line(row) {
    const { columns, cells, keys } = this.data;
    const chosen = keys[row] === this.selected;
    const line = element("tr", { role: "row", class: chosen ? "wwz-selected" : null });
    columns.forEach((column, place) => {
      const parts = place ? this.cell(cells[place], column, row) : this.name(cells[0], column, row, chosen);
      const attributes = { class: look(column), scope: place ? null : "row", role: place ? "cell" : "rowheader" };
      if (place) parts.unshift(element("span", { class: "wwz-name" }, column.title));
      line.append(element(place ? "td" : "th", attributes, ...parts));
    });
    return line;
  }

  name(cell, column, row, chosen) {
    const key = this.data.keys[row];
    const press = () => this.choose((this.chosen = key));
    const [text, ...rest] = this.cell(cell, column, row);
    const attributes = { type: "button", "data-key": key, "aria-current": chosen ? "true" : null, onclick: press };
    return [element("button", attributes, text), ...rest];
  }

  cell(cell, column, row) {
    const parts = [column.kind === "tag" ? this.tag(cell.text, row) : element("span", {}, at(cell.text, row) ?? this.data.missing)];
    if (cell.sub) parts.push(element("small", {}, at(cell.sub, row) ?? this.data.missing));
    if (cell.tag && at(cell.tag, row) !== "") parts.push(this.tag(cell.tag, row, "wwz-below"));
    return parts;
  }

  tag(texts, row, place = "") {
    const word = texts.looks[texts.at[row]] ?? this.data.missing;
    return element("span", { class: `wwz-tag wwz-tag-${word} ${place}` }, at(texts, row) ?? this.data.missing);
  }
}
