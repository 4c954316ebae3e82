// Light and dark; the reader's choice is remembered, the system's is the default.

import { palette } from "./data.js";

const listeners = [];

export function onTheme(listener) {
  listeners.push(listener);
}

export function isDark() {
  return document.documentElement.dataset.theme === "dark";
}

export function setTheme(dark, { remember = false } = {}) {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  for (const [family, colour] of Object.entries(familyColours())) {
    document.documentElement.style.setProperty(`--family-${family}`, colour);
  }
  if (remember) store("theme", dark ? "dark" : "light");
  for (const listener of listeners) listener();
}

export function familyColours() {
  return isDark() ? palette.dark : palette.light;
}

export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export function startTheme() {
  const chosen = recall("theme");
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  setTheme(chosen ? chosen === "dark" : system.matches);
  system.addEventListener("change", () => {
    if (!recall("theme")) setTheme(system.matches);
  });
}

export function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// Storage is refused to pages in some privacy modes; the choice then lasts as long as the page.
export function store(key, value) {
  try {
    localStorage.setItem(`kg-${key}`, value);
  } catch {
    sessionChoices.set(key, value);
  }
}

export function recall(key) {
  try {
    return localStorage.getItem(`kg-${key}`) ?? sessionChoices.get(key) ?? null;
  } catch {
    return sessionChoices.get(key) ?? null;
  }
}

const sessionChoices = new Map();
