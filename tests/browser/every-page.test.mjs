// What holds for every page, in the browser: the app draws it, unless it is one without the app; it
// fits a narrow screen, and axe finds nothing in it, by day and by night.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pages, plain } from "../site/files.mjs";
import { examine, hasStarted, leave, site } from "./harness.mjs";

describe("every page", () => {
  const here = site({ base: "/a/b/" });
  const go = async (page, path) => {
    await page.goto(here.root + path);
    if (!plain.includes(path)) await hasStarted(page);
  };

  test("is drawn without complaint, and fits a screen of 320 pixels", async () => {
    const page = await here.open("", { context: { viewport: { width: 320, height: 640 } } });
    const wide = [];
    for (const path of pages) {
      await go(page, path);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 320) wide.push(`${path}: ${width}`);
    }
    assert.deepEqual(wide, []);
    await leave(page);
  });

  test("has nothing for axe to find, light or dark", async () => {
    const page = await here.open("", { context: { bypassCSP: true } });
    const found = [];
    for (const path of pages) {
      await go(page, path);
      found.push(...(await examine(page)).map((violation) => `${path}: ${violation}`));
    }
    assert.deepEqual(found, []);
    await leave(page);
  });
});
