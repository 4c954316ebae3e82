// Where the reader looks: zoom, fit, and bringing into sight.

import { byId } from "./dom.js";
import { scene } from "./scene.js";
import { calm } from "./theme.js";

export function zoom(factor) {
  scene.network.moveTo({ scale: Math.min(Math.max(scene.network.getScale() * factor, 0.03), 6) });
}

export function fitAll({ quick = false } = {}) {
  fitTo([...scene.shown], quick);
}

// The camera so that these entities and their labels are in sight.
export function fitTo(members, quick = false) {
  if (!scene.network || !members.length) return;
  const area = freeArea();
  const xs = members.map((entity) => scene.spots.get(entity).x);
  const ys = members.map((entity) => scene.spots.get(entity).y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const fits = Math.min(area.width / Math.max(right - left, 1), area.height / Math.max(bottom - top, 1), 1.5);
  moveCamera({ x: (left + right) / 2, y: (top + bottom) / 2 }, Math.max(fits, 0.02), quick);
}

// Moves only if the entity is out of sight.
export function reveal(members) {
  if (!scene.network || !members.length) return;
  const { left, top, width, height } = freeArea();
  const hidden = members.filter((entity) => {
    const { x, y } = scene.network.canvasToDOM(scene.spots.get(entity));
    return x < left - 40 || y < top - 20 || x > left + width + 40 || y > top + height + 20;
  });
  const scale = Math.max(scene.network.getScale(), 0.6);
  if (members.length === 1 && (hidden.length || scene.network.getScale() < 0.35)) moveCamera(scene.spots.get(members[0]), scale, false);
  else if (hidden.length) fitTo(members);
}

// The part of the canvas that no control and no sheet lies over, less the room that labels need at its rim.
function freeArea() {
  const canvas = byId("canvas").getBoundingClientRect();
  const panel = byId("panel").getBoundingClientRect();
  const covered = panel.height > 0 && panel.left < canvas.right - 1 ? Math.max(0, canvas.bottom - panel.top) : 0;
  const [left, right] = [Math.min(72, canvas.width * 0.1), Math.min(84, canvas.width * 0.1)];
  const [top, bottom] = [44, (covered || 46) + 50];
  return { left, top, width: Math.max(canvas.width - left - right, 60), height: Math.max(canvas.height - top - bottom, 60) };
}

// Puts `position` in the middle of the free part of the canvas.
function moveCamera(position, scale, quick) {
  const area = freeArea();
  const { clientWidth, clientHeight } = byId("canvas");
  const offset = { x: area.left + area.width / 2 - clientWidth / 2, y: area.top + area.height / 2 - clientHeight / 2 };
  const animation = quick || calm() ? false : { duration: 350, easingFunction: "easeInOutQuad" };
  scene.network.moveTo({ position, scale, offset, animation });
}

export function steer(event) {
  const step = 60 / scene.network.getScale();
  const { x, y } = scene.network.getViewPosition();
  const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
  const move = moves[event.key];
  if (move) scene.network.moveTo({ position: { x: x + move[0], y: y + move[1] } });
  else if (event.key === "+" || event.key === "=") zoom(1.3);
  else if (event.key === "-") zoom(1 / 1.3);
  else if (event.key === "0") fitAll();
  else return;
  event.preventDefault();
}
