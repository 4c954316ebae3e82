// How entities and pairs look to vis-network.

import { MODALITIES, pairs } from "./data.js";
import { scene } from "./scene.js";
import { colour, familyColours } from "./theme.js";

const MANY_LINKS = 1000;

export function readPaints() {
  const names = ["paper", "ink", "muted", "line", "planned", "negated", "accent"];
  scene.paints = { families: familyColours(), ...Object.fromEntries(names.map((name) => [name, colour(name)])) };
}

export function nodeColour(entity) {
  const background = scene.paints.families[entity.kind.family];
  return { background, border: background };
}

export function nodeOf(entity, hidden) {
  const { x, y } = scene.spots.get(entity);
  return { id: entity.id, x, y, hidden, shape: entity.kind.shape, size: sizeOf(entity), color: nodeColour(entity) };
}

export function sizeOf(entity) {
  if (!scene.sizes.has(entity)) {
    const weight = entity.statements.reduce((sum, statement) => sum + statement.sources, 0);
    scene.sizes.set(entity, 8.5 + 2.6 * Math.sqrt(Math.min(weight, 120)));
  }
  return scene.sizes.get(entity);
}

const known = new WeakMap();

// What a pair's statements come to: one that is asserted outweighs plans, a plan outweighs denials.
export function strongest(group) {
  let modality = known.get(group);
  if (!modality) {
    const has = (name) => group.some((statement) => statement.modality === name);
    modality = MODALITIES.find(has);
    known.set(group, modality);
  }
  return modality;
}

export function linkOf(pair, group) {
  const modality = strongest(group);
  const sources = group.reduce((sum, statement) => sum + statement.sources, 0);
  const directed = group.filter((statement) => !statement.relation.sym);
  return {
    id: pair.id,
    from: pair.a.id,
    to: pair.b.id,
    hidden: false,
    width: 1.4 + Math.min(Math.log2(sources), 4) * 0.55,
    dashes: modality === "planned" ? [7, 5] : modality === "negated" ? [2, 4] : false,
    color: { color: modality === "asserted" ? scene.paints.line : scene.paints[modality], inherit: false, opacity: pairs.size > MANY_LINKS ? 0.6 : 1 },
    arrows: {
      to: { enabled: directed.some((statement) => statement.subject === pair.a), scaleFactor: 0.5 },
      from: { enabled: directed.some((statement) => statement.subject === pair.b), scaleFactor: 0.5 },
    },
  };
}
