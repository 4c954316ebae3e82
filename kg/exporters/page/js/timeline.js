// The selection by date, newest first; what has no date of its own stands apart, under its day of publication.

import { byId, button, el, fill } from "./dom.js";
import { selection } from "./selection.js";
import { badge, sentence, sourcesText } from "./statement.js";
import { dateText, number, t } from "./strings.js";
import { quoteButton } from "./table.js";
import { takeTools } from "./takeaway.js";

const PAGE = 150;

export function drawTimeline(now) {
  const view = byId("view-timeline");
  if (now.view !== "timeline") return fill(view);
  const list = [...selection(now).statements];
  list.sort((one, other) => !one.date - !other.date || end(other) - end(one) || one.id - other.id);
  const box = el("ol", { class: "days" });
  addDays(box, list, 0);
  const caption = el("p", { class: "caption" }, t("tableCaption", { n: number(list.length) }));
  return fill(view, takeTools(["csv", "turtle", "copyCsv", "copyTurtle", "copyLink", "print"]), caption, list.length ? box : el("p", {}, t("empty")));
}

function end(statement) {
  return statement.days ? statement.days[1] : -Infinity;
}

function addDays(box, list, from) {
  const part = list.slice(from, from + PAGE);
  let day = null;
  let items = null;
  for (const statement of part) {
    const title = heading(statement);
    if (title !== day) {
      day = title;
      items = el("ul", { class: "plain" });
      box.append(el("li", { class: statement.date ? "day" : "day undated" }, el("h3", {}, title), !statement.date && el("p", { class: "small" }, t("undatedNote")), items));
    }
    items.append(entry(statement));
  }
  const left = list.length - from - PAGE;
  if (left <= 0) return;
  const more = el("li", { class: "rest" }, button(t("more", { n: number(Math.min(PAGE, left)) }), () => {
    more.remove();
    addDays(box, list, from + PAGE);
  }, { class: "more" }));
  box.append(more);
}

function heading(statement) {
  if (statement.date) return dateText(statement.date);
  return statement.published ? t("published", { d: dateText(statement.published) }) : t("undated");
}

function entry(statement) {
  const details = Object.values(statement.details).join(" · ");
  return el(
    "li",
    { class: `entry ${statement.modality}` },
    sentence(statement),
    el("p", { class: "line" }, badge(statement.modality), details && el("span", { lang: "vi" }, details), el("span", { class: "count" }, sourcesText(statement))),
    quoteButton(statement),
  );
}
