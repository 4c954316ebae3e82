// Text to the clipboard and files to the reader's disk, without any network.

import { say } from "./pick.js";
import { t } from "./strings.js";

export async function copyText(text, done) {
  if (await copied(text)) done();
  else say(t("copyFailed") + text);
}

// Pages opened from a file may be refused the clipboard interface; the older command then serves.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

export function saveFile(name, content) {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  say(t("saved", { name }));
}
