// Which labels fit: the most important names first, each where nothing else is, the same size at every zoom.

import { Boxes } from "./boxes.js";
import { wrap } from "./text.js";

const FAMILY = 'system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif';
const FONTS = {
  strong: { css: `600 14px ${FAMILY}`, line: 17, weight: 600, size: 14 },
  plain: { css: `500 12.5px ${FAMILY}`, line: 15, weight: 500, size: 12.5 },
  edge: { css: `italic 400 11.5px ${FAMILY}`, line: 14, weight: 400, size: 11.5 },
};
const GAP = 5;
const FEW = 300;
const MOST = 600; // in a crowd, the most important names that are tried; no screen has room for so many

const measured = new Map();
const pen = document.createElement("canvas").getContext("2d");

function textWidth(text, font) {
  const key = `${font.size}|${text}`;
  let width = measured.get(key);
  if (width === undefined) {
    pen.font = font.css;
    width = pen.measureText(text).width;
    measured.set(key, width);
  }
  return width;
}

const linesOf = new Map();

function linesFor(entity) {
  let lines = linesOf.get(entity);
  if (!lines) {
    lines = wrap(entity.name, 18, 3);
    linesOf.set(entity, lines);
  }
  return lines;
}

// `nodes` are { entity, x, y, reach } on the screen, most important first; `links` are { text, x1, y1, x2, y2, r1, r2 }.
// Gives labels { lines, x, y, font, kind } where (x, y) is the middle of the first line.
export function placeLabels(nodes, links, width, height) {
  const taken = new Boxes();
  const crowded = nodes.length > FEW;
  if (!crowded) for (const { x, y, reach } of nodes) taken.add([x - reach, y - reach, x + reach, y + reach]);
  const strong = Math.max(3, Math.round(nodes.length * (crowded ? 0.02 : 0.06)));
  const pad = crowded ? 12 : 1;
  const labels = [];
  nodes.slice(0, MOST).forEach((node, rank) => {
    const font = rank < strong ? FONTS.strong : FONTS.plain;
    const lines = linesFor(node.entity);
    const wide = Math.max(...lines.map((line) => textWidth(line, font)));
    const high = lines.length * font.line;
    const free = spots(node, wide, high)
      .map(([x, top]) => ({ x, top, box: [x - wide / 2 - pad, top - pad, x + wide / 2 + pad, top + high + pad] }))
      .filter(({ box }) => box[0] > 0 && box[1] > 0 && box[2] < width && box[3] < height && taken.isFree(box));
    if (!free.length) return;
    const best = clearest(free, links);
    taken.add(best.box);
    labels.push({ lines, x: best.x, y: best.top + font.line / 2, font, kind: "node" });
  });
  for (const link of links) placeLink(link, taken, labels);
  return labels;
}

// The place that covers the fewest links; the first one among equals.
function clearest(places, links) {
  if (!links.length || places.length === 1) return places[0];
  let best = null;
  for (const place of places) {
    let covered = 0;
    for (const link of links) if (cuts(link, place.box)) covered += 1;
    if (best === null || covered < best.covered) best = { ...place, covered };
    if (covered === 0) break;
  }
  return best;
}

// Whether the link's line runs through the box (Liang and Barsky).
function cuts({ x1, y1, x2, y2 }, [left, top, right, bottom]) {
  let from = 0;
  let to = 1;
  for (const [step, room] of [[x1 - x2, x1 - left], [x2 - x1, right - x1], [y1 - y2, y1 - top], [y2 - y1, bottom - y1]]) {
    if (step === 0) {
      if (room < 0) return false;
    } else if (step < 0) from = Math.max(from, room / step);
    else to = Math.min(to, room / step);
  }
  return from <= to;
}

function spots({ x, y, reach: r }, wide, high) {
  return [
    [x, y + r + GAP],
    [x, y - r - GAP - high],
    [x + r + GAP + wide / 2, y - high / 2],
    [x - r - GAP - wide / 2, y - high / 2],
  ];
}

function placeLink({ text, x1, y1, x2, y2, r1, r2 }, taken, labels) {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const wide = textWidth(text, FONTS.edge);
  if (wide > (length - r1 - r2) * 1.1) return;
  const high = FONTS.edge.line;
  for (const share of [0.5, 0.4, 0.6, 0.32, 0.68]) {
    const x = x1 + (x2 - x1) * share;
    const y = y1 + (y2 - y1) * share;
    const box = [x - wide / 2 - 2, y - high / 2 - 1, x + wide / 2 + 2, y + high / 2 + 1];
    if (taken.isFree(box)) {
      taken.add(box);
      labels.push({ lines: [text], x, y, font: FONTS.edge, kind: "link" });
      return;
    }
  }
}

export function drawLabels(ctx, labels, ink, faint, paper) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.strokeStyle = paper;
  ctx.lineWidth = 4;
  for (const { lines, x, y, font, kind } of labels) {
    ctx.font = font.css;
    ctx.fillStyle = kind === "link" ? faint : ink;
    lines.forEach((line, index) => {
      ctx.strokeText(line, x, y + index * font.line);
      ctx.fillText(line, x, y + index * font.line);
    });
  }
}
