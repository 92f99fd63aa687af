// Around every screen, apart from what the framework draws: links past the menu, the button that copies the link, and
// the note in this browser that the explanation of the first visit was used (guide.py reads it).
(function (words) {
  const SEEN = "wwz-uitleg=1; max-age=31536000; path=/; samesite=lax";
  const main = () => document.querySelector("[data-testid=stMain]") ?? document;
  // Components without a frame have a root of their own.
  function find(selector, root = main()) {
    const found = root.querySelector(selector);
    if (found) return found;
    for (const one of root.querySelectorAll("*")) {
      const inside = one.shadowRoot && find(selector, one.shadowRoot);
      if (inside) return inside;
    }
    return null;
  }
  const places = {
    inhoud: () => find("h1"),
    gebied: () => find("[role=combobox]"),
    kaart: () => find("iframe[title^=Kaart]"),
    tabel: () => find(".wwz-scroll"),
  };

  function past(nav) {
    const links = [...nav.querySelectorAll("a")];
    const place = (link) => places[link.hash.slice(1)]();
    nav.addEventListener("focusin", () => links.forEach((link) => (link.hidden = link !== document.activeElement && !place(link))));
    nav.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link) return;
      event.preventDefault();
      const there = place(link);
      if (there?.tabIndex < 0) there.tabIndex = -1;
      there?.focus();
      there?.scrollIntoView({ block: "center" });
    });
  }

  function share(box) {
    const [button, field, said] = ["button", "input", "p"].map((name) => box.querySelector(name));
    const say = (text) => (said.textContent = text);
    let timer;
    const close = () => {
      field.hidden = true;
      say("");
    };
    button.addEventListener("click", async () => {
      clearTimeout(timer);
      try {
        await navigator.clipboard.writeText(location.href);
        say(words.copied);
        timer = setTimeout(close, 6000);
      } catch {
        // Without permission, or without a safe connection: the visitor copies the link.
        field.value = location.href;
        field.hidden = false;
        say(words.copy);
        field.focus();
        field.select();
      }
    });
    field.addEventListener("blur", close);
    field.addEventListener("keydown", (event) => event.key === "Escape" && button.focus());
  }

  const used = () => (document.cookie = SEEN);
  document.addEventListener("wwz-stap", used);
  document.addEventListener("click", (event) => event.target.closest?.(".st-key-uitleg-sluiten") && used());
  document.addEventListener("DOMContentLoaded", () => {
    past(document.getElementById("wwz-sla-over"));
    share(document.getElementById("wwz-deel"));
  });
})({ copied: "De link is gekopieerd.", copy: "Kopieer deze link: Ctrl+C, of houd hem ingedrukt." });
