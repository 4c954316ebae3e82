// The lines between entities. vis-network would keep and stroke each link by itself; here all links of one look are one
// path, drawn before vis-network draws the entities over their ends.

import { MODALITIES } from "./data.js";
import { linkLook, sizeOf } from "./looks.js";
import { scene } from "./scene.js";

const MANY = 1000; // links; beyond this they are see-through
const ARROW = 11;
const HALF = 0.42; // of an arrow's length, to each side
const SEEN = 3; // pixels; an arrow that would be shorter is left out
const REACH = 7; // pixels from a line at which the mouse is on it
const DASHES = { asserted: [], planned: [7, 5], negated: [2, 4] };

let batches = [];

// Takes up the links of the scene after they have changed.
export function groupLinks() {
  batches = batchesOf(scene.links);
}

export function drawLinks(ctx) {
  ctx.globalAlpha = scene.links.size > MANY ? 0.6 : 1;
  drawBatches(ctx, batches);
  ctx.globalAlpha = 1;
}

// Some of the links once more, over what lies on them.
export function drawSome(ctx, chosen) {
  drawBatches(ctx, batchesOf([...chosen].filter((pair) => scene.links.has(pair)).map((pair) => [pair, scene.links.get(pair)])));
}

function batchesOf(links) {
  const found = new Map();
  for (const [pair, group] of links) {
    const look = linkLook(pair, group);
    const key = MODALITIES.indexOf(look.modality) * 10 + look.level;
    const batch = found.get(key);
    if (batch) batch.looks.push(look);
    else found.set(key, { key, modality: look.modality, level: look.level, looks: [look] });
  }
  return [...found.values()].sort((one, other) => one.key - other.key);
}

function drawBatches(ctx, some) {
  const scale = scene.network.getScale();
  const { x, y } = scene.network.getViewPosition();
  const { clientWidth, clientHeight } = ctx.canvas;
  const [wide, high] = [clientWidth / 2 / scale, clientHeight / 2 / scale];
  const sight = { left: x - wide, right: x + wide, top: y - high, bottom: y + high };
  for (const batch of some) drawBatch(ctx, batch, sight, scale);
}

function drawBatch(ctx, { modality, level, looks }, sight, scale) {
  const { nodes } = scene.network.body;
  const arrows = ARROW * scale < SEEN ? null : new Path2D();
  ctx.strokeStyle = modality === "asserted" ? scene.paints.line : scene.paints[modality];
  ctx.fillStyle = ctx.strokeStyle;
  ctx.lineWidth = Math.max(1.4 + level * 0.55, 0.5 / scale);
  ctx.setLineDash(DASHES[modality].map((length) => length / Math.min(scale, 1)));
  ctx.beginPath();
  for (const { pair, toA, toB } of looks) {
    const a = nodes[pair.a.id];
    const b = nodes[pair.b.id];
    if (!a || !b || isOutside(a, b, sight)) continue;
    ctx.moveTo(a.x, a.y);
    ctx.lineTo(b.x, b.y);
    if (arrows && toB) addArrow(arrows, a, b, sizeOf(pair.b));
    if (arrows && toA) addArrow(arrows, b, a, sizeOf(pair.a));
  }
  ctx.stroke();
  ctx.setLineDash([]);
  if (arrows) ctx.fill(arrows);
}

function isOutside(a, b, { left, right, top, bottom }) {
  return (a.x < left && b.x < left) || (a.x > right && b.x > right) || (a.y < top && b.y < top) || (a.y > bottom && b.y > bottom);
}

function addArrow(path, from, to, radius) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < radius + ARROW) return;
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const [x, y] = [to.x - dx * (radius + 1), to.y - dy * (radius + 1)];
  const [backX, backY] = [x - dx * ARROW, y - dy * ARROW];
  path.moveTo(x, y);
  path.lineTo(backX - dy * ARROW * HALF, backY + dx * ARROW * HALF);
  path.lineTo(backX + dy * ARROW * HALF, backY - dx * ARROW * HALF);
  path.closePath();
}

// The pair whose line passes nearest under a point of the canvas, or null.
export function linkAt(point) {
  const { nodes } = scene.network.body;
  const { x, y } = scene.network.DOMtoCanvas(point);
  let nearest = null;
  let least = REACH / scene.network.getScale();
  for (const pair of scene.links.keys()) {
    const a = nodes[pair.a.id];
    const b = nodes[pair.b.id];
    const distance = a && b ? distanceToLine(x, y, a, b) : Infinity;
    if (distance < least) [nearest, least] = [pair, distance];
  }
  return nearest;
}

function distanceToLine(x, y, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.min(Math.max(along, 0), 1);
  return Math.hypot(x - a.x - share * dx, y - a.y - share * dy);
}
