// Where the time goes between a press on Continue and the next page painted, in ours alone and at full speed: the main
// thread's own processor time by kind of work, and what makes style and layout be worked out before the frame asks.
//
//     node bench/page/where.mjs [DIST]...
//
// Of several built sites one beside the other.
import { resolve } from "node:path";
import { choose, launch, open, ours } from "./site.mjs";
import { serve } from "../../tests/browser/server.mjs";

const sites = process.argv.slice(2);
if (!sites.length) sites.push("dist");
const ROUNDS = 2;
// How often the result is come to in one round.
const RESULTS = 4;
// Our page takes a press at the same place within half a second for a double press.
const THINK = 600;
const CATEGORIES = ["", ".stack"].map((of) => `disabled-by-default-devtools.timeline${of}`);
const KINDS = ["UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize", "Commit", "MinorGC", "MajorGC"];

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function walk(dist) {
  const { root, close } = await serve({ folder: resolve(dist) });
  const browser = await launch();
  const { page } = await open(browser, ours(root));
  await page.evaluate(() => {
    let painted = null;
    const set = (value) => {
      painted = value;
      if (value) performance.mark("painted", { detail: value.shown });
    };
    Object.defineProperty(globalThis, "painted", { configurable: true, get: () => painted, set });
  });
  const events = [];
  const cdp = await browser.newBrowserCDPSession();
  cdp.on("Tracing.dataCollected", ({ value }) => {
    for (const event of value) if (event.ph === "X" || event.name === "painted") events.push(event);
  });
  const includedCategories = ["devtools.timeline", "blink.user_timing", ...CATEGORIES];
  await cdp.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories } });
  const shown = [];
  for (let results = 0; results < RESULTS; ) {
    if (results) await page.goBack();
    await choose(page);
    const button = page.locator("form.question button[type=submit]");
    await button.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await button.boundingBox();
    await page.evaluate(() => (globalThis.painted = null));
    await page.waitForTimeout(THINK);
    await page.mouse.click(x + width / 2, y + height / 2);
    shown.push(await (await page.waitForFunction(() => globalThis.painted?.shown)).jsonValue());
    await page.waitForTimeout(100);
    if (/Where you stand/.test(shown.at(-1))) results += 1;
  }
  const ended = new Promise((resolve) => cdp.once("Tracing.tracingComplete", resolve));
  await cdp.send("Tracing.end");
  await ended;
  await browser.close();
  close();
  return { events, shown };
}

// What a step's events come to.
function add({ events, shown }, steps) {
  const marks = events.filter(({ name }) => name === "painted").sort((a, b) => a.ts - b.ts);
  const [{ pid, tid }] = marks;
  const main = events.filter((event) => event.ph === "X" && event.pid === pid && event.tid === tid);
  main.sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const presses = main.filter(({ name, args }) => name === "EventDispatch" && args.data?.type === "mouseup");
  marks.forEach((mark, idx) => {
    const from = presses.findLast(({ ts }) => ts < mark.ts).ts;
    const step = { all: 0 };
    let end = 0;
    for (const { name, ts, dur, tdur = dur, args } of main) {
      if (ts < from || ts > mark.ts) continue;
      if (ts >= end) {
        step.all += tdur;
        end = ts + dur;
      }
      if (!KINDS.includes(name)) continue;
      step[name] = (step[name] ?? 0) + tdur;
      const stack = args.beginData?.stackTrace ?? args.data?.stackTrace ?? [];
      const cause = stack.map(({ functionName }) => /__wbg_(\w+?)_[0-9a-f]{16}/.exec(functionName)?.[1]).find(Boolean);
      if (cause) step[`${name}, asked for by ${cause}`] = (step[`${name}, asked for by ${cause}`] ?? 0) + tdur;
    }
    (/Where you stand/.test(shown[idx]) ? steps.result : steps.next).push(step);
  });
}

const found = sites.map(() => ({ next: [], result: [] }));
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [idx, dist] of sites.entries()) add(await walk(dist), found[idx]);
}
for (const [kind, what] of [["next", "answer → next question"], ["result", "answer → result"]]) {
  console.log(`\n${what}, median milliseconds of ${found[0][kind].length} presses\n\n| | ${sites.join(" | ")} |`);
  console.log(`|---|${"---|".repeat(sites.length)}`);
  const of = (name) => found.map((steps) => median(steps[kind].map((step) => step[name] ?? 0)) / 1000);
  const names = new Set(found.flatMap((steps) => steps[kind].flatMap(Object.keys)));
  const rows = [...names].map((name) => [name, of(name)]).filter(([, ms]) => Math.max(...ms) >= 0.05);
  rows.sort(([, [a]], [, [b]]) => b - a);
  for (const [name, ms] of rows) console.log(`| ${name} | ${ms.map((ms) => ms.toFixed(2)).join(" | ")} |`);
}
