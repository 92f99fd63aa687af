// The borders of the first map, while the framework still starts: `fetchJson` of the map takes them (maps/js/hulp.js). Not where the
// link asks for other ones.
(function (addresses) {
  if (!location.pathname.endsWith("/") || /[?&](gebied|niveau|rand)=/.test(location.search)) return;
  globalThis.wwzGrenzen = new Map(
    addresses.map((address) => {
      const { href } = new URL(address, location.href);
      const answer = fetch(href, { cache: "force-cache", priority: "low" });
      return [href, answer.then((found) => (found.ok ? found.json() : null)).catch(() => null)];
    }),
  );
})
