// The page of all rules: a file that the app fetches and shows as it is, with a search.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { leave, site, translate } from "./harness.mjs";
import { answer, goOn } from "./person.mjs";

const nav = (page, name) => page.locator("nav").getByText(name, { exact: true });
const warning = (page) => page.getByRole("alert");
const rules = (page) => page.locator("[data-general] .rule:visible");
// The section of the rules, unfolded.
const unfold = (page) => page.locator("#rules > summary").press("Enter");

for (const width of [360, 1280]) {
  describe(`the rules, at a width of ${width}`, () => {
    const here = site({ base: "/a/b/" });
    const context = { viewport: { width, height: 780 } };
    const open = (path, options = {}) => here.open(path, { context, ...options });

    test("are shown beside answers that nobody keeps, and Back leads back", async () => {
      const page = await open("question-aimg-status.html");
      await answer(page, "I did not apply for the 2027 cycle");
      const loaded = await page.evaluate(() => (globalThis.same = true));
      await goOn(page, () => nav(page, "Rules").click());
      assert.equal(await page.locator("h1").textContent(), "Rules and sources");
      assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
      assert.match(page.url(), /\/sources\.html$/);
      assert.match(await page.title(), /^Rules and sources/);
      assert.equal(await rules(page).count(), 0);
      await unfold(page);
      assert.ok((await rules(page).count()) > 30);
      // A link of the page's own to another, and back.
      await page.locator("#dates > summary").press("Enter");
      await page.locator("#dates a", { hasText: /^Dates$/ }).press("Enter");
      await page.goBack();
      await page.locator("[data-general]").waitFor();
      await goOn(page, () => nav(page, "Answers").click());
      assert.equal(await page.locator(".answered a").count(), 1);
      assert.ok(loaded && (await page.evaluate(() => globalThis.same)));
      // Fetched once.
      here.server.requests.length = 0;
      await goOn(page, () => nav(page, "Rules").click());
      assert.deepEqual(here.server.requests.filter((path) => path.endsWith(".html")), []);
      await leave(page);
    });

    test("of another cycle are fetched with that cycle's rules", async () => {
      const page = await open("2022-answers.html");
      await goOn(page, () => nav(page, "Rules").click());
      assert.match(page.url(), /2022-sources\.html$/);
      await unfold(page);
      await rules(page).first().waitFor();
      await leave(page);
    });

    test("are searched by every word, without accents or capitals, and all come back", async () => {
      const page = await open("sources.html");
      await unfold(page);
      const all = await rules(page).count();
      const search = page.getByRole("searchbox", { name: "Search in the rules" });
      await search.fill("MMI ínterview");
      const found = await page.locator("#rules .rule:visible").allTextContents();
      assert.ok(found.length > 0 && found.length < all);
      for (const text of found) assert.match(text, /mmi[\s\S]*interview|interview[\s\S]*mmi/i);
      assert.match(await page.getByRole("status").textContent(), /^\d+ of \d+ entries$/);
      await search.fill("no such word anywhere");
      assert.equal(await rules(page).count(), 0);
      assert.match(await page.getByRole("status").textContent(), /^0 of \d+ entries$/);
      // Few are unfolded at once, with what was found in them.
      await search.fill("mmi interview result");
      await page.locator("[data-general] .rule[open] .folded").first().waitFor();
      await search.fill("");
      assert.equal(await page.locator("[data-general] details[open]").count(), 0);
      await unfold(page);
      assert.equal(await rules(page).count(), all);
      assert.equal(await page.getByRole("status").textContent(), "");
      await leave(page);
    });

    test("can be read without script, and then have no search", async () => {
      const page = await open("sources.html", { started: false, context: { ...context, javaScriptEnabled: false } });
      await unfold(page);
      assert.ok((await rules(page).count()) > 30);
      assert.equal(await page.getByRole("searchbox").count(), 0);
      await leave(page);
    });

    test("give way to another page when a translator has rewritten them", async () => {
      const page = await open("answers.html");
      await goOn(page, () => nav(page, "Rules").click());
      await translate(page);
      await page.getByRole("searchbox").fill("mmi");
      await goOn(page, () => page.locator("nav li").nth(2).click());
      assert.equal(await page.locator("[data-general]").count(), 0);
      assert.equal(await page.locator("h1").count(), 1);
      await leave(page);
    });

    for (const [how, body, says] of [
      ["the host answers with its start page", "<h1>Start</h1>", /could not be loaded/],
      ["the site has other rules by now", '<div id="app"><div data-general="other">Other</div></div>', /could not be loaded/],
    ]) {
      test(`are not shown when ${how}`, async () => {
        const page = await open("answers.html");
        let broken = true;
        await page.route("**/sources.html", (route) =>
          broken ? route.fulfill({ status: 200, contentType: "text/html", body }) : route.continue(),
        );
        await nav(page, "Rules").click();
        await warning(page).waitFor();
        assert.match(await warning(page).textContent(), says);
        assert.equal(await page.locator("h1").textContent(), "Your answers");
        broken = false;
        const again = warning(page).getByRole("button").first();
        await again.click();
        await page.locator("h1", { hasText: how.startsWith("the host") ? "Rules" : "Your answers" }).waitFor();
        await leave(page);
      });
    }
  });
}
