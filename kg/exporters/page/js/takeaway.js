// What readers take away: picture, table, RDF, link, paper.

import { copyText, saveFile } from "./copy.js";
import { button, el } from "./dom.js";
import { say } from "./pick.js";
import { toPng, toSvg } from "./picture.js";
import { toCsv, toTurtle } from "./rdf.js";
import { selection } from "./selection.js";
import { state } from "./state.js";
import { t } from "./strings.js";

const ACTIONS = {
  picture: async () => saveFile("graph.png", await toPng()),
  vector: () => saveFile("graph.svg", toSvg()),
  csv: () => saveFile("statements.csv", new Blob(["\ufeff", toCsv(selected())], { type: "text/csv" })),
  turtle: () => saveFile("statements.ttl", new Blob([toTurtle(selected())], { type: "text/turtle" })),
  copyCsv: () => copyText(toCsv(selected()), () => say(t("copied"))),
  copyTurtle: () => copyText(toTurtle(selected()), () => say(t("copied"))),
  copyLink: () => copyText(location.href, () => say(t("copied"))),
  print: () => window.print(),
};

function selected() {
  return selection(state()).statements;
}

export function takeTools(names) {
  return el("div", { class: "take", role: "group", "aria-label": t("download") }, names.map((name) => button(t(name), ACTIONS[name], { "data-take": name })));
}
