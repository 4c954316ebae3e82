// One statement as a card: in words, with what is known of it, and the sentence that proves it.

import { button, el, webAddress } from "./dom.js";
import { choose, say } from "./pick.js";
import { icon, lineIcon } from "./shapes.js";
import { dateText, number, t, termLabel } from "./strings.js";
import { copyText } from "./copy.js";

export function nameButton(entity) {
  return el("button", { type: "button", class: "name", lang: "vi", onclick: () => choose(entity) }, icon(entity.kind), entity.name);
}

export function objectOf(statement) {
  return statement.object ? statement.object.name : statement.literal;
}

// "Tô Lâm tiếp Kuroiwa Yuji"
export function words(statement) {
  return `${statement.subject.name} ${termLabel(statement.relation)} ${objectOf(statement)}`;
}

export function sentence(statement) {
  const object = statement.object ? nameButton(statement.object) : el("span", { class: "literal", lang: "vi" }, statement.literal);
  return el(
    "p",
    { class: `sentence ${statement.modality}` },
    nameButton(statement.subject),
    " ",
    el("em", { class: "relation" }, termLabel(statement.relation)),
    " ",
    object,
  );
}

export function badge(modality) {
  return el("span", { class: `badge ${modality}` }, lineIcon(modality), t(modality));
}

export function sourcesText(statement) {
  return statement.sources === 1 ? t("oneSource") : t("sources", { n: number(statement.sources) });
}

export function statementCard(statement, { opened = false } = {}) {
  const facts = Object.entries(statement.details).flatMap(([name, value]) => [
    el("dt", {}, t(name)),
    el("dd", { lang: "vi" }, value),
  ]);
  if (statement.speaker) facts.push(el("dt", {}, t("saidBy")), el("dd", {}, nameButton(statement.speaker)));
  return el(
    "article",
    { class: `card ${statement.modality}${opened ? " opened" : ""}`, "data-key": statement.key },
    sentence(statement),
    el(
      "p",
      { class: "line" },
      badge(statement.modality),
      statement.date && el("time", { datetime: statement.date.split("/")[0] }, dateText(statement.date)),
      el("span", { class: "count" }, sourcesText(statement)),
    ),
    facts.length > 0 && el("dl", { class: "facts" }, facts),
    statement.evidence.map(evidenceBlock),
    el("p", { class: "tools" }, button(t("wrong"), () => copyWrong(statement), { class: "link", title: t("correct") })),
  );
}

export function evidenceBlock(evidence) {
  const { paragraph, start, end, article } = evidence;
  return el(
    "figure",
    { class: "evidence" },
    el("blockquote", { lang: "vi" }, paragraph.slice(0, start), el("mark", {}, paragraph.slice(start, end)), paragraph.slice(end)),
    el("figcaption", {}, citation(article)),
  );
}

function citation(article) {
  const title = article.title ?? article.id;
  const address = article.url && webAddress(article.url);
  const name = address
    ? el("a", { href: address, target: "_blank", rel: "noopener noreferrer", lang: "vi" }, title)
    : el("cite", { lang: "vi" }, title);
  const about = [article.outlet, article.date && dateText(article.date)].filter(Boolean).join(", ");
  const address_as_text = article.url && !address ? ` (${article.url})` : "";
  return [name, about && el("span", { class: "about" }, ` — ${about}`), address_as_text];
}

function copyWrong(statement) {
  copyText(correctionLine("reject", [statement.key], words(statement)), () => say(t("wrongCopied")));
}

// A line for the corrections file; the comment is for people and must not leave its line.
export function correctionLine(kind, keys, comment) {
  const plain = comment.replace(/[\s\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, " ");
  const value = keys.length === 1 ? keys[0] : `[${keys.join(", ")}]`;
  return `- ${kind}: ${value}  # ${plain}\n`;
}
