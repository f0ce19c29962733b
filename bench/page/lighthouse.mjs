// Lighthouse's four figures and the layout shift of every kind of page, as a phone sees it, from a server that compresses.
//
//     node bench/page/lighthouse.mjs [DIST] [ROUNDS] [GOALS]
//
// DIST is a built site; the median of ROUNDS runs counts; a row for each figure is added to the file GOALS.
import { appendFileSync } from "node:fs";
import { resolve } from "node:path";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { serve } from "../../tests/browser/server.mjs";

const [dist = "dist", rounds = "5", goals] = process.argv.slice(2);
const PAGES = ["index", "question-first-iteration", "answers", "result", "checklist", "timeline", "iterations", "sources"];
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const SHIFT = 0.01;
// What the first figure is made of, in milliseconds: first text, largest text, and how long presses would wait.
const TIMES = { first: "first-contentful-paint", largest: "largest-contentful-paint", blocked: "total-blocking-time" };
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const site = await serve({ folder: resolve(dist) });
const chrome = await launch({ chromePath: process.env.CHROME_PATH ?? "/usr/bin/chromium", chromeFlags: FLAGS });
let missed = 0;
const columns = [...CATEGORIES, "shift", ...Object.keys(TIMES)];
console.log(`${"".padEnd(28)}${columns.map((name) => name.padStart(16)).join("")}`);
for (const name of PAGES) {
  const runs = [];
  for (let round = 0; round < Number(rounds); round++) {
    const options = { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "error" };
    const { lhr } = await lighthouse(`${site.root}${name}.html`, options);
    const scores = CATEGORIES.map((category) => Math.round(100 * lhr.categories[category].score));
    const failed = Object.values(lhr.audits).filter(({ score, scoreDisplayMode }) => score === 0 && scoreDisplayMode === "binary");
    const times = Object.values(TIMES).map((id) => lhr.audits[id].numericValue);
    runs.push({ scores, times, shift: lhr.audits["cumulative-layout-shift"].numericValue, failed: failed.map(({ id }) => id) });
  }
  const scores = CATEGORIES.map((_, n) => median(runs.map(({ scores }) => scores[n])));
  const shift = median(runs.map(({ shift }) => shift));
  const failed = [...new Set(runs.flatMap(({ failed }) => failed))].join(" ");
  const times = Object.keys(TIMES).map((_, n) => median(runs.map(({ times }) => times[n])).toFixed());
  console.log(`${name.padEnd(28)}${[...scores, shift.toFixed(3), ...times].map((value) => String(value).padStart(16)).join("")}  ${failed}`);
  const good = scores.every((score) => score === 100) && shift <= SHIFT;
  missed += good ? 0 : 1;
  if (goals) {
    appendFileSync(goals, `| Lighthouse, ${name} | 100 / 100 / 100 / 100, shift ${SHIFT} | ${scores.join(" / ")}, ${shift.toFixed(3)} |\n`);
  }
}
console.log(missed ? `${missed} of ${PAGES.length} pages miss a goal` : "every page meets its goals");
chrome.kill();
await site.close();
