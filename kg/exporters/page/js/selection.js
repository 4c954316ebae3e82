// Which statements and entities the filters, the focus and the path leave, and how many each option would.

import { MODALITIES, classes, counts, entities, entityOf, relations, statements } from "./data.js";
import { neighbourhood, shortestPath } from "./paths.js";
import { isFiltered } from "./state.js";

let cachedFor = null;
let cached = null;

// A canvas holds some 2,000 entities; a focus beyond that shows its most important ones, and the page says so.
const MOST = 2000;
const OPENED = 150;

// { statements, passing, pairs: Map pair → statements, shown: Set of drawn entities, facets, path, cut }
export function selection(now) {
  if (cachedFor !== now) {
    cached = select(now);
    cachedFor = now;
  }
  return cached;
}

function select(now) {
  const facets = emptyFacets();
  const passing = statements.filter((statement) => passes(statement, now, facets));
  const passingPairs = groupByPair(passing);
  const live = new Set();
  for (const statement of passing) {
    live.add(statement.subject);
    if (statement.object) live.add(statement.object);
  }
  const present = (list) => list.map(entityOf).filter(Boolean);
  const lets = (pair) => passingPairs.has(pair);
  const pins = present(now.pins);
  const ends = present(now.path);
  const roots = present(now.focus);
  let scope = null;
  let path = null;
  let cut = false;
  if (ends.length === 2) {
    path = shortestPath(ends[0], ends[1], (pair) => strength(passingPairs.get(pair)));
    scope = new Set([...(path ?? ends), ...pins]);
  } else if (roots.length) {
    scope = new Set([...neighbourhood(roots, now.depth, lets), ...pins]);
    for (const entity of opened(present(now.open).filter((one) => scope.has(one)), lets)) scope.add(entity);
    cut = scope.size > MOST;
    if (cut) scope = new Set([...roots, ...pins, ...mostImportant(scope, MOST)]);
  }
  const within = scope ? passing.filter((s) => scope.has(s.subject) && (!s.object || scope.has(s.object))) : passing;
  return { passing, statements: within, pairs: passingPairs, shown: shownEntities(now, scope, live, pins, lets), facets, path, cut };
}

function mostImportant(some, count) {
  return [...some].sort((one, other) => one.id - other.id).slice(0, count);
}

// The entities and the most important neighbours of each.
function opened(roots, lets) {
  return roots.flatMap((root) => [root, ...mostImportant([...root.pairs].filter(([, pair]) => lets(pair)).map(([other]) => other), OPENED)]);
}

function shownEntities(now, scope, live, pins, lets) {
  if (scope) return scope;
  const off = new Set(now.class);
  const filtered = isFiltered({ ...now, class: [] });
  const base = entities.slice(0, counts.drawn);
  const expanded = opened(now.open.map(entityOf).filter(Boolean), lets);
  const selected = now.sel.split(" ").map(entityOf).filter(Boolean);
  const shown = new Set();
  for (const entity of [...base, ...expanded, ...selected]) {
    if (off.has(entity.kind.n)) continue;
    if (live.has(entity) || (!filtered && (now.class.length === 0 || entity.statements.length === 0))) shown.add(entity);
  }
  for (const entity of pins) shown.add(entity);
  return shown;
}

function groupByPair(list) {
  const groups = new Map();
  for (const statement of list) {
    const { subject, object } = statement;
    if (!object || subject === object) continue;
    const pair = subject.pairs.get(object);
    const group = groups.get(pair);
    if (group) group.push(statement);
    else groups.set(pair, [statement]);
  }
  return groups;
}

function strength(group) {
  if (!group) return 0;
  return group.reduce((sum, s) => sum + (s.modality === "asserted" ? s.sources : s.sources / 4), 0);
}

const FACETS = ["class", "rel", "mod", "src", "min", "time"];

function emptyFacets() {
  return {
    class: new Map(classes.map((term) => [term.n, new Set()])),
    rel: new Map(relations.map((term) => [term.n, 0])),
    mod: new Map(MODALITIES.map((name) => [name, 0])),
    src: new Map(),
    min: new Map(),
    time: [],
  };
}

// Whether a statement passes every filter. A statement that only one filter stops still counts beside that filter's
// options: the count says what choosing the option would bring.
function passes(statement, now, facets) {
  const failed = [];
  const { subject, object, days } = statement;
  if (now.class.includes(subject.kind.n) || (object && now.class.includes(object.kind.n))) failed.push("class");
  if (now.rel.includes(statement.relation.n)) failed.push("rel");
  if (now.mod.includes(statement.modality)) failed.push("mod");
  if (now.src.length && [...statement.outlets].every((outlet) => now.src.includes(outlet))) failed.push("src");
  if (statement.sources < now.min) failed.push("min");
  if (now.from || now.to) {
    const outside = !days || (now.from && days[1] < now.from) || (now.to && days[0] > now.to);
    if (outside) failed.push("time");
  }
  if (failed.length > 1) return false;
  for (const facet of FACETS) {
    if (failed.length === 1 && failed[0] !== facet) continue;
    count(facets, facet, statement);
  }
  return failed.length === 0;
}

function count(facets, facet, statement) {
  if (facet === "class") {
    facets.class.get(statement.subject.kind.n).add(statement.subject);
    if (statement.object) facets.class.get(statement.object.kind.n).add(statement.object);
  } else if (facet === "rel") add(facets.rel, statement.relation.n);
  else if (facet === "mod") add(facets.mod, statement.modality);
  else if (facet === "src") for (const outlet of statement.outlets) add(facets.src, outlet);
  else if (facet === "min") add(facets.min, statement.sources);
  else if (statement.days) facets.time.push(statement.days[0]);
}

function add(map, key) {
  map.set(key, (map.get(key) ?? 0) + 1);
}

export function maximumSources() {
  return statements.reduce((most, statement) => Math.max(most, statement.sources), 1);
}

export function pairOfSelection(now) {
  const [one, other] = now.sel.split(" ").map(entityOf);
  if (!one || !other) return null;
  return one.pairs.get(other) ?? null;
}
