// The key that leads to the field. Keys of one sign disturb people who speak to their
// computer, so that the page of the search can switch it off (WCAG 2.1.4). Nothing is
// remembered: this site leaves nothing in the browsers of its readers.

import { find, findInput } from "../table/tools.js";

let isOn = true;

/** Focuses the field at `/`, but not where somebody is writing. @param {HTMLFormElement} form */
export function onSlash(form) {
  const input = findInput(form, "input");
  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, target, isComposing } = event;
    if (!isOn || key !== "/" || ctrlKey || metaKey || altKey || isComposing || event.defaultPrevented) return;
    if (target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"))) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

/** @param {HTMLElement} place Where it is switched on and off. */
export function showSwitch(place) {
  const box = findInput(find(place, "label"), "input");
  box.checked = isOn;
  box.addEventListener("change", () => (isOn = box.checked));
  place.hidden = false;
}
