// A person at the keyboard: no mouse, no shortcut, only what the page lets them reach.
import assert from "node:assert/strict";

// Presses Tab until the focus is on an element that fits. `fits` runs in the page.
export async function tabTo(page, fits, what) {
  for (let pressed = 0; pressed < 80; pressed++) {
    if (await page.evaluate(`(${fits})(document.activeElement)`)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`nothing to tab to: ${what}`);
}

const heading = (page) => page.evaluate(() => document.querySelector("main h1")?.textContent);

// Does something that leads to another page, and waits until that page has the focus.
export async function goOn(page, act) {
  const before = page.url();
  await act();
  await page.waitForFunction((before) => location.href !== before, before);
  await page.waitForFunction(() => document.activeElement.tagName === "H1");
  assert.ok((await page.title()).startsWith(await heading(page)), `the title is ${await page.title()}`);
}

// Chooses among radio buttons by a part of the label.
export async function choose(page, label) {
  await tabTo(page, (element) => element.matches("form.question input[type=radio]"), label);
  const first = await page.evaluate(() => document.activeElement.id);
  await page.keyboard.press("Space");
  for (;;) {
    const chosen = await page.evaluate(() => document.activeElement.closest("label").textContent);
    if (chosen.includes(label)) return;
    await page.keyboard.press("ArrowDown");
    const now = await page.evaluate(() => document.activeElement.id);
    assert.notEqual(now, first, `no choice has the label ${label}`);
  }
}

export async function submit(page) {
  await tabTo(page, (element) => element.matches("form.question button[type=submit]"), "Continue");
  await page.keyboard.press("Enter");
}

// Ticks one of several boxes.
export async function tick(page, label) {
  const fits = `(element) => element.matches("form.question input[type=checkbox]")
    && element.closest("label").textContent.includes(${JSON.stringify(label)})`;
  await tabTo(page, fits, label);
  await page.keyboard.press("Space");
}

export async function answer(page, label) {
  const boxes = await page.locator("form.question input[type=checkbox]").count();
  await (boxes ? tick : choose)(page, label);
  await goOn(page, () => submit(page));
}

// Follows a link by its words.
export async function follow(page, words) {
  const fits = `(element) => element.matches("a[href]") && element.textContent.includes(${JSON.stringify(words)})`;
  await tabTo(page, fits, words);
  await goOn(page, () => page.keyboard.press("Enter"));
}

export const question = (page) => new URL(page.url()).pathname.match(/question-(.*)\.html$/)?.[1];

// Answers whatever is asked, by the question's id, until nothing more is. Returns the ids in the order of asking.
export async function answerAll(page, answers, { onPage = async () => {} } = {}) {
  const asked = [];
  while (question(page)) {
    const id = question(page);
    assert.ok(!asked.includes(id), `${id} is asked twice`);
    assert.ok(id in answers, `${id} is asked, and the person has no answer`);
    asked.push(id);
    await onPage(page);
    await answer(page, answers[id]);
  }
  return asked;
}

// The verdicts as the result page shows them: what the cell is about, and the word.
export async function verdicts(page) {
  const rows = page.locator("main .glance .plain > li");
  await rows.first().waitFor();
  const pairs = await rows.evaluateAll((rows) =>
    rows.flatMap((row) =>
      [...row.querySelectorAll(".cells li")].map((cell) => [cell.textContent, row.querySelector(".tag").textContent]),
    ),
  );
  return Object.fromEntries(pairs);
}
