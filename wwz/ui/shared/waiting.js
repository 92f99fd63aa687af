// Waiting is shown: after a moment one line says so, and what is not up to date any more is covered (waiting.css).
// A short wait shows nothing: a flash at every choice would be worse than the waiting.
(function (words) {
  const AFTER = 250; // milliseconds
  const ANSWERED = 100;
  const RERUN = 0x5a; // the first byte by which the framework asks the server to run the page
  const RESTING = new Set(["notRunning", "stopRequested", "compilationError"]);
  const page = document.documentElement;
  const sockets = new WeakSet();
  let asked = false; // and not answered yet: the page does not know that it waits
  let timer;

  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (new Uint8Array(data.buffer ?? (data instanceof ArrayBuffer ? data : 0))[data.byteOffset ?? 0] === RERUN) {
      asked = true;
      if (!sockets.has(this)) this.addEventListener("message", () => asked && setTimeout(answer, ANSWERED));
      sockets.add(this);
      look();
    }
    return send.call(this, data);
  };

  function answer() {
    asked = false;
    look();
  }

  const state = () => document.querySelector("[data-test-script-state]")?.dataset.testScriptState ?? "initial";

  function show() {
    page.setAttribute("data-wwz-bezig", "");
    const line = document.getElementById("wwz-bezig");
    const text = state() === "initial" ? words.first : words.again;
    if (line && line.textContent !== text) line.textContent = text;
  }

  function look() {
    if (asked || !RESTING.has(state())) {
      if (page.hasAttribute("data-wwz-bezig")) show();
      else timer ??= setTimeout(show, AFTER);
      return;
    }
    clearTimeout(timer);
    timer = undefined;
    page.removeAttribute("data-wwz-bezig");
    const line = document.getElementById("wwz-bezig");
    if (line?.textContent) line.textContent = "";
  }

  look();
  const about = { subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-script-state"] };
  new MutationObserver(look).observe(document, about);
})({ first: "De WWZ-wijzer wordt geladen…", again: "Bezig met rekenen…" });
