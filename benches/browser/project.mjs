// Builds our own page with the real program: a small project with one table.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { csv, describe } from "./data.mjs";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** Builds the program, or takes the one that KOMPENDIUM names. */
export function program() {
  if (process.env.KOMPENDIUM) return process.env.KOMPENDIUM;
  execFileSync("cargo", ["build", "--release", "--locked"], { cwd: REPOSITORY, stdio: ["ignore", "inherit", "inherit"] });
  return join(REPOSITORY, "target/release/kompendium");
}

/** Returns the file of our page with these rows. It is made anew if the program is newer. */
export function ourPage(out, kompendium, rows) {
  const project = join(out, `project-${rows.length}`);
  const page = join(project, "public/kommunen/index.html");
  if (existsSync(page) && statSync(page).mtimeMs > statSync(kompendium).mtimeMs) return page;
  const put = (path, text) => {
    mkdirSync(join(project, path, ".."), { recursive: true });
    writeFileSync(join(project, path), text);
  };
  put("kompendium.yaml", "title: Kommunen\nlanguage: de\nnavigation:\n  main:\n    - page: kommunen/_index.md\n");
  put("content/_index.md", "---\ntitle: Start\n---\n\nEine Tabelle.\n");
  put("content/kommunen/_index.md", "---\ntitle: Kommunen\ntemplate: table\ntable: kommunen\n---\n\nAlle Kommunen.\n");
  put("data/datapackage.json", JSON.stringify(describe(rows.length), null, 1));
  put("data/kommunen.csv", csv(rows));
  execFileSync(kompendium, ["build", "--root", project, "--quiet"], { stdio: ["ignore", "inherit", "inherit"] });
  return page;
}
