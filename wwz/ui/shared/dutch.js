// Puts the words of the framework into Dutch as they appear, and adds what it leaves out for screen readers. The table is wwz/knowledge/vertalingen.toml.
(function (table) {
  // Calendars and screen reader texts of the framework follow the language of the browser.
  for (const [name, value] of [["language", "nl-NL"], ["languages", ["nl-NL", "nl"]]]) {
    try { Object.defineProperty(navigator, name, { get: () => value }); } catch { /* stays as the visitor has it */ }
  }
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "aria-roledescription", "aria-description", "alt"];
  // Our own words, drawings, and what a visitor types.
  const OURS = ".wwz-table, .wwz-kop, .wwz-legenda, .js-plotly-plot, svg, canvas, script, style, textarea, [contenteditable=true]";
  const LONGEST = 400;
  const patterns = table.patronen.map(({ van, naar }) => [new RegExp(`^${van}$`, "s"), naar]);
  const known = new Map();

  function dutch(text, hidden) {
    const plain = text.trim();
    if (!plain || plain.length > LONGEST) return null;
    const key = hidden + plain;
    if (!known.has(key)) {
      if (known.size > 5000) known.clear();
      known.set(key, search(plain, hidden));
    }
    const found = known.get(key);
    return found === null ? null : text.replace(plain, () => found);
  }

  function search(plain, hidden) {
    const found = table.tekst[plain] ?? (hidden ? table.hulptekst[plain] : undefined);
    if (found !== undefined) return found;
    for (const [from, to] of patterns) if (from.test(plain)) return plain.replace(from, to).trim();
    return null;
  }

  function readText(node) {
    const found = dutch(node.data, "");
    if (found !== null && found !== node.data) node.data = found;
  }

  function readAttribute(element, name) {
    const text = element.getAttribute(name);
    const found = text === null ? null : dutch(text, "#");
    if (found !== null && found !== text) element.setAttribute(name, found);
  }

  const isOurs = (element) => element !== null && element.closest?.(OURS);

  function read(root) {
    if (root.nodeType === Node.TEXT_NODE) {
      if (!isOurs(root.parentElement)) readText(root);
      return;
    }
    if (root.nodeType !== Node.ELEMENT_NODE || isOurs(root)) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node.nodeType === Node.ELEMENT_NODE && node.matches(OURS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) readText(node);
      else for (const name of ATTRIBUTES) readAttribute(node, name);
    }
    repair(root);
  }

  function repair(root) {
    for (const { kies, eigenschap, waarde } of table.herstel) {
      if (root.matches(kies)) root.setAttribute(eigenschap, waarde);
      for (const element of root.querySelectorAll(kies)) element.setAttribute(eigenschap, waarde);
    }
  }

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(read);
      else if (change.type === "attributes") readAttribute(change.target, change.attributeName);
      else read(change.target);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
})
