// From a press on Continue to the next question, and to the result, painted: our page beside SurveyJS and React with
// json-rules-engine, with the same questions in the same browser. Then how long our pages are.
//
//     node bench/page/run.mjs [DIST] [ROUNDS]
import { dirname, join, resolve } from "node:path";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";
import { PHONE, choose, launch, open, ours, peers, readQuestions, serve } from "./site.mjs";

const [dist = "dist", rounds = "5"] = process.argv.slice(2);
const OUT = resolve(fileURLToPath(new URL("../../target/bench/page", import.meta.url)));
const SLOWED = 4;
// How often the last question is answered in one round.
const RESULTS = 4;
// Our page takes a press at the same place within half a second for a double press. All have the same time to think.
const THINK = 650;

if (!existsSync(join(dist, "result.html"))) {
  console.error(`${dist} is no built site: cargo xtask build`);
  process.exit(2);
}

const site = await serve(resolve(dist));
const browser = await launch();
const questions = await readQuestions(browser, ours(site.root));
const built = await peers(OUT, questions);
const contestants = [ours(site.root), ...built];
const times = contestants.map(() => ({ next: [], first: [], result: [] }));

// Presses Continue, and returns how long it took until something else was there.
async function goOn({ page, cdp }) {
  const button = page.locator("form.question button[type=submit], #app button[type=submit], .sd-navigation__next-btn, .sd-navigation__complete-btn").filter({ visible: true });
  await button.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await button.boundingBox();
  const at = { x: x + width / 2, y: y + height / 2 };
  await page.evaluate(() => (globalThis.painted = null));
  await page.mouse.move(at.x, at.y);
  // A page that is slowed works all the time, so only one of them is.
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
  await page.waitForTimeout(50);
  await page.mouse.down();
  await page.mouse.up();
  const painted = await page.waitForFunction(() => globalThis.painted);
  await page.waitForTimeout(100);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  return painted.jsonValue();
}

for (let round = 0; round < Number(rounds); round += 1) {
  const pages = [];
  for (const contestant of contestants) pages.push({ ...(await open(browser, contestant)), again: contestant.again });
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
      const { took, shown } = await goOn(page);
      const expected = last ? "Where you stand" : questions[step + 1].title;
      if (!shown.includes(expected)) throw new Error(`${contestants[who].name}: "${shown}" instead of "${expected}"`);
      if (!last) times[who].next.push(took);
      else {
        times[who].result.push(took);
        if (!again) times[who].first.push(took);
      }
    }
  }
  for (const { close } of pages) await close();
  console.error(`round ${round + 1} of ${rounds}`);
}

const at = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const ms = (value) => value.toFixed(0);
const ratio = (a, b) => (a / b).toFixed(2);

console.log(`${questions.length} questions, ${rounds} rounds in turns, CPU ${SLOWED} × slowed, ${PHONE.width} × ${PHONE.height}; milliseconds from the press to painted, median / p95 (samples), and ours ÷ theirs:\n`);
console.log("| | answer → next question | | answer → result | | the first time | |\n|---|---|---|---|---|---|---|");
const kinds = ["next", "result", "first"];
contestants.forEach(({ name }, who) => {
  const cells = kinds.flatMap((kind) => {
    const [own, mine] = [times[who][kind], times[0][kind]];
    const both = `${ms(at(own, 0.5))} / ${ms(at(own, 0.95))} (${own.length})`;
    return [both, who ? `${ratio(at(mine, 0.5), at(own, 0.5))} / ${ratio(at(mine, 0.95), at(own, 0.95))}` : ""];
  });
  console.log(`| ${name} | ${cells.join(" | ")} |`);
});

// The person who knows nothing has every rule, document and question before them.
const PAGES = ["result", "checklist", "timeline", "iterations", "sources"];
const { page, close } = await open(browser, ours(site.root));
for (const {} of questions) {
  const before = page.url();
  await choose(page);
  await page.locator("form.question button[type=submit]").evaluate((button) => button.click());
  await page.waitForFunction((before) => location.href !== before, before);
}
console.log(`\nOurs, screens of ${PHONE.width} × ${PHONE.height} from top to bottom:\n`);
console.log(`| ${PAGES.join(" | ")} |\n|${PAGES.map(() => "---|").join("")}`);
const screens = [];
for (const name of PAGES) {
  await page.locator(`nav a[href$="/${name}.html"]`).evaluate((link) => link.click());
  await page.waitForFunction((name) => location.pathname.endsWith(`/${name}.html`), name);
  // What is worked out once the page is there, is there.
  await page.waitForTimeout(1000);
  screens.push((await page.evaluate(() => document.documentElement.scrollHeight)) / PHONE.height);
}
console.log(`| ${screens.map((count) => count.toFixed(1)).join(" | ")} |`);
await close();

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

mkdirSync(OUT, { recursive: true });
writeFileSync(join(OUT, "times.json"), JSON.stringify({ questions: questions.length, times, screens }, null, 1));
await browser.close();
site.close();
for (const { close } of built) close();
