// What the page shows, as one frozen value that lives in the URL's fragment: a link is a state, Back is a state.

const EMPTY = Object.freeze({
  view: "graph",
  sel: "",
  st: "",
  focus: [],
  depth: 1,
  path: [],
  pins: [],
  open: [],
  class: [],
  rel: [],
  mod: [],
  src: [],
  min: 1,
  from: 0,
  to: 0,
});
const VIEWS = ["graph", "table", "timeline"];
const listeners = [];
let current = EMPTY;

export function state() {
  return current;
}

export function onState(listener) {
  listeners.push(listener);
}

// `replace` leaves no step for the Back button: for sliders and the like.
export function setState(patch, { replace = false } = {}) {
  const next = Object.freeze({ ...current, ...patch });
  const fragment = encode(next);
  if (fragment === encode(current)) return;
  const address = fragment ? `#${fragment}` : location.pathname + location.search;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  change(next);
}

export function clearFilters() {
  setState({ class: [], rel: [], mod: [], src: [], min: 1, from: 0, to: 0 });
}

export function isFiltered(now) {
  return now.class.length + now.rel.length + now.mod.length + now.src.length > 0 || now.min > 1 || now.from + now.to > 0;
}

export function toggled(list, value) {
  return list.includes(value) ? list.filter((item) => item !== value) : [...list, value];
}

export function startState() {
  window.addEventListener("popstate", () => change(decode(location.hash)));
  change(decode(location.hash));
}

function change(next) {
  const before = current;
  current = next;
  for (const listener of listeners) listener(next, before);
}

// Outlets may hold any character, so items of a list are escaped before they are joined.
function encode(value) {
  const parts = [];
  for (const [key, fallback] of Object.entries(EMPTY)) {
    const now = value[key];
    if (Array.isArray(fallback)) {
      if (now.length) parts.push(`${key}=${now.map((item) => encodeURIComponent(item || "-")).join(",")}`);
    } else if (now !== fallback) parts.push(`${key}=${encodeURIComponent(now)}`);
  }
  return parts.join("&").replaceAll("%3A", ":");
}

function decode(fragment) {
  const result = { ...EMPTY };
  for (const part of fragment.replace(/^#/, "").split("&")) {
    const [key, text = ""] = part.split("=");
    if (!Object.hasOwn(EMPTY, key)) continue;
    const fallback = EMPTY[key];
    if (Array.isArray(fallback)) result[key] = text.split(",").map(plain).map((item) => (item === "-" ? "" : item));
    else if (typeof fallback === "number") result[key] = Number.isFinite(Number(text)) ? Math.round(Number(text)) : fallback;
    else result[key] = plain(text);
  }
  if (!VIEWS.includes(result.view)) result.view = "graph";
  result.depth = Math.min(Math.max(result.depth, 1), 3);
  return Object.freeze(result);
}

function plain(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
