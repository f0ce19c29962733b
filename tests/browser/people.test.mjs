// Three people with the keyboard alone, from the start page to their verdicts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { examine, leave, site } from "./harness.mjs";
import { answerAll, follow, question, verdicts } from "./person.mjs";

const SPRING = "2027-03-20T15:00:00Z";

const ELIGIBLE = {
  "aimg-status": "found me eligible",
  mmi: "Yes, this is done",
  "carms-registered": "Yes, this is done",
  "earlier-training": "No, none",
  "other-match": "No",
  graduation: "Yes",
  "cap-done": "No",
  "other-language-papers": "No",
};

// Somebody in another province who has passed one of the two exams.
const PREPARING = {
  "aimg-status": "I have not applied for the 2028 cycle",
  school: "Outside Canada and the United States",
  "canada-note": "my graduation year and degree title fit, or",
  graduation: "Yes",
  "degree-by-deadline": "Yes",
  mccqe1: "Not yet, and I have no date",
  "nac-latest": "Yes, this is done",
  "earlier-training": "No, none",
  "other-match": "No",
  status: "Canadian citizen",
  "residence-routes": "None of these",
  "option-c": "No",
  english: "I have neither",
  "name-differs": "No",
  "other-language-papers": "No",
};

describe("people", () => {
  const here = site({ base: "/some/where/" });

  async function walk(now, answers) {
    const page = await here.open("", { now });
    await follow(page, "Start");
    const asked = await answerAll(page, answers);
    assert.match(page.url(), /\/some\/where\/result\.html$/);
    return { page, asked, verdicts: await verdicts(page) };
  }

  test("somebody who did not apply in spring 2026", async () => {
    const { page, verdicts } = await walk(undefined, { "aimg-status": "I did not apply for the 2027 cycle" });
    assert.deepEqual(verdicts, { "AIMG Program": "Closed", "First iteration": "Closed", "Second iteration": "Closed" });
    await leave(page);
  });

  test("somebody eligible and unmatched, in the second iteration", async () => {
    const { page, verdicts } = await walk(SPRING, { ...ELIGIBLE, "first-iteration": "did not match" });
    assert.deepEqual(verdicts, { "AIMG Program": "Open", "First iteration": "Closed", "Second iteration": "Open" });
    await leave(page);
  });

  test("somebody who took no part in the first iteration", async () => {
    const { page, verdicts } = await walk(SPRING, { ...ELIGIBLE, "first-iteration": "I took no part" });
    assert.equal(verdicts["Second iteration"], "Ask");
    // Both readings of the rule are there to compare, and a question to send.
    const cell = page.locator("#cell-alberta-second");
    assert.ok((await cell.locator(".grid .eyebrow").count()) >= 2, await cell.innerText());
    await leave(page);
  });

  test("somebody closed in this cycle, who goes over to the next one", async () => {
    const now = "2026-11-26T18:00:00Z";
    const { page } = await walk(now, { "aimg-status": "I did not apply for the 2027 cycle" });
    await follow(page, "Go to the 2028 cycle");
    // The page says which answers do not carry over, and goes on with the rest.
    const door = page.locator(".doors");
    assert.match(await door.innerText(), /You are asked again:\s+AIMG Program, 2028 cycle/);
    await follow(page, "Continue");
    const asked = await answerAll(page, PREPARING);
    assert.equal(asked[0], "aimg-status");
    assert.match(page.url(), /\/2028-result\.html$/);
    const notYet = { "AIMG Program": "Not yet", "First iteration": "Not yet", "Second iteration": "Not yet" };
    assert.deepEqual(await verdicts(page), notYet);
    // The days are expected ones, and say so.
    assert.match(await page.locator("main").innerText(), /Expected, not announced/);
    await leave(page);
  });

  test("nothing on the way that axe finds, light or dark", async () => {
    const page = await here.open("", { context: { bypassCSP: true } });
    const found = [];
    const look = async () => found.push(...(await examine(page)).map((violation) => `${page.url()}: ${violation}`));
    await follow(page, "Start");
    const answers = { ...ELIGIBLE, "first-iteration": "It has not been decided yet" };
    await answerAll(page, answers, {
      onPage: async () => {
        await look();
        await page.locator(".help summary").click();
        await page.locator("form.question button[type=submit]").click();
        await page.locator(".error-summary").waitFor();
        await look();
        await page.locator("h1").focus();
      },
    });
    for (const words of ["Answers", "Result", "Checklist", "Timeline", "Iterations", "Rules"]) {
      await page.locator("nav").getByText(words).focus();
      await follow(page, words);
      await look();
    }
    assert.deepEqual(found, []);
    assert.equal(question(page), undefined);
    await leave(page);
  });
});
