// What a person sees when the app cannot start, or ends in the middle of their answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { KEY, examine, leave, site } from "./harness.mjs";

const here = site({ base: "/a/b/" });
const notice = (page) => page.locator("#stopped");

// The notice is what these tests are about, so what led to it is not a complaint.
async function leaveStopped(page) {
  page.complaints = page.complaints.filter((complaint) => complaint.startsWith("left the site"));
  await leave(page);
}

// The program ends with answers.
const crash = (page) =>
  page.evaluate(() => {
    selfCheck.session = "a=1";
    dispatchEvent(new ErrorEvent("error", { error: new WebAssembly.RuntimeError("unreachable") }));
  });

test("the app's files are missing", async () => {
  const page = await here.open("", { started: false, prepare: (page) => page.route("**/*.wasm", (route) => route.abort()) });
  await notice(page).waitFor();
  assert.equal(await page.locator("h1").first().isVisible(), true);
  assert.equal(await page.locator("#stopped textarea").isVisible(), false);
  await leaveStopped(page);
});

test("the app crashes, and the answers are kept as a link", async () => {
  const page = await here.open();
  await crash(page);
  await notice(page).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "stopped");
  assert.equal(await page.locator("#stopped textarea").inputValue(), `${here.root}#a=1`);

  const loaded = page.waitForEvent("load");
  await page.locator("[data-again=answers]").click();
  await loaded;
  await page.waitForFunction(() => globalThis.selfCheck?.started);
  assert.equal(await notice(page).isVisible(), false);
  await leaveStopped(page);
});

test("somebody's extension throws, and the app goes on", async () => {
  const page = await here.open();
  await page.evaluate(() => dispatchEvent(new ErrorEvent("error", { error: new TypeError("elsewhere") })));
  assert.equal(await notice(page).isVisible(), false);
  await leave(page);
});

test("an address leads nowhere", async () => {
  const page = await here.open("no/such/page.html", { started: false });
  assert.match(await page.locator("h1").textContent(), /no page/);
  page.complaints = page.complaints.filter((complaint) => !complaint.includes("404"));
  await leave(page);
});

// Every state in which something failed or is wrong: where it happens, what leads to it, and what is there then.
const KEPT = "self-check 1\n2027/aimg-status = \"not-applied\"\nstatus = \"king\"\n";
const WRONG = {
  "the program is missing": {
    started: false,
    prepare: (page) => page.route("**/*.wasm", (route) => route.abort()),
    shows: "#stopped",
  },
  // Nor are its styles, so the sizes are the browser's own.
  "none of the page's own files is there": {
    started: false,
    without: "target-size",
    prepare: (page) => page.route(/\.(js|css|wasm|bin)$/, (route) => route.fulfill({ status: 404, body: "" })),
    shows: "#late a",
  },
  "the browser has no WebAssembly": {
    started: false,
    prepare: (page) => page.addInitScript(() => delete globalThis.WebAssembly),
    shows: "#stopped",
  },
  "the program crashed with answers": {
    act: crash,
    shows: "#stopped textarea",
  },
  "another cycle's rules do not come": {
    prepare: (page) => page.route("**/rulebook-2022-*", (route) => route.abort()),
    act: (page) => page.getByText("Rules of the 2022 cycle").click(),
    shows: "h2:visible:has-text(\"could not be loaded\")",
  },
  "nothing can be kept": {
    path: "question-aimg-status.html",
    prepare: (page) =>
      page.addInitScript(() =>
        Object.defineProperty(globalThis, "localStorage", {
          get() {
            throw new DOMException("blocked", "SecurityError");
          },
        }),
      ),
    act: async (page) => {
      await page.getByText("I did not apply for the 2027 cycle", { exact: true }).click();
      await page.locator("button[type=submit]").click();
    },
    shows: "text=This browser cannot keep your answers",
  },
  "what was kept cannot all be read": {
    path: "answers.html",
    prepare: (page) => page.addInitScript(([key, text]) => localStorage.setItem(key, text), [KEY, KEPT]),
    shows: "text=king",
  },
  "a form without an answer": {
    path: "question-aimg-status.html",
    act: (page) => page.locator("button[type=submit]").click(),
    shows: ".error-summary",
  },
  "a day that does not exist": {
    path: "question-us-md-finished.html",
    act: async (page) => {
      await page.getByLabel("Year").fill("2025");
      await page.getByLabel("Month").selectOption({ label: "February" });
      await page.getByLabel("Day").fill("31");
      await page.locator("button[type=submit]").click();
    },
    shows: ".error-summary",
  },
  "an address that leads nowhere": { started: false, path: "no/such/page.html", shows: "h1" },
};

test("axe finds nothing where something is wrong, light or dark", async () => {
  const found = [];
  for (const [name, { path = "", started = true, prepare, act, shows, without }] of Object.entries(WRONG)) {
    const page = await here.open(path, { started, prepare, context: { bypassCSP: true } });
    await act?.(page);
    await page.locator(shows).locator("visible=true").first().waitFor();
    const violations = (await examine(page)).filter((violation) => !without || !violation.startsWith(`${without}:`));
    found.push(...violations.map((violation) => `${name}: ${violation}`));
    await leaveStopped(page);
  }
  assert.deepEqual(found, []);
});
