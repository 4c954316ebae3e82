// Walks over the graph: who is near, and how two entities hang together.

// The entities within `depth` steps of `roots`, over pairs that `passes` lets through.
export function neighbourhood(roots, depth, passes) {
  const found = new Set(roots);
  let edge = [...roots];
  for (let step = 0; step < depth; step += 1) {
    const next = [];
    for (const entity of edge) {
      for (const [other, pair] of entity.pairs) {
        if (!found.has(other) && passes(pair)) {
          found.add(other);
          next.push(other);
        }
      }
    }
    edge = next;
  }
  return found;
}

// The entities of a path with the fewest steps; among those, the one with the most support on its way.
export function shortestPath(from, to, strength) {
  if (from === to) return [from];
  const best = new Map([[from, { steps: 0, cost: 0, previous: null }]]);
  let layer = [from];
  while (layer.length && !best.has(to)) {
    const next = new Set();
    for (const entity of layer) {
      const here = best.get(entity);
      for (const [other, pair] of entity.pairs) {
        const support = strength(pair);
        if (support <= 0) continue;
        const cost = here.cost + 1 / support;
        const known = best.get(other);
        if (!known || (known.steps === here.steps + 1 && cost < known.cost)) {
          best.set(other, { steps: here.steps + 1, cost, previous: entity });
          next.add(other);
        }
      }
    }
    layer = [...next];
  }
  if (!best.has(to)) return null;
  const path = [];
  for (let entity = to; entity; entity = best.get(entity).previous) path.unshift(entity);
  return path;
}
