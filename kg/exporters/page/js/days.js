// Days as whole numbers, so that dates of any precision can be compared.

const DAY = 86_400_000;

function dayNumber(year, month, day) {
  return Math.round(Date.UTC(year, month - 1, day) / DAY);
}

// First and last day of an ISO date, month, year or START/END; null if there is none.
export function dayRange(iso) {
  if (!iso) return null;
  if (iso.includes("/")) {
    const [start, end] = iso.split("/").map((part) => (part === ".." ? null : dayRange(part)));
    if (!start && !end) return null;
    return [(start ?? end)[0], (end ?? start)[1]];
  }
  const [year, month, day] = iso.split("-").map(Number);
  if (!Number.isFinite(year)) return null;
  const first = dayNumber(year, month || 1, day || 1);
  if (day) return [first, first];
  return [first, month ? dayNumber(year, month + 1, 1) - 1 : dayNumber(year + 1, 1, 1) - 1];
}

export function isoOf(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

// The start of the day's, month's or year's bin.
export function binOf(day, unit) {
  const iso = isoOf(day);
  if (unit === "year") return dayNumber(Number(iso.slice(0, 4)), 1, 1);
  if (unit === "month") return dayNumber(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), 1);
  return day;
}

export function nextBin(day, unit) {
  const iso = isoOf(day);
  if (unit === "year") return dayNumber(Number(iso.slice(0, 4)) + 1, 1, 1);
  if (unit === "month") return dayNumber(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)) + 1, 1);
  return day + 1;
}
