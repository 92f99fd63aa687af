// Waiting is shown: after a moment one line says so, and what is not up to date any more is covered (waiting.css).
// A short wait shows nothing: a flash at every choice would be worse than the waiting.
(function (words) {
  const AFTER = 250; // milliseconds
  const RESTING = new Set(["notRunning", "stopRequested", "compilationError"]);
  const page = document.documentElement;
  let timer;

  function show(app) {
    page.setAttribute("data-wwz-bezig", "");
    const line = document.getElementById("wwz-bezig");
    const text = app?.dataset.testScriptState === "initial" || !app ? words.first : words.again;
    if (line && line.textContent !== text) line.textContent = text;
  }

  function look() {
    const app = document.querySelector("[data-test-script-state]");
    if (app && RESTING.has(app.dataset.testScriptState)) {
      clearTimeout(timer);
      timer = undefined;
      page.removeAttribute("data-wwz-bezig");
      const line = document.getElementById("wwz-bezig");
      if (line?.textContent) line.textContent = "";
    } else if (page.hasAttribute("data-wwz-bezig")) show(app);
    else timer ??= setTimeout(() => show(document.querySelector("[data-test-script-state]")), AFTER);
  }

  look();
  const about = { subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-script-state"] };
  new MutationObserver(look).observe(document, about);
})({ first: "De WWZ-wijzer wordt geladen…", again: "Bezig met rekenen…" });
