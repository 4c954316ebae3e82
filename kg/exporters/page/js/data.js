// The graph as objects that know each other, read once from the page's JSON block.

import { dayRange } from "./days.js";

const raw = JSON.parse(document.getElementById("graph-data").textContent);

export const palette = raw.palette;
export const counts = raw.counts;
export const prefixes = raw.prefixes;
export const classes = raw.classes.map((term, id) => ({ ...term, id, entities: 0 }));
export const relations = raw.relations.map((term, id) => ({ ...term, id }));
export const MODALITIES = ["asserted", "planned", "negated"];

export const articles = raw.articles.map((article) => ({
  key: article.k,
  id: article.i,
  title: article.t ?? null,
  date: article.d ?? null,
  outlet: article.o ?? "",
  url: article.u ?? null,
}));

export const entities = raw.entities.map((entity, id) => ({
  id,
  key: entity.k,
  name: entity.n,
  kind: classes[entity.c],
  aliases: entity.a ?? [],
  positions: entity.p ?? [],
  statements: [],
  quantities: [],
  pairs: new Map(),
}));
for (const entity of entities) entity.kind.entities += 1;

function readEvidence(list) {
  return (list ?? []).map((quote) => ({
    key: quote.k,
    article: articles[quote.a],
    paragraph: raw.paragraphs[quote.p],
    start: quote.s,
    end: quote.z,
    from: quote.x ?? null,
    to: quote.y ?? null,
  }));
}

export function quoteOf(evidence) {
  return evidence.paragraph.slice(evidence.start, evidence.end);
}

function publishedOn(evidence) {
  return evidence.map((quote) => quote.article.date).filter(Boolean).sort()[0] ?? null;
}

export const statements = raw.statements.map((statement, id) => {
  const evidence = readEvidence(statement.e);
  const date = statement.d ?? null;
  const published = date ? null : publishedOn(evidence);
  return {
    id,
    key: statement.k,
    subject: entities[statement.s],
    relation: relations[statement.r],
    object: statement.o === undefined ? null : entities[statement.o],
    literal: statement.l ?? null,
    modality: statement.m ?? "asserted",
    date,
    published,
    days: dayRange(date ?? published),
    details: statement.q ?? {},
    speaker: statement.b === undefined ? null : entities[statement.b],
    sources: statement.n ?? 1,
    confidence: statement.c ?? null,
    outlets: new Set(evidence.map((quote) => quote.article.outlet)),
    evidence,
  };
});

export const quantities = raw.quantities.map((quantity) => ({
  about: entities[quantity.a],
  text: quantity.t,
  evidence: readEvidence(quantity.e),
}));
for (const quantity of quantities) quantity.about.quantities.push(quantity);

// All statements between the same two entities are one line on the page. `a` is the more important entity.
export const pairs = new Map();

for (const statement of statements) {
  const { subject, object } = statement;
  subject.statements.push(statement);
  if (object === null) continue;
  if (object === subject) continue;
  object.statements.push(statement);
  const [a, b] = subject.id < object.id ? [subject, object] : [object, subject];
  const id = `${a.id}-${b.id}`;
  let pair = pairs.get(id);
  if (!pair) {
    pair = { id, a, b, statements: [] };
    pairs.set(id, pair);
    a.pairs.set(b, pair);
    b.pairs.set(a, pair);
  }
  pair.statements.push(statement);
}

const entityByKey = new Map(entities.map((entity) => [entity.key, entity]));

export function entityOf(key) {
  return entityByKey.get(key) ?? null;
}
