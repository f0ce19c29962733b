// How the timeline grows with the number of its dates: the live cycle's beside the same with so many more, drawn in turns
// in one browser.
//
//     node bench/page/timeline.mjs [DIST] [ROUNDS] [GOALS]
//
// DIST is a built site, of the rulebooks as they are here; a row for the figure that has a goal is added to the file GOALS.
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { answerAll, launch, open, ours } from "./site.mjs";
import { serve } from "../../tests/browser/server.mjs";

const [dist = "dist", rounds = "9", goals] = process.argv.slice(2);
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const OUT = join(ROOT, "target/bench/timeline");
const SLOWED = 4;
const DATES = [40, 200];
// How much longer the longer one may take.
const GOAL = 3;
// Milliseconds after which a page is at rest, with what is folded in it.
const SETTLE = 250;

const cycle = /default_cycle = "(.+)"/.exec(readFileSync(join(ROOT, "rulebooks/site.toml"), "utf8"))[1];

// The live cycle's rulebook with so many dates: some before the day of asking, most after it.
function withDates(count) {
  const root = join(OUT, `rulebooks-${count}`);
  rmSync(root, { recursive: true, force: true });
  cpSync(join(ROOT, "rulebooks"), root, { recursive: true });
  const dates = join(root, cycle, "dates.toml");
  const words = join(root, cycle, "en/dates.toml");
  const has = readFileSync(dates, "utf8").match(/^\[\[date\]\]/gm).length;
  for (let n = 0; n < count - has; n += 1) {
    const day = new Date(Date.UTC(2026, 8, 1 + n)).toISOString().slice(0, 10);
    const kind = n % 2 ? "event" : "deadline";
    appendFileSync(dates, `\n[[date]]\nid = "more-${n}"\nkind = "${kind}"\non = ${day}\nbasis = "inferred"\nsources = ["aimg-residence-2027"]\nfacts = ["aimg:T-2027"]\n`);
    appendFileSync(words, `\n[more-${n}]\ntitle = "One more date of the cycle, with a title of two lines on a phone: number ${n}"\nnote = "What there is to know about it, in a sentence."\n`);
  }
  const out = `${root}-built`;
  // A file of another time has another name, and would be found first.
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  execFileSync("cargo", ["run", "-q", "--bin", "rulebook", "--", "--rulebooks", root, "build", "--out", out], { cwd: ROOT });
  const file = readdirSync(out).find((name) => name.startsWith(`rulebook-${cycle}-en`));
  return readFileSync(join(out, file));
}

const site = await serve({ folder: resolve(dist) });
const browser = await launch();

const pages = [];
for (const count of DATES) {
  const body = withDates(count);
  const opened = await open(browser, ours(site.root), (page) =>
    page.route(`**/rulebook-${cycle}-en-*.bin`, (route) => route.fulfill({ body })),
  );
  await answerAll(opened.page);
  pages.push({ ...opened, count, times: [] });
}

// How long it takes from the press until the page that it leads to is painted. What is folded follows then.
const go = async (page, name) => {
  const link = page.locator(`nav a[href$="/${name}.html"]`);
  const took = await link.evaluate(async (link, name) => {
    const pressed = performance.now();
    link.click();
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    do await frame();
    while (!location.pathname.endsWith(`/${name}.html`) || !document.querySelector(".page .folded"));
    // A message comes after the frame is painted.
    await new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(null);
    });
    return performance.now() - pressed;
  }, name);
  await page.waitForFunction(() => !document.querySelector(".page .folded:empty"));
  await page.waitForTimeout(SETTLE);
  return took;
};
for (let round = 0; round < Number(rounds); round += 1) {
  for (const { page, cdp, count, times } of round % 2 ? pages : [...pages].reverse()) {
    await go(page, "checklist");
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
    times.push(await go(page, "timeline"));
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    const shown = await page.locator("ol.timeline > li").count();
    if (shown < count - 5) throw new Error(`${shown} dates are shown instead of ${count}`);
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
console.log(`The timeline, CPU ${SLOWED} × slowed, ${rounds} rounds in turns: from the press to painted.\n`);
console.log("| dates | milliseconds, median |\n|---|---|");
for (const { count, times } of pages) console.log(`| ${count} | ${median(times).toFixed(0)} |`);
const ratio = median(pages[1].times) / median(pages[0].times);
console.log(`\n${DATES[1]} dates are painted in ${ratio.toFixed(2)} × the time of ${DATES[0]} (goal: ≤ ${GOAL}).`);
if (goals) {
  const met = ratio <= GOAL ? "met" : "not met";
  appendFileSync(goals, `| timeline, ${DATES[1]} dates ÷ ${DATES[0]} | ${ratio.toFixed(2)} × | ≤ ${GOAL} × | ${met} |\n`);
}
await browser.close();
site.close();
