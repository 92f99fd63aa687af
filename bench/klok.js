// In every page and frame, before anything else. Tells at which moment of the day (milliseconds) something was chosen, and when
// a map was painted that differs from the one before: after the frame in which the browser drew it; and when the words of the screen,
// or of the legend in the frame of a map, became other ones. The same for every map of Leaflet, whoever made it. Kept in the window
// that holds all frames.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const told = (window.top.wwzKlok ??= { chosen: 0, painted: [], said: [], there: 0, opened: performance.timeOrigin });
  let inFrame = 0;
  const ask = window.requestAnimationFrame;
  if (window !== window.top) {
    window.requestAnimationFrame = (work) =>
      ask.call(window, (time) => {
        inFrame += 1;
        try {
          work(time);
        } finally {
          inFrame -= 1;
        }
      });
  }
  const after = [];
  const channel = new MessageChannel();
  channel.port1.onmessage = () => after.shift()();
  const afterFrame = (work) => {
    const queue = () => {
      after.push(work);
      channel.port2.postMessage(0);
    };
    inFrame ? queue() : ask.call(window, queue);
  };

  let words = "";
  let listening = false;
  const listen = () => {
    listening = false;
    const moment = now();
    const root = document.querySelector("[data-testid=stMain]") ?? (window === window.top ? null : document.body);
    const heard = root?.textContent ?? "";
    if (heard !== words) told.said.push(moment);
    words = heard;
  };
  const hear = () => {
    if (listening) return;
    listening = true;
    afterFrame(listen);
  };
  // A map without areas draws nothing: it is there when its buttons are.
  const look = () => {
    hear();
    if (!told.there && document.querySelector(".leaflet-control-zoom")) afterFrame(() => (told.there ||= now()));
  };
  // A frame may begin with a page that has nothing, and get its own page in the same window afterwards.
  const watched = new WeakSet();
  const watch = () => {
    if (watched.has(document)) return;
    watched.add(document);
    listening = false;
    new MutationObserver(look).observe(document, { childList: true, characterData: true, subtree: true });
  };
  watch();
  const append = Node.prototype.appendChild;
  Node.prototype.appendChild = function (child) {
    watch();
    return append.call(this, child);
  };
  if (window === window.top) {
    addEventListener("click", (event) => (told.chosen = performance.timeOrigin + event.timeStamp), true);
    return;
  }

  // Of the whole picture: 0 as long as nothing is drawn.
  const fingerprint = (canvas) => {
    if (!canvas.width || !canvas.height) return 0;
    const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    let hash = 0;
    for (let i = 0; i < data.length; i += 388) hash = (hash * 31 + data[i] + data[i + 1]) | 0;
    return hash;
  };
  let waiting = false;
  const note = (canvas) => {
    if (waiting || !canvas.isConnected) return;
    waiting = true;
    afterFrame(() => {
      waiting = false;
      const moment = now();
      const print = fingerprint(canvas);
      if (print) told.painted.push([moment, print]);
    });
  };
  for (const name of ["fill", "stroke", "clearRect", "drawImage"]) {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...what) {
      note(this.canvas);
      return draw.apply(this, what);
    };
  }
})();
