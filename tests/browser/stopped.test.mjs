// What a person sees when the app cannot start, or ends in the middle of their answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { leave, site } from "./harness.mjs";

const here = site({ base: "/a/b/" });
const notice = (page) => page.locator("#stopped");

// The notice is what these tests are about, so what led to it is not a complaint.
async function leaveStopped(page) {
  page.complaints = page.complaints.filter((complaint) => complaint.startsWith("left the site"));
  await leave(page);
}

test("the app's files are missing", async () => {
  const page = await here.open("", { started: false, prepare: (page) => page.route("**/*.wasm", (route) => route.abort()) });
  await notice(page).waitFor();
  assert.equal(await page.locator("h1").first().isVisible(), true);
  assert.equal(await page.locator("#stopped textarea").isVisible(), false);
  await leaveStopped(page);
});

test("the app crashes, and the answers are kept as a link", async () => {
  const page = await here.open();
  await page.evaluate(() => {
    selfCheck.session = "a=1";
    dispatchEvent(new ErrorEvent("error", { error: new WebAssembly.RuntimeError("unreachable") }));
  });
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
