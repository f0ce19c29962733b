// What a press, a link, an extension or a deployment could destroy. Each test holds a row of `docs/faults.md`.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { KEY, hasStarted, leave, site } from "./harness.mjs";
import { answer, follow, goOn, question, submit, verdicts } from "./person.mjs";

const KEPT = '{"self-check":2,"cycle":{"2027":{"aimg-status":"eligible"}},"order":["aimg-status"]}';
const LINK = "#s=self-check+1&2027/aimg-status='not-applied'&order=%5B'aimg-status'%5D";
const kept = (page) => page.evaluate((key) => localStorage.getItem(key), KEY);
const keep = (text) => (page) =>
  page.addInitScript(
    ([key, text]) => {
      // Once: what the page itself keeps later stays.
      if (!sessionStorage.getItem("set")) localStorage.setItem(key, text);
      sessionStorage.setItem("set", "1");
    },
    [KEY, text],
  );
const button = (page, name) => page.getByRole("button", { name, exact: true });
const tap = (page, name) => button(page, name).click();
const notice = (page) => page.locator("#stopped");
const cause = (page) => page.locator("#stopped [data-if]:visible").first().textContent();

// What led to a notice is not a complaint of the page.
async function leaveStopped(page) {
  page.complaints = page.complaints.filter((complaint) => complaint.startsWith("left the site"));
  await leave(page);
}

// Two presses at the same place, as fast as hands can.
async function pressTwice(page, locator) {
  await locator.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await locator.boundingBox();
  const [left, top] = [x + width / 2, y + height / 2];
  await page.mouse.move(left, top);
  for (const clickCount of [1, 2]) {
    await page.mouse.down({ clickCount });
    await page.mouse.up({ clickCount });
  }
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

for (const width of [360, 1280]) {
  describe(`at a width of ${width}`, () => {
    const here = site({ base: "/a/b/" });
    const context = { viewport: { width, height: 780 } };
    const open = (path, options = {}) => here.open(path, { context, ...options });

    test("what is unfolded on the result stays when the answers are kept", async () => {
      const page = await open("question-aimg-status.html");
      await answer(page, "I did not apply for the 2027 cycle");
      const sources = page.locator(".verdict").first().locator("details").last();
      await sources.locator("li").first().waitFor({ state: "attached" });
      await page.locator(".verdict > summary").first().press("Enter");
      await sources.locator("summary").first().press("Enter");
      await sources.evaluate((fold) => {
        globalThis.gone = 0;
        const count = (records) => records.forEach(({ removedNodes }) => (globalThis.gone += removedNodes.length));
        new MutationObserver(count).observe(fold, { childList: true, subtree: true });
      });
      await tap(page, "Yes, keep them");
      await page.getByRole("heading", { name: "Your answers are kept on this device" }).waitFor();
      assert.equal(await page.evaluate(() => globalThis.gone), 0);
      assert.ok(await sources.locator("li").first().isVisible());
      await leave(page);
    });

    for (const [name, then] of [
      ["Yes, keep them", "Your answers are kept on this device"],
      ["No", "Your answers are not kept"],
      ["This is a shared computer", "Your answers are not kept"],
    ]) {
      test(`a second press on “${name}” does nothing more`, async () => {
        const page = await open("question-aimg-status.html");
        await answer(page, "I did not apply for the 2027 cycle");
        await pressTwice(page, button(page, name));
        await page.getByRole("heading", { name: then, exact: true }).waitFor();
        assert.equal((await kept(page)) !== null, name.startsWith("Yes"));
        await leave(page);
      });
    }

    test("a second press on Continue or Skip leaves the next question alone", async () => {
      const page = await open("question-aimg-status.html");
      const untouched = async (before) => {
        assert.notEqual(question(page), before);
        assert.equal(await page.locator("form.question input:checked").count(), 0);
        assert.equal(await page.locator(".error-summary").count(), 0);
        assert.equal(await page.locator("main details[open]").count(), 0);
        return question(page);
      };
      await page.getByText("I applied, and I am waiting").click();
      await pressTwice(page, button(page, "Continue"));
      let at = await untouched("aimg-status");
      const seen = new Set(["aimg-status"]);
      for (let n = 0; n < 25 && at && !seen.has(at); n++) {
        seen.add(at);
        // Another place, so that this press is not taken for one more of the last.
        await page.locator("h1").click({ position: { x: 2, y: 2 } });
        await pressTwice(page, button(page, "Skip this question"));
        if (!question(page)) break;
        at = await untouched(at);
      }
      assert.ok(seen.size > 10, `only ${seen.size} questions`);
      await leave(page);
    });

    test("a key that is held down presses once", async () => {
      const page = await open("question-aimg-status.html");
      await page.getByText("I applied, and I am waiting").click();
      await button(page, "Continue").focus();
      for (let n = 0; n < 5; n++) await page.keyboard.down("Enter");
      await page.keyboard.up("Enter");
      await page.waitForFunction(() => !location.pathname.includes("aimg-status"));
      const at = question(page);
      await button(page, "Skip this question").focus();
      for (let n = 0; n < 5; n++) await page.keyboard.down("Enter");
      await page.keyboard.up("Enter");
      await page.waitForFunction((at) => !location.pathname.includes(at), at);
      assert.equal(await page.evaluate(() => selfCheck.session.split("skipped").length - 1), 1);
      await leave(page);
    });

    test("erasing can be undone, but not on a shared computer", async () => {
      const page = await open("result.html", { prepare: keep(KEPT) });
      await tap(page, "Erase everything");
      await page.getByText("Everything is erased").waitFor();
      assert.equal(await kept(page), null);
      await button(page, "Undo").press("Enter");
      await page.getByText("Your answers are kept on this device").waitFor();
      assert.equal(await kept(page), KEPT);
      await button(page, "Erase everything").press("Enter");
      await button(page, "Undo").waitFor();
      // Once something new is answered, the old does not come back over it.
      await page.goto(`${here.root}question-aimg-status.html`);
      await hasStarted(page);
      assert.equal(await button(page, "Undo").count(), 0);
      await answer(page, "I did not apply for the 2027 cycle");
      await button(page, "This is a shared computer").press("Enter");
      await button(page, "Erase everything").press("Enter");
      await page.getByText("Everything is erased").waitFor();
      assert.equal(await button(page, "Undo").count(), 0);
      await leave(page);
    });

    test("what another tab keeps is not replaced for good by a press here", async () => {
      const page = await open("question-aimg-status.html");
      await answer(page, "I did not apply for the 2027 cycle");
      const other = await page.context().newPage();
      await other.clock.setFixedTime("2026-11-23T16:00:00Z");
      await other.goto(`${here.root}question-aimg-status.html`);
      await hasStarted(other);
      await answer(other, "found me ineligible");
      await tap(other, "Yes, keep them");
      await other.getByText("Your answers are kept on this device").waitFor();
      // “No” and “shared” delete nothing of the other tab.
      await tap(page, "No");
      await page.getByText("Your answers are not kept").waitFor();
      assert.match(await kept(page), /"ineligible"/);
      await button(page, "Keep them on this device").press("Enter");
      await page.getByText("These answers took the place of others").waitFor();
      assert.match(await kept(page), /"not-applied"/);
      await button(page, "Undo").press("Enter");
      await page.getByText("Your answers are not kept").waitFor();
      assert.match(await kept(page), /"ineligible"/);
      assert.match(await page.evaluate(() => selfCheck.session), /not-applied/);
      await leave(page);
    });

    test("undo ends after ten seconds", async () => {
      const page = await open("result.html", {
        prepare: async (page) => {
          await keep(KEPT)(page);
          await page.clock.install({ time: "2026-11-23T16:00:00Z" });
        },
      });
      await tap(page, "Erase everything");
      await button(page, "Undo").waitFor();
      await page.clock.runFor(9_000);
      assert.equal(await button(page, "Undo").count(), 1);
      await page.clock.runFor(2_000);
      await button(page, "Undo").waitFor({ state: "detached" });
      await page.getByText("No answer is left in this page").waitFor();
      await leave(page);
    });

    test("a link shows itself as such, and one's own answers stay", async () => {
      const page = await open(`result.html${LINK}`, { prepare: keep(KEPT) });
      await page.getByText("These answers came with a link").waitFor();
      assert.equal((await verdicts(page))["AIMG Program"], "Closed");
      assert.equal(await kept(page), KEPT);
      // Nothing there deletes or replaces what is kept before it says so.
      for (const name of ["No", "This is a shared computer", "Yes, keep them", "Erase everything"]) {
        assert.equal(await button(page, name).count(), 0, name);
      }
      await tap(page, "Back to my own answers");
      await page.getByText("Your answers are kept on this device").waitFor();
      assert.equal((await verdicts(page))["AIMG Program"], "Needs answers");
      await leave(page);
    });

    test("a link's answers become one's own when the person says so, and that can be undone", async () => {
      const page = await open(`result.html${LINK}`, { prepare: keep(KEPT) });
      await tap(page, "Use them in place of my own");
      await page.getByText("These answers took the place of others").waitFor();
      assert.match(await kept(page), /not-applied/);
      await button(page, "Undo").press("Enter");
      await page.getByText("Your answers are kept on this device").waitFor();
      assert.equal(await kept(page), KEPT);
      await leave(page);
    });

    test("a link pasted into an open tab replaces no answers that are not kept", async () => {
      const page = await open("question-aimg-status.html");
      await answer(page, "found me eligible");
      await page.evaluate((link) => (location.hash = link), LINK);
      await page.getByText("These answers came with a link").waitFor();
      await tap(page, "Back to my own answers");
      await page.waitForFunction(() => selfCheck.session.includes("eligible"));
      await leave(page);
    });

    test("a link's tick does not stay in a form when one's own answers are back", async () => {
      const page = await open(`question-aimg-status.html${LINK}`, {
        prepare: keep('self-check 1\nstatus = "citizen"\norder = ["status"]\n'),
      });
      assert.equal(await page.locator("form.question input:checked").inputValue(), "not-applied");
      await tap(page, "Back to my own answers");
      await page.getByText("Your answers are kept on this device").waitFor();
      assert.equal(await page.locator("form.question input:checked").count(), 0);
      await leave(page);
    });

    test("a link's answers stay a link's when the page ends and is loaded again", async () => {
      const page = await open(`result.html${LINK}`);
      await page.getByText("These answers came with a link").waitFor();
      await page.evaluate(() => selfCheckPage.stop(new WebAssembly.RuntimeError("unreachable")));
      await notice(page).waitFor();
      const loaded = page.waitForEvent("load");
      await page.locator("[data-again=answers]").click();
      await loaded;
      await hasStarted(page);
      await page.getByText("These answers came with a link").waitFor();
      assert.equal(page.url(), `${here.root}result.html`);
      await leaveStopped(page);
    });

    test("a link shows nothing that a stranger wrote", async () => {
      const page = await open(`answers.html${LINK}&Send+your+passport+to+us&school='Call+555-0199'&no-such='Pay+now'`);
      // A line that no page of ours wrote is a link that did not arrive as it was sent.
      await page.getByText("This link did not arrive whole").waitFor();
      const STRANGE = /passport to us|555-0199|Pay now/;
      assert.doesNotMatch(await page.locator("body").innerText(), STRANGE);
      await tap(page, "Go on with what arrived");
      await page.getByText("These answers came with a link").waitFor();
      const text = await page.locator("body").innerText();
      assert.doesNotMatch(text, STRANGE);
      assert.match(text, /2 entries that this page does not know/);
      await tap(page, "Make them my answers");
      await tap(page, "Yes, keep them");
      await page.getByText("Your answers are kept on this device").waitFor();
      assert.doesNotMatch(await kept(page), /passport|555|Pay/);
      await leave(page);
    });

    test("lines that the page cannot read stay where they are kept", async () => {
      const text = 'self-check 9\n2027/aimg-status = "eligible"\nfuture = { more = 1 }\n';
      const page = await open("result.html", { prepare: keep(text) });
      await page.getByText("Some of your saved answers could not be used").waitFor();
      await tap(page, "I have read this");
      assert.match(await kept(page), /"unread":\["self-check 9","future = \{ more = 1 \}"\]/);
      await page.reload();
      await hasStarted(page);
      assert.deepEqual(await page.locator(".dropped li").allTextContents(), ["self-check 9", "future = { more = 1 }"]);
      await tap(page, "Remove them");
      assert.doesNotMatch(await kept(page), /future|self-check 9/);
      await leave(page);
    });

    test("a start without answers leaves what is kept as it is", async () => {
      const page = await open("result.html", { prepare: keep(KEPT) });
      await page.evaluate(() => selfCheckPage.stop(new WebAssembly.RuntimeError("unreachable")));
      await notice(page).waitFor();
      const loaded = page.waitForEvent("load");
      await page.locator("[data-again=empty]").click();
      await loaded;
      await hasStarted(page);
      await page.getByText("Your kept answers were left out").waitFor();
      assert.equal(await page.locator(".glance").count(), 0);
      assert.equal(await kept(page), KEPT);
      // Erased unread, and brought back as it was.
      await button(page, "Erase everything").press("Enter");
      await page.getByText("Everything is erased").waitFor();
      assert.equal(await kept(page), null);
      await button(page, "Undo").press("Enter");
      await page.getByText("Your kept answers were left out").waitFor();
      assert.equal(await kept(page), KEPT);
      await tap(page, "Read them in");
      // Undone, they are left out again, and still there.
      await button(page, "Undo").press("Enter");
      await page.getByText("Your kept answers were left out").waitFor();
      assert.equal(await kept(page), KEPT);
      await button(page, "Read them in").press("Enter");
      assert.equal((await verdicts(page))["AIMG Program"], "Needs answers");
      await leaveStopped(page);
    });

    const changes = {
      "puts an element into a form": (html) => html.replace("<legend>", '<span class="icon"></span><legend>'),
      "wraps a text": (html) => html.replace(/(<legend><h1[^>]*>)([^<]*)/, "$1<span><span>$2</span></span>"),
      "puts an element first": (html) => html.replace(/(<div id="app"[^>]*>)/, "$1<div></div>"),
      "takes the comments away": (html) => html.replaceAll(/<!--[^]*?-->/g, ""),
    };
    for (const [name, change] of Object.entries(changes)) {
      test(`an extension ${name} before the program starts`, async () => {
        const spoil = async (route) => {
          const response = await route.fetch();
          const text = await response.text();
          assert.notEqual(change(text), name.startsWith("takes") ? null : text);
          await route.fulfill({ response, body: change(text) });
        };
        const page = await open("question-aimg-status.html", {
          prepare: async (page) => {
            await keep(KEPT)(page);
            await page.route("**/question-aimg-status.html", spoil);
          },
        });
        assert.equal(await page.locator("form.question input:checked").inputValue(), "eligible");
        await answer(page, "I did not apply for the 2027 cycle");
        assert.equal((await verdicts(page))["First iteration"], "Closed");
        await leave(page);
      });
    }

    // Makes files be answered as a host does that has newer ones.
    const missing = {
      "with 404": (route) => route.fulfill({ status: 404, contentType: "text/html", body: "<h1>No such page</h1>" }),
      "with the start page": (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<h1>Start</h1>" }),
    };
    for (const [how, answered] of Object.entries(missing)) {
      for (const file of ["loader-*.js", "app-*.wasm", "app-*.js", "rulebook-*"]) {
        test(`${file} is answered ${how} under an old page, and the way on works`, async () => {
          let renewed = false;
          const page = await open("result.html", {
            started: false,
            prepare: async (page) => {
              await keep(KEPT)(page);
              await page.route(`**/${file}`, (route) => (renewed ? route.continue() : answered(route)));
              // The site has other files by now.
              await page.route("**/result.html", async (route) => {
                const response = await route.fetch();
                const again = route.request().resourceType() !== "document";
                const body = (await response.text()).replaceAll(/loader-[0-9a-f]+\.js/g, (name) => (again ? "loader-1.js" : name));
                await route.fulfill({ response, body });
              });
            },
          });
          await notice(page).waitFor();
          assert.match(await cause(page), /The site was updated/);
          renewed = true;
          const loaded = page.waitForEvent("load");
          await page.locator("[data-again=usual]").click();
          await loaded;
          await hasStarted(page);
          assert.equal(await kept(page), KEPT);
          await leaveStopped(page);
        });
      }

      test(`a file is missing and answered ${how}, on a site that is as old as the page`, async () => {
        const page = await open("result.html", { started: false, prepare: (page) => page.route("**/app-*.wasm", answered) });
        await notice(page).waitFor();
        assert.match(await cause(page), /does not load/);
        await leaveStopped(page);
      });

      test(`a tab left open over a deployment, whose file is answered ${how}, says so and goes on`, async () => {
        const page = await open("question-aimg-status.html");
        await answer(page, "found me eligible");
        await goOn(page, () => page.locator(".brand").click());
        await page.route("**/rulebook-2022-*", answered);
        await page.route("**/index.html", async (route) => {
          const response = await route.fetch();
          const again = route.request().resourceType() !== "document";
          const body = (await response.text()).replaceAll(/loader-[0-9a-f]+\.js/g, (name) => (again ? "loader-1.js" : name));
          await route.fulfill({ response, body });
        });
        await page.getByText("Rules of the 2022 cycle").click();
        await page.getByText("This site was updated after you opened the page").waitFor();
        const loaded = page.waitForEvent("load");
        await button(page, "Load the page again").press("Enter");
        await loaded;
        await hasStarted(page);
        assert.match(await page.evaluate(() => selfCheck.session), /eligible/);
        assert.equal(await page.locator(".linked").count(), 0);
        await leaveStopped(page);
      });
    }

    test("there is no connection for the program", async () => {
      const page = await open("result.html", {
        started: false,
        prepare: async (page) => {
          await page.route("**/app-*.wasm", (route) => route.abort("internetdisconnected"));
          await page.route("**/result.html", (route) =>
            route.request().resourceType() === "document" ? route.continue() : route.abort("internetdisconnected"),
          );
        },
      });
      await notice(page).waitFor();
      assert.match(await cause(page), /There is no connection/);
      await leaveStopped(page);
    });

    test("nothing answers any more, and the page says so in time", async () => {
      const page = await open("result.html", {
        started: false,
        prepare: async (page) => {
          await page.clock.install({ time: "2026-11-23T16:00:00Z" });
          await page.route("**/app-*.wasm", (route) => route.abort());
          await page.route("**/result.html", (route) =>
            route.request().resourceType() === "document" ? route.continue() : undefined,
          );
        },
      });
      const asked = page.waitForRequest((request) => request.resourceType() === "fetch" && request.url().endsWith("result.html"));
      await asked.catch(() => {});
      await page.clock.runFor(5_000);
      await notice(page).waitFor();
      assert.match(await cause(page), /There is no connection/);
      await leaveStopped(page);
    });

    test("none of the page's own files is there", async () => {
      const page = await open("result.html", {
        started: false,
        prepare: (page) => page.route(/\.(js|css|wasm|bin)$/, (route) => route.fulfill({ status: 404, body: "" })),
      });
      await page.getByText("is not ready yet").waitFor();
      assert.equal(await page.locator("#late a").getAttribute("href"), "?again");
      await leaveStopped(page);
    });

    test("a browser without WebAssembly", async () => {
      const page = await open("result.html", {
        started: false,
        prepare: (page) => page.addInitScript(() => delete globalThis.WebAssembly),
      });
      await notice(page).waitFor();
      assert.match(await cause(page), /cannot run WebAssembly/);
      assert.deepEqual(page.complaints.filter((complaint) => /uncaught/.test(complaint)), []);
      await page.getByText("all rules and their sources").click();
      await page.waitForURL(/sources\.html$/);
      assert.ok((await page.locator("main h2").count()) > 2);
      await leaveStopped(page);
    });

    test("a policy that forbids WebAssembly", async () => {
      const strict = async (route) => {
        const response = await route.fetch();
        const headers = { ...response.headers(), "content-security-policy": "script-src 'self'" };
        await route.fulfill({ response, headers });
      };
      const page = await open("result.html", { started: false, prepare: (page) => page.route("**/result.html", strict) });
      await notice(page).waitFor();
      assert.match(await cause(page), /blocks WebAssembly/);
      await leaveStopped(page);
    });

    // Holds the program back until `release` is called.
    async function early(path, options = {}) {
      let release;
      const waiting = new Promise((resolve) => (release = resolve));
      const page = await open(path, {
        ...options,
        started: false,
        prepare: async (page) => {
          await options.prepare?.(page);
          await page.route("**/*.wasm", async (route) => (await waiting, route.continue()));
        },
      });
      return { page, release };
    }

    test("what is chosen and sent before the program is there is done once it is", async () => {
      const { page, release } = await early("question-aimg-status.html", { prepare: keep(KEPT) });
      await page.getByText("I did not apply for the 2027 cycle").click();
      await button(page, "Continue").click();
      assert.equal(await page.locator("[data-waiting]").textContent(), "Continue");
      release();
      await page.waitForURL(/\/result\.html$/);
      assert.deepEqual((await verdicts(page))["AIMG Program"], "Closed");
      await leave(page);
    });

    test("what is typed before the program is there stays, with the focus", async () => {
      const { page, release } = await early("question-us-md-finished.html");
      await page.getByLabel("Day").fill("3");
      await page.getByLabel("Month").selectOption({ label: "February" });
      await page.getByLabel("Year").fill("20");
      await page.getByLabel("Year").press("ArrowLeft");
      release();
      await hasStarted(page);
      assert.deepEqual(
        await page.evaluate(() => [document.activeElement.name, document.activeElement.selectionStart]),
        ["year", 1],
      );
      assert.equal(await page.getByLabel("Month").inputValue(), "02");
      await page.keyboard.press("End");
      await page.keyboard.type("25");
      assert.deepEqual([await page.getByLabel("Year").inputValue(), await page.getByLabel("Day").inputValue()], ["2025", "3"]);
      await leave(page);
    });

    test("Skip and the positions are pressed before the program is there", async () => {
      const first = await early("question-aimg-status.html");
      await button(first.page, "Skip this question").click();
      first.release();
      await first.page.waitForFunction(() => !location.pathname.includes("aimg-status"));
      await leave(first.page);

      const { page, release } = await early("index.html");
      await page.locator("#positions input").nth(0).uncheck();
      await page.locator("#positions input").nth(1).uncheck();
      release();
      await hasStarted(page);
      const ticked = () => page.locator("#positions input").evaluateAll((boxes) => boxes.map(({ checked }) => checked));
      assert.deepEqual(await ticked(), [false, false, true]);
      await page.waitForFunction(() => /Calberta_[a-z]+Z/.test(selfCheck.session));
      await leave(page);
    });

    test("a date is taken when it is whole, part by part, and the focus stays", async () => {
      const page = await open("timeline.html", { prepare: keep(KEPT) });
      const entry = page.locator("form.entry", { has: page.locator("#enter-match-day-first-year") });
      await page.locator("#date-match-day-first > summary").press("Enter");
      await page.locator("#date-match-day-first details.entering summary").press("Enter");
      await entry.getByLabel("Year").focus();
      await page.keyboard.type("۲۰۲۷");
      await page.keyboard.press("Tab");
      await page.keyboard.type("March");
      await page.keyboard.press("Tab");
      assert.equal(await kept(page), KEPT);
      await page.keyboard.press("Enter");
      await entry.getByText("Write the whole date").waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.id), "enter-match-day-first-day");
      assert.equal(await kept(page), KEPT);
      await page.keyboard.type("１６");
      await page.keyboard.press("Enter");
      await page.waitForFunction((key) => localStorage.getItem(key).includes("2027-03-16"), KEY);
      await page.waitForFunction(() => document.activeElement.id === "enter-match-day-first-use");
      // Half mended is not erased.
      await entry.getByLabel("Year").fill("");
      await entry.getByLabel("Year").press("Enter");
      await entry.getByText("Write the whole date").waitFor();
      assert.match(await kept(page), /"date":\{"match-day-first":"2027-03-16"\}/);
      await entry.getByLabel("Year").fill(" 2037 ");
      await entry.getByLabel("Year").press("Enter");
      await entry.getByText("is outside this cycle").waitFor();
      assert.equal(await entry.getByLabel("Year").inputValue(), "2037");
      // It stays, unused, when the page is loaded again.
      await page.reload();
      await hasStarted(page);
      assert.deepEqual(await page.locator(".dropped li").allTextContents(), ['date.2027/match-day-first = "2037-03-16"']);
      assert.equal(await entry.getByLabel("Year").inputValue(), "2037");
      await entry.getByRole("button", { name: "Remove this date" }).click();
      await page.waitForFunction((key) => !localStorage.getItem(key).includes("date."), KEY);
      await page.waitForFunction(() => document.activeElement.matches("#enter-match-day-first > summary"));
      assert.equal(await page.locator("#enter-match-day-first form").count(), 0);
      await leave(page);
    });

    test("a form half filled stays when another tab answers something else", async () => {
      const page = await open("question-us-md-finished.html", { prepare: keep(KEPT) });
      await page.getByLabel("Year").fill("2025");
      const other = await page.context().newPage();
      await other.clock.setFixedTime("2026-11-23T16:00:00Z");
      await other.goto(`${here.root}question-aimg-status.html`);
      await hasStarted(other);
      await answer(other, "found me ineligible");
      await page.waitForFunction(() => selfCheck.session.includes("ineligible"));
      assert.equal(await page.getByLabel("Year").inputValue(), "2025");
      await leave(page);
    });

    test("a page that slept while it was shown wakes up with the new day", async () => {
      const page = await open("timeline.html", {
        prepare: (page) => page.clock.install({ time: "2026-11-23T16:00:00Z" }),
      });
      await page.locator("header").getByText("Nov 23, 2026").waitFor();
      await page.clock.setSystemTime("2026-11-24T16:00:00Z");
      await page.clock.runFor(5_000);
      await page.locator("header").getByText("Nov 24, 2026").waitFor();
      await leave(page);
    });
  });
}
