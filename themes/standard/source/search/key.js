// The key that leads to the field. Keys of one sign disturb people who speak to their
// computer, so that it can be switched off (WCAG 2.1.4): on the page of the search.

import { find, findInput } from "../table/tools.js";

const NAME = "kompendium-search-key";

/** Browsers may forbid to remember anything. @returns {boolean} */
function isOn() {
  try {
    return localStorage.getItem(NAME) !== "off";
  } catch {
    return true;
  }
}

/** Focuses the field at `/`, but not where somebody is writing. @param {HTMLFormElement} form */
export function onSlash(form) {
  const input = findInput(form, "input");
  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, target, isComposing } = event;
    if (key !== "/" || ctrlKey || metaKey || altKey || isComposing || event.defaultPrevented) return;
    if (target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"))) return;
    if (!isOn()) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

/** @param {HTMLElement} place Where it is switched on and off. */
export function showSwitch(place) {
  const box = findInput(find(place, "label"), "input");
  box.checked = isOn();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(NAME, box.checked ? "on" : "off");
    } catch {
      box.checked = true;
    }
  });
  place.hidden = false;
}
