// Keys for who stands before a room: arrows, and page up and down, which is what a presenter remote sends.
const STEPS = { ArrowLeft: -1, PageUp: -1, ArrowRight: 1, PageDown: 1 };
// Here the same keys mean something else.
const BUSY = "input, textarea, select, [role=tab], [role=radio], [role=combobox], [role=slider], [contenteditable=true]";

export default function ({ setTriggerValue }) {
  const press = (event) => {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.(BUSY)) return;
    event.preventDefault();
    // While one screen makes place for the next, both listen: the moment tells one press from two.
    setTriggerValue("stap", [step, event.timeStamp]);
  };
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}
