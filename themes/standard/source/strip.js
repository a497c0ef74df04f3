// Lets readers walk through the strip of a column by keys and by the mouse: each mark says
// which row it is. The names stand in the table of all values below, in the same order.
(function () {
  "use strict";

  /** @param {Element} mark */
  function place(mark) {
    return parseFloat(mark.getAttribute("cx") || mark.getAttribute("x") || "0");
  }

  /** @param {HTMLElement} section @param {string[]} names What each mark says, from the lowest value to the highest. */
  function start(section, names) {
    const strip = section.querySelector(".strip");
    if (!strip) return;
    const found = Array.from(strip.querySelectorAll("svg > svg > circle, svg > svg > svg"));
    const marks = found.map((mark, at) => ({ mark, at })).sort((a, b) => place(a.mark) - place(b.mark) || a.at - b.at);
    if (marks.length < 2 || marks.length !== names.length) return;
    const words = section.dataset;
    const told = document.createElement("p");
    told.className = "strip-told";
    told.textContent = words.hint || "";
    const walk = document.createElement("div");
    walk.className = "strip-walk";
    walk.tabIndex = 0;
    walk.role = "slider";
    walk.ariaLabel = words.label || "";
    walk.ariaValueMin = "1";
    walk.ariaValueMax = String(marks.length);
    strip.replaceWith(walk);
    walk.append(strip, told);
    let now = -1;

    /** @param {number} next */
    function show(next) {
      marks[now]?.mark.classList.remove("told");
      now = Math.max(0, Math.min(marks.length - 1, next));
      marks[now].mark.classList.add("told");
      told.textContent = names[now];
      walk.ariaValueNow = String(now + 1);
      walk.ariaValueText = names[now];
    }

    walk.ariaValueNow = "1";
    walk.ariaValueText = words.hint || "";
    walk.addEventListener("keydown", (event) => {
      const steps = new Map([["ArrowRight", now + 1], ["ArrowUp", now + 1], ["ArrowLeft", now - 1], ["ArrowDown", now - 1], ["Home", 0], ["End", marks.length - 1]]);
      const next = steps.get(event.key);
      if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      show(next);
    });
    walk.addEventListener("pointermove", (event) => {
      const box = strip.getBoundingClientRect();
      const at = ((event.clientX - box.left) / box.width) * 100;
      const near = marks.map(({ mark }, index) => ({ index, far: Math.abs(place(mark) - at) }));
      show(near.reduce((a, b) => (b.far < a.far ? b : a)).index);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    // The page of a column has a table of all values below its strip, the highest first.
    const picture = document.querySelector(".indicator-picture");
    const rows = Array.from(document.querySelectorAll("#werte tbody tr")).reverse();
    if (picture instanceof HTMLElement) start(picture, rows.map((row) => Array.from(row.children).slice(0, 2).map((cell) => cell.textContent?.trim()).join(": ")));
    // A profile has many strips and names the rows once.
    const block = document.getElementById("profil-namen");
    const names = block instanceof HTMLScriptElement ? JSON.parse(block.text) : [];
    for (const figure of document.querySelectorAll("[data-walk]")) {
      if (figure instanceof HTMLElement && figure.dataset.walk) {
        start(figure, figure.dataset.walk.split("|").map((it) => it.replace(/^\d+ /, (at) => names[Number(at)] + ": ")));
      }
    }
  });
})();
