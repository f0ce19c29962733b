// What happens to answers: going back and forth, changing, keeping, erasing, links, and whatever breaks.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { KEY, hasStarted, leave, site } from "./harness.mjs";
import { answer, answerAll, follow, goOn, question, submit, verdicts } from "./person.mjs";

const CLOSED = { "AIMG Program": "Closed", "First iteration": "Closed", "Second iteration": "Closed" };

const kept = (page) => page.evaluate((key) => localStorage.getItem(key), KEY);
const tap = (page, name) => page.getByRole("button", { name, exact: true }).click();
const ticked = (page) => page.locator("form.question input:checked").inputValue();

async function reload(page) {
  await page.reload();
  await hasStarted(page);
}

describe("answers", () => {
  const here = site();

  test("stay when the person goes back and forth", async () => {
    const page = await here.open("question-aimg-status.html");
    await answer(page, "waiting for the decision");
    const second = question(page);
    await page.goBack();
    await page.waitForFunction(() => location.pathname.endsWith("aimg-status.html"));
    await page.waitForFunction(() => document.activeElement.tagName === "H1");
    assert.equal(await ticked(page), "waiting");
    await page.goForward();
    await page.waitForFunction((id) => location.pathname.includes(id), second);
    await follow(page, "Back");
    assert.equal(question(page), "aimg-status");
    assert.equal(await ticked(page), "waiting");
    await leave(page);
  });

  test("are changed from the answers page, and the way leads back there", async () => {
    const page = await here.open("question-aimg-status.html");
    await answer(page, "I did not apply for the 2027 cycle");
    assert.deepEqual(await verdicts(page), CLOSED);
    await goOn(page, () => page.locator("nav").getByText("Answers").click());
    await page.getByText("Change: Where do you stand").count();
    await goOn(page, () => page.locator(".answered a").first().click());
    await answer(page, "Canadian graduate");
    // That made another question necessary.
    assert.ok(question(page));
    await goOn(page, () => page.locator("nav").getByText("Answers").click());
    await goOn(page, () => page.locator(".answered a").first().click());
    await answer(page, "I did not apply for the 2027 cycle");
    assert.match(page.url(), /answers\.html$/);
    await leave(page);
  });

  test("are set aside, not lost, when another answer makes them needless", async () => {
    const page = await here.open("question-aimg-status.html");
    await answer(page, "found me eligible");
    assert.ok(question(page));
    await page.locator("form.question input").first().check();
    await goOn(page, () => submit(page));
    await goOn(page, () => page.locator("nav").getByText("Answers").click());
    await goOn(page, () => page.locator(".answered a").first().click());
    await answer(page, "I did not apply for the 2027 cycle");
    assert.equal(await page.locator(".set-aside .row").count(), 1);
    await leave(page);
  });

  test("need a choice before the person goes on, and keep what is wrong", async () => {
    const page = await here.open("question-us-md-finished.html");
    await page.getByLabel("Year").fill("2025");
    await page.getByLabel("Month").selectOption({ label: "February" });
    await page.getByLabel("Day").fill("31");
    await submit(page);
    await page.locator(".error-summary").waitFor();
    assert.match(await page.title(), /^Error: /);
    assert.equal(await page.evaluate(() => document.activeElement.className), "error-summary");
    assert.equal(await page.getByLabel("Day").inputValue(), "31");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "answer-day");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("28");
    await goOn(page, () => page.keyboard.press("Enter"));
    assert.doesNotMatch(await page.title(), /^Error: /);
    await leave(page);
  });

  test("can be skipped and not known without going round in circles", async () => {
    const page = await here.open("question-aimg-status.html");
    for (let asked = 0; question(page); asked++) {
      assert.ok(asked < 40);
      // By key: presses with a mouse so soon after each other count once.
      await goOn(page, () => page.getByRole("button", { name: "Skip this question" }).press("Enter"));
    }
    assert.match(page.url(), /answers\.html$/);
    assert.ok((await page.locator(".open .row").count()) > 3);
    await leave(page);
  });

  test("outlive a reload only if the person says so", async () => {
    const page = await here.open("question-aimg-status.html");
    await answer(page, "I did not apply for the 2027 cycle");
    assert.equal(await kept(page), null);
    await reload(page);
    await page.goto(`${here.root}answers.html`);
    await hasStarted(page);
    assert.equal(await page.locator(".row").count(), 0);

    await page.goto(`${here.root}question-aimg-status.html`);
    await hasStarted(page);
    await answer(page, "I did not apply for the 2027 cycle");
    await tap(page, "Yes, keep them");
    await page.getByText("Your answers are kept on this device").waitFor();
    assert.match(await kept(page), /^\{"self-check":2,"cycle":\{"2027":\{"aimg-status":"not-applied"\}\}/);
    await reload(page);
    assert.deepEqual(await verdicts(page), CLOSED);

    await tap(page, "Erase everything");
    await page.getByText("Everything is erased").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "keeping");
    assert.equal(await kept(page), null);
    await reload(page);
    assert.equal(await page.locator(".glance").count(), 0);
    await leave(page);
  });

  test("are not kept on a shared computer", async () => {
    const page = await here.open("question-aimg-status.html");
    await answer(page, "I did not apply for the 2027 cycle");
    await tap(page, "This is a shared computer");
    await page.getByText("Your answers are not kept").waitFor();
    await goOn(page, () => page.locator("nav").getByText("Answers").click());
    assert.equal(await kept(page), null);
    await leave(page);
  });

  test("work where the browser keeps nothing", async () => {
    const blocked = () =>
      Object.defineProperty(globalThis, "localStorage", {
        get() {
          throw new DOMException("blocked", "SecurityError");
        },
      });
    const page = await here.open("question-aimg-status.html", { prepare: (page) => page.addInitScript(blocked) });
    await answer(page, "I did not apply for the 2027 cycle");
    assert.deepEqual(await verdicts(page), CLOSED);
    await page.getByText("This browser cannot keep your answers").waitFor();
    await leave(page);
  });

  test("work where the browser's storage is full", async () => {
    const full = () => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    };
    const page = await here.open("question-aimg-status.html", { prepare: (page) => page.addInitScript(full) });
    await answer(page, "I did not apply for the 2027 cycle");
    await tap(page, "Yes, keep them");
    await page.getByText("This browser cannot keep your answers").waitFor();
    assert.deepEqual(await verdicts(page), CLOSED);
    await leave(page);
  });

  const texts = {
    "that an older page kept": ['self-check 1\n2027/aimg-status = "not-applied"\n', []],
    "of another version": [
      '{"self-check":9,"cycle":{"2027":{"aimg-status":"not-applied"}},"future":{"more":1}}',
      ['future = {"more":1}', "self-check = 9"],
    ],
    "of another version, older still": ['self-check 9\n2027/aimg-status = "not-applied"\nfuture = { more = 1 }\n', ["self-check 9", "future = { more = 1 }"]],
    "that no program can read": ['{"self-check":2,"status":"citi', ['{"self-check":2,"status":"citi'], null],
    "that is cut off": ['self-check 1\n2027/aimg-status = "not-applied"\nstatus = "citi', ['status = "citi']],
    "with names and signs that browsers stumble over": [
      '{"self-check":2,"cycle":{"2027":{"aimg-status":"not-applied","__proto__":"<img src=x onerror=alert(1)>"}},"__proto__":{"x":1},"toString":1e999}',
      ['__proto__ = {"x":1}', 'cycle.2027.__proto__ = "<img src=x onerror=alert(1)>"', "toString = null"],
    ],
    "that somebody edited": [
      'self-check 1\n2027/aimg-status = "not-applied"\nstatus = "king"\nno-such-question = true\n<b>hello</b>\n',
      ["<b>hello</b>", 'no-such-question = true', 'status = "king"'],
    ],
  };
  for (const [name, [text, dropped, expected = CLOSED]] of Object.entries(texts)) {
    test(`come back from a text ${name}`, async () => {
      const page = await here.open("result.html", {
        prepare: (page) => page.addInitScript(([key, text]) => localStorage.setItem(key, text), [KEY, text]),
      });
      if (expected) assert.deepEqual(await verdicts(page), expected);
      assert.deepEqual(await page.locator(".dropped li").allTextContents(), dropped);
      if (dropped.length) await tap(page, "I have read this");
      assert.equal(await page.locator(".dropped").count(), 0);
      await leave(page);
    });
  }

  test("come from a link, which does not stay in the address bar", async () => {
    const page = await here.open("result.html#s=self-check+1&2027/aimg-status='not-applied'&order=%5B'aimg-status'%5D");
    await page.getByText("These answers came with a link").waitFor();
    assert.deepEqual(await verdicts(page), CLOSED);
    assert.equal(page.url(), `${here.root}result.html`);
    assert.equal(await kept(page), null);
    await leave(page);
  });

  test("are the same in every tab that keeps them", async () => {
    const page = await here.open("question-aimg-status.html");
    await answer(page, "I did not apply for the 2027 cycle");
    await tap(page, "Yes, keep them");
    const other = await page.context().newPage();
    await other.clock.setFixedTime("2026-11-23T16:00:00Z");
    await other.goto(`${here.root}question-aimg-status.html`);
    await hasStarted(other);
    await answer(other, "found me ineligible");
    await page.waitForFunction(() => selfCheck.session.includes("ineligible"));
    await leave(page);
  });

  test("outlive a page translator that wraps every text", async () => {
    const page = await here.open("question-aimg-status.html");
    const translate = () =>
      page.evaluate(() => {
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found = [];
        while (texts.nextNode()) if (texts.currentNode.data.trim()) found.push(texts.currentNode);
        for (const text of found) {
          if (text.parentElement.closest("option, textarea, font")) continue;
          const [outer, inner] = [document.createElement("font"), document.createElement("font")];
          inner.textContent = text.data;
          outer.append(inner);
          text.replaceWith(outer);
        }
      });
    await translate();
    await submit(page);
    await page.locator(".error-summary").waitFor();
    await translate();
    await answer(page, "waiting for the decision");
    for (let asked = 0; asked < 5 && question(page); asked++) {
      await translate();
      // By key: presses with a mouse so soon after each other count once.
      await page.locator("form.question input").first().press("Space");
      await goOn(page, () => submit(page));
    }
    await translate();
    await tap(page, "Yes, keep them");
    await page.getByText("Your answers are kept on this device").waitFor();
    for (const words of ["Answers", "Result", "Checklist", "Timeline", "Iterations", "Rules"]) {
      await translate();
      await goOn(page, () => page.locator("nav").getByText(words).click());
    }
    await translate();
    await goOn(page, () => page.locator("nav").getByText("Questions").click());
    assert.equal(await page.locator("#stopped").isVisible(), false);
    await leave(page);
  });

  test("survive a translator that was there before the app", async () => {
    const wrap = async (route) => {
      const response = await route.fetch();
      const html = (await response.text()).replace(/(<h1[^>]*>)([^<]*)/, "$1<font><font>$2</font></font>");
      await route.fulfill({ response, body: html });
    };
    const page = await here.open("question-aimg-status.html", {
      prepare: (page) => page.route("**/question-aimg-status.html", wrap),
    });
    await answer(page, "I did not apply for the 2027 cycle");
    assert.deepEqual(await verdicts(page), CLOSED);
    await leave(page);
  });

  test("are offered as a link when the app breaks", async () => {
    const page = await here.open("question-aimg-status.html");
    await answer(page, "found me eligible");
    // An extension takes away the element that the app draws into: the next page cannot be put in its place.
    await page.evaluate(() => document.querySelector("main").replaceChildren());
    await page.locator("nav").getByText("Timeline").click();
    await page.locator("#stopped").waitFor();
    page.complaints = [];
    const link = await page.locator("#stopped textarea").inputValue();
    assert.match(link, /#s2-1-[0-9a-f]{8}Y2027Aaimg-statusVeligibleZ$/);
    const loaded = page.waitForEvent("load");
    await page.locator("[data-again=answers]").click();
    await loaded;
    await hasStarted(page);
    assert.match(await page.evaluate(() => selfCheck.session), /eligible/);
    await page.getByText("Keep your answers on this device?").waitFor();
    await leave(page);
  });

  test("are read before the app is there", async () => {
    let release;
    const waiting = new Promise((resolve) => (release = resolve));
    const page = await here.open("question-aimg-status.html", {
      started: false,
      prepare: (page) => page.route("**/*.wasm", async (route) => (await waiting, route.continue())),
    });
    await page.getByText("I did not apply for the 2027 cycle").click();
    release();
    await hasStarted(page);
    assert.equal(await ticked(page), "not-applied");
    await goOn(page, () => submit(page));
    assert.deepEqual(await verdicts(page), CLOSED);
    await leave(page);
  });
});

describe("the way between pages", () => {
  const here = site({ base: "/a/b/" });

  test("leads to every page without loading one", async () => {
    const page = await here.open();
    await page.evaluate(() => (globalThis.same = true));
    for (const words of ["Questions", "Answers", "Result", "Checklist", "Timeline", "Iterations", "Rules"]) {
      await goOn(page, () => page.locator("nav").getByText(words).click());
      assert.equal(await page.locator("main h1").count(), 1);
      assert.equal(await page.locator("nav [aria-current=page]").textContent(), words);
    }
    assert.ok(await page.evaluate(() => globalThis.same));
    await page.goBack();
    await page.waitForFunction(() => location.pathname.endsWith("/a/b/iterations.html"));
    await page.waitForFunction(() => document.title.startsWith(document.querySelector("main h1").textContent));
    await leave(page);
  });

  test("leads to another cycle and back, with the cycle's own rules", async () => {
    const page = await here.open();
    await goOn(page, () => page.getByText("Rules of the 2022 cycle").click());
    assert.match(page.url(), /\/a\/b\/2022-index\.html$/);
    await page.locator("header").getByText("the cycle is over").waitFor();
    await goOn(page, () => page.locator("nav").getByText("Rules").click());
    assert.match(page.url(), /2022-sources\.html$/);
    await page.goBack();
    await page.goBack();
    await page.locator("header").getByText("2027 cycle").waitFor();
    await leave(page);
  });

  test("waits for another cycle's rules, and can be tried again", async () => {
    const page = await here.open();
    await page.route("**/rulebook-2022-*", (route) => route.abort());
    await page.getByText("Rules of the 2022 cycle").click();
    await page.getByRole("heading", { name: "could not be loaded" }).waitFor();
    await page.unroute("**/rulebook-2022-*");
    await goOn(page, () => page.getByRole("button", { name: "Try again" }).click());
    assert.match(page.url(), /2022-index\.html$/);
    page.complaints = page.complaints.filter((complaint) => !/rulebook-2022|ERR_FAILED/.test(complaint));
    await leave(page);
  });

  test("leaves other clicks to the browser", async () => {
    const page = await here.open();
    const opened = page.context().waitForEvent("page");
    await page.locator("nav").getByText("Timeline").click({ modifiers: ["ControlOrMeta"] });
    await (await opened).waitForURL("**/timeline.html");
    assert.equal(page.url(), here.root);
    await page.locator(".skip").focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/#main$/);
    await leave(page);
  });

  test("shows the day's verdicts on the day", async () => {
    const page = await here.open("question-aimg-status.html", { now: "2027-03-20T15:00:00Z" });
    await page.locator("header").getByText("Mar 20, 2027").waitFor();
    await page.clock.setFixedTime("2027-08-01T15:00:00Z");
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await page.locator("header").getByText("Aug 1, 2027").waitFor();
    await page.locator("header").getByText("no verdict").waitFor();
    await leave(page);
  });

  test("asks each person only what can still matter", async () => {
    const page = await here.open();
    await follow(page, "Start");
    const asked = await answerAll(page, { "aimg-status": "I did not apply for the 2027 cycle" });
    assert.deepEqual(asked, ["aimg-status"]);
    await leave(page);
  });
});
