// How entities and pairs look to vis-network.

import { MODALITIES } from "./data.js";
import { scene } from "./scene.js";
import { colour, familyColours } from "./theme.js";

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

// How the link of a pair looks: heavier by its sources (0 to 4), pointing where its directed statements point.
export function linkLook(pair, group) {
  const sources = group.reduce((sum, statement) => sum + statement.sources, 0);
  const points = (end) => group.some((statement) => statement.object === end && !statement.relation.sym);
  return { pair, modality: strongest(group), level: Math.min(Math.round(Math.log2(Math.max(sources, 1))), 4), toA: points(pair.a), toB: points(pair.b) };
}
