// Which row of a table is selected. Apart from the table, because a component brings all its rows along each time it is
// sent. May come before its table.
export default function ({ data }) {
  (globalThis.wwzMarked ??= new Map()).set(data.table, data.selected);
  dispatchEvent(new CustomEvent("wwz-mark", { detail: data.table }));
}
