// When a visitor would look. wwzSettled() gives a mark of what is on screen, or "" while something still goes on:
// the server was asked something, a page or a map is being drawn, or something moves.
(() => {
  const RERUN = 0x5a; // the first byte by which the framework asks the server to run the page
  let asked = false; // and nothing came back yet
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (new Uint8Array(data.buffer ?? data)[data.byteOffset ?? 0] === RERUN) {
      asked = true;
      window.wwzAsked = (window.wwzAsked ?? 0) + 1;
      this.addEventListener("message", () => setTimeout(() => (asked = false)), { once: true });
    }
    return send.call(this, data);
  };

  const still = (root) =>
    !root.getAnimations().some((one) => one.playState === "running" && one.effect.getComputedTiming().endTime !== Infinity);

  const charts = () =>
    [...document.querySelectorAll(".js-plotly-plot")].every((one) => {
      const drawn = one.querySelector(".main-svg");
      return !one.clientWidth || (drawn && Math.abs(drawn.getBoundingClientRect().width - one.clientWidth) < 2);
    });

  function complete(frame) {
    const inside = frame.contentDocument;
    if (!inside) return true; // of another host
    if (inside.readyState !== "complete") return false;
    if (!frame.src.includes("folium")) return still(inside);
    const box = inside.getElementById("map_div");
    const map = frame.contentWindow.map_div;
    if (!box?.dataset.laag || map._animatingZoom || map._panAnim?._inProgress) return false;
    return map.getSize().x === box.clientWidth && still(inside);
  }

  window.wwzSettled = () => {
    const app = document.querySelector("[data-test-script-state]");
    if (asked || app?.dataset.testScriptState !== "notRunning") return "";
    if (document.querySelector("[data-stale=true], [data-testid=stStatusWidget], [data-testid=stSkeleton]")) return "";
    const frames = [...document.querySelectorAll("iframe")].filter((one) => one.getClientRects().length);
    if (!frames.every(complete) || !charts() || !still(document)) return "";
    const main = document.querySelector("[data-testid=stMain]");
    return `${main.scrollHeight} ${main.scrollWidth} ${main.querySelectorAll("*").length} ${main.textContent.length}`;
  };
})();
