// The drawn graph: vis-network brought in line with the state.

import { fitAll, steer, zoom } from "./camera.js";
import { counts, entities, entityOf } from "./data.js";
import { button, byId, fill } from "./dom.js";
import { hover, showTip } from "./hover.js";
import { drawLinks, groupLinks, linkAt } from "./links.js";
import { nodeColour, nodeOf, readPaints } from "./looks.js";
import { drawOver } from "./overlay.js";
import { choose, choosePair, closePanel, isAsking, stopAsking } from "./pick.js";
import { chain, freeSpot, rings } from "./positions.js";
import { scene } from "./scene.js";
import { selection } from "./selection.js";
import { setState, state, toggled } from "./state.js";
import { number, t } from "./strings.js";
import { onTheme } from "./theme.js";

const block = JSON.parse(document.getElementById("graph-nodes").textContent);
const nodeSet = new vis.DataSet();
const MANY = 400; // beyond this, rings say less than the communities do
let arrangedFor = "";
let arranged = false;

export function startCanvas() {
  block.places.forEach(([x, y], id) => {
    scene.home.set(entities[id], { x, y });
    scene.spots.set(entities[id], { x, y });
  });
  readPaints();
  const container = byId("canvas");
  container.setAttribute("tabindex", "0");
  container.setAttribute("role", "application");
  container.setAttribute("aria-describedby", "canvas-text");
  refreshCanvas(state());
  scene.network = new vis.Network(container, { nodes: nodeSet, edges: [] }, JSON.parse(block.options));
  scene.network.on("beforeDrawing", drawLinks);
  scene.network.on("afterDrawing", drawOver);
  scene.network.on("dragStart", ({ pointer }) => startPanning(pointer.DOM));
  scene.network.on("click", ({ pointer }) => click(pointer.DOM));
  scene.network.on("doubleClick", ({ pointer }) => expandAt(pointer.DOM));
  scene.network.on("dragEnd", ({ pointer }) => endDrag(pointer.DOM));
  container.addEventListener("keydown", steer);
  container.addEventListener("pointermove", hover);
  container.addEventListener("pointerleave", () => showTip(null));
  onTheme(repaint);
  fitAll({ quick: true });
}

function repaint() {
  readPaints();
  nodeSet.update([...nodeSet.getIds()].map((id) => ({ id, color: nodeColour(entities[id]) })));
}

// Brings the drawing in line with the state; nothing that stays moves.
export function refreshCanvas(now) {
  const chosen = selection(now);
  arrange(now, chosen);
  const added = [];
  const changes = [];
  for (const entity of scene.shown) if (!chosen.shown.has(entity)) changes.push({ id: entity.id, hidden: true });
  for (const entity of chosen.shown) {
    if (!scene.spots.has(entity)) scene.spots.set(entity, spotFor(entity, chosen.shown));
    if (!nodeSet.get(entity.id)) added.push(nodeOf(entity, false));
    else if (!scene.shown.has(entity)) changes.push(nodeOf(entity, false));
  }
  scene.shown = new Set([...chosen.shown].sort((one, other) => one.id - other.id));
  if (added.length) nodeSet.add(added);
  if (changes.length) nodeSet.update(changes);
  refreshLinks(chosen);
  describe(chosen);
  scene.network?.redraw();
}

function refreshLinks(chosen) {
  const next = new Map();
  for (const [pair, group] of chosen.pairs) if (scene.shown.has(pair.a) && scene.shown.has(pair.b)) next.set(pair, group);
  scene.links = next;
  groupLinks();
}

// Focus and path have an arrangement of their own; leaving them puts everything back where it was.
function arrange(now, chosen) {
  const key = JSON.stringify([now.focus, now.depth, now.path]);
  if (key === arrangedFor) return;
  arrangedFor = key;
  const own = ownArrangement(now, chosen);
  if (!own && !arranged) return;
  arranged = own !== null;
  const moved = [...(own ?? scene.home)];
  for (const [entity, spot] of moved) scene.spots.set(entity, spot);
  nodeSet.update(moved.filter(([entity]) => nodeSet.get(entity.id)).map(([entity, { x, y }]) => ({ id: entity.id, x, y })));
}

function ownArrangement(now, chosen) {
  if (chosen.path) return chain(chosen.path);
  const roots = now.path.length < 2 ? now.focus.map(entityOf).filter(Boolean) : [];
  return roots.length && chosen.shown.size <= MANY ? rings(roots, chosen.shown, now.depth) : null;
}

function spotFor(entity, members) {
  const known = [...entity.pairs.keys()].find((other) => members.has(other) && scene.spots.has(other));
  const { x, y } = known ? scene.spots.get(known) : { x: 0, y: 0 };
  const spot = freeSpot(x, y, [...members].filter((other) => scene.spots.has(other)).map((other) => scene.spots.get(other)));
  if (!scene.home.has(entity)) scene.home.set(entity, spot);
  return spot;
}

function startPanning(point) {
  scene.panning = scene.network.getNodeAt(point) === undefined;
}

function endDrag(point) {
  if (scene.panning) {
    scene.panning = false;
    scene.network.redraw();
  } else rememberDragged(point);
}

function rememberDragged(point) {
  const id = scene.network.getNodeAt(point);
  if (id === undefined) return;
  const spot = scene.network.getPosition(id);
  scene.spots.set(entities[id], spot);
  if (!state().focus.length && !state().path.length) scene.home.set(entities[id], spot);
}

function click(point) {
  const id = scene.network.getNodeAt(point);
  if (id !== undefined) return choose(entities[id]);
  const pair = linkAt(point);
  if (pair && !isAsking()) return choosePair(pair);
  if (isAsking()) stopAsking();
  else closePanel();
}

function expandAt(point) {
  const id = scene.network.getNodeAt(point);
  if (id !== undefined) setState({ open: toggled(state().open, entities[id].key) });
}

function describe(chosen) {
  const top = [...scene.shown].slice(0, 5).map((entity) => entity.name).join(", ");
  byId("canvas").setAttribute("aria-label", t("canvasLabel", { n: number(scene.shown.size), p: number(scene.links.size) }));
  byId("canvas-text").textContent = t("canvasText", { n: number(scene.shown.size), s: number(chosen.statements.length), top });
}

export function drawControls() {
  fill(
    byId("controls"),
    button("+", () => zoom(1.3), { "aria-label": t("zoomIn"), title: t("zoomIn") }),
    button("−", () => zoom(1 / 1.3), { "aria-label": t("zoomOut"), title: t("zoomOut") }),
    button("⤢", () => fitAll(), { "aria-label": t("fit"), title: t("fit") }),
  );
  const note = byId("note");
  const some = counts.drawn < counts.entities;
  note.hidden = !some;
  if (!some) return;
  const values = { n: number(counts.drawn), m: number(counts.entities), h: number(entities.length) };
  note.textContent = t(entities.length < counts.entities ? "heldNote" : "drawnNote", values);
}
