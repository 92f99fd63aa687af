// A table to fill in, with the fields of the browser itself: they work with keyboard, phone and screen reader.
// What was changed goes back as { row: { column: text } }, only what differs from what stood there.
const CARDS = 4; // that a phone shows at once

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".wwz-fill");
  const { filled, ...table } = data;
  const shape = JSON.stringify(table);
  const known = (root.wwzFill ??= { changes: filled });
  known.send = () => setStateValue("ingevuld", known.changes);
  // A run of the page that began before the last change does not put back what stood there.
  if (shape === known.shape) return;
  known.shape = shape;
  root.replaceChildren(...drawn(table, known));
}

function drawn({ caption, columns, rows }, known) {
  const heads = columns.map((column) => element("th", { scope: "col", role: "columnheader", class: "wwz-left" }, column.title));
  const bodies = [];
  let group = null;
  rows.forEach((row, place) => {
    // On a phone the rest comes when asked (table.css).
    const later = place >= CARDS ? "wwz-rest" : null;
    if (!bodies.length || row.group !== group) bodies.push(section((group = row.group), columns.length, later));
    const made = line(row, columns, known);
    if (later) made.classList.add(later);
    bodies.at(-1).append(made);
  });
  const head = element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads));
  const title = element("caption", {}, element("span", {}, caption));
  const table = element("table", { role: "table" }, title, head, ...bodies);
  const scroll = element("div", { class: "wwz-scroll", role: "region", tabindex: "0", "aria-label": caption }, table);
  if (rows.length <= CARDS) return [scroll];
  const words = [`Toon alle ${rows.length} rijen`, "Toon minder rijen"].map((text) => element("span", {}, text));
  return [scroll, element("details", { class: "wwz-meer" }, element("summary", {}, ...words))];
}

function section(group, width, later) {
  const body = element("tbody", { role: "rowgroup" });
  if (group) {
    const name = element("th", { scope: "rowgroup", role: "rowheader", colspan: width }, group);
    body.append(element("tr", { class: later ? `wwz-group ${later}` : "wwz-group", role: "row" }, name));
  }
  return body;
}

function line(row, columns, known) {
  const cells = columns.map((column, place) => {
    if (!place) return element("th", { scope: "row", role: "rowheader" }, row.cells[0]);
    const blank = !column.field && !row.cells[place];
    const cell = element("td", { role: "cell", class: blank ? "wwz-blank" : "wwz-left" }, element("span", { class: "wwz-name" }, column.title));
    cell.append(column.field ? field(row, column, row.cells[place], known, cell) : element("span", {}, row.cells[place]));
    return cell;
  });
  return element("tr", { role: "row" }, ...cells);
}

/** One field, with the name of its row and column for who cannot see where it stands. */
function field(row, column, before, known, cell) {
  const name = `${row.cells[0]}: ${column.title}`;
  const control = column.options
    ? element("select", { "aria-label": name }, ...column.options.map((word) => element("option", {}, word)))
    : element("input", {
        "aria-label": name,
        type: "text",
        maxlength: column.longest,
        inputmode: column.number ? "decimal" : null,
        autocomplete: "off",
      });
  control.value = known.changes[row.key]?.[column.field] ?? before;
  const changed = element("small", {}, "gewijzigd");
  const mark = () => {
    const other = control.value !== before;
    cell.classList.toggle("wwz-changed", other);
    if (other) cell.append(changed);
    else changed.remove();
  };
  control.addEventListener("change", () => {
    const { [column.field]: gone, ...rest } = known.changes[row.key] ?? {};
    const now = control.value === before ? rest : { ...rest, [column.field]: control.value };
    const { [row.key]: old, ...others } = known.changes;
    known.changes = Object.keys(now).length ? { ...others, [row.key]: now } : others;
    mark();
    known.send();
  });
  mark();
  return control;
}
