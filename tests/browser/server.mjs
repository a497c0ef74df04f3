// Serves a built site on the loopback address, below a subfolder, as a host does.

import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";

const FOLDER = "/a/folder/";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".xml": "application/xml",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".csv": "text/csv; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".pdf": "application/pdf",
};

/** Starts a server: `{origin, address(path), stop()}`. */
export async function serve(site) {
  const server = createServer((request, response) => answer(site, request, response));
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    address: (path) => origin + FOLDER + encodeURI(path),
    stop: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

function answer(site, request, response) {
  const file = wantedFile(request.url);
  if (!site.files.has(file)) {
    response.writeHead(404, { "content-type": "text/plain" });
    response.end("not found");
    return;
  }
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
  response.end(readFileSync(join(site.root, file)));
}

function wantedFile(address) {
  const path = decodeURIComponent(new URL(address, "http://127.0.0.1").pathname);
  return path.startsWith(FOLDER) ? path.slice(FOLDER.length) : "";
}
