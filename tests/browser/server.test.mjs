// The server itself, on a small folder.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { serve } from "./server.mjs";

const LONG = "a long text ".repeat(200);
const FILES = {
  "index.html": "<h1>Start</h1>",
  "404.html": "<h1>No such page</h1>",
  "page.html": LONG,
  "app-1.wasm": LONG,
  "rules-1.bin": LONG,
  ".secret": "hidden",
  "fr/index.html": "<h1>Accueil</h1>",
  _headers: "# A remark\n/*\n  X-All: everywhere\n\n/*.wasm\n  Cache-Control: public, max-age=31536000, immutable\n",
};

describe("the server", () => {
  const outer = mkdtempSync(join(tmpdir(), "server-"));
  const folder = join(outer, "site");
  let server;

  before(async () => {
    mkdirSync(join(folder, "fr"), { recursive: true });
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    writeFileSync(join(outer, "outside.txt"), "outside");
    server = await serve({ folder, base: "/a/b/" });
  });
  after(async () => {
    await server.close();
    rmSync(outer, { recursive: true });
  });

  // The path is sent as it is written; `fetch` would tidy it up.
  const ask = (path, { from = server, headers = {}, method = "GET" } = {}) =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(from.root);
      const request = get({ hostname, port, path, method, headers }, async (response) => {
        const parts = [];
        for await (const part of response) parts.push(part);
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) });
      });
      request.on("error", reject);
    });

  test("answers what is there", async () => {
    for (const [path, name] of [["/a/b/", "index.html"], ["/a/b/?again", "index.html"], ["/a/b/fr/", "fr/index.html"]]) {
      const { status, headers, body } = await ask(path);
      assert.deepEqual([status, headers["content-type"], body.toString()], [200, "text/html;charset=utf-8", FILES[name]]);
    }
    assert.equal((await ask("/a/b/app-1.wasm")).headers["content-type"], "application/wasm");
    assert.deepEqual(server.requests.slice(0, 2), ["/a/b/", "/a/b/"]);
  });

  test("has a page for every other address", async () => {
    const wrong = ["/a/b/none", "/a/b/page", "/a/b/page.html/", "/a/b/fr", "/a/b/%zz", "/", "/elsewhere"];
    const outside = ["/a/b/../outside.txt", "/a/b/%2e%2e/outside.txt", "/a/b/..%2foutside.txt", "/a/b/.secret"];
    for (const path of [...wrong, ...outside]) {
      const { status, headers, body } = await ask(path);
      assert.deepEqual([status, body.toString()], [404, FILES["404.html"]], path);
      assert.equal(headers["x-all"], "everywhere");
    }
  });

  test("sends to its base those who leave out the last slash", async () => {
    const { status, headers } = await ask("/a/b");
    assert.deepEqual([status, headers.location], [301, "/a/b/"]);
  });

  test("takes no other methods", async () => {
    assert.equal((await ask("/a/b/", { method: "HEAD" })).status, 200);
    assert.equal((await ask("/a/b/", { method: "POST" })).status, 405);
  });

  test("sends the headers that the folder asks for, by path", async () => {
    assert.equal((await ask("/a/b/page.html")).headers["cache-control"], "no-cache");
    const { headers } = await ask("/a/b/app-1.wasm");
    assert.deepEqual([headers["x-all"], headers["cache-control"]], ["everywhere", "public, max-age=31536000, immutable"]);
  });

  test("compresses what shrinks", async () => {
    for (const name of ["page.html", "app-1.wasm", "rules-1.bin"]) {
      const brotli = await ask(`/a/b/${name}`, { headers: { "accept-encoding": "gzip, deflate, br" } });
      assert.equal(brotli.headers["content-encoding"], "br");
      assert.equal(brotli.headers.vary, "Accept-Encoding");
      assert.equal(brotliDecompressSync(brotli.body).toString(), LONG);
      const gzip = await ask(`/a/b/${name}`, { headers: { "accept-encoding": "gzip" } });
      assert.equal(gzip.headers["content-encoding"], "gzip");
      assert.equal(gunzipSync(gzip.body).toString(), LONG);
      assert.equal((await ask(`/a/b/${name}`)).body.toString(), LONG);
    }
  });

  test("answers with the whole file where a part is asked for", async () => {
    const { status, body } = await ask("/a/b/page.html", { headers: { range: "bytes=0-9" } });
    assert.deepEqual([status, body.length], [200, LONG.length]);
  });

  test("tells whether a file is still the same, unless nothing is to be stored", async () => {
    const { etag } = (await ask("/a/b/page.html")).headers;
    assert.equal((await ask("/a/b/page.html", { headers: { "if-none-match": etag } })).status, 304);
    const from = await serve({ folder, stored: false, headers: { "X-More": "more" } });
    const { status, headers } = await ask("/app-1.wasm", { from, headers: { "if-none-match": etag } });
    assert.deepEqual([status, headers.etag, headers["cache-control"], headers["x-more"]], [200, undefined, "no-store", "more"]);
    await from.close();
  });
});
