// Chromium with a page that runs the engine. The page is isolated, which gives it the finest clock that a page can have.
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../tests/browser/server.mjs";

// The browser tests pin it.
const { chromium } = createRequire(new URL("../tests/browser/package.json", import.meta.url))("playwright-core");

const HEADERS = {
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Opener-Policy": "same-origin",
};

// Opens a page whose `globalThis.engine` is the engine with these states, as `start` in engine.mjs returns it.
export async function openEngine(wasm, states) {
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  const here = (name) => fileURLToPath(new URL(name, import.meta.url));
  await writeFile(join(folder, "index.html"), "<!DOCTYPE html>");
  for (const name of ["engine.mjs", "timing.mjs"]) await copyFile(here(name), join(folder, name));
  await copyFile(wasm, join(folder, "engine.wasm"));
  await copyFile(states, join(folder, "states.bin"));
  const server = await serve({ folder, headers: HEADERS });
  const browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  });
  const page = await browser.newPage();
  // Rounds take longer than what a page is usually waited for.
  page.setDefaultTimeout(0);
  await page.goto(server.root);
  await page.evaluate(async () => {
    const { start } = await import("/engine.mjs");
    const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
    globalThis.engine = await start(await bytes("/engine.wasm"), await bytes("/states.bin"));
    if (!crossOriginIsolated) throw new Error("the page is not isolated, and its clock is coarse");
  });
  return {
    page,
    version: browser.version(),
    async close() {
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
