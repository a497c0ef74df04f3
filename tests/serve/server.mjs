// Starts a web server of the system for a test: its own folder, loopback, without rights.

import { spawn } from "node:child_process";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, extname, join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TEXT = new Set([".html", ".css", ".js", ".json", ".xml", ".svg", ".csv", ".txt", ".bib", ".ris", ".webmanifest"]);
// Whoever runs the tests as root has the server run as nobody.
const NOBODY = 65534;
const isRoot = process.getuid() === 0;

/** A file whose name says that it never changes, whatever the site is made of. */
export const PROBE = "assets/probe.0123456789.css";
/** Files for programs: they may lie there, but no reader gets them. */
export const HIDDEN = [".kompendium-output", "_headers", ".git/config"];

/**
 * Copies a site into a folder of the test and sees to it that packed files lie beside the
 * others: `{root, files, isText(file), remove()}`. `files` are the paths of all that a
 * reader may ask for.
 */
export function compressed(folder) {
  const root = join(mkdtempSync(join(tmpdir(), "kompendium-site-")), "public");
  cpSync(folder, root, { recursive: true });
  for (const file of [PROBE, ...HIDDEN]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    if (!existsSync(join(root, file))) writeFileSync(join(root, file), "/* probe */\n");
  }
  chmodSync(dirname(root), 0o755);
  const all = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  const files = all.filter((file) => !/\.(gz|br)$/.test(file) && !HIDDEN.includes(file)).sort();
  pack(root, files.filter((file) => TEXT.has(extname(file)) && !all.includes(`${file}.gz`)));
  return { root, files, isText: (file) => TEXT.has(extname(file)), remove: () => rmSync(dirname(root), { recursive: true }) };
}

// What `kompendium build --compress` leaves behind, for a site built without it.
function pack(root, files) {
  for (const file of files) {
    const content = readFileSync(join(root, file));
    writeFileSync(join(root, `${file}.gz`), gzipSync(content));
    writeFileSync(join(root, `${file}.br`), brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }));
  }
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
