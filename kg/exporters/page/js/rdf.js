// The selection as Turtle in the graph's own profile, and as CSV.

import { prefixes, quoteOf } from "./data.js";
import { objectOf } from "./statement.js";

const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function literal(text, suffix = "@vi") {
  const body = text.replace(/[\\"\n\r\t]/g, (one) => ESCAPES[one]).replace(/[\u0000-\u001f\u007f]/g, hex);
  return `"${body}"${suffix}`;
}

function hex(character) {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`;
}

// Keys are prefixed names, or IRIs in angle brackets whose odd characters Turtle wants escaped.
function iri(key) {
  if (!key.startsWith("<")) return key;
  return `<${key.slice(1, -1).replace(/[\u0000-\u0020<>"{}|^\x60\\]/g, hex)}>`;
}

function block(key, pairs) {
  const lines = pairs.filter(([, value]) => value !== null && value !== undefined).map(([name, value]) => `${name} ${value}`);
  return `${iri(key)} ${lines.join(" ;\n    ")} .\n`;
}

function typed(date) {
  const kind = { 4: "gYear", 7: "gYearMonth", 10: "date" }[date.length];
  return kind ? `"${date}"^^xsd:${kind}` : literal(date, "");
}

function datePairs(date) {
  if (!date) return [];
  if (!date.includes("/")) return [["kg:date", typed(date)]];
  const [start, end] = date.split("/");
  return [["kg:startDate", start === ".." ? null : typed(start)], ["kg:endDate", end === ".." ? null : typed(end)]];
}

export function toTurtle(list) {
  const parts = [Object.entries(prefixes).map(([name, namespace]) => `@prefix ${name}: <${namespace}> .\n`).join("")];
  const seen = new Set();
  const once = (thing, write) => {
    if (thing && !seen.has(thing.key)) {
      seen.add(thing.key);
      parts.push(write(thing));
    }
  };
  for (const statement of list) {
    once(statement.subject, entityBlock);
    once(statement.object, entityBlock);
    once(statement.speaker, entityBlock);
    for (const evidence of statement.evidence) {
      once(evidence.article, articleBlock);
      once(evidence, evidenceBlockOf);
    }
    parts.push(statementBlock(statement));
  }
  return parts.join("\n");
}

function entityBlock(entity) {
  return block(entity.key, [["a", entity.kind.k.includes(":") ? iri(entity.kind.k) : null], ["rdfs:label", literal(entity.name)], ...entity.aliases.map((alias) => ["skos:altLabel", literal(alias)])]);
}

function articleBlock({ key, id, title, date, outlet, url }) {
  return block(key, [
    ["a", "schema:NewsArticle"],
    ["dcterms:identifier", literal(id, "")],
    ["schema:headline", title && literal(title)],
    ["schema:datePublished", date && typed(date)],
    ["schema:publisher", outlet ? literal(outlet, "") : null],
    ["schema:url", url && literal(url, "^^xsd:anyURI")],
  ]);
}

function evidenceBlockOf(evidence) {
  return block(evidence.key, [
    ["a", "kg:Evidence"],
    ["kg:article", iri(evidence.article.key)],
    ["kg:quote", literal(quoteOf(evidence))],
    ["kg:paragraph", evidence.paragraph === quoteOf(evidence) ? null : literal(evidence.paragraph)],
    ["kg:start", evidence.from],
    ["kg:end", evidence.to],
  ]);
}

function statementBlock(statement) {
  const { subject, relation, object, literal: text, modality, details } = statement;
  const target = object ? iri(object.key) : literal(text);
  const articles = [...new Set(statement.evidence.map((evidence) => iri(evidence.article.key)))];
  const direct = modality === "asserted" ? `${iri(subject.key)} ${iri(relation.k)} ${target} .\n` : "";
  const node = block(statement.key, [
    ["a", "kg:Statement"],
    ["rdf:subject", iri(subject.key)],
    ["rdf:predicate", iri(relation.k)],
    ["rdf:object", target],
    ["kg:modality", `kg:${modality}`],
    ...datePairs(statement.date),
    ...Object.entries(details).map(([name, value]) => [`kg:${name}`, literal(value)]),
    ["kg:saidBy", statement.speaker && iri(statement.speaker.key)],
    ["kg:confidence", statement.confidence === null ? null : literal(String(statement.confidence), "^^xsd:decimal")],
    ["kg:evidence", statement.evidence.length ? statement.evidence.map((evidence) => iri(evidence.key)).join(", ") : null],
    ["prov:wasDerivedFrom", articles.length ? articles.join(", ") : null],
  ]);
  return direct + node;
}

const HEADER = ["statement", "subject", "relation", "object", "modality", "date", "place", "amount", "field", "role", "level", "occasion", "said_by", "sources", "quote", "article", "title", "article_date", "outlet", "url"];

// A spreadsheet must not take news for a formula.
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

export function toCsv(list) {
  const rows = list.flatMap((s) =>
    (s.evidence.length ? s.evidence : [null]).map((evidence) => [
      s.key, s.subject.name, s.relation.n, objectOf(s), s.modality, s.date,
      ...["place", "amount", "field", "role", "level", "occasion"].map((name) => s.details[name]),
      s.speaker?.name, s.sources,
      evidence && quoteOf(evidence), evidence?.article.id, evidence?.article.title, evidence?.article.date, evidence?.article.outlet, evidence?.article.url,
    ]),
  );
  return [HEADER, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}
