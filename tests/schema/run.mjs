/**
 * Do the schemas of `kompendium schema json` say what the program reads?
 *
 *     node tests/schema/run.mjs PROGRAM
 *
 * They are valid for the official meta-schema. All that the sites of this repository say is
 * valid for them. What `kompendium check` refuses, they refuse too (`cases.txt`). And the
 * language server of VS Code's YAML extension, given the settings that the command prints,
 * finds a slip in `kompendium.yaml`.
 */

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import Ajv from "ajv";
import { getLanguageService } from "yaml-language-server";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parse } from "yaml";

const program = resolve(process.argv[2] ?? "target/debug/kompendium");
const here = new URL(".", import.meta.url).pathname;
const repository = resolve(here, "../..");
const work = mkdtempSync(join(tmpdir(), "kompendium-schema-"));
const problems = [];
let passed = 0;

function expect(is, what) {
  if (is) passed += 1;
  else problems.push(what);
}

/** The schemas of a site, compiled, by their names without `.schema.json`. */
function schemas(root) {
  const printed = execFileSync(program, ["schema", "json", "-r", root], { encoding: "utf8" });
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addFormat("date", /^\d{4}-\d{2}-\d{2}$/);
  const compiled = new Map();
  for (const [name, schema] of Object.entries(JSON.parse(printed))) {
    expect(schema.$schema === "http://json-schema.org/draft-07/schema#", `${name} is of draft-07`);
    expect(ajv.validateSchema(schema), `${name} is a schema: ${ajv.errorsText()}`);
    compiled.set(name.replace(".schema.json", ""), ajv.compile(schema));
  }
  return compiled;
}

/** The names of the files below a folder. */
function files(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((it) => it.replaceAll("\\", "/"));
}

/** Returns the front matter of a page as a reader of YAML 1.2 sees it. */
function frontMatter(path) {
  return parse(readFileSync(path, "utf8").split(/^---\s*$/m)[1]) ?? {};
}

/** Finds the schema that is for a file of a site; none for most files. */
function schemaOf(compiled, path) {
  if (path === "kompendium.yaml") return compiled.get("kompendium");
  if (path === "data/datapackage.json") return compiled.get("datapackage");
  if (/^themes\/[^/]+\/theme\.yaml$/.test(path)) return compiled.get("theme");
  const page = /^content\/(?:(.+)\/)?([^/]+)\.md$/.exec(path);
  if (!page) return undefined;
  const [, folder, name] = page;
  const top = compiled.get(`page-${folder?.split("/")[0]}`);
  return (name !== "_index" && top) || compiled.get("page");
}

/** Says what is wrong with a file; nothing where it is valid. */
function errors(compiled, root, path) {
  const validate = schemaOf(compiled, path);
  const text = path.endsWith(".md") ? frontMatter(join(root, path)) : parse(readFileSync(join(root, path), "utf8"));
  if (!validate || validate(text)) return "";
  return validate.errors.map((it) => `${it.instancePath} ${it.message}`).join("; ");
}

function everySiteIsValid() {
  for (const site of ["", "src/init/de", "src/init/en"]) {
    const root = join(repository, site);
    const compiled = schemas(root);
    const tops = ["content", "data", "themes"].flatMap((top) => {
      try {
        return files(join(root, top)).map((it) => `${top}/${it}`);
      } catch {
        return [];
      }
    });
    const known = ["kompendium.yaml", ...tops].filter((it) => schemaOf(compiled, it));
    expect(known.length > 10, `${site || "the repository"} has files with a schema`);
    for (const path of known) {
      const found = errors(compiled, root, path);
      expect(!found, `${site}/${path} is valid: ${found}`);
    }
  }
}

/** Makes each slip of `cases.txt`: a file, a text in it and what is put in its place, `;;` between them. */
function slipsAreRefusedByBoth() {
  const lines = readFileSync(join(here, "cases.txt"), "utf8").split("\n");
  for (const line of lines.filter((it) => it && !it.startsWith("#"))) {
    const [code, path, from, to] = line.split(" ;; ").map((it) => it.replaceAll("\\n", "\n"));
    const root = join(work, "site");
    cpSync(join(repository, "src/init/de"), root, { recursive: true });
    const file = join(root, path);
    const before = readFileSync(file, "utf8");
    expect(before.includes(from), `${path} has „${from}“`);
    // The schemas are those of the site before the slip.
    const compiled = schemas(root);
    writeFileSync(file, before.replace(from, to));
    const found = errors(compiled, root, path);
    const checked = spawnSync(program, ["check", "--drafts", "-r", root], { encoding: "utf8" });
    if (code === "fine") {
      expect(found === "" && checked.status === 0, `both take ${line}: ${found} ${checked.stderr}`);
    } else {
      expect(found !== "", `the schema refuses ${line}`);
      expect(checked.stderr.includes(`[${code}]`), `check says ${code} of ${line}: ${checked.stderr}`);
    }
    rmSync(root, { recursive: true });
  }
}

/** Asks the language server with the settings for VS Code. */
async function theLanguageServerUsesThem() {
  const root = join(work, "editor");
  cpSync(join(repository, "src/init/de"), root, { recursive: true });
  const printed = execFileSync(program, ["schema", "json", "-o", "schema"], {
    cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"],
  });
  const service = getLanguageService({
    schemaRequestService: (uri) => Promise.resolve(readFileSync(new URL(uri), "utf8")),
    workspaceContext: { resolveRelativePath: (path, base) => new URL(path, base).href },
    yamlSettings: undefined,
    telemetry: { send() {}, sendError() {}, sendTrack() {} },
  });
  const patterns = Object.entries(JSON.parse(printed)["yaml.schemas"]);
  service.configure({
    validate: true, hover: true, completion: true, customTags: [],
    schemas: patterns.map(([schema, pattern]) => ({
      uri: new URL(schema, `file://${root}/`).href, fileMatch: [String(pattern)], priority: 0,
    })),
  });
  const written = readFileSync(join(root, "kompendium.yaml"), "utf8");
  let version = 0;
  const ask = async (text) => {
    version += 1;
    const document = TextDocument.create(`file://${root}/kompendium.yaml`, "yaml", version, text);
    const found = await service.doValidation(document, false);
    return found.map((it) => it.message).join("; ");
  };
  const fine = await ask(written);
  expect(fine === "", `the language server finds nothing: ${fine}`);
  const slip = await ask(written.replace("short_title:", "shrt_title:"));
  expect(slip.includes("shrt_title"), `the language server finds a slip: ${slip}`);
}

everySiteIsValid();
slipsAreRefusedByBoth();
await theLanguageServerUsesThem();
rmSync(work, { recursive: true });
problems.forEach((it) => console.log(it));
console.log(`schemas: ${passed} fine, ${problems.length} not`);
process.exit(problems.length ? 1 : 0);
