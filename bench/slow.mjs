// The states that are slowest natively, in Chromium: `node slow.mjs FOLDER WASM`.
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openEngine } from "./browser.mjs";
import { median, shown } from "./timing.mjs";

const ROUNDS = 9;
// Milliseconds, by what they are called natively.
const GOALS = { "verdicts + reasons + next question": 1, "verdicts + what-if": 20 };

const [folder, wasm] = process.argv.slice(2);
const parts = JSON.parse(readFileSync(join(folder, "slow.json")));
const chromium = await openEngine(wasm, join(folder, "slow.bin"));
console.log(`The states that are slowest natively, in WebAssembly. Chromium ${chromium.version}\n`);
console.log("| | worst, native | worst, Chromium | ÷ native | worst state in Chromium |\n|---|---|---|---|---|");
for (const { part, words, states, names, native } of parts) {
  // In turns, so that the browser has made the code fast before the median.
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const each = [];
    for (const state of states) {
      each.push(await chromium.page.evaluate(([part, state]) => engine.time(part, state), [part, state]));
    }
    rounds.push(each);
  }
  const times = states.map((_, idx) => median(rounds.map((each) => each[idx])));
  const worst = Math.max(...times);
  const ratio = median(times.map((time, idx) => time / native[idx])).toPrecision(3);
  const name = names[times.indexOf(worst)];
  console.log(`| ${words} | ${shown(Math.max(...native))} | ${shown(worst)} | ${ratio} | ${name} |`);
  const limit = GOALS[words];
  if (limit) {
    const met = worst <= limit * 1e6 ? "met" : "not met";
    appendFileSync(join(folder, "goals.md"), `| ${words}, worst state, Chromium | ${shown(worst)} | ≤ ${limit} ms | ${met} |\n`);
  }
}
console.log();
await chromium.close();
