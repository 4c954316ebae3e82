// The selection as a table: sortable, readable by screen readers, ready to copy.

import { quoteOf } from "./data.js";
import { button, byId, el, fill } from "./dom.js";
import { chooseStatement } from "./pick.js";
import { selection } from "./selection.js";
import { badge, nameButton, objectOf } from "./statement.js";
import { dateText, number, t, termLabel } from "./strings.js";
import { takeTools } from "./takeaway.js";

const PAGE = 200;
const collator = new Intl.Collator("vi");
const COLUMNS = [
  ["subject", (s) => s.subject.name],
  ["relation", (s) => termLabel(s.relation)],
  ["object", objectOf],
  ["modality", (s) => t(s.modality)],
  ["date", (s) => s.date ?? ""],
  ["detail", (s) => Object.values(s.details).join("; ")],
  ["saidBy", (s) => s.speaker?.name ?? ""],
  ["sourceCount", (s) => s.sources],
  ["quote", (s) => (s.evidence.length ? quoteOf(s.evidence[0]) : "")],
];
let order = { column: "date", down: true };

function sortedStatements(list) {
  const value = COLUMNS.find(([name]) => name === order.column)[1];
  const way = order.down ? -1 : 1;
  const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));
  return [...list].sort((one, other) => way * compare(value(one), value(other)) || one.id - other.id);
}

export function drawTable(now) {
  const view = byId("view-table");
  if (now.view !== "table") return fill(view);
  const list = sortedStatements(selection(now).statements);
  const body = el("tbody");
  addRows(body, list, 0);
  return fill(
    view,
    takeTools(["csv", "turtle", "copyCsv", "copyTurtle", "copyLink", "print"]),
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "group", "aria-label": t("table") },
      el("table", {}, el("caption", {}, t("tableCaption", { n: number(list.length) })), el("thead", {}, el("tr", {}, COLUMNS.map(([name]) => heading(name, now)))), body),
    ),
  );
}

function heading(name, now) {
  const current = order.column === name;
  const sort = () => {
    order = { column: name, down: current ? !order.down : false };
    drawTable(now);
    byId(`sort-${name}`).focus();
  };
  const arrow = el("span", { class: "arrow", "aria-hidden": "true" }, current ? (order.down ? "▼" : "▲") : "");
  return el(
    "th",
    { scope: "col", class: `col-${name}`, "aria-sort": current ? (order.down ? "descending" : "ascending") : "none" },
    button([t(name), arrow], sort, { id: `sort-${name}`, title: t("sortBy", { name: t(name) }) }),
  );
}

function addRows(body, list, from) {
  body.append(...list.slice(from, from + PAGE).map(row));
  const left = list.length - from - PAGE;
  if (left <= 0) return;
  const more = el("tr", {}, el("td", { colspan: COLUMNS.length }, button(t("more", { n: number(Math.min(PAGE, left)) }), () => {
    more.remove();
    addRows(body, list, from + PAGE);
  }, { class: "more" })));
  body.append(more);
}

function row(statement) {
  return el(
    "tr",
    { class: statement.modality },
    el("th", { scope: "row" }, nameButton(statement.subject)),
    el("td", {}, termLabel(statement.relation)),
    el("td", { lang: "vi" }, statement.object ? nameButton(statement.object) : statement.literal),
    el("td", {}, badge(statement.modality)),
    el("td", { class: "nowrap" }, statement.date ? dateText(statement.date) : ""),
    el("td", { lang: "vi" }, Object.values(statement.details).join("; ")),
    el("td", {}, statement.speaker && nameButton(statement.speaker)),
    el("td", { class: "number" }, number(statement.sources)),
    el("td", { class: "col-quote", lang: "vi" }, quoteButton(statement)),
  );
}

export function quoteButton(statement) {
  if (!statement.evidence.length) return null;
  return button(quoteOf(statement.evidence[0]), () => chooseStatement(statement), { class: "quote", lang: "vi" });
}
