// The key that leads to the field. Keys of one sign disturb people who speak to their
// computer, so that the page of the search can switch it off (WCAG 2.1.4). This site leaves
// nothing in the browsers of its readers; so the address says that the key is off, and every link
// that is followed carries it on. Whoever keeps such an address never meets the key.

import { find, findInput } from "../table/tools.js";

const NAME = "slash";
const OFF = "off";

let isOn = new URLSearchParams(location.search).get(NAME) !== OFF;

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
  // A link is followed by a click, by a key or from a menu.
  for (const it of ["pointerdown", "click"]) document.addEventListener(it, carryOn, true);
}

/** An address of this site, which says that the key is off where it is. @param {string} address */
export function withKey(address) {
  const all = new URL(address, document.baseURI);
  if (isOn) all.searchParams.delete(NAME);
  else all.searchParams.set(NAME, OFF);
  return all.href;
}

/** @param {HTMLElement} place Where it is switched on and off. */
export function showSwitch(place) {
  const box = findInput(find(place, "label"), "input");
  box.checked = isOn;
  box.addEventListener("change", () => {
    isOn = box.checked;
    try {
      history.replaceState(null, "", withKey(location.href));
    } catch {
      // The links of this page carry it on all the same.
    }
  });
  place.hidden = false;
}

/** @param {Event} event */
function carryOn({ target }) {
  const link = target instanceof Element ? target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin || link.protocol !== location.protocol) return;
  // One that is not concerned stays as it was written.
  if (!isOn || link.search.includes(NAME)) link.href = withKey(link.href);
}
