"use strict";
// A page that keeps up with the session. Without this script everything works too, by pressing a button more.
(function () {
  const lijf = document.body, soort = lijf.dataset.soort;
  teller();
  if (!soort) return;
  const basis = lijf.dataset.wortel + "/" + lijf.dataset.code;
  const deelAdres = { telefoon: basis + "/deel", wand: basis + "/scherm/deel", regie: basis + "/regie/deel" }[soort];
  const wat = soort === "telefoon" ? "vorm" : "alles";
  let gezien = lijf.dataset.vorm, bezig = false, nogEens = false, slaapt = null;

  function nieuw() {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  }
  function wacht(ms) { return new Promise((klaar) => { slaapt = klaar; setTimeout(klaar, ms); }); }
  function netwerk(tekst) {
    const vak = document.getElementById("netwerk");
    if (vak) { vak.hidden = !tekst; vak.textContent = tekst; }
  }
  // What was typed and not yet sent stays, whatever happens to the page.
  function sleutel(veld) {
    const stap = veld.form && veld.form.dataset.bewaar;
    return stap ? ["concept", lijf.dataset.code, stap, veld.name].join(":") : "";
  }
  function zetTerug() {
    document.querySelectorAll("form[data-bewaar] textarea, form[data-bewaar] input[type=text]").forEach((veld) => {
      const bewaard = sleutel(veld) && sessionStorage.getItem(sleutel(veld));
      if (bewaard !== null && bewaard !== "" && bewaard !== veld.value) veld.value = bewaard;
    });
    if (vuil.size) document.querySelectorAll("form input:not([type=hidden]), form select, form textarea").forEach((veld) => {
      if (!vuil.has(kenmerk(veld))) return;
      const was = vuil.get(kenmerk(veld));
      if (veld.type === "radio") veld.checked = veld.value === was;
      else if (veld.type === "checkbox") veld.checked = was === "aan";
      else veld.value = was;
    });
  }
  // Only what was sent: who typed on meanwhile keeps that.
  function vergeet(form, gegevens) {
    form.querySelectorAll("textarea, input, select").forEach((veld) => {
      if (vuil.get(kenmerk(veld)) === gegevens.get(veld.name)) vuil.delete(kenmerk(veld));
      if (sleutel(veld) && veld.value === gegevens.get(veld.name)) sessionStorage.removeItem(sleutel(veld));
    });
  }
  // What who leads is typing stays too, while answers of others come in.
  const vuil = new Map();
  function waarde(veld) { return veld.type === "checkbox" ? (veld.checked ? "aan" : "") : veld.value; }
  function kenmerk(veld) {
    const vast = Array.from(veld.form.querySelectorAll("input[type=hidden]"), (h) => (h.name === "daad" ? "" : h.name + "=" + h.value));
    return [veld.form.action, ...vast, veld.name].join("|");
  }
  document.addEventListener("input", (e) => { if (e.target.form && !e.target.form.dataset.bewaar) vuil.set(kenmerk(e.target), waarde(e.target)); });
  document.addEventListener("input", (e) => { if (sleutel(e.target)) sessionStorage.setItem(sleutel(e.target), e.target.value); });

  function zet(antwoord) {
    const doel = document.getElementById("deel"), actief = document.activeElement;
    const houvast = actief && actief !== lijf ? { id: actief.id, naam: actief.name, waarde: actief.getAttribute("aria-label"), begin: actief.selectionStart } : null;
    const open = Array.from(doel.querySelectorAll("details[open]"), (d) => d.id);
    doel.innerHTML = antwoord.html;
    open.forEach((id) => { const d = id && document.getElementById(id); if (d) d.open = true; });
    gezien = String(antwoord[wat]);
    if (lijf.dataset.stap !== undefined && lijf.dataset.stap !== antwoord.stap) { lijf.dataset.stap = antwoord.stap; scrollTo(0, 0); }
    zetTerug(); teller();
    if (houvast) {
      const terug = (houvast.id && document.getElementById(houvast.id)) ||
        (houvast.waarde && doel.querySelector('[aria-label="' + CSS.escape(houvast.waarde) + '"]'));
      if (terug && terug !== document.activeElement) {
        terug.focus({ preventScroll: true });
        if (terug.tagName === "TEXTAREA") terug.setSelectionRange(houvast.begin, houvast.begin);
      }
    }
  }
  // A button that is replaced between pressing and letting go loses the press: the page waits for that, and is asked again.
  let ingedrukt = false;
  function los() { ingedrukt = false; }
  document.addEventListener("pointerdown", () => { ingedrukt = true; }, true);
  ["pointerup", "pointercancel"].forEach((naam) => document.addEventListener(naam, () => setTimeout(los, 0), true));
  document.addEventListener("pointermove", (e) => { if (!e.buttons) los(); }, true);
  document.addEventListener("keydown", los, true);
  addEventListener("blur", los);
  async function haal() {
    if (ingedrukt) return;
    if (bezig) { nogEens = true; return; }
    const antwoord = await fetch(deelAdres, { cache: "no-store" });
    if (!antwoord.ok) throw new Error(antwoord.status);
    const deel = await antwoord.json();
    if (ingedrukt) return;
    if (!bezig) zet(deel); else nogEens = true;
  }
  async function volg() {
    for (let pauze = 500; ; ) {
      try {
        const antwoord = await fetch(basis + "/wacht?wat=" + wat + "&v=" + gezien, { cache: "no-store" });
        if (!antwoord.ok) throw new Error(antwoord.status);
        const nu = await antwoord.json();
        netwerk(""); pauze = 500;
        if (String(nu.v) !== gezien) { await haal(); await wacht(soort === "telefoon" ? 50 : 250); }
      } catch (e) {
        netwerk("Geen verbinding. Wij proberen het steeds opnieuw; wat u typte, blijft staan.");
        await wacht(pauze); pauze = Math.min(pauze * 2, 8000);
      }
    }
  }
  async function stuur(form, knop) {
    if (bezig) return;
    bezig = true;
    const gegevens = new URLSearchParams(new FormData(form));
    if (knop && knop.name) gegevens.append(knop.name, knop.value);
    if (gegevens.has("daad")) gegevens.set("daad", nieuw());
    for (let pauze = 400; ; pauze = Math.min(pauze * 2, 8000)) {
      try {
        const antwoord = await fetch(form.action, { method: "POST", body: gegevens, headers: { "x-deel": "1" } });
        if (antwoord.status >= 500) throw new Error(antwoord.status);
        const deel = await antwoord.json();
        netwerk("");
        if (!deel.html) { netwerk(deel.fout || ""); break; }
        if (!deel.fout) vergeet(form, gegevens);
        bezig = false; zet(deel);
        if (deel.fout) { const vak = document.querySelector("[role=alert]"); if (vak) vak.scrollIntoView(); }
        break;
      } catch (e) {
        netwerk("Nog niet bewaard: geen verbinding. Wij sturen het zo opnieuw.");
        await wacht(pauze);
      }
    }
    bezig = false;
    if (nogEens) { nogEens = false; haal().catch(() => {}); }
  }
  document.addEventListener("submit", (e) => {
    if (e.target.dataset.gewoon || e.target.method !== "post") return;
    e.preventDefault(); stuur(e.target, e.submitter);
  });
  // A choice is kept at once.
  document.addEventListener("change", (e) => {
    if (soort === "telefoon" && e.target.matches("form[data-bewaar] input[type=radio], form[data-bewaar] input[type=checkbox]")) stuur(e.target.form, null);
  });
  if (soort !== "telefoon") document.addEventListener("keydown", (e) => {
    if (e.target.closest("input, textarea, select, button, a, summary")) return;
    const wand = document.querySelector("[data-verder]"), verder = ["ArrowRight", "PageDown", " "], terug = ["ArrowLeft", "PageUp"];
    const naar = wand && (verder.includes(e.key) ? wand.dataset.verder : terug.includes(e.key) ? wand.dataset.terug : "");
    if (!naar) return;
    e.preventDefault();
    fetch(basis + "/regie/ga", { method: "POST", body: new URLSearchParams({ stap: naar }), headers: { "x-deel": "1" } }).catch(() => {});
  });
  ["online", "pageshow", "visibilitychange"].forEach((naam) => (naam === "visibilitychange" ? document : window).addEventListener(naam, () => {
    if (document.visibilityState === "visible") { if (slaapt) slaapt(); haal().catch(() => {}); }
  }));
  zetTerug();
  volg();

  function teller() {
    document.querySelectorAll("[data-rest]").forEach((vak) => {
      if (vak.dataset.loopt) return;
      vak.dataset.loopt = "1";
      const begin = performance.now(), rest = Number(vak.dataset.rest);
      const toon = () => {
        const nu = Math.round(rest - (performance.now() - begin) / 1000), klok = Math.abs(nu);
        vak.textContent = (nu < 0 ? "+" : "") + Math.floor(klok / 60) + ":" + String(klok % 60).padStart(2, "0");
        if (vak.isConnected) setTimeout(toon, 1000);
      };
      toon();
    });
  }
})();
