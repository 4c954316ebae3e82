// Joins the parts: every part draws itself from the state.

import { fitTo, reveal } from "./camera.js";
import { drawControls, refreshCanvas, startCanvas } from "./canvas.js";
import { articles, counts, entityOf } from "./data.js";
import { button, byId, el, fill } from "./dom.js";
import { drawFilters } from "./filters.js";
import { drawPanel, drawTrail } from "./panel.js";
import { drawSearch, startSearch } from "./search.js";
import { selection } from "./selection.js";
import { isFiltered, onState, setState, startState, state } from "./state.js";
import { language, number, setLanguage, t } from "./strings.js";
import { drawTable } from "./table.js";
import { takeTools } from "./takeaway.js";
import { isDark, onTheme, recall, setTheme, startTheme, store } from "./theme.js";
import { drawTimeline } from "./timeline.js";

const VIEWS = ["graph", "table", "timeline"];

function drawFrame() {
  document.documentElement.lang = language();
  document.title = t("title");
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.dataset.label));
  byId("summary").textContent = t("summary", { e: number(counts.entities), s: number(counts.statements), a: number(articles.length) });
  drawSettings();
  drawSearch();
  drawControls();
  fill(byId("take"), takeTools(["picture", "vector", "csv", "turtle", "copyLink", "print"]));
}

function drawSettings() {
  fill(
    byId("settings"),
    button(t("language"), switchLanguage, { id: "switch-language", lang: language() === "vi" ? "en" : "vi" }),
    button(isDark() ? t("light") : t("dark"), () => setTheme(!isDark(), { remember: true }), { id: "switch-theme" }),
  );
}

function drawViews(now) {
  fill(
    byId("views"),
    button([t("filters"), isFiltered(now) && el("span", { class: "dot", "aria-hidden": "true" })], toggleFilters, {
      id: "toggle-filters",
      "aria-expanded": String(byId("body").classList.contains("with-filters")),
      "aria-controls": "filters",
    }),
    VIEWS.map((view) => button(t(view), () => setState({ view }), { "data-view": view, "aria-current": now.view === view ? "page" : null })),
  );
  for (const view of VIEWS) byId(`view-${view}`).hidden = view !== now.view;
  byId("body").classList.toggle("reads", now.view !== "graph");
}

function toggleFilters() {
  byId("body").classList.toggle("with-filters");
  drawViews(state());
  byId("toggle-filters").focus();
}

function switchLanguage() {
  setLanguage(language() === "vi" ? "en" : "vi");
  store("language", language());
  drawFrame();
  drawAll(state());
  byId("switch-language").focus();
}

function drawAround(now) {
  drawViews(now);
  drawTrail(now);
  drawFilters(now);
  drawPanel(now);
  drawTable(now);
  drawTimeline(now);
}

function drawAll(now) {
  drawAround(now);
  refreshCanvas(now);
}

const KEEPS_PLACE = ["focus", "path", "depth"];

function follow(now, before) {
  const active = document.activeElement?.dataset.view;
  drawAll(now);
  if (active) document.querySelector(`[data-view="${active}"]`)?.focus();
  if (now.view !== "graph") return;
  if (KEEPS_PLACE.some((key) => String(now[key]) !== String(before[key]))) fitTo([...selection(now).shown]);
  else if (now.sel && now.sel !== before.sel) revealSelected(now);
}

function revealSelected(now) {
  const { shown } = selection(now);
  reveal(now.sel.split(" ").map(entityOf).filter((entity) => entity && shown.has(entity)));
}

function start() {
  startTheme();
  const preferred = (navigator.language || "vi").toLowerCase();
  setLanguage(recall("language") ?? (preferred.startsWith("vi") ? "vi" : "en"));
  startState();
  drawFrame();
  drawAround(state());
  startCanvas();
  revealSelected(state());
  onTheme(drawSettings);
  onState(follow);
  startSearch();
  document.documentElement.dataset.ready = "true";
}

start();
