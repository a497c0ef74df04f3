// Finds Debian's Chromium and Firefox.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Returns the first program of these names, or the one that the variable names. */
export function find(variable, names) {
  const places = process.env.PATH.split(delimiter);
  const found = [process.env[variable], ...names.flatMap((name) => places.map((place) => join(place, name)))].find(isProgram);
  if (!found) throw new Error(`no ${names[0]} found: run scripts/setup, or name one in ${variable}`);
  return found;
}

export const chromium = () => find("CHROMIUM", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]);
export const firefox = () => find("FIREFOX", ["firefox-esr", "firefox"]);

function isProgram(path) {
  try {
    accessSync(path ?? "", constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
