// Vietnamese text as readers type and read it.

// Without diacritics and case, đ as d: "Đà Nẵng" and "da nang" are one word.
export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

// Where in `text` the folded query stands, as [start, end] in `text`, or null.
export function findFolded(text, query) {
  let folded = "";
  const origin = [];
  let at = 0;
  for (const character of text) {
    for (const unit of fold(character)) {
      folded += unit;
      for (let i = 0; i < unit.length; i += 1) origin.push(at);
    }
    at += character.length;
  }
  const start = folded.indexOf(query);
  if (start < 0) return null;
  const last = start + query.length;
  return [origin[start], last < origin.length ? origin[last] : text.length];
}

// At most `lines` lines of about `width` characters, of even length, broken at spaces; "…" stands for what is left.
export function wrap(text, width, lines) {
  const even = Math.ceil(text.length / Math.ceil(text.length / width)) + 2;
  const result = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line && line.length + 1 + word.length > even) {
      result.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  if (line) result.push(line);
  const cut = result.length > lines ? [...result.slice(0, lines - 1), `${result[lines - 1]}…`] : result;
  return cut.map((part) => (part.length > width * 1.6 ? `${part.slice(0, Math.round(width * 1.5))}…` : part));
}
