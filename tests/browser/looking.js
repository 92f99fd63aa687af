// What a test sees of a screen: called by name from test_all_screens.py.
window.wwzLook = (() => {
  const main = () => document.querySelector("[data-testid=stMain]");
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
    .filter(seen).map((one) => `${one.localName}: ${tidy(one.getAttribute("aria-label") || one.title || one.innerText).slice(0, 60)}`);
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
  return { elements, overlaps, sticksOut, words };
})();
