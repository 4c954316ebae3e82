// The shapes of the classes, as vis-network draws them, for the legend and the SVG drawing.

import { svg } from "./dom.js";

// Corners of the shape around (x, y), or null for a disc.
function corners(shape, x, y, r) {
  if (shape === "square") return [[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]];
  if (shape === "diamond") return [[x, y + r], [x + r, y], [x, y - r], [x - r, y]];
  if (shape === "hexagon") return turn(6, (n) => [x + r * Math.cos((n * Math.PI) / 3), y + r * Math.sin((n * Math.PI) / 3)]);
  if (shape === "star") return star(x, y, r * 0.82);
  if (shape === "triangle") return triangle(x, y, r * 1.15, -1);
  if (shape === "triangleDown") return triangle(x, y, r * 1.15, 1);
  return null;
}

function turn(count, point) {
  return Array.from({ length: count }, (_, n) => point(n));
}

function star(x, y, r) {
  return turn(10, (n) => {
    const radius = n % 2 === 0 ? r * 1.3 : r * 0.5;
    const angle = (n * 2 * Math.PI) / 10;
    return [x + radius * Math.sin(angle), y + 0.1 * r - radius * Math.cos(angle)];
  });
}

function triangle(x, y, r, way) {
  const middle = y - way * 0.275 * r;
  const inner = (Math.sqrt(3) / 3) * r;
  const height = Math.sqrt(3) * r;
  return [[x, middle + way * (height - inner)], [x + r, middle - way * inner], [x - r, middle - way * inner]];
}

export function shapeElement(shape, x, y, r, attributes) {
  const points = corners(shape, x, y, r);
  if (!points) return svg("circle", { cx: round(x), cy: round(y), r: round(r), ...attributes });
  return svg("polygon", { points: points.map(([a, b]) => `${round(a)},${round(b)}`).join(" "), ...attributes });
}

export function round(value) {
  return Math.round(value * 10) / 10;
}

// A small picture of a class for legends and headings; it has the colour of its family by a CSS class.
export function icon(kind) {
  const picture = svg("svg", { viewBox: "0 0 20 20", class: `icon family-${kind.family}`, "aria-hidden": "true", focusable: "false" });
  picture.append(shapeElement(kind.shape, 10, 10, 7, { fill: "currentColor" }));
  return picture;
}

export function lineIcon(modality) {
  const picture = svg("svg", { viewBox: "0 0 34 12", class: `line-icon ${modality}`, "aria-hidden": "true", focusable: "false" });
  picture.append(svg("line", { x1: 1, y1: 6, x2: 33, y2: 6, class: "stroke" }));
  if (modality === "negated") picture.append(svg("path", { d: "M13 2l8 8M21 2l-8 8", class: "stroke cross" }));
  return picture;
}
