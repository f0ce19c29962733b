// From a press on Continue to the next question, and to the result, painted: our page beside SurveyJS and React with
// json-rules-engine, with the same questions in the same browser. Then how long our pages are.
//
//     node bench/page/run.mjs [DIST] [ROUNDS] [GOALS]
//
// DIST is a built site; a row for each figure that has a goal is added to the file GOALS.
import { dirname, join, resolve } from "node:path";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";
import { PHONE, answerAll, choose, launch, open, ours, peers, readQuestions } from "./site.mjs";
import { serve } from "../../tests/browser/server.mjs";

const [dist = "dist", rounds = "5", goals] = process.argv.slice(2);
const OUT = resolve(fileURLToPath(new URL("../../target/bench/page", import.meta.url)));
const SLOWED = 4;
// Ours by SurveyJS's, in the median and at the 95th percentile.
const GOAL = 1 / 3;
// How often the last question is answered in one round.
const RESULTS = 4;
// Milliseconds after which a page is mostly at rest.
const SETTLE = 250;
// Our page takes a press at the same place within half a second for a double press. All have the same time to think.
const THINK = 650;

if (!existsSync(join(dist, "result.html"))) {
  console.error(`${dist} is no built site: cargo xtask build`);
  process.exit(2);
}

const site = await serve({ folder: resolve(dist) });
const browser = await launch();
const questions = await readQuestions(browser, ours(site.root));
const built = await peers(OUT, questions);
const contestants = [ours(site.root), ...built];
const times = contestants.map(() => ({ next: [], result: [], first: [], busyNext: [], busyResult: [] }));

const GO_ON = "#app button[type=submit], #app .sd-navigation__next-btn, #app .sd-navigation__complete-btn";

const busy = async (cdp) => {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return 1000 * metrics.find(({ name }) => name === "TaskDuration").value;
};

// Presses Continue, and returns how long it took until something else was there, and how much of the processor's time
// the page's main thread used until nothing moved any more.
async function goOn({ page, cdp }) {
  const button = page.locator(GO_ON).filter({ visible: true });
  await button.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await button.boundingBox();
  const at = { x: x + width / 2, y: y + height / 2 };
  await page.evaluate(() => (globalThis.painted = null));
  await page.mouse.move(at.x, at.y);
  // A page that is slowed works all the time, so only one of them is.
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
  await page.waitForTimeout(50);
  const before = await busy(cdp);
  await page.mouse.down();
  await page.mouse.up();
  // Asking all the time would cost time.
  let painted = null;
  while (!painted) {
    await page.waitForTimeout(SETTLE);
    painted = await page.evaluate(() => globalThis.painted);
  }
  const after = await busy(cdp);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  return { ...painted, busy: after - before };
}

for (let round = 0; round < Number(rounds); round += 1) {
  const pages = [];
  for (const contestant of contestants) {
    const opened = await open(browser, contestant);
    await opened.cdp.send("Performance.enable", { timeDomain: "threadTicks" });
    pages.push({ ...opened, again: contestant.again });
  }
  for (let step = 0; step < questions.length + RESULTS - 1; step += 1) {
    const last = step >= questions.length - 1;
    const again = step >= questions.length;
    for (let turn = 0; turn < pages.length; turn += 1) {
      const who = (turn + step + round) % pages.length;
      const page = pages[who];
      if (again) await page.again(page.page);
      await choose(page.page);
      await page.page.waitForTimeout(THINK / pages.length);
      if (again) await page.page.waitForTimeout(THINK);
      const { took, shown, busy } = await goOn(page);
      const expected = last ? "Where you stand" : questions[step + 1].title;
      if (!shown.includes(expected)) throw new Error(`${contestants[who].name}: "${shown}" instead of "${expected}"`);
      const own = times[who];
      (last ? own.result : own.next).push(took);
      (last ? own.busyResult : own.busyNext).push(busy);
      if (last && !again) own.first.push(took);
    }
  }
  for (const { close } of pages) await close();
  console.error(`round ${round + 1} of ${rounds}`);
}

const at = (values, share) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share + 0.5)];
const SHARES = [0.5, 0.95];
const both = (values) => SHARES.map((share) => at(values, share).toFixed(0)).join(" / ");
// Ours by somebody else's.
const ratios = (kind, who) => SHARES.map((share) => at(times[0][kind], share) / at(times[who][kind], share));
const table = (kinds) => {
  console.log(`| | ${kinds.map(([what]) => `${what} | ours ÷ theirs`).join(" | ")} |`);
  console.log(`|---|${"---|---|".repeat(kinds.length)}`);
  contestants.forEach(({ name }, who) => {
    const beside = (kind) => ratios(kind, who).map((ratio) => ratio.toFixed(2)).join(" / ");
    const cells = kinds.flatMap(([, kind]) => [both(times[who][kind]), who ? beside(kind) : ""]);
    console.log(`| ${name} | ${cells.join(" | ")} |`);
  });
  console.log();
};
const { next, result, first } = times[0];
const { width, height } = PHONE;
console.log(`${questions.length} questions, CPU ${SLOWED} × slowed, ${width} × ${height}, ${rounds} rounds in turns.`);
console.log("Milliseconds, median / p95.\n");
console.log(`From the press to painted (of ${next.length}, ${result.length} and ${first.length} presses):\n`);
table([
  ["answer → next question", "next"],
  ["answer → result", "result"],
  ["of these, the first time", "first"],
]);
console.log("What the page's main thread worked until it was at rest, whatever else the machine had to do:\n");
table([
  ["answer → next question", "busyNext"],
  ["answer → result", "busyResult"],
]);

const PAGES = ["result", "checklist", "timeline", "iterations", "sources"];
const ELIGIBLE = {
  "aimg-status": "eligible",
  mmi: "done",
  "carms-registered": "done",
  "first-iteration": "not-run-yet",
  "earlier-training": "none",
  "other-match": "none",
  graduation: "graduated",
  "cap-done": "no",
  "other-language-papers": "no",
};
const PEOPLE = [
  ["somebody found eligible", ELIGIBLE],
  ["somebody who knows nothing", {}],
];
const screens = {};
console.log(`Ours from top to bottom, in screens of ${width} × ${height}:\n`);
console.log(`| | ${PAGES.join(" | ")} |\n|---|${"---|".repeat(PAGES.length)}`);
for (const [who, answers] of PEOPLE) {
  const { page, close } = await open(browser, ours(site.root));
  await answerAll(page, answers);
  screens[who] = [];
  for (const name of PAGES) {
    await page.locator(`nav a[href$="/${name}.html"]`).evaluate((link) => link.click());
    await page.waitForFunction((name) => location.pathname.endsWith(`/${name}.html`), name);
    // What is worked out once the page is there, is there.
    await page.waitForTimeout(1000);
    // The browser guesses how long that is which it has not laid out yet.
    await page.evaluate(() => {
      for (const part of document.querySelectorAll(".verdict")) part.style.contentVisibility = "visible";
    });
    screens[who].push((await page.evaluate(() => document.documentElement.scrollHeight)) / height);
  }
  console.log(`| ${who} | ${screens[who].map((count) => count.toFixed(1)).join(" | ")} |`);
  await close();
}

const npm = (name) => {
  const folder = dirname(createRequire(import.meta.url).resolve(name));
  for (let at = folder; ; at = dirname(at)) {
    try {
      const found = JSON.parse(readFileSync(join(at, "package.json")));
      if (found.name === name) return `${name} ${found.version}`;
    } catch {
      // Not the package's own folder.
    }
  }
};
const versions = ["survey-core", "survey-js-ui", "react", "react-dom", "json-rules-engine"].map(npm);
console.log(`\nChromium ${browser.version()}, ${versions.join(", ")}`);

writeFileSync(join(OUT, "times.json"), JSON.stringify({ times, screens }));
if (goals) {
  for (const [what, kind] of [["answer → next question", "next"], ["answer → result", "result"]]) {
    const [middle, late] = ratios(kind, 1);
    const met = Math.max(middle, late) <= GOAL ? "met" : "not met";
    const row = `${middle.toFixed(2)} / ${late.toFixed(2)} × | ≤ ${GOAL.toFixed(2)} × | ${met}`;
    appendFileSync(goals, `| ${what}, ours ÷ SurveyJS, median / p95 | ${row} |\n`);
  }
}
await browser.close();
site.close();
for (const { close } of built) close();
