// Who comes near the choices of the map is about to choose: the layers beside this one are asked for (ahead.js keeps them). Not while
// something is being chosen or the server works: what was chosen goes first.
const NEAR = ".st-key-keuzes";
const PAUSE = 120; // milliseconds
const asked = new Set();
let held = false; // a button of the mouse, or a finger on the screen
let timer;
for (const name of ["pointerdown", "pointerup", "pointercancel"]) {
  addEventListener(name, () => (held = name === "pointerdown"), true);
}

export default function ({ data, setTriggerValue }) {
  const known = () => asked.has(data.family) || globalThis.wwzFamilies?.has(data.family);
  const ask = () => {
    if (known()) return;
    const resting = document.querySelector("[data-test-script-state]")?.dataset.testScriptState === "notRunning";
    if (held || !resting) {
      timer = setTimeout(ask, PAUSE);
      return;
    }
    asked.add(data.family);
    setTriggerValue("nabij", data.family);
  };
  const near = ({ target }) => {
    if (known() || !target.closest?.(NEAR)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  document.addEventListener("pointerover", near);
  document.addEventListener("focusin", near);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("pointerover", near);
    document.removeEventListener("focusin", near);
  };
}
