// The page of the proof: a file without the app, beside the tab with the answers.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { plain } from "../site/files.mjs";
import { leave, site } from "./harness.mjs";
import { answer, goOn, tabTo } from "./person.mjs";

describe("the proof", () => {
  const here = site({ base: "/a/b/", stored: false });

  test("opens beside the answers, which nobody wanted to keep", async () => {
    const page = await here.open("question-aimg-status.html");
    await answer(page, "I did not apply for the 2027 cycle");
    await goOn(page, () => page.locator("nav").getByText("Rules", { exact: true }).click());
    here.server.requests.length = 0;
    const opened = page.context().waitForEvent("page");
    await page.getByRole("link", { name: "How these rules were tested" }).click();
    const proof = await opened;
    await proof.waitForLoadState();
    assert.equal(proof.url(), `${here.root}proof.html`);
    assert.equal(await proof.locator("h1").textContent(), "How these rules were tested");
    assert.deepEqual(here.server.requests.filter((path) => !/\.(html|css|svg)$/.test(path)), []);
    await goOn(page, () => page.locator("nav").getByText("Answers").click());
    assert.equal(await page.locator(".answered a").count(), 1);
    await leave(page);
  });

  test("is read with the keyboard, and leads back to the rules", async () => {
    const page = await here.open("2022-proof.html", { started: false });
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest("main")));
    await tabTo(page, (element) => element.tagName === "SUMMARY", "a note");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("details[open] li").first().isVisible(), true);
    await page.locator("main").getByRole("link", { name: "Rules and sources" }).press("Enter");
    await page.waitForURL(`${here.root}2022-sources.html`);
    await leave(page);
  });

  test("reads well without script, and on paper", async () => {
    assert.notEqual(plain.length, 0);
    for (const path of plain) {
      const page = await here.open(path, { started: false, context: { javaScriptEnabled: false } });
      assert.equal(await page.locator(".criterion .tag").count(), 21, path);
      assert.equal(await page.locator("nav").isVisible(), true);
      assert.equal(await page.locator("details li").first().isVisible(), false);
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.locator("nav").isVisible(), false);
      assert.equal(await page.locator("details li").first().isVisible(), true);
      await leave(page);
    }
  });
});
