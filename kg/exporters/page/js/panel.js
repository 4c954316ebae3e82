// The panel beside the graph: an entity, a pair, a path, or the overview, each with its proof.

import { articles, counts, entities, entityOf, statements } from "./data.js";
import { button, byId, el, fill } from "./dom.js";
import { copyText } from "./copy.js";
import { askFor, closePanel, say } from "./pick.js";
import { pairOfSelection, selection } from "./selection.js";
import { icon } from "./shapes.js";
import { correctionLine, evidenceBlock, nameButton, sentence, sourcesText, statementCard } from "./statement.js";
import { setState, state, toggled } from "./state.js";
import { number, t, termLabel } from "./strings.js";

const FIRST = 25;

export function drawPanel(now) {
  const panel = byId("panel");
  const chosen = selection(now);
  const pair = pairOfSelection(now);
  const entity = pair ? null : entityOf(now.sel);
  panel.classList.toggle("empty", !pair && !entity && now.path.length < 2);
  const passing = new Set(chosen.passing);
  if (pair) fill(panel, pairPanel(pair, passing, now));
  else if (entity) fill(panel, entityPanel(entity, passing, now));
  else if (now.path.length === 2) fill(panel, pathPanel(chosen, now));
  else fill(panel, overviewPanel(now));
  if (now.st) panel.querySelector(".card.opened")?.scrollIntoView({ block: "start" });
  else panel.scrollTop = 0;
}

function head(title, kicker, picture) {
  return el(
    "header",
    { class: "panel-head" },
    el("div", {}, el("p", { class: "kicker" }, picture, kicker), title),
    button("×", closePanel, { class: "close", "aria-label": t("close"), title: t("close") }),
  );
}

function entityPanel(entity, passing, now) {
  const list = ordered(entity.statements.filter((statement) => passing.has(statement)));
  return [
    head(el("h2", { lang: "vi" }, entity.name), termLabel(entity.kind), icon(entity.kind)),
    entity.positions.length > 0 && el("p", { class: "positions", lang: "vi" }, entity.positions.join(" · ")),
    entity.aliases.length > 0 && el("p", { class: "aliases" }, `${t("aliases")}: `, el("span", { lang: "vi" }, entity.aliases.join(", "))),
    entityTools(entity, now),
    entity.quantities.length > 0 && quantityList(entity),
    el("h3", {}, t("statementsN", { n: number(list.length) })),
    cards(list, now),
  ];
}

function entityTools(entity, now) {
  const { key } = entity;
  const focused = now.focus.includes(key);
  const others = now.focus.length > 0 && !focused;
  return el(
    "div",
    { class: "actions" },
    !focused && button(t("focusOn"), () => setState({ view: "graph", focus: [key], path: [] })),
    others && button(t("addFocus"), () => setState({ view: "graph", focus: [...now.focus, key], path: [] })),
    button(now.open.includes(key) ? t("collapse") : t("expand"), () => setState({ open: toggled(now.open, key) }), {
      "aria-pressed": String(now.open.includes(key)),
    }),
    button(now.pins.includes(key) ? t("unpin") : t("pin"), () => setState({ pins: toggled(now.pins, key) }), {
      "aria-pressed": String(now.pins.includes(key)),
    }),
    button(t("pathFrom"), () => askFor(t("pathPick", { name: entity.name }), (other) => showPath(entity, other))),
    button(t("same"), () => askFor(t("samePick", { name: entity.name }), (other) => copySame(entity, other))),
  );
}

function showPath(from, to) {
  setState({ view: "graph", path: [from.key, to.key], focus: [], sel: "", st: "" });
}

function copySame(entity, other) {
  if (entity === other) return;
  copyText(correctionLine("same", [entity.key, other.key], `${entity.name} = ${other.name}`), () => say(t("sameCopied")));
}

function quantityList(entity) {
  return [
    el("h3", {}, t("quantities")),
    el(
      "div",
      { class: "quantities" },
      entity.quantities.map((quantity) => el("details", {}, el("summary", { lang: "vi" }, quantity.text), quantity.evidence.map(evidenceBlock))),
    ),
  ];
}

function pairPanel(pair, passing, now) {
  const list = ordered(pair.statements.filter((statement) => passing.has(statement)));
  return [
    head(el("h2", { lang: "vi" }, t("between", { a: pair.a.name, b: pair.b.name })), t("statementsN", { n: number(list.length) })),
    cards(list, now),
  ];
}

function pathPanel(chosen, now) {
  const [from, to] = now.path.map(entityOf);
  if (!from || !to) return overviewPanel(now);
  const title = el("h2", { lang: "vi" }, t("pathTitle", { a: from.name, b: to.name }));
  if (!chosen.path) return [head(title, ""), el("p", {}, t("pathNone"))];
  const steps = chosen.path.slice(1).map((entity, index) => {
    const pair = chosen.path[index].pairs.get(entity);
    const best = ordered(chosen.pairs.get(pair))[0];
    return el("li", {}, sentence(best), el("p", { class: "line" }, sourcesText(best)), best.evidence.slice(0, 1).map(evidenceBlock));
  });
  return [head(title, t("pathSteps", { n: steps.length })), el("ol", { class: "chain" }, steps)];
}

function overviewPanel(now) {
  const pins = now.pins.map(entityOf).filter(Boolean);
  const best = [...statements].filter((s) => s.object && s.modality === "asserted");
  best.sort((one, other) => other.sources - one.sources || one.subject.id + one.object.id - other.subject.id - other.object.id);
  return [
    el("header", { class: "panel-head" }, el("h2", {}, t("overview"))),
    el("p", { class: "hint" }, t("hint")),
    el("p", {}, t("summary", { e: number(counts.entities), s: number(counts.statements), a: number(articles.length) })),
    pins.length > 0 && [el("h3", {}, t("pinned")), entityList(pins)],
    el("h3", {}, t("central")),
    entityList(entities.slice(0, 10)),
    el("h3", {}, t("supported")),
    el("ul", { class: "plain" }, best.slice(0, 6).map((statement) => el("li", {}, sentence(statement), el("p", { class: "line" }, sourcesText(statement))))),
  ];
}

function entityList(list) {
  return el(
    "ul",
    { class: "plain names" },
    list.map((entity) => el("li", {}, nameButton(entity), el("span", { class: "count" }, t("statementsN", { n: number(entity.statements.length) })))),
  );
}

function cards(list, now) {
  const opened = now.st ? list.findIndex((statement) => statement.key === now.st) : -1;
  const box = el("div", { class: "cards" });
  const show = (from, upTo) => {
    box.append(...list.slice(from, upTo).map((statement) => statementCard(statement, { opened: statement.key === now.st })));
    if (upTo >= list.length) return;
    const more = button(t("more", { n: number(Math.min(FIRST, list.length - upTo)) }), () => {
      more.remove();
      show(upTo, upTo + FIRST);
    }, { class: "more" });
    box.append(more);
  };
  show(0, Math.max(FIRST, opened + 1));
  return list.length ? box : el("p", {}, t("empty"));
}

// Best supported first, then the latest; what is denied last.
function ordered(list) {
  const rank = { asserted: 0, planned: 1, negated: 2 };
  return [...list].sort(
    (one, other) =>
      rank[one.modality] - rank[other.modality] ||
      (other.literal === null) - (one.literal === null) ||
      other.sources - one.sources ||
      (other.days?.[0] ?? 0) - (one.days?.[0] ?? 0) ||
      one.id - other.id,
  );
}

export function drawTrail(now) {
  const trail = byId("trail");
  const chosen = selection(now);
  const roots = now.focus.map(entityOf).filter(Boolean);
  const ends = now.path.map(entityOf).filter(Boolean);
  const pathShown = ends.length === 2;
  trail.hidden = !pathShown && !roots.length;
  if (trail.hidden) return;
  const text = pathShown
    ? t("pathTrail", { a: ends[0].name, b: ends[1].name })
    : t("focusTrail", { n: now.depth, names: roots.map((entity) => entity.name).join(", ") }) + (chosen.cut ? ` (${t("cut")})` : "");
  const depths = el(
    "span",
    { class: "depths", role: "group", "aria-label": t("depth") },
    t("depth"),
    [1, 2, 3].map((depth) => button(String(depth), () => setState({ depth }), { "aria-pressed": String(state().depth === depth) })),
  );
  fill(trail, el("span", { class: "trail-text" }, text), !pathShown && depths, button(t("whole"), () => setState({ focus: [], path: [], open: [] })));
}
