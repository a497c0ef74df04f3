"use strict";

// The script of the preview: it reloads the page when that is another, and shows what was
// found. Messages stand in a shadow tree, so that no style of the site reaches them.

(() => {
  /**
   * @typedef {{severity: string, name: string, code: string, place: string, href: string | null,
   *   message: string, context: string | null, line: [number, string, string, string] | null,
   *   notes: string[]}} Finding
   * @typedef {{lang: string, words: Record<string, string>, summary: string, errors: number,
   *   others: number, rest: number, findings: Finding[]}} Told
   * @typedef {{page: string, x: number, y: number, open: number[], focus: number}} Place
   */

  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const seen = own.dataset.seen ?? "0";
  const style = new URL("preview.css", own.src).href;
  /** The page that the preview shows where there is no other says everything itself. */
  const isOfFindings = document.documentElement.classList.contains("kompendium-findings");

  // The place on the page outlives a reload.

  const KEY = "kompendium-preview";
  const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

  function keepPlace() {
    const open = [...document.querySelectorAll("details")].flatMap((it, at) => (it.open ? [at] : []));
    const focus = [...document.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement ?? document.body);
    /** @type {Place} */
    const place = { page: location.href, x: scrollX, y: scrollY, open, focus };
    sessionStorage.setItem(KEY, JSON.stringify(place));
  }

  function findPlace() {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    if (kept === null) return;
    /** @type {Place} */
    const place = JSON.parse(kept);
    if (place.page !== location.href) return;
    document.querySelectorAll("details").forEach((it, at) => {
      it.open = place.open.includes(at);
    });
    const focused = document.querySelectorAll(FOCUSABLE)[place.focus];
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    const scroll = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    scroll();
    // Pictures and tables that a script sets have their height only now.
    if (document.readyState === "complete") requestAnimationFrame(scroll);
    else addEventListener("load", () => requestAnimationFrame(scroll));
  }

  function reload() {
    keepPlace();
    location.reload();
  }

  // Messages

  /** @type {ShadowRoot | undefined} */
  let shadow;
  /** The errors that were shown last; the same ones are not opened again. */
  let shown = sessionStorage.getItem(`${KEY}-shown`) ?? "";

  /** @param {Told} told */
  function show(told) {
    if (isOfFindings) return;
    const wasOpen = shadow?.querySelector("dialog")?.open ?? false;
    if (told.findings.length === 0) {
      shadow?.host.remove();
      shadow = undefined;
      remember("");
      return;
    }
    const root = (shadow ??= attach());
    const link = element("link", { rel: "stylesheet", href: style });
    const dialog = dialogOf(told);
    const button = element("button", { type: "button", class: told.errors > 0 ? "count error" : "count" });
    button.textContent = told.summary;
    button.addEventListener("click", () => dialog.showModal());
    /** @type {HTMLElement} */ (root.host).lang = told.lang;
    root.replaceChildren(link, button, dialog);
    const errors = told.errors > 0 ? JSON.stringify(told.findings.filter((it) => it.severity === "error")) : "";
    const isNew = errors !== "" && errors !== shown;
    remember(errors);
    if (isNew || (wasOpen && told.errors > 0)) {
      // Nothing is laid out before the style is there.
      link.addEventListener("load", () => dialog.isConnected && !dialog.open && dialog.showModal());
    }
  }

  /** @param {string} errors */
  function remember(errors) {
    shown = errors;
    sessionStorage.setItem(`${KEY}-shown`, errors);
  }

  function attach() {
    const host = document.createElement("div");
    host.id = "kompendium-preview";
    document.body.append(host);
    return host.attachShadow({ mode: "open" });
  }

  /** @param {Told} told */
  function dialogOf(told) {
    const { words } = told;
    const dialog = element("dialog", { "aria-labelledby": "title", "aria-describedby": "lead" });
    const title = element("h2", { id: "title" }, words.title);
    const close = element("button", { type: "button", class: "close", autofocus: "" }, words.close);
    close.addEventListener("click", () => dialog.close());
    const lead = told.errors > 0 ? `${told.summary} ${words.old}` : told.summary;
    const list = element("ol", { class: "findings" });
    list.append(...told.findings.map(finding));
    const head = element("div", { class: "top" });
    head.append(title, close);
    dialog.append(head, element("p", { id: "lead" }, lead), list);
    if (told.rest > 0) dialog.append(element("p", {}, words.more + told.rest));
    return dialog;
  }

  /** The program makes the same of a finding for the page of findings. @param {Finding} it */
  function finding(it) {
    const item = element("li", { class: it.severity });
    const head = element("p", { class: "head" });
    head.append(element("strong", {}, it.name), " ", element("code", {}, it.code), " ");
    head.append(it.href === null ? it.place : element("a", { href: it.href }, it.place));
    if (it.context !== null) head.append(" ", element("span", {}, it.context));
    item.append(head, element("p", { class: "message" }, it.message));
    if (it.line !== null) {
      const [number, before, marked, after] = it.line;
      const line = element("pre", {});
      line.append(element("span", { class: "number" }, String(number)), ` ${before}`);
      line.append(element("mark", {}, marked), after);
      item.append(line);
    }
    item.append(...it.notes.map((note) => element("p", { class: "note" }, note)));
    return item;
  }

  /**
   * @template {keyof HTMLElementTagNameMap} Name
   * @param {Name} name @param {Record<string, string>} attributes @param {string} [text]
   */
  function element(name, attributes, text = "") {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  }

  // What the server tells. A hidden page needs nothing: browsers open six connections at most.

  /** @type {EventSource | undefined} */
  let events;

  function listen() {
    events?.close();
    events = undefined;
    if (document.hidden) return;
    const query = `page=${encodeURIComponent(location.pathname)}&seen=${seen}`;
    events = new EventSource(`/_kompendium/events?${query}`);
    events.addEventListener("reload", reload);
    events.addEventListener("findings", (event) => show(JSON.parse(event.data)));
  }

  document.addEventListener("visibilitychange", listen);
  // A page that is left holds no connection, and one that comes back has a new one.
  addEventListener("pagehide", () => events?.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  findPlace();
  listen();
})();
