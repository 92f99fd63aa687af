/* Borders of several areas as one: what two of them share is left out. Neighbours have the very same points along their border
   (wwz/maps/ground.py), so that a line that occurs twice is a border inside. */
(function () {
  "use strict";

  const { rings } = window.WwzHulp;

  /** The outline of features as one GeoJSON geometry of lines. */
  function rim(features) {
    const left = new Map();
    features.forEach(({ geometry }) =>
      rings(geometry).forEach((ring) =>
        ring.slice(1).forEach((to, index) => {
          const from = ring[index];
          const name = [from.join(), to.join()].sort().join("|");
          if (left.has(name)) left.delete(name);
          else left.set(name, [from, to]);
        }),
      ),
    );
    return { type: "MultiLineString", coordinates: chained([...left.values()]) };
  }

  // Pieces that follow each other as one line, so that its corners are drawn as corners.
  function chained(pieces) {
    const next = new Map();
    pieces.forEach((piece) => next.set(piece[0].join(), [...(next.get(piece[0].join()) || []), piece]));
    const take = (place) => {
      const found = next.get(place.join());
      return found && found.pop();
    };
    return pieces.flatMap(([start]) => {
      const line = [start];
      for (let piece = take(start); piece; piece = take(piece[1])) line.push(piece[1]);
      return line.length > 1 ? [line] : [];
    });
  }

  window.WwzOmtrek = { rim };
})();
