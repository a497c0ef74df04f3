// Finds Debian's browsers.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export const findChromium = () => find("Chromium", "CHROMIUM", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]);
export const findFirefox = () => find("Firefox", "FIREFOX", ["firefox-esr", "firefox"]);

/** Returns the program that the variable names, or the first one of these names. */
function find(what, variable, names) {
  const places = process.env.PATH.split(delimiter);
  const candidates = names.flatMap((name) => places.map((place) => join(place, name)));
  const found = [process.env[variable], ...candidates].find(isProgram);
  if (!found) throw new Error(`no ${what} found: run scripts/setup, or name one in ${variable}`);
  return found;
}

function isProgram(path) {
  try {
    accessSync(path ?? "", constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
