// One entity chosen for another: while a choice is open, a click or a search result answers it.

import { setState, state } from "./state.js";
import { byId, button, fill } from "./dom.js";
import { t } from "./strings.js";

let waiting = null;

export function askFor(message, answer) {
  waiting = answer;
  const toast = byId("toast");
  fill(toast, message, " ", button(t("cancel"), stopAsking, { class: "link" }));
  toast.classList.add("shown", "asking");
  document.querySelector("#search input").focus();
}

export function stopAsking() {
  waiting = null;
  byId("toast").classList.remove("shown", "asking");
}

export function isAsking() {
  return waiting !== null;
}

export function choose(entity) {
  if (waiting) {
    const answer = waiting;
    stopAsking();
    answer(entity);
  } else setState({ sel: entity.key, st: "" });
}

export function choosePair(pair, statement = null) {
  setState({ sel: `${pair.a.key} ${pair.b.key}`, st: statement ? statement.key : "" });
}

// The panel of a statement: that of its two entities, or of its subject where the object is a text.
export function chooseStatement(statement) {
  const pair = statement.object ? statement.subject.pairs.get(statement.object) : null;
  if (pair) choosePair(pair, statement);
  else setState({ sel: statement.subject.key, st: statement.key });
}

let hiding = 0;

export function say(message) {
  const toast = byId("toast");
  stopAsking();
  toast.textContent = message;
  toast.classList.add("shown");
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    if (!isAsking()) toast.classList.remove("shown");
  }, 4000);
}

export function closePanel() {
  if (state().sel) setState({ sel: "", st: "" });
}
