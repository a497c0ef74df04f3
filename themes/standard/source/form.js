/* Says in the language of the page what is missing in a form. Without this
   script the browser says it in its own words. */
(function () {
  "use strict";

  /** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

  /** @param {HTMLFormElement} form @param {Field} field */
  function message(form, field) {
    var state = field.validity;
    var text = form.dataset;
    if (state.valueMissing) return field.tagName === "SELECT" ? text.choose : text.missing;
    if (state.typeMismatch || state.badInput) return text[field.type] || text.invalid;
    return state.valid ? "" : text.invalid;
  }

  /** @param {Field} field @param {string} text */
  function show(field, text) {
    var id = field.id + "-fehler";
    var note = document.getElementById(id);
    var others = (field.getAttribute("aria-describedby") || "").split(" ").filter(function (part) {
      return part && part !== id;
    });
    if (text) {
      if (!note) {
        note = document.createElement("p");
        note.id = id;
        note.className = "error";
        field.before(note);
      }
      note.textContent = text;
      others.push(id);
      field.setAttribute("aria-invalid", "true");
    } else {
      if (note) note.remove();
      field.removeAttribute("aria-invalid");
    }
    if (others.length) field.setAttribute("aria-describedby", others.join(" "));
    else field.removeAttribute("aria-describedby");
  }

  /** @param {HTMLFormElement} form @param {Field} field */
  function check(form, field) {
    field.setCustomValidity("");
    var text = message(form, field);
    field.setCustomValidity(text || "");
    return text || "";
  }

  document.querySelectorAll("form.form").forEach(function (form) {
    if (!(form instanceof HTMLFormElement)) return;
    /** @type {Field[]} */
    var fields = Array.prototype.filter.call(form.elements, function (field) {
      return field.willValidate && field.id;
    });
    fields.forEach(function (field) {
      check(form, field);
      field.addEventListener("invalid", function () {
        show(field, check(form, field));
      });
      field.addEventListener("input", function () {
        var text = check(form, field);
        if (field.hasAttribute("aria-invalid")) show(field, text);
      });
    });
  });
})();
