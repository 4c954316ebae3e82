// A word about what is under the mouse.

import { entities } from "./data.js";
import { byId, el, fill } from "./dom.js";
import { linkAt } from "./links.js";
import { scene } from "./scene.js";
import { number, t, termLabel } from "./strings.js";

const PAUSE = 60;
let last = 0;

export function hover(event) {
  if (event.pointerType !== "mouse" || event.buttons || event.timeStamp - last < PAUSE) return;
  last = event.timeStamp;
  const frame = byId("canvas").getBoundingClientRect();
  const point = { x: event.clientX - frame.left, y: event.clientY - frame.top };
  const id = scene.network.getNodeAt(point);
  const pair = id === undefined ? linkAt(point) : null;
  byId("canvas").classList.toggle("over", id !== undefined || pair !== null);
  if (id !== undefined) showTip(point, entities[id].name, `${termLabel(entities[id].kind)} · ${t("statementsN", { n: number(entities[id].statements.length) })}`);
  else if (pair) {
    showTip(point, `${pair.a.name} – ${pair.b.name}`, [...new Set(scene.links.get(pair).map((s) => termLabel(s.relation)))].join(", "));
  } else showTip(null);
}

export function showTip(point, title, detail) {
  const tip = byId("tip");
  tip.hidden = !point;
  if (!point) return;
  fill(tip, title, el("small", {}, detail));
  const limit = byId("canvas").clientWidth - tip.offsetWidth - 8;
  tip.style.left = `${Math.max(8, Math.min(point.x + 14, limit))}px`;
  tip.style.top = `${Math.max(8, point.y + 16 + tip.offsetHeight > byId("canvas").clientHeight ? point.y - tip.offsetHeight - 10 : point.y + 16)}px`;
}
