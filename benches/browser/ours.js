// Uses our own page as a reader does: the events go to its real controls. Runs in the
// page before its scripts; the page itself is not changed.
(function () {
  "use strict";

  const section = () => document.querySelector("section.data");

  function start() {
    if (!section() || section().dataset.ready === undefined) {
      requestAnimationFrame(start);
      return;
    }
    const tools = section().querySelector(".data-tools");
    const body = section().querySelector("tbody:not(.compare)");
    const found = tools.querySelector(".data-count");
    const heads = Array.from(section().querySelectorAll("thead tr:not(.over) th"));
    const populationHead = heads.find((it) => it.textContent.startsWith("Einwohner"));
    const fieldset = (title) => Array.from(tools.querySelectorAll(".data-panel fieldset")).find((it) => it.querySelector("legend").textContent.startsWith(title));

    // A reader types; making a formatter would cost more than the page does.
    const { format } = new Intl.NumberFormat("de-DE");
    const write = (side, value) => {
      const field = fieldset("Einwohner").querySelectorAll(".ends input")[side];
      if (!side) field.focus();
      field.value = value === null ? "" : format(value);
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    };
    const tick = (name, isTicked) => {
      const lines = Array.from(fieldset("Bundesland").querySelectorAll("li"));
      const box = lines.find((it) => it.querySelector("label > span").textContent === name).querySelector("input");
      if (box.checked !== isTicked) box.click();
    };
    // The button goes from rising to falling to the order of the file.
    const act = {
      least(state) {
        write(0, state.least);
        write(1, state.most);
      },
      land: (state, before) => tick(state.land || before.land, state.land !== ""),
      sort: () => populationHead.querySelector(".sort").click(),
    };
    let before = { land: "" };
    bench.ready({
      input: tools.querySelector("input[type=search]"),
      openFilters: () => tools.querySelector("[data-panel=filter]").click(),
      apply(state, changed) {
        act[changed](state, before);
        before = { ...state };
      },
      first: (count) => Array.from(body.rows).slice(0, count).filter((it) => it.cells[0].tagName === "TH").map((it) => it.cells[0].firstChild.textContent),
      count: () => Number(found.textContent.split(" ")[0].replace(/\./g, "")),
    });
  }

  addEventListener("DOMContentLoaded", start);
})();
