// What we draw over vis-network: highlight, rings, crosses and the labels that fit.

import { entityOf } from "./data.js";
import { byId } from "./dom.js";
import { drawLabels, placeLabels } from "./labels.js";
import { drawSome } from "./links.js";
import { sizeOf, strongest } from "./looks.js";
import { scene } from "./scene.js";
import { pairOfSelection } from "./selection.js";
import { state } from "./state.js";
import { termLabel } from "./strings.js";

const LINKS_WITH_TEXT = 160;
const KEPT = 200; // milliseconds for which labels only move along while the reader drags the drawing

let kept = null;

function highlighted(now) {
  const pair = pairOfSelection(now);
  if (pair) return { nodes: new Set([pair.a, pair.b]), pairs: new Set([pair]) };
  const entity = entityOf(now.sel);
  if (!entity || !scene.shown.has(entity) || now.focus.includes(entity.key) || now.path.length) return null;
  const around = [...entity.pairs].filter(([other, one]) => scene.shown.has(other) && scene.links.has(one));
  return { nodes: new Set([entity, ...around.map(([other]) => other)]), pairs: new Set(around.map(([, one]) => one)) };
}

export function drawOver(ctx) {
  const now = state();
  const light = highlighted(now);
  const ratio = ctx.canvas.width / ctx.canvas.clientWidth;
  const matrix = ctx.getTransform();
  const { clientWidth, clientHeight } = ctx.canvas;
  if (light) {
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.globalAlpha = 0.8;
    ctx.fillStyle = scene.paints.paper;
    ctx.fillRect(0, 0, clientWidth, clientHeight);
    ctx.globalAlpha = 1;
    ctx.setTransform(matrix);
    drawSome(ctx, light.pairs);
    for (const entity of light.nodes) if (scene.shown.has(entity)) scene.network.body.nodes[entity.id].draw(ctx);
  }
  const picture = recentPicture(light);
  const { x, y } = scene.network.getViewPosition();
  const moved = ratio * picture.scale;
  ctx.setTransform(ratio, 0, 0, ratio, (picture.view.x - x) * moved, (picture.view.y - y) * moved);
  drawRings(ctx, picture.nodes, ringed(now));
  drawMarks(ctx, picture.links, picture.scale);
  drawLabels(ctx, picture.labels, scene.paints.ink, scene.paints.muted, scene.paints.paper);
  ctx.setTransform(matrix);
}

function recentPicture(light) {
  const now = performance.now();
  const stays = scene.panning && kept && now - kept.at < KEPT && kept.scale === scene.network.getScale();
  if (!stays) kept = { ...currentPicture(light), view: scene.network.getViewPosition(), at: now };
  return kept;
}

// What is on the screen, in its own coordinates: for the overlay, and for the SVG drawing. Runs also in frames that
// vis-network draws halfway through a change, when an entity may not have arrived yet.
export function currentPicture(light = highlighted(state())) {
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const scale = scene.network.getScale();
  const placed = placeShown(scale, width, height, light);
  const nodes = [...placed.values()].filter(({ x, y }) => x > -80 && y > -60 && x < width + 80 && y < height + 60);
  const links = [];
  for (const [pair, group] of scene.links) {
    const [a, b] = [placed.get(pair.a), placed.get(pair.b)];
    if (!a || !b || !crosses(a, b, width, height)) continue;
    links.push({ pair, group, a, b, modality: strongest(group), faint: light !== null && !light.pairs.has(pair) });
  }
  const clear = nodes.filter((node) => !node.faint);
  const named = links.filter((link) => !link.faint);
  const labels = placeLabels(clear, named.length <= LINKS_WITH_TEXT ? named.map(nameLink) : [], width, height);
  return { nodes, links, labels, width, height, scale, paints: scene.paints };
}

// Every shown entity, the most important first, with its middle, its radius and how far it reaches with its ring.
function placeShown(scale, width, height, light) {
  const { x: cx, y: cy } = scene.network.getViewPosition();
  const ring = ringed(state());
  const placed = new Map();
  for (const entity of scene.shown) {
    const body = scene.network.body.nodes[entity.id];
    if (!body) continue;
    const r = sizeOf(entity) * scale;
    placed.set(entity, {
      entity,
      x: (body.x - cx) * scale + width / 2,
      y: (body.y - cy) * scale + height / 2,
      r,
      reach: ring.has(entity.key) ? r + 5 : r,
      faint: light !== null && !light.nodes.has(entity),
    });
  }
  return placed;
}

function nameLink({ group, a, b }) {
  const first = termLabel(group[0].relation);
  const text = group.length > 1 ? `${first} +${group.length - 1}` : first;
  return { text, x1: a.x, y1: a.y, x2: b.x, y2: b.y, r1: a.r, r2: b.r };
}

function crosses(a, b, width, height) {
  return Math.max(a.x, b.x) > 0 && Math.min(a.x, b.x) < width && Math.max(a.y, b.y) > 0 && Math.min(a.y, b.y) < height;
}

// Which entities have a ring, and its dashes: a whole one for what is selected, a dashed one for what is pinned.
function ringed(now) {
  const ring = new Map(now.pins.map((key) => [key, [3, 3]]));
  for (const key of [...now.sel.split(" "), ...now.focus, ...now.path]) ring.set(key, []);
  return ring;
}

function drawRings(ctx, nodes, ring) {
  ctx.lineWidth = 2.5;
  ctx.strokeStyle = scene.paints.accent;
  for (const { entity, x, y, reach } of nodes) {
    if (!ring.has(entity.key)) continue;
    ctx.setLineDash(ring.get(entity.key));
    ctx.beginPath();
    ctx.arc(x, y, reach, 0, 2 * Math.PI);
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

// A denied link is crossed out.
function drawMarks(ctx, seen, scale) {
  const size = Math.min(5.5, 9 * scale);
  ctx.strokeStyle = scene.paints.negated;
  ctx.lineWidth = Math.min(2.2, 1 + size / 5);
  for (const { a, b, modality, faint } of seen) {
    if (modality !== "negated" || faint) continue;
    const [x, y, s] = [a.x + (b.x - a.x) * 0.25, a.y + (b.y - a.y) * 0.25, size];
    ctx.beginPath();
    ctx.moveTo(x - s, y - s);
    ctx.lineTo(x + s, y + s);
    ctx.moveTo(x + s, y - s);
    ctx.lineTo(x - s, y + s);
    ctx.stroke();
  }
}
