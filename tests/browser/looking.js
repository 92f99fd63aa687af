// What a test sees of a screen: called by name from test_visual.py.
window.wwzLook = (() => {
  // A map is a page of its own.
  const main = () => document.querySelector("[data-testid=stMain]") ?? document.body;
  const tidy = (text) => (text || "").replace(/\s+/g, " ").trim();
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  // Roots of components without a frame as well.
  const all = (selector, root = main()) => {
    const found = [...root.querySelectorAll(selector)];
    for (const one of root.querySelectorAll("*")) if (one.shadowRoot) found.push(...all(selector, one.shadowRoot));
    return found;
  };
  const elements = () => all("h1, h2, h3, button, [role=radio], [role=combobox], table caption, iframe, figure, summary, a[href]")
    // Cards show fewer rows at once than a table does.
    .filter((one) => seen(one) && !one.closest("thead, tbody")).map((one) => `${one.localName}: ${tidy(one.getAttribute("aria-label") || one.title || one.innerText).slice(0, 60)}`);
  const texts = () => {
    const found = [], walker = document.createTreeWalker(main(), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const owner = node.parentElement;
      if (!tidy(node.data) || !seen(owner) || owner.closest("svg, canvas, style, [aria-hidden=true], [role=tooltip], [inert]")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 2 && box.height > 2) found.push({ node, box, text: tidy(node.data) });
    }
    return found;
  };
  // Only what is not cut off by a box around it can lie over something else.
  const shown = ({ node, box }) => {
    for (let one = node.parentElement; one && one !== main(); one = one.parentElement) {
      if (getComputedStyle(one).overflow === "visible") continue;
      const frame = one.getBoundingClientRect();
      if (box.left >= frame.right - 1 || box.right <= frame.left + 1 || box.top >= frame.bottom - 1 || box.bottom <= frame.top + 1) return false;
    }
    return true;
  };
  const overlaps = () => {
    const found = texts().filter(shown), clashes = [];
    for (let i = 0; i < found.length; i++) for (let j = i + 1; j < found.length; j++) {
      const a = found[i], b = found[j];
      if (a.node === b.node) continue;
      const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      // Line boxes are a little higher than letters.
      if (wide > 3 && high > 6) clashes.push(`${a.text.slice(0, 40)} | ${b.text.slice(0, 40)}`);
    }
    return clashes;
  };
  const sticksOut = () => main().scrollWidth - window.innerWidth;
  const words = () => {
    const found = [document.title], body = document.body;
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (tidy(node.data) && !node.parentElement.closest("script, style, noscript, code, [data-testid=stIconMaterial]")) found.push(tidy(node.data));
    for (const one of all("*", body)) for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"])
      if (one.getAttribute?.(name)) found.push(tidy(one.getAttribute(name)));
    return [...new Set(found)];
  };
  const short = (text) => tidy(text).slice(0, 50);
  const label = (one) => `${one.localName} ${short(one.getAttribute("aria-label") || one.title || one.innerText || one.className)}`;
  // What a finger aims at: of a hidden radio or checkbox its label, of a field the box around it.
  const target = (one) =>
    (one.matches("input") && one.closest("label")) || one.closest(".veld, [data-baseweb=input], [data-baseweb=select], [data-testid=stMultiSelectTagsContainer], [data-rac][role=group]") || one;
  const inSentence = (one) =>
    one.matches("a[href]") && getComputedStyle(one).display === "inline" && tidy(one.parentElement.innerText) !== tidy(one.innerText);
  const PRESSED = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=radio], [role=tab], [role=option]";
  const smallTargets = (least) =>
    all(PRESSED, document.body).filter((one) => seen(one) && !inSentence(one) && !one.closest("[aria-hidden=true], .wwz-sla-over, [data-testid=stSidebar][data-collapsed=true]"))
      .map((one) => [one, target(one).getBoundingClientRect()])
      .filter(([one, box]) => box.width < least - 0.5 || box.height < least - 0.5)
      .map(([one, box]) => `${label(one)}: ${Math.round(box.width)} x ${Math.round(box.height)}`);
  const lettered = (root) => {
    const found = [];
    for (const one of all("*", root)) {
      if (!one.matches("script, style, noscript") && [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && tidy(node.data))) found.push(one);
    }
    return found.filter((one) => seen(one) && !one.closest("[aria-hidden=true], [data-testid=stIconMaterial]"));
  };
  const tiny = (least) => [...new Set(lettered(document.body).filter((one) => parseFloat(getComputedStyle(one).fontSize) < least - 0.05)
    .map((one) => `${short(one.textContent)}: ${getComputedStyle(one).fontSize}`))];
  const cut = () => lettered(main()).filter((one) => {
    for (let box = one; box && box !== main() && box.contains(one); box = box.parentElement) {
      const style = getComputedStyle(box);
      const wide = ["hidden", "clip"].includes(style.overflowX) && box.scrollWidth > box.clientWidth + 1;
      const high = box === one && ["hidden", "clip"].includes(style.overflowY) && box.scrollHeight > box.clientHeight + 4;
      if (box.clientWidth > 1 && (wide || high)) return true;
      if (style.display !== "inline") return false;
    }
    return false;
  }).map((one) => `${one.localName} ${short(one.textContent)}`);
  // What a phone folds up is there when asked.
  const unfold = () => all("details.wwz-meer").forEach((one) => (one.open = true));
  const charts = () => all(".js-plotly-plot").filter(seen);
  // Names of areas explain themselves; numbers and years do not.
  const bareAxes = () => charts().flatMap((chart) => Object.entries(chart._fullLayout)
    .filter(([name, axis]) => /^[xy]axis\d*$/.test(name) && axis.visible && axis.showticklabels && ["linear", "log", "date"].includes(axis.type)
      && !(axis.tickvals && axis.ticktext) && (!axis.title.text || /^(Click to|Klik)/.test(axis.title.text)))
    .map(([name]) => `${name} van ${short(chart.closest("[aria-label]")?.getAttribute("aria-label") ?? chart.innerText)}`));
  const chartClashes = () => charts().flatMap((chart) => {
    const found = [...chart.querySelectorAll("svg text")].filter((one) => tidy(one.textContent)).map((one) => [one, one.getBoundingClientRect()]);
    const clashes = [];
    for (let i = 0; i < found.length; i++) for (let j = i + 1; j < found.length; j++) {
      const [[a, one], [b, other]] = [found[i], found[j]];
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide > 2 && high > 5) clashes.push(`${short(a.textContent)} | ${short(b.textContent)}`);
    }
    return clashes;
  });
  const heights = () => main().scrollHeight / window.innerHeight;
  const mapBelow = () => {
    const map = [...document.querySelectorAll("iframe[title^='Kaart']")].filter(seen)[0];
    return map ? Math.round(map.getBoundingClientRect().bottom - window.innerHeight) : null;
  };
  const headings = () => all("h1, h2, h3, h4, h5, h6").filter(seen).map((one) => [Number(one.localName[1]), short(one.innerText)]);
  return { elements, overlaps, sticksOut, words, smallTargets, tiny, cut, bareAxes, chartClashes, heights, mapBelow, headings, unfold };
})();
