import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { leave, site } from "./harness.mjs";

for (const base of ["/", "/a/b/"]) {
  describe(`the site at ${base}`, () => {
    const here = site({ base, stored: false });

    test("starts the app on the start page", async () => {
      const page = await here.open();
      assert.equal(await page.locator("h1").count(), 1);
      assert.equal(await page.evaluate(() => selfCheck.root), here.root);
      await leave(page);
    });

    test("reads well without script", async () => {
      const page = await here.open("", { started: false, context: { javaScriptEnabled: false } });
      assert.equal(await page.locator("h1").count(), 1);
      assert.equal(await page.locator("#stopped").isVisible(), false);
      await leave(page);
    });

    test("asks for no file twice", async () => {
      here.server.requests.length = 0;
      await leave(await here.open());
      const asked = here.server.requests;
      assert.deepEqual(asked.filter((path, idx) => asked.indexOf(path) !== idx), []);
    });
  });
}
