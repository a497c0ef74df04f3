/**
 * Can editors without git work with the forms of `admin/`?
 *
 *     node tests/schema/cms.mjs PROGRAM
 *
 * Builds the site of `kompendium init` with the forms switched on, starts the real
 * `@sveltia/cms` in Chromium against it and a repository in the browser's own file system,
 * looks for the collections and fields, changes an entry, makes a new one, and lets
 * `kompendium check` judge the files. The network stands still: what the CMS fetches from its
 * package comes from `node_modules`, all else is refused.
 */

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import Ajv from "ajv";
import { chromium } from "playwright-core";
import { parse } from "yaml";

const program = resolve(process.argv[2] ?? "target/debug/kompendium");
const modules = new URL("../node_modules/", import.meta.url).pathname;
const cms = join(modules, "@sveltia/cms");
const work = mkdtempSync(join(tmpdir(), "kompendium-cms-"));
const site = join(work, "site");
const problems = [];
let passed = 0;

function expect(is, what) {
  if (is) passed += 1;
  else problems.push(what);
}

function expectSame(actual, expected, what) {
  expect(actual === expected, `${what}:\n--- expected\n${expected}\n--- actual\n${actual}`);
}

function run(...args) {
  // With CI a build of over a second would tell how far it is.
  const ran = spawnSync(program, args, { cwd: site, encoding: "utf8", env: { ...process.env, CI: "" } });
  return `${ran.stdout}${ran.stderr}exit code ${ran.status}`;
}

function filesBelow(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: "utf8" });
  return entries.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name).slice(folder.length + 1));
}

/** Makes the site; this is all that its owner has to do for the forms. */
function build() {
  mkdirSync(site);
  execFileSync(program, ["init", "-q", site]);
  const configuration = join(site, "kompendium.yaml");
  writeFileSync(configuration, `${readFileSync(configuration, "utf8")}\ncms: { backend: github, repo: name/wissen }\n`);
  mkdirSync(join(site, "admin"));
  cpSync(join(cms, "dist/sveltia-cms.js"), join(site, "admin/sveltia-cms.js"));
  // What stands in no form has to stay.
  const special = "---\ntitle: Sonderfall\naudience: redaktion\nsummary: Ein **Satz** für Leser*innen mit {value}`laender/bayern/stimmen`.\ntoc: true\nno_glossary: true\n---\n\n## Ein Teil\n\nText mit {term}`Markdown` und Leser*innen.\n";
  writeFileSync(join(site, "content/anleitungen/sonderfall.md"), special);
  expectSame(run("build", "-q", "--strict"), "exit code 0", "the site builds without a message");
}

/** The schema of the package knows no `locale` (Decap CMS does); what else it does not know is a fault. */
function theConfigurationIsValid(text) {
  const schema = JSON.parse(readFileSync(join(cms, "schema/sveltia-cms.json"), "utf8"));
  const { locale, ...configuration } = parse(text);
  expectSame(locale, "de", "the language");
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const validate = ajv.compile(schema);
  validate(configuration);
  const found = (validate.errors ?? []).slice(0, 5).map((it) => `${it.instancePath} ${it.message}`).join("; ");
  expect(!found, `the package's own schema takes the configuration: ${found}`);
}

function otherPagesKnowNothingOfIt() {
  const pages = filesBelow(join(site, "public")).filter((it) => it.endsWith(".html") && !it.startsWith("admin/"));
  const marked = pages.filter((it) => /sveltia|unpkg|jsdelivr|github/.test(readFileSync(join(site, "public", it), "utf8")));
  expectSame(marked.join(" "), "", "pages that know of the CMS");
}

/** Serves the built site on this machine. */
async function serve() {
  const types = { html: "text/html; charset=utf-8", js: "text/javascript", yml: "text/yaml", css: "text/css" };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    try {
      const bytes = readFileSync(join(site, "public", decodeURIComponent(pathname)));
      response.setHeader("content-type", types[pathname.split(".").pop()] ?? "application/octet-stream");
      response.end(bytes);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  return server;
}

/** Gives the CMS what its package holds, and tells which other origins it asks. */
async function standStill(page) {
  const asked = [];
  await page.route(/^https:/, (route) => {
    const url = route.request().url();
    asked.push(`${route.request().resourceType()} ${new URL(url).origin}`);
    const inside = /^https:\/\/unpkg\.com\/@sveltia\/cms(?:@[0-9.]+)?\/([a-zA-Z0-9./-]+\.json)$/.exec(url);
    if (!inside) return route.abort();
    const headers = { "access-control-allow-origin": "*" };
    return route.fulfill({ path: join(cms, inside[1]), contentType: "application/json", headers });
  });
  return asked;
}

/** Puts the files of the site into the file system of the browser, which the CMS then opens. */
async function openRepository(page, base) {
  const files = filesBelow(site).filter((it) => /^(content|data)\/|^kompendium\.yaml$/.test(it));
  await page.goto(`${base}/index.html`);
  await page.evaluate(async (texts) => {
    const root = await navigator.storage.getDirectory();
    const top = await root.getDirectoryHandle("wissen", { create: true });
    await top.getDirectoryHandle(".git", { create: true });
    for (const [path, text] of texts) {
      const parts = path.split("/");
      let folder = top;
      for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
      const file = await folder.getFileHandle(parts[parts.length - 1], { create: true });
      const stream = await file.createWritable();
      await stream.write(text);
      await stream.close();
    }
  }, files.map((it) => [it, readFileSync(join(site, it), "utf8")]));
  await page.addInitScript(() => {
    Object.assign(window, {
      showDirectoryPicker: async () => (await navigator.storage.getDirectory()).getDirectoryHandle("wissen"),
    });
  });
  await page.goto(`${base}/admin/index.html`);
  await page.getByRole("button", { name: "Mit lokalem Repository arbeiten" }).click();
}

/** Reads a file of that repository; gives nothing where it is not there. */
function saved(page, path) {
  return page.evaluate(async (wanted) => {
    const parts = wanted.split("/");
    let folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("wissen");
    try {
      for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part);
      return await (await (await folder.getFileHandle(parts[parts.length - 1])).getFile()).text();
    } catch {
      return "";
    }
  }, path);
}

/** Waits until a file holds a text. */
async function savedWith(page, path, text) {
  for (let tries = 0; tries < 50; tries += 1) {
    const written = await saved(page, path);
    if (written.includes(text)) return written;
    await page.waitForTimeout(200);
  }
  return saved(page, path);
}

const field = (page, name) => page.locator(`section.field[data-key-path="${name}"]`);
const save = (page) => page.getByRole("button", { name: "Speichern", exact: true }).click();

async function theFormsHaveAllFields(page) {
  await page.getByText("Sonderfall").first().click();
  await field(page, "title").waitFor();
  // What is below the screen is made when it is scrolled to.
  for (let tries = 0; tries < 30 && (await field(page, "body").count()) === 0; tries += 1) {
    await page.locator("section.field").last().scrollIntoViewIfNeeded();
    await page.waitForTimeout(200);
  }
  const shown = await page.locator("section.field").evaluateAll((all) => all.map((it) => {
    const label = it.querySelector("h4")?.textContent?.replace(/[*\s]+$/, "").trim();
    return `${it.getAttribute("data-key-path")}: ${label} (${it.getAttribute("data-field-type")})`;
  }));
  const expected = [
    "title: Titel (string)", "audience: Für wen (select)", "summary: Kurz gesagt (markdown)",
    "minutes: Dauer in Minuten (number)", "next: Danach (relation)", "nav_title: Kurzer Titel (string)",
    "description: Beschreibung (string)", "slug: Adresse (string)", "aliases: Alte Adressen (list)",
    "draft: Entwurf (boolean)", "order: Reihenfolge (number)", "tags: Schlagwörter (list)",
    "categories: Kategorien (list)", "date: Datum (datetime)", "updated: Zuletzt geändert (datetime)",
    "owner: Zuständig (string)", "review_by: Prüfen bis (datetime)",
    "body: Text (markdown)",
  ];
  expectSame(shown.join("\n"), expected.join("\n"), "the fields of the form");
  expect((await field(page, "audience").innerText()).includes("Datenpflege"), "the labels of choices are shown");
  expect((await field(page, "summary").innerText()).includes("Was ist am Ende erledigt?"), "the help of a field is shown");
}

async function anEntryIsChanged(page) {
  await field(page, "title").getByRole("textbox").fill("Sonderfall: geändert");
  await field(page, "minutes").getByRole("spinbutton").fill("7");
  await field(page, "next").getByText("Die Website veröffentlichen").click();
  await save(page);
  const written = await savedWith(page, "content/anleitungen/sonderfall.md", "geändert");
  // The form closes by itself; only then is there room for another.
  await page.waitForURL(/#\/collections\/anleitungen$/);
  const expected = "---\ntitle: 'Sonderfall: geändert'\naudience: redaktion\nsummary: Ein **Satz** für Leser*innen mit {value}`laender/bayern/stimmen`.\nminutes: 7\nnext:\n  - veroeffentlichen\ndraft: false\nno_glossary: true\ntoc: true\n---\n\n## Ein Teil\n\nText mit {term}`Markdown` und Leser*innen.\n";
  expectSame(written, expected, "the entry that was changed");
  writeFileSync(join(site, "content/anleitungen/sonderfall.md"), written);
}

/** The file gets the name that `kompendium new` gives. */
async function anEntryIsMade(page, base) {
  await page.goto(`${base}/admin/index.html#/collections/glossar/new`);
  await field(page, "title").getByRole("textbox").fill("Übergänge für Care Leaver*innen: § 41");
  await field(page, "definition").locator("textarea").fill("Ein Weg **mit** Sternchen: Leser*innen.");
  await save(page);
  const path = "content/glossar/uebergaenge-fuer-care-leaver-innen-41.md";
  const written = await savedWith(page, path, "Sternchen");
  const expected = "---\ntitle: 'Übergänge für Care Leaver*innen: § 41'\ndefinition: 'Ein Weg **mit** Sternchen: Leser*innen.'\ndraft: false\n---\n";
  expectSame(written.trim(), expected.trim(), "the entry that was made");
  writeFileSync(join(site, path), written);
  const same = run("new", "-q", "glossar", "Übergänge für Care Leaver*innen: § 41");
  expect(same.startsWith(`Fehler: ${path} gibt es schon`), `the program names the file the same: ${same}`);
}

build();
theConfigurationIsValid(readFileSync(join(site, "public/admin/config.yml"), "utf8"));
theConfigurationIsValid(readFileSync(new URL("cms.yml", import.meta.url), "utf8"));
otherPagesKnowNothingOfIt();
const server = await serve();
const address = server.address();
const base = `http://localhost:${typeof address === "object" ? address?.port : ""}`;
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const blocked = [];
  page.on("console", (it) => /Content Security Policy/.test(it.text()) && blocked.push(it.text()));
  page.on("pageerror", (it) => problems.push(`a script failed: ${it.message}`));
  const asked = await standStill(page);
  await openRepository(page, base);
  await theFormsHaveAllFields(page);
  await anEntryIsChanged(page);
  await anEntryIsMade(page, base);
  expectSame(blocked.slice(0, 3).join("\n"), "", "what the policy of the page blocked");
  const scripts = asked.filter((it) => it.startsWith("script "));
  expectSame(scripts.join("\n"), "", "scripts from other origins");
} catch (error) {
  problems.push(String(error));
} finally {
  await browser.close();
  server.close();
}
expectSame(run("check", "--strict"), "Keine Fehler.\nexit code 0", "what check says of both");
rmSync(work, { recursive: true });
problems.forEach((it) => console.log(it));
console.log(`cms: ${passed} fine, ${problems.length} not`);
process.exit(problems.length ? 1 : 0);
