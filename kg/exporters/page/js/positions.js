// Where entities lie that the layout did not place, and where focus and path lay them out anew.

const RING = 170;
const STEP = 150;
const ROOM = 96;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

// A free place around (x, y): along a spiral, the first spot with nobody near.
export function freeSpot(x, y, taken) {
  for (let step = 3; step < 4000; step += 1) {
    const radius = 34 * Math.sqrt(step);
    const spot = { x: Math.round(x + radius * Math.cos(step * GOLDEN)), y: Math.round(y + radius * Math.sin(step * GOLDEN)) };
    if (!taken.some((other) => Math.abs(other.x - spot.x) < ROOM && Math.abs(other.y - spot.y) < 48)) return spot;
  }
  return { x, y };
}

// The roots in the middle, each further step on a ring around them; neighbours of one root stay on its side.
export function rings(roots, members, depth) {
  const spots = new Map();
  roots.forEach((root, index) => spots.set(root, { x: (index - (roots.length - 1) / 2) * RING * 1.6, y: 0 }));
  let inner = [...roots];
  let radius = roots.length > 1 ? ((roots.length - 1) / 2) * RING * 1.6 : 0;
  for (let step = 1; step <= depth + 1; step += 1) {
    const ring = nextRing(inner, members, spots);
    if (!ring.length) break;
    radius = Math.max(radius + (step === 1 ? RING : STEP), (ring.length * ROOM) / (2 * Math.PI));
    ring.forEach((entity, index) => {
      const angle = (index / ring.length) * 2 * Math.PI - Math.PI / 2;
      spots.set(entity, { x: Math.round(radius * 1.3 * Math.cos(angle)), y: Math.round(radius * Math.sin(angle)) });
    });
    inner = ring;
  }
  return spots;
}

function nextRing(inner, members, spots) {
  const ring = [];
  const seen = new Set(spots.keys());
  for (const parent of inner) {
    const children = [...parent.pairs.keys()].filter((entity) => members.has(entity) && !seen.has(entity));
    children.sort((one, other) => one.kind.id - other.kind.id || one.id - other.id);
    for (const child of children) {
      seen.add(child);
      ring.push(child);
    }
  }
  return ring;
}

// A path reads from left to right, a long one in lines that turn back like a ploughed field.
export function chain(path) {
  const perLine = path.length <= 5 ? 5 : 4;
  return new Map(
    path.map((entity, index) => {
      const line = Math.floor(index / perLine);
      const column = line % 2 ? perLine - 1 - (index % perLine) : index % perLine;
      return [entity, { x: column * 230, y: line * 170 + (column % 2 ? 40 : 0) }];
    }),
  );
}
