// What every journey needs: the site on a server, Chromium, and a page that is watched from its first byte.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

// A day on which the live match is under way. Pages read the time from the browser, and tests fix it.
export const NOW = "2026-11-23T16:00:00Z";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const AXE_COLOURS = ["color-contrast", "link-in-text-block"];

// Where the page keeps answers.
export const KEY = "img-self-check";

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

// Serves the site for the tests of one file and starts Chromium. The fields are there once the tests run. Who looks at
// the requests has nothing `stored`, because the browser asks only once for what it may keep.
export function site({ base = "/", stored = true } = {}) {
  const here = {};
  before(async () => {
    here.server = await serve({ base, stored });
    here.root = here.server.root;
    here.browser = await launch();
  });
  after(async () => {
    await here.browser?.close();
    await here.server?.close();
  });

  // Opens a page of the site in a browser profile of its own; `prepare` gets it before it loads. Anything that
  // goes wrong is noted in `page.complaints`: errors on the console, uncaught errors, requests that failed or
  // left the site.
  here.open = async (path = "", { now = NOW, context = {}, started = true, prepare } = {}) => {
    const profile = await here.browser.newContext({ locale: "en-CA", timezoneId: "America/Edmonton", ...context });
    const page = await profile.newPage();
    page.setDefaultTimeout(10_000);
    page.complaints = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) page.complaints.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => page.complaints.push(`uncaught: ${error.message}`));
    page.on("requestfailed", (request) => {
      // Without script Chromium gives up the preloads of a module.
      const noScript = context.javaScriptEnabled === false && request.resourceType() === "script";
      // Chromium counts every answer to HEAD as given up, because it has no body.
      const head = request.method() === "HEAD" && request.failure().errorText === "net::ERR_ABORTED";
      if (!noScript && !head) page.complaints.push(`failed: ${request.url()}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) page.complaints.push(`${response.status()}: ${response.url()}`);
    });
    page.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      const own = origin === new URL(here.root).origin || protocol === "blob:" || protocol === "data:";
      if (!own) page.complaints.push(`left the site: ${request.url()}`);
    });
    await page.clock.setFixedTime(now);
    await prepare?.(page);
    await page.goto(here.root + path);
    if (started) await hasStarted(page);
    return page;
  };
  return here;
}

// Waits until the app answers.
export async function hasStarted(page) {
  await page.waitForFunction(() => globalThis.selfCheck?.started);
}

// The page did nothing that it should not, and closes.
export async function leave(page) {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
}

// What axe finds on a page, which must have been opened with `bypassCSP`: under the site's own policy axe
// cannot run, and what the policy allows is tested by all the other pages.
//
// By day every rule is looked at, and by night those that look at colours, which is all that the night changes.
export async function examine(page) {
  const devtools = await page.context().newCDPSession(page);
  const { frameTree } = await devtools.send("Page.getFrameTree");
  // A world of its own: the page's timers go through the clock that tests hold, and axe would wait for them.
  const world = await devtools.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  const run = async (expression) => {
    const how = { contextId: world.executionContextId, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await devtools.send("Runtime.evaluate", { expression, ...how });
    assert.equal(exceptionDetails, undefined, JSON.stringify(exceptionDetails));
    return result.value;
  };
  await run(`${AXE}; 0`);
  const found = [];
  for (const [theme, runOnly] of [
    ["dark", { type: "rule", values: AXE_COLOURS }],
    ["light", { type: "tag", values: AXE_TAGS }],
  ]) {
    await page.emulateMedia({ colorScheme: theme });
    const options = JSON.stringify({ runOnly, resultTypes: ["violations"] });
    for (const { id, nodes } of await run(`axe.run(${options}).then(({ violations }) => violations)`))
      found.push(...nodes.map((node) => `${id}: ${theme}: ${node.html} ${node.failureSummary}`));
  }
  await devtools.detach();
  return found;
}

// Does to the page what a browser's translator does: every text goes into an element of its own.
export async function translate(page) {
  await page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) found.push(texts.currentNode);
    for (const text of found.filter((text) => text.data.trim())) {
      const outer = document.createElement("font");
      text.replaceWith(outer);
      outer.append(document.createElement("font"));
      outer.firstChild.append(text);
    }
  });
}
