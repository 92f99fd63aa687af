// Layers that one is about to choose, before they are chosen: who chooses one sees it at once. Title, legend and figures follow with
// the answer of the server. `near.js` asks for them.
const families = (globalThis.wwzFamilies ??= new Map()); // mark of a family of layers → its layers, in the order of the choices
const MOST = 20; // families

export default function ({ data }) {
  if (data.layers) keep(data.family, data.layers);
  // Of mouse, finger and keyboard alike the framework only tells by how the choice looks.
  const watcher = new MutationObserver((changes) => changes.forEach(({ target }) => choose(target)));
  watcher.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-selected"] });
  return () => watcher.disconnect();
}

function choose(option) {
  const choices = option.dataset.selected === "true" && option.matches("label") && option.closest("[class*=st-key-kies-laag-]");
  if (!choices) return;
  const map = document.querySelector(".st-key-hoofdkaart iframe")?.contentWindow?.WwzKaart;
  const place = [...choices.querySelectorAll("label:has(input[type=radio])")].indexOf(option);
  const layer = families.get(map?.family())?.[place];
  if (layer) map.ahead(layer);
}

function keep(family, layers) {
  families.delete(family);
  families.set(family, layers);
  if (families.size > MOST) families.delete(families.keys().next().value);
}
