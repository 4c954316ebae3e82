// Time: a histogram of statements, a slider with two ends, and a walk through time.

import { statements } from "./data.js";
import { binOf, isoOf, nextBin } from "./days.js";
import { button, el, svg } from "./dom.js";
import { setState, state } from "./state.js";
import { dateText, number, t } from "./strings.js";

const bins = makeBins();
const unit = bins.unit;
const STEP = 700;
let timer = 0;

// Bins without gaps, by day for up to a quarter, by month for up to twelve years, else by year.
function makeBins() {
  const starts = statements.filter((statement) => statement.days).map((statement) => statement.days[0]);
  if (!starts.length) return { starts: [], unit: "day" };
  const low = starts.reduce((a, b) => Math.min(a, b));
  const high = starts.reduce((a, b) => Math.max(a, b));
  const width = high - low > 4400 ? "year" : high - low > 92 ? "month" : "day";
  const list = [];
  for (let at = binOf(low, width); at <= high; at = nextBin(at, width)) list.push(at);
  return { starts: list, unit: width };
}

function last(index) {
  return nextBin(bins.starts[index], unit) - 1;
}

function binText(index) {
  const iso = isoOf(bins.starts[index]);
  return dateText(unit === "year" ? iso.slice(0, 4) : unit === "month" ? iso.slice(0, 7) : iso);
}

function indexOf(day, fallback) {
  if (!day) return fallback;
  const index = bins.starts.findIndex((start, i) => day >= start && day <= last(i));
  return index < 0 ? fallback : index;
}

export function drawTime(now, days) {
  const { starts } = bins;
  if (starts.length < 2) return null;
  const end = starts.length - 1;
  const from = indexOf(now.from, 0);
  const to = indexOf(now.to, end);
  const low = slider("filter-from", t("from"), from, end, (value) => between(value, Math.max(value, indexOf(state().to, end))));
  const high = slider("filter-to", t("to"), to, end, (value) => between(Math.min(value, indexOf(state().from, 0)), value));
  const playing = timer !== 0;
  return el(
    "fieldset",
    { class: "facet time" },
    el("legend", {}, t("time")),
    histogram(days, from, to),
    el("div", { class: "sliders" }, low, high),
    el("p", { class: "range" }, el("output", { for: "filter-from" }, binText(from)), " – ", el("output", { for: "filter-to" }, binText(to))),
    button(playing ? t("stop") : t("play"), playing ? stopPlaying : play, { id: "filter-play", class: "play" }),
    el("p", { class: "small" }, t("timeNote")),
  );
}

function slider(id, label, value, end, change) {
  const input = el("input", { type: "range", id, min: 0, max: end, step: 1, "aria-label": label, "aria-valuetext": binText(value), oninput: () => change(Number(input.value)) });
  input.value = String(value);
  return input;
}

function between(from, to) {
  const whole = from === 0 && to === bins.starts.length - 1;
  setState({ from: whole ? 0 : bins.starts[from], to: whole ? 0 : last(to) }, { replace: true });
}

function histogram(days, from, to) {
  const index = new Map(bins.starts.map((start, i) => [start, i]));
  const heights = new Array(bins.starts.length).fill(0);
  for (const day of days) heights[index.get(binOf(day, unit))] += 1;
  const most = Math.max(...heights, 1);
  const width = 100 / heights.length;
  const picture = svg("svg", { viewBox: "0 0 100 40", preserveAspectRatio: "none", class: "histogram", role: "img", "aria-label": `${binText(0)} – ${binText(heights.length - 1)}: ${number(days.length)}` });
  heights.forEach((height, i) => {
    if (!height) return;
    const tall = Math.max((height / most) * 38, 2);
    picture.append(svg("rect", { x: i * width, y: 40 - tall, width: Math.max(width * 0.82, 0.35), height: tall, class: i >= from && i <= to ? "in" : "out" }));
  });
  return picture;
}

// The far end walks from the first bin to the last; nothing moves unless the reader asks.
function play() {
  const end = bins.starts.length - 1;
  const from = indexOf(state().from, 0);
  let to = from;
  timer = setInterval(() => {
    if (to > end) return stopPlaying();
    between(from, to);
    to += Math.max(1, Math.round((end - from) / 40));
    return undefined;
  }, STEP);
  between(from, from);
}

function stopPlaying() {
  clearInterval(timer);
  timer = 0;
  between(indexOf(state().from, 0), bins.starts.length - 1);
}
