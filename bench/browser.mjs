// Chromium with a page that runs the engine. The page is isolated, which gives it the finest clock that a page can have.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

// The browser tests pin it.
const { chromium } = createRequire(new URL("../tests/browser/package.json", import.meta.url))("playwright-core");

const HEADERS = {
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-opener-policy": "same-origin",
};

async function serve(files) {
  const server = createServer(async (request, response) => {
    const file = files[new URL(request.url, "http://localhost").pathname];
    if (!file) return response.writeHead(404).end();
    const [type, path] = file;
    response.writeHead(200, { ...HEADERS, "content-type": type }).end(path && (await readFile(path)));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

// Opens a page whose `globalThis.engine` is the engine with these states, as `start` in engine.mjs returns it.
export async function openEngine(wasm, states) {
  const here = (name) => new URL(name, import.meta.url);
  const server = await serve({
    "/": ["text/html"],
    "/engine.mjs": ["text/javascript", here("engine.mjs")],
    "/timing.mjs": ["text/javascript", here("timing.mjs")],
    "/engine.wasm": ["application/wasm", wasm],
    "/states": ["application/octet-stream", states],
  });
  const browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  });
  const page = await browser.newPage();
  // Rounds take longer than what a page is usually waited for.
  page.setDefaultTimeout(0);
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.evaluate(async () => {
    const { start } = await import("/engine.mjs");
    const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
    globalThis.engine = await start(await bytes("/engine.wasm"), await bytes("/states"));
    if (!crossOriginIsolated) throw new Error("the page is not isolated, and its clock is coarse");
  });
  return {
    page,
    version: browser.version(),
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
