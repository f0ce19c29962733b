// What is timed: our page, and the same questions with SurveyJS and with React and json-rules-engine.
import { build } from "esbuild";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../../tests/browser/server.mjs";

// The browser tests pin it.
const { chromium } = createRequire(new URL("../../tests/browser/package.json", import.meta.url))("playwright-core");

// The day on which the browser tests go through the live match.
const NOW = Date.parse("2026-11-23T16:00:00Z");
export const PHONE = { width: 360, height: 780 };
const WATCH = fileURLToPath(new URL("watch.js", import.meta.url));

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  });

// A page in a profile of its own, after something was done to it. `heading` is what changes when it goes on.
export async function open(browser, { url, heading, ready }, prepare = () => {}) {
  const profile = await browser.newContext({ locale: "en-CA", timezoneId: "America/Edmonton", viewport: PHONE });
  const page = await profile.newPage();
  await prepare(page);
  page.on("pageerror", (error) => console.error(`${url}: ${error.message}`));
  // Playwright's own clock would stand in for the page's frames and timers too.
  await page.addInitScript((now) => (Date.now = () => now), NOW);
  await page.addInitScript((heading) => (globalThis.watched = heading), heading);
  await page.addInitScript({ path: WATCH });
  await page.goto(url);
  await page.waitForFunction(ready);
  const cdp = await profile.newCDPSession(page);
  return { page, cdp, close: () => profile.close() };
}

export const ours = (root) => ({
  name: "ours",
  url: `${root}question-aimg-status.html`,
  heading: "main h1",
  ready: () => globalThis.selfCheck?.started,
  again: (page) => page.goBack(),
});

const DONT_KNOW = "dont-know";

// Chooses an answer, which is no part of what is timed.
export async function choose(page, answer = DONT_KNOW) {
  const chosen = page.locator(`input[value="${answer}"]`).first();
  if (!(await chosen.isChecked())) await chosen.evaluate((input) => input.click());
}

const question = (page) => /question-(.*)\.html/.exec(page.url())?.[1];

// Answers all that our page asks, without timing.
export async function answerAll(page, answers = {}, onPage = () => {}) {
  for (let id = question(page); id; id = question(page)) {
    await onPage(id);
    const before = page.url();
    await choose(page, answers[id]);
    await page.locator("form.question button[type=submit]").evaluate((button) => button.click());
    await page.waitForFunction((before) => location.href !== before, before);
  }
}

// What our page shows to somebody who knows nothing: nobody is asked more.
export async function readQuestions(browser, site) {
  const { page, close } = await open(browser, site);
  const questions = [];
  await answerAll(page, {}, async (id) => {
    const shown = await page.evaluate(() => {
      const text = (element) => element?.textContent.trim();
      const form = document.querySelector("form.question");
      const ticks = [...form.querySelectorAll(".choices input:is([type=radio], [type=checkbox])")];
      const fields = [...form.querySelectorAll(".choices :is(select, input):not([type=radio], [type=checkbox])")];
      return {
        title: text(form.querySelector("h1")),
        hint: text(form.querySelector("#hint")),
        several: ticks[0].type === "checkbox",
        choices: ticks.map((tick) => ({ value: tick.value, text: text(tick.closest("label")) })),
        fields: fields.map((field) => text(field.labels[0])),
      };
    });
    questions.push({ id, ...shown });
  });
  await close();
  return questions;
}

const PEERS = [
  {
    name: "SurveyJS",
    file: "survey.mjs",
    styles: "survey-core/survey-core.min.css",
    heading: "#app :is(.sd-question__title, .sd-completedpage h1)",
    ready: () => document.querySelector("#app .sd-question__title"),
  },
  {
    name: "React + json-rules-engine",
    file: "react.jsx",
    styles: "./peers/react.css",
    heading: "#app h1",
    ready: () => document.querySelector("#app h1"),
  },
];

const HTML = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Self-check</title>
<link rel="stylesheet" href="style.css">
<main id="app"></main>
<script src="app.js"></script>
</html>
`;

// Builds the peers as for production, and serves them.
export async function peers(folder, questions) {
  mkdirSync(folder, { recursive: true });
  const data = join(folder, "questions.json");
  writeFileSync(data, JSON.stringify(questions, null, 1));
  const require = createRequire(import.meta.url);
  const all = [];
  for (const { name, file, styles, heading, ready } of PEERS) {
    const out = join(folder, file.split(".")[0]);
    await build({
      absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
      entryPoints: [`./peers/${file}`],
      alias: { questions: data },
      bundle: true,
      minify: true,
      jsx: "automatic",
      define: { "process.env.NODE_ENV": '"production"' },
      outfile: join(out, "app.js"),
      logLevel: "error",
    });
    const css = styles.startsWith(".") ? fileURLToPath(new URL(styles, import.meta.url)) : require.resolve(styles);
    writeFileSync(join(out, "style.css"), readFileSync(css));
    writeFileSync(join(out, "index.html"), HTML);
    const { root, close } = await serve({ folder: out });
    const again = (page) => page.evaluate(() => globalThis.back());
    all.push({ name, url: `${root}index.html`, heading, ready, again, close });
  }
  return all;
}
