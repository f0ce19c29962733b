// The face: the answer first, the rest folded. What people on the way find on a phone, on paper and beside the page.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { examine, leave, site } from "./harness.mjs";
import { BARS, PEOPLE, enter, screens } from "./on-the-way.mjs";

const PHONE = { width: 360, height: 780 };

describe("people on the way", () => {
  const here = site();
  const profiles = [];
  const open = async (name, kind, context = {}) => {
    const profile = await here.browser.newContext({ locale: "en-CA", timezoneId: "America/Edmonton", ...context });
    profiles.push(profile);
    const page = await profile.newPage();
    page.setDefaultTimeout(10_000);
    await enter(page, here.root, name, kind);
    return page;
  };
  after(() => Promise.all(profiles.map((profile) => profile.close())));

  for (const name of Object.keys(PEOPLE)) {
    test(`${name}: no page is longer than it may be, and its heading is in sight`, async () => {
      const page = await open(name, "index", { viewport: PHONE });
      const wrong = [];
      for (const [kind, bar] of Object.entries(BARS)) {
        await enter(page, here.root, name, kind);
        const length = await screens(page);
        const papers = await page.locator(".paper").count();
        // The bar of the checklist is for 11 papers.
        const most = kind === "checklist" ? bar * Math.max(1, papers / 11) : bar;
        if (length > most) wrong.push(`${kind}: ${length.toFixed(1)} screens of ${most.toFixed(1)}`);
        const top = await page.locator("h1").evaluate((h1) => h1.getBoundingClientRect().bottom);
        if (top > 260) wrong.push(`${kind}: the heading ends at ${top}`);
      }
      assert.deepEqual(wrong, []);
    });
  }

  test("every verdict and the next thing with its date are on the first screen", async () => {
    for (const name of ["eligible", "unmatched", "toronto", "closed"]) {
      const page = await open(name, "result", { viewport: PHONE });
      const bottom = (selector) =>
        page.locator(selector).last().evaluate((element) => element.getBoundingClientRect().bottom);
      assert.ok((await bottom(".glance .tag")) < PHONE.height, `${name}: a verdict`);
      const next = (await page.locator(".next time").count()) ? ".next time" : "#next";
      assert.ok((await bottom(next)) < PHONE.height, `${name}: the next thing`);
    }
  });

  test("nothing moves while the program arrives", async () => {
    const wrong = [];
    for (const viewport of [PHONE, { width: 1280, height: 900 }]) {
      for (const kind of ["index", "question", "answers", "result", "checklist", "timeline", "iterations", "sources"]) {
        for (const name of ["knows-nothing", "eligible"]) {
          const profile = await here.browser.newContext({ viewport });
          profiles.push(profile);
          const page = await profile.newPage();
          await page.addInitScript(() => {
            globalThis.shift = 0;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) globalThis.shift += entry.value;
            }).observe({ type: "layout-shift", buffered: true });
            new PerformanceObserver(() => (globalThis.painted = true)).observe({ type: "paint", buffered: true });
          });
          // The program comes once the page can be seen.
          let release;
          const seen = new Promise((done) => (release = done));
          await page.route("**/*.wasm", async (route) => {
            await seen;
            await route.continue();
          });
          const entered = enter(page, here.root, name, kind);
          await page.waitForFunction(() => globalThis.painted);
          release();
          await entered;
          // Two frames: what has moved is told with the second.
          await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
          const shift = await page.evaluate(() => globalThis.shift);
          if (shift > 0.01) wrong.push(`${name} ${kind} ${viewport.width}: ${shift.toFixed(3)}`);
        }
      }
    }
    assert.deepEqual(wrong, []);
  });

  test("all that is folded unfolds at once, on paper too", async () => {
    const page = await open("toronto", "result", { viewport: PHONE });
    const folded = () => page.locator(".page details:not([open], .grounds)").count();
    await page.locator(".leverage").first().waitFor({ state: "attached" });
    const before = await folded();
    assert.ok(before > 5);
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(await folded(), 0);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.equal(await folded(), before);
    const all = page.getByRole("button", { name: "Unfold or fold all" });
    await all.press("Enter");
    await page.waitForFunction(() => !document.querySelector(".page details:not([open], .grounds)"));
    await all.press("Enter");
    await page.waitForFunction(() => !document.querySelector(".page details[open]:not(.grounds)"));
  });

  test("what is folded is there, for whoever comes back as well", async () => {
    const page = await open("toronto", "result", { viewport: PHONE });
    for (const kind of ["checklist", "result", "timeline", "iterations", "result", "timeline"]) {
      await page.locator(`nav a[href$="${kind}.html"]`).first().press("Enter");
      await page.waitForURL(new RegExp(`${kind}.html`));
      await page.locator(".page .folded > *").first().waitFor({ state: "attached" });
      await page.waitForFunction(() => !document.querySelector(".page .folded:empty"));
    }
  });

  test("a link to what is folded unfolds it", async () => {
    const page = await open("toronto", "result", { viewport: PHONE });
    await page.locator(".glance a").first().press("Enter");
    await page.locator("#cell-alberta-entry[open] .lead").waitFor();
    // On another page.
    await page.locator(".doubts, a[href*='#']").first().waitFor();
    await enter(page, here.root, "eligible", "timeline");
    await page.getByRole("link", { name: "See it in the checklist" }).press("Enter");
    await page.locator("#document-first-application[open]").waitFor();
    // What is past is in a fold within a fold.
    await enter(page, here.root, "eligible", "iterations");
    await page.evaluate(() => {
      const link = document.querySelector('nav a[href$="timeline.html"]');
      link.href += "#date-aimg-opens";
      link.click();
    });
    await page.locator("#past[open] #date-aimg-opens[open]").waitFor();
    // In an address that is opened anew.
    await page.reload();
    await page.locator("#past[open] #date-aimg-opens[open]").waitFor();
    await page.waitForFunction(() => document.querySelector("#date-aimg-opens").getBoundingClientRect().top < innerHeight);
  });

  test("a letter is copied, or at least selected", async () => {
    const page = await open("skipped", "result", { viewport: PHONE });
    await page.locator(".glance a", { hasText: "Second" }).press("Enter");
    await page.locator("#cell-alberta-second summary", { hasText: "A question that you can send" }).press("Enter");
    await page.getByRole("button", { name: "Copy the text" }).first().press("Enter");
    await page.getByRole("status").filter({ hasText: /Copied|is selected/ }).waitFor();
    const letter = await page.locator("#cell-alberta-second .ready").first().innerText();
    assert.equal((await page.evaluate(() => getSelection().toString())).trim(), letter.trim());
  });

  test("papers are shown by what is due, what is wrong and where they go; a note stays", async () => {
    const page = await open("eligible", "checklist", { viewport: PHONE });
    const rows = page.locator("#papers ~ .paper:visible");
    const all = await rows.count();
    const show = page.getByLabel("Show", { exact: true });
    await show.selectOption({ label: "Problems (0)" });
    await page.getByText("Nothing here.").waitFor();
    const soon = await show.locator("option").nth(1).innerText();
    await show.selectOption({ label: soon });
    assert.equal(await rows.count(), Number(soon.match(/\d+/)[0]));
    await show.selectOption({ index: 0 });
    assert.equal(await rows.count(), all);

    const paper = page.locator("#document-mmi-result");
    await paper.locator("> summary").press("Enter");
    await paper.getByLabel("How far are you?").selectOption({ label: "Uploaded" });
    await paper.locator("> summary .tag", { hasText: "Check that it shows" }).waitFor();
    await paper.getByLabel("Your note on").fill("ask Calgary");
    await page.getByRole("link", { name: "Timeline" }).press("Enter");
    await page.goBack();
    assert.equal(await page.locator("#document-mmi-result").getByLabel("Your note on").inputValue(), "ask Calgary");
    const kept = await page.evaluate(() => localStorage.getItem("img-self-check"));
    assert.match(kept, /"note":\{"mmi-result":"ask Calgary"\}/);
    assert.match(kept, /"mark":\{"mmi-result":"uploaded"\}/);
  });

  test("what is finished stays in its place, with the focus, until one comes back", async () => {
    const page = await open("eligible", "checklist", { viewport: PHONE });
    const ticked = page.locator("#papers ~ .paper").filter({ has: page.locator("[type=checkbox]") });
    const id = await ticked.first().getAttribute("id");
    await page.locator(`#${id} > summary`).press("Enter");
    const done = page.locator(`#${id} [type=checkbox]`);
    await done.press("Space");
    await page.locator(`#${id}`).getByText("You marked this as done").waitFor();
    assert.ok(await done.evaluate((box) => box.checked && box === document.activeElement));
    await page.getByRole("link", { name: "Timeline" }).press("Enter");
    await page.goBack();
    await page.locator(`#done #${id}`).waitFor({ state: "attached" });
  });

  test("a date without a day is entered, and whoever entered it goes with it", async () => {
    const page = await open("unmatched", "timeline", { viewport: PHONE });
    await page.locator("#date-second-review > summary").press("Enter");
    await page.locator("#enter-second-review > summary").press("Enter");
    const entry = page.locator("form.entry", { has: page.locator("#enter-second-review-year") });
    await entry.getByLabel("Year").fill("2027");
    await entry.getByLabel("Month").selectOption({ index: 3 });
    await entry.getByLabel("Day").fill("26");
    await entry.getByLabel("Day").press("Enter");
    await page.locator("#ahead ~ .timeline #enter-second-review-use, [aria-labelledby=ahead] #enter-second-review-use").waitFor();
    await page.waitForFunction(() => document.activeElement.id === "enter-second-review-use");
    assert.ok(await page.locator("#enter-second-review-use").isVisible());
  });

  test("a change is compared with today where it stands, and the focus stays", async () => {
    const page = await open("skipped", "result", { viewport: PHONE });
    await page.locator(".leverage").first().waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Unfold or fold all" }).press("Enter");
    const set = page.locator(".alternatives > li").filter({ has: page.getByRole("button") }).first();
    const button = set.getByRole("button");
    await button.press("Enter");
    const table = set.locator("[role=status] table");
    await table.waitFor();
    assert.equal(await table.locator("tbody tr").count(), 3);
    const verdicts = (column) => table.locator(`tbody td:nth-of-type(${column})`).allInnerTexts();
    assert.notDeepEqual(await verdicts(1), await verdicts(2));
    assert.ok(await button.evaluate((element) => element === document.activeElement));
  });

  test("with forced colors, what is pressed or ticked has an edge, and axe finds nothing", async () => {
    const page = await open("eligible", "result", { viewport: PHONE, forcedColors: "active", bypassCSP: true });
    const found = [];
    for (const kind of ["result", "checklist", "timeline", "iterations"]) {
      await enter(page, here.root, "eligible", kind);
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      const bare = await page.locator(".button:visible, .input:visible, [type=checkbox]:visible").evaluateAll((all) => {
        const isBare = (style) => style.appearance === "none" && !(parseFloat(style.borderTopWidth) > 0);
        return all.filter((one) => isBare(getComputedStyle(one))).map((one) => one.outerHTML);
      });
      found.push(...bare, ...(await examine(page)).map((violation) => `${kind}: ${violation}`));
    }
    assert.deepEqual(found, []);
  });

  test("axe finds nothing in what is unfolded, light or dark", async () => {
    const page = await open("toronto", "index", { viewport: PHONE, bypassCSP: true });
    const found = [];
    for (const name of ["skipped", "toronto"]) {
      for (const kind of ["answers", "result", "checklist", "timeline", "iterations"]) {
        await enter(page, here.root, name, kind);
        await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
        found.push(...(await examine(page)).map((violation) => `${name} ${kind}: ${violation}`));
      }
    }
    assert.deepEqual(found, []);
  });

  test("a wide screen has the next thing beside the page", async () => {
    const page = await open("eligible", "result", { viewport: { width: 1280, height: 900 } });
    const box = (selector) => page.locator(selector).first().boundingBox();
    assert.ok((await box(".page > .next")).x > (await box(".glance")).x + (await box(".glance")).width);
    await enter(page, here.root, "eligible", "checklist");
    assert.ok((await box(".beside")).x > (await box(".page")).x + (await box(".page")).width);
  });
});
