// One box over names, aliases, offices and quotes; diacritics, case and đ do not matter.

import { classes, entities, statements } from "./data.js";
import { byId, el, fill } from "./dom.js";
import { choose, chooseStatement, isAsking, stopAsking } from "./pick.js";
import { icon } from "./shapes.js";
import { words } from "./statement.js";
import { number, t, termLabel } from "./strings.js";
import { findFolded, fold } from "./text.js";

const PER_KIND = 6;
const QUOTES = 8;
const WAIT = 60;

let index = null;
let paragraphs = null;
let input = null;
let list = null;
let active = -1;
let options = [];

export function drawSearch() {
  const typed = input?.value ?? "";
  input = el("input", {
    type: "search",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "search-results",
    "aria-label": t("searchLabel"),
    placeholder: t("search"),
    oninput: later(show),
    onkeydown: key,
    onfocus: () => input.value && show(),
  });
  input.value = typed;
  list = el("div", { id: "search-results", role: "listbox", "aria-label": t("searchLabel"), hidden: true });
  fill(byId("search"), input, list, el("p", { class: "visually-hidden", id: "search-status", role: "status" }));
}

export function startSearch() {
  document.addEventListener("click", (event) => {
    if (!byId("search").contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      input.focus();
    }
    if (event.key === "Escape" && isAsking() && !typing) stopAsking();
  });
}

function later(action) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, WAIT);
  };
}

function ready() {
  index ??= entities.map((entity) => ({ entity, names: [entity.name, ...entity.aliases, ...entity.positions].map(fold), alias: entity.aliases.length }));
}

// Lower is better: the whole name, its start, a word's start, an alias, an office, anywhere; null for no match.
function score({ names, alias }, query, parts) {
  let best = null;
  for (let i = 0; i < names.length; i += 1) {
    const rank = matchRank(names[i], query, parts);
    if (rank === null) continue;
    const where = i === 0 ? 0 : i <= alias ? 1 : 4;
    if (best === null || rank + where < best) best = rank + where;
  }
  return best;
}

function matchRank(name, query, parts) {
  if (name === query) return 0;
  if (name.startsWith(query)) return 2;
  if (name.includes(` ${query}`)) return 3;
  if (parts.length > 1 && parts.every((part) => name.startsWith(part) || name.includes(` ${part}`))) return 4;
  return name.includes(query) ? 6 : null;
}

function findEntities(query) {
  ready();
  const parts = query.split(/\s+/);
  const found = [];
  for (const item of index) {
    const rank = score(item, query, parts);
    if (rank !== null) found.push({ rank, entity: item.entity });
  }
  return found.sort((one, other) => one.rank - other.rank || one.entity.id - other.entity.id);
}

function findQuotes(query) {
  if (query.length < 3) return [];
  paragraphs ??= new Map();
  const found = [];
  for (const statement of statements) {
    for (const evidence of statement.evidence) {
      let folded = paragraphs.get(evidence);
      if (folded === undefined) {
        folded = fold(evidence.paragraph.slice(evidence.start, evidence.end));
        paragraphs.set(evidence, folded);
      }
      if (!folded.includes(query)) continue;
      const quote = evidence.paragraph.slice(evidence.start, evidence.end);
      if (found.some((one) => one.quote === quote)) continue;
      found.push({ statement, quote });
      break;
    }
    if (found.length === QUOTES) break;
  }
  return found;
}

function show() {
  const query = fold(input.value.trim()).replace(/\s+/g, " ");
  options = [];
  active = -1;
  if (!query) return hide();
  const groups = entityGroups(query);
  const quotes = isAsking() ? [] : findQuotes(query);
  if (quotes.length) groups.push(group(t("quotes"), null, quotes.map(({ statement, quote }) => quoteOption(statement, quote, query))));
  fill(list, groups.length ? groups : el("p", { class: "nothing", role: "option", "aria-disabled": "true" }, t("noResult")));
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  byId("search-status").textContent = options.length ? t("results", { n: number(options.length) }) : t("noResult");
  if (options.length) activate(0);
  return undefined;
}

// Classes in the order of their best result.
function entityGroups(query) {
  const byKind = new Map();
  for (const { entity } of findEntities(query)) {
    if (!byKind.has(entity.kind)) byKind.set(entity.kind, []);
    if (byKind.get(entity.kind).length < PER_KIND) byKind.get(entity.kind).push(entity);
  }
  return [...byKind].map(([kind, found]) => group(termLabel(kind), kind, found.map((entity) => entityOption(entity, query))));
}

function group(title, kind, members) {
  const id = `search-group-${kind ? classes.indexOf(kind) : "quotes"}`;
  return el("div", { role: "group", "aria-labelledby": id }, el("div", { class: "group-title", id, role: "presentation" }, kind && icon(kind), title), members);
}

function entityOption(entity, query) {
  const other = [...entity.aliases, ...entity.positions].find((name) => fold(name).includes(query));
  const detail = fold(entity.name).includes(query) ? entity.positions[0] : other;
  return option(() => choose(entity), marked(entity.name, query), detail && el("small", {}, marked(detail, query)));
}

function quoteOption(statement, quote, query) {
  const at = findFolded(quote, query) ?? [0, 0];
  const from = at[0] > 40 ? quote.indexOf(" ", at[0] - 40) + 1 : 0;
  const snippet = `${from ? "…" : ""}${quote.slice(from, at[1] + 60)}${at[1] + 60 < quote.length ? "…" : ""}`;
  return option(() => chooseStatement(statement), el("span", { class: "quote" }, marked(snippet, query)), el("small", {}, words(statement)));
}

function option(action, ...content) {
  const number_ = options.length;
  const element = el("div", { role: "option", id: `search-option-${number_}`, lang: "vi", "aria-selected": "false", onclick: () => take(number_) }, content);
  element.addEventListener("pointermove", () => active !== number_ && activate(number_));
  options.push({ element, action });
  return element;
}

function marked(text, query) {
  const at = findFolded(text, query);
  if (!at) return text;
  return [text.slice(0, at[0]), el("mark", {}, text.slice(at[0], at[1])), text.slice(at[1])];
}

function activate(number_) {
  options[active]?.element.setAttribute("aria-selected", "false");
  active = number_;
  const { element } = options[active];
  element.setAttribute("aria-selected", "true");
  input.setAttribute("aria-activedescendant", element.id);
  element.scrollIntoView({ block: "nearest" });
}

function take(number_) {
  const { action } = options[number_];
  hide();
  input.value = "";
  action();
}

function hide() {
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function key(event) {
  const open = !list.hidden && options.length > 0;
  if (event.key === "Escape") {
    if (list.hidden && isAsking()) stopAsking();
    else if (list.hidden) input.value = "";
    hide();
  } else if (event.key === "ArrowDown" && list.hidden) show();
  else if (event.key === "ArrowDown" && open) activate((active + 1) % options.length);
  else if (event.key === "ArrowUp" && open) activate((active - 1 + options.length) % options.length);
  else if (event.key === "Enter" && open && active >= 0) take(active);
  else return;
  event.preventDefault();
}
