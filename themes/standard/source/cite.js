// Copies how a publication is cited. Where the browser does not allow it, the text is selected.

import { copy } from "./table/take.js";

/** @param {HTMLElement} element */
function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

for (const section of document.querySelectorAll(".citing")) {
  const told = section.querySelector(".citing-told");
  for (const button of section.querySelectorAll("button[data-copy]")) {
    const text = button instanceof HTMLElement && document.getElementById(button.dataset.copy || "");
    if (!text || !(told instanceof HTMLElement)) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const isDone = copy(text.textContent || "");
      if (!isDone) select(text);
      told.textContent = (isDone ? told.dataset.done : told.dataset.select) || "";
    });
  }
}
