// Starts a web server of the system for a test: its own folder, loopback, without rights.

import { spawn } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

// Whoever runs the tests as root has the server run as nobody.
const NOBODY = 65534;
const isRoot = process.getuid() === 0;

/** Files for programs: they may lie there, but no reader gets them. */
export const HIDDEN = [".kompendium-output", "_headers", ".git/config"];

/**
 * Copies a site made by `kompendium build --compress` to where a server without rights can
 * read it: `{root, files, rules, remove()}`. `files` are the paths of all that a reader may
 * ask for, `rules` what `_headers` says to servers that read it.
 */
export function copied(folder) {
  const root = join(mkdtempSync(join(tmpdir(), "kompendium-site-")), "public");
  cpSync(folder, root, { recursive: true });
  mkdirSync(join(root, ".git"));
  writeFileSync(join(root, ".git/config"), "[secret]\n");
  chmodSync(dirname(root), 0o755);
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .filter((file) => !/\.(gz|br)$/.test(file) && !HIDDEN.includes(file))
    .sort();
  const rules = rulesOf(readFileSync(join(root, "_headers"), "utf8"));
  return { root, files, rules, remove: () => rmSync(dirname(root), { recursive: true }) };
}

/** Reads `_headers`: lines with a path that may end in a star, and below it what is sent along. */
function rulesOf(text) {
  const rules = [];
  for (const line of text.split("\n").filter(Boolean)) {
    if (line.startsWith("/")) rules.push({ start: line.replace(/\*$/, ""), headers: {} });
    else rules.at(-1).headers[line.split(":")[0].trim().toLowerCase()] = line.slice(line.indexOf(":") + 1).trim();
  }
  return rules;
}

/** Reads a configuration as we hand it out, with each of these parts replaced, all of which must be there. */
export function configured(path, parts) {
  return Object.entries(parts).reduce((text, [old, replacement]) => {
    if (text.split(old).length !== 2) throw new Error(`${path}: “${old}” must be there once`);
    return text.replace(old, () => replacement);
  }, readFileSync(path, "utf8"));
}

export async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/**
 * Starts a server and waits until it answers: `{ask(path, headers, method), stop()}`.
 * `plan` makes its arguments and its configuration from the folder that it may write to.
 */
export async function start(port, program, plan) {
  const folder = mkdtempSync(join(tmpdir(), "kompendium-server-"));
  const { arguments: words, configuration } = plan(folder);
  writeFileSync(join(folder, "server.conf"), configuration);
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  const child = spawn(program, words, { stdio: "inherit", ...(isRoot && { uid: NOBODY, gid: NOBODY }) });
  const failed = new Promise((_, reject) => {
    child.on("error", () => reject(new Error(`${program} does not start: run scripts/setup`)));
    child.on("exit", (code) => reject(new Error(`${program} ended with ${code}`)));
  });
  failed.catch(() => {});
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const ask = (path, headers = {}, method = "GET") => answer({ host: "127.0.0.1", port, path, headers, method, agent });
  const kill = () => child.kill("SIGKILL");
  const stop = () => {
    agent.destroy();
    process.off("exit", kill);
    child.removeAllListeners("exit");
    child.kill("SIGTERM");
    child.on("exit", () => rmSync(folder, { recursive: true }));
  };
  process.on("exit", kill);
  await Promise.race([failed, listening(ask)]);
  return { ask, stop };
}

async function listening(ask) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const isThere = await ask("/").then(() => true, () => false);
    if (isThere) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error("the server does not answer");
}

function answer(options) {
  return new Promise((resolve, reject) => {
    const sent = request({ ...options, timeout: 10_000 }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer in ten seconds")));
    sent.on("error", reject);
    sent.end();
  });
}
