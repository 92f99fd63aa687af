// A part below the fold is made when somebody looks at it. Stands right above that part; on what a change above it says (`of`),
// the part that is there (`data-van` in it) is of something else: it is covered, and asked for as soon as it is in view, or about
// to be used another way: with the keyboard, on paper, by searching in the page. Not before the server has answered what was chosen.
const AHEAD = "0px"; // of the view: really in it
const BUSY = 60; // milliseconds between two looks at whether the server is done
const LOST = 4000; // milliseconds after which a question that brought nothing is asked again
const parts = new Map(); // by the name of the part; a component that is drawn anew goes on with the same one

export default function ({ data, parentElement, setTriggerValue }) {
  let part = parts.get(data.part);
  if (part?.root !== parentElement) {
    part?.stop();
    parts.set(data.part, (part = new Part(data.part, parentElement)));
  }
  part.ask = (of) => setTriggerValue("gezien", of);
  part.update(data);
  return () => {
    part.stop();
    if (parts.get(data.part) === part) parts.delete(data.part);
  };
}

class Part {
  constructor(name, root) {
    this.name = name;
    this.root = root;
    this.button = root.querySelector("button");
    this.button.onclick = this.button.onfocus = () => this.want();
    this.seen = false;
    const looked = (all) => {
      this.seen = all.at(-1).isIntersecting;
      this.look();
    };
    this.eye = new IntersectionObserver(looked, { rootMargin: AHEAD });
    this.change = new MutationObserver(() => this.look());
    this.wanted = () => this.want();
    this.key = ({ key }) => (key === "Control" || key === "Meta") && this.want();
    addEventListener("beforeprint", this.wanted);
    addEventListener("keydown", this.key);
    document.documentElement.addEventListener("mouseleave", this.wanted);
    this.find();
  }

  stop() {
    this.eye.disconnect();
    this.change.disconnect();
    clearTimeout(this.timer);
    clearTimeout(this.finding);
    removeEventListener("beforeprint", this.wanted);
    removeEventListener("keydown", this.key);
    document.documentElement.removeEventListener("mouseleave", this.wanted);
  }

  /** The part itself, which may come later than this. */
  find() {
    const box = document.querySelector(`.st-key-${this.name}`);
    if (box && box === this.box) return;
    this.box = box;
    this.eye.disconnect();
    this.change.disconnect();
    clearTimeout(this.finding);
    if (!box) this.finding = setTimeout(() => this.find(), BUSY);
    if (!box) return;
    this.eye.observe(box);
    this.change.observe(box, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-van"] });
  }

  update({ of, word }) {
    if (of !== this.of) this.askedOf = null;
    this.of = of;
    if (this.button.textContent !== word) this.button.textContent = word;
    this.find();
    this.look();
  }

  get old() {
    return this.box?.querySelector("[data-van]")?.dataset.van !== this.of;
  }

  look() {
    const old = this.old;
    this.box?.toggleAttribute("data-wwz-oud", old);
    this.button.hidden = !old;
    if (old && this.seen) this.want();
  }

  want() {
    this.find();
    if (!this.old || this.askedOf === this.of) return;
    clearTimeout(this.timer);
    if (document.querySelector("[data-test-script-state]")?.dataset.testScriptState !== "notRunning") {
      this.timer = setTimeout(() => this.want(), BUSY);
      return;
    }
    this.askedOf = this.of;
    this.timer = setTimeout(() => {
      this.askedOf = null;
      this.look();
    }, LOST);
    this.ask(this.of);
  }
}
