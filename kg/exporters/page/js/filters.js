// The legend that is the filter: every option with its count, switched on and off.

import { MODALITIES, articles, classes, relations } from "./data.js";
import { button, byId, el, fill } from "./dom.js";
import { maximumSources, selection } from "./selection.js";
import { icon, lineIcon } from "./shapes.js";
import { clearFilters, isFiltered, setState, toggled } from "./state.js";
import { number, t, termLabel } from "./strings.js";
import { drawTime } from "./time.js";

const outlets = [...new Set(articles.map((article) => article.outlet))].sort();
const MANY = 8;

export function drawFilters(now) {
  const { facets } = selection(now);
  const box = byId("filters");
  const focused = document.activeElement?.id;
  const scroll = box.scrollTop;
  const kinds = [...classes].sort((one, other) => other.entities - one.entities || one.id - other.id);
  const verbs = [...relations].sort((one, other) => facets.rel.get(other.n) - facets.rel.get(one.n) || one.id - other.id);
  fill(
    box,
    el("header", { class: "filters-head" }, el("h2", {}, t("filters")), isFiltered(now) && button(t("all"), clearFilters, { class: "link" })),
    facet("class", t("classes"), kinds.map((term) => [term.n, termLabel(term), facets.class.get(term.n).size, icon(term)]), now),
    facet("mod", t("modality"), MODALITIES.map((name) => [name, t(name), facets.mod.get(name), lineIcon(name)]), now),
    facet("rel", t("relations"), verbs.map((term) => [term.n, termLabel(term), facets.rel.get(term.n), null]), now),
    outlets.length > 1 && facet("src", t("outlets"), outlets.map((name) => [name, name || t("noOutlet"), facets.src.get(name) ?? 0, null]), now),
    minimum(now),
    drawTime(now, facets.time),
  );
  box.scrollTop = scroll;
  if (focused) byId(focused)?.focus();
}

const openLists = new Set();

function facet(name, title, options, now) {
  const long = options.length > MANY && name !== "class";
  const shown = long && !openLists.has(name) ? options.slice(0, MANY) : options;
  const more = long && button(openLists.has(name) ? t("collapse") : t("more", { n: options.length - MANY }), () => {
    if (openLists.has(name)) openLists.delete(name);
    else openLists.add(name);
    drawFilters(now);
  }, { class: "link", id: `more-${name}` });
  return el("fieldset", { class: "facet" }, el("legend", {}, title), shown.map((option) => facetOption(name, option, options, now)), more);
}

function facetOption(name, [value, label, count, picture], options, now) {
  const id = `filter-${name}-${options.findIndex((option) => option[0] === value)}`;
  const others = options.map((option) => option[0]).filter((other) => other !== value);
  const alone = others.length > 0 && others.every((other) => now[name].includes(other)) && !now[name].includes(value);
  return el(
    "div",
    { class: "option" },
    el(
      "label",
      { for: id },
      el("input", { type: "checkbox", id, checked: !now[name].includes(value), onchange: () => setState({ [name]: toggled(now[name], value) }) }),
      picture,
      el("span", { class: "option-name", lang: name === "src" ? "vi" : null }, label),
      el("span", { class: "count" }, number(count)),
    ),
    others.length > 0 && button(t("only"), () => setState({ [name]: alone ? [] : others }), { class: "only", id: `${id}-only`, "aria-label": t("onlyThis", { name: label }), "aria-pressed": String(alone) }),
  );
}

function minimum(now) {
  const most = Math.min(maximumSources(), 20);
  if (most < 2) return null;
  const text = (value) => (value > 1 ? t("minSources", { n: value }) : t("minOne"));
  const output = el("output", { for: "filter-min" }, text(now.min));
  const slider = el("input", {
    type: "range",
    id: "filter-min",
    min: 1,
    max: most,
    step: 1,
    "aria-label": t("minSourcesLabel"),
    "aria-valuetext": text(now.min),
    oninput: () => setState({ min: Number(slider.value) }, { replace: true }),
  });
  slider.value = String(now.min);
  return el("fieldset", { class: "facet" }, el("legend", {}, t("minSourcesLabel")), slider, output);
}
