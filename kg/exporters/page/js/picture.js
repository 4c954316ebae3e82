// The view as a picture: PNG from the canvas, SVG drawn anew so that it can be scaled and edited.

import { currentPicture } from "./overlay.js";
import { svg } from "./dom.js";
import { round, shapeElement } from "./shapes.js";

const FAINT = { opacity: 0.2 };

export function toPng() {
  const canvas = document.querySelector("#canvas canvas");
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  const pen = copy.getContext("2d");
  pen.fillStyle = currentPicture().paints.paper;
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(canvas, 0, 0);
  return new Promise((resolve) => copy.toBlob(resolve, "image/png"));
}

export function toSvg() {
  const { nodes, links, labels, width, height, scale, paints } = currentPicture();
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height });
  root.append(svg("rect", { width, height, fill: paints.paper }));
  for (const link of links) {
    const group = svg("g", link.faint ? FAINT : {});
    group.append(...linkElements(link, scale, paints));
    root.append(group);
  }
  for (const { entity, x, y, r, faint } of nodes) {
    const shape = shapeElement(entity.kind.shape, x, y, r, { fill: paints.families[entity.kind.family], stroke: paints.paper, "stroke-width": round(1.5 * scale), ...(faint ? FAINT : {}) });
    shape.append(title(entity.name));
    root.append(shape);
  }
  for (const label of labels) root.append(textElement(label, paints));
  return new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" });
}

function title(text) {
  const element = svg("title");
  element.textContent = clean(text);
  return element;
}

function linkElements({ a, b, modality, group, pair }, scale, paints) {
  const stroke = modality === "asserted" ? paints.line : paints[modality];
  const line = svg("line", { x1: round(a.x), y1: round(a.y), x2: round(b.x), y2: round(b.y), stroke, "stroke-width": Math.max(round(1.5 * scale), 0.5) });
  line.append(title(`${pair.a.name} – ${pair.b.name}`));
  if (modality === "planned") line.setAttribute("stroke-dasharray", "7 5");
  if (modality === "negated") line.setAttribute("stroke-dasharray", "2 4");
  const parts = [line];
  if (group.some((s) => !s.relation.sym && s.subject === pair.a)) parts.push(arrow(a, b, stroke, scale));
  if (group.some((s) => !s.relation.sym && s.subject === pair.b)) parts.push(arrow(b, a, stroke, scale));
  if (modality === "negated") {
    const [x, y] = [a.x + (b.x - a.x) * 0.25, a.y + (b.y - a.y) * 0.25];
    parts.push(svg("path", { d: `M${round(x - 5)} ${round(y - 5)}l10 10M${round(x + 5)} ${round(y - 5)}l-10 10`, stroke, "stroke-width": 2 }));
  }
  return parts;
}

function arrow(from, to, fill, scale) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const size = 8 * Math.min(Math.max(scale, 0.4), 1.5);
  const tip = [to.x - Math.cos(angle) * (to.r + 1), to.y - Math.sin(angle) * (to.r + 1)];
  const side = (turn) => [tip[0] - Math.cos(angle + turn) * size, tip[1] - Math.sin(angle + turn) * size];
  return svg("polygon", { points: [tip, side(0.4), side(-0.4)].map(([x, y]) => `${round(x)},${round(y)}`).join(" "), fill });
}

function textElement({ lines, x, y, font, kind }, paints) {
  const text = svg("text", {
    x: round(x),
    y: round(y),
    "font-family": "system-ui, 'Segoe UI', 'Noto Sans', sans-serif",
    "font-size": font.size,
    "font-weight": font.weight,
    "font-style": kind === "link" ? "italic" : "normal",
    "text-anchor": "middle",
    "dominant-baseline": "central",
    fill: kind === "link" ? paints.muted : paints.ink,
    stroke: paints.paper,
    "stroke-width": 3.5,
    "paint-order": "stroke",
    "stroke-linejoin": "round",
  });
  lines.forEach((line, index) => {
    const part = svg("tspan", { x: round(x), dy: index ? font.line : 0 });
    part.textContent = clean(line);
    text.append(part);
  });
  return text;
}

// XML has no place for control characters.
function clean(text) {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
}
