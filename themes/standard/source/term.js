// Shows the definition of a term at its link: by the mouse, by the keyboard and at the first
// tap. The link stays a link, and its description is what screen readers say. Without this
// script, and in browsers that know no `popover`, it only leads to the glossary.
(function () {
  "use strict";
  if (!("popover" in HTMLElement.prototype)) return;

  const OPEN_AFTER = 180; // ms; who only passes by opens nothing
  const CLOSE_AFTER = 260; // ms; the way from the link into the note
  const GAP = 8; // px between the line and the note, and at the edges of the window

  /** @type {HTMLElement | null} The term whose note is open. */
  let term = null;
  /** @type {HTMLElement | null} */
  let note = null;
  let timer = 0;
  let touched = false;
  let wasOpen = false;

  /** @param {EventTarget | null} target @returns {HTMLElement | null} */
  function termAt(target) {
    return target instanceof Element ? target.closest("a.term") : null;
  }

  /** @param {HTMLElement} link @returns {HTMLElement | null} */
  function noteOf(link) {
    const definition = document.getElementById(link.getAttribute("aria-describedby") || "");
    return definition && definition.closest("[popover]");
  }

  /** @param {() => void} what @param {number} after */
  function later(what, after) {
    clearTimeout(timer);
    timer = setTimeout(what, after);
  }

  function isOpen() {
    return !!note && note.matches(":popover-open");
  }

  /** @param {HTMLElement} next @param {number} [y] Where the pointer is: a term may stand on two lines. */
  function show(next, y) {
    clearTimeout(timer);
    if (next === term && isOpen()) return;
    hide();
    const found = noteOf(next);
    if (!found || !next.isConnected) return;
    [term, note] = [next, found];
    found.showPopover();
    place(found, next, y);
  }

  function hide() {
    clearTimeout(timer);
    if (note && isOpen()) note.hidePopover();
    term = note = null;
  }

  /** Below the line, or above it where there is more room; it scrolls with the text. @param {HTMLElement} box @param {HTMLElement} link @param {number} [y] */
  function place(box, link, y) {
    const lines = Array.from(link.getClientRects());
    const line = lines.find((it) => y !== undefined && y >= it.top && y <= it.bottom) || lines[0];
    if (!line) return;
    const { width, height } = box.getBoundingClientRect();
    const page = document.documentElement.clientWidth;
    const left = Math.max(GAP, Math.min(line.left, page - width - GAP));
    const isBelow = line.bottom + GAP + height <= innerHeight || line.top - GAP < height;
    const top = isBelow ? line.bottom + GAP : line.top - GAP - height;
    box.style.left = left + scrollX + "px";
    box.style.top = top + scrollY + "px";
  }

  /** A term with the visible focus keeps its note. */
  function leave() {
    if (term && document.activeElement === term && term.matches(":focus-visible")) return;
    later(hide, CLOSE_AFTER);
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = termAt(event.target);
    const isInside = note && event.target instanceof Node && note.contains(event.target);
    if (link) later(() => show(link, event.clientY), isOpen() && link !== term ? CLOSE_AFTER : OPEN_AFTER);
    else if (isInside) clearTimeout(timer);
    else if (note) leave();
    else clearTimeout(timer);
  });

  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    // The tap itself closes a note that is open.
    wasOpen = isOpen() && termAt(event.target) === term;
  }, true);

  document.addEventListener("click", (event) => {
    const link = termAt(event.target);
    if (!link || !touched || wasOpen || !noteOf(link)) return;
    event.preventDefault();
    show(link, event.clientY);
  });

  document.addEventListener("focusin", (event) => {
    const link = termAt(event.target);
    const isInside = note && event.target instanceof Node && note.contains(event.target);
    if (link && link.matches(":focus-visible")) show(link);
    else if (!isInside && !link) hide();
  });

  document.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (note && next instanceof Node && (note.contains(next) || next === term)) return;
    if (note && (event.target === term || (event.target instanceof Node && note.contains(event.target)))) hide();
  });

  // Escape is the business of the browser; where the note belongs is known no more.
  document.addEventListener("toggle", (event) => {
    if (event.target === note && !isOpen()) term = note = null;
  }, true);
  addEventListener("resize", hide);
})();
