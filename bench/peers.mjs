// The same rules for everybody: first whether all give the same verdicts to every input, then their times in turns.
// `node peers.mjs FOLDER ZEN WASM`: the folder with what `bench export` wrote, the program bench-zen, the engine.
import { spawn } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { openEngine } from "./browser.mjs";
import { start } from "./engine.mjs";
import { jsonRulesEngine } from "./peers/json-rules-engine.mjs";
import { publicodes } from "./peers/publicodes.mjs";
import { zenForms } from "./peers/zen.mjs";
import { median, shown } from "./timing.mjs";

// Everybody has a turn in each round.
const ROUNDS = 5;

const [folder, zen, wasm] = process.argv.slice(2);
const formulas = JSON.parse(readFileSync(join(folder, "formulas.json")));
const cells = formulas.cells.length;
const zenEngine = zenForms(formulas);
writeFileSync(join(folder, "zen.json"), JSON.stringify(zenEngine));

// The native side, which answers each line with one.
function native() {
  const child = spawn(zen, [folder], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(line) {
      child.stdin.write(`${line}\n`);
      const { done, value } = await lines.next();
      if (done) throw new Error("the native side ended");
      return JSON.parse(value);
    },
    end: () => child.stdin.end(),
  };
}

const side = native();
const states = join(folder, "inputs.bin");
const chromium = await openEngine(wasm, states);
const node = await start(readFileSync(wasm), readFileSync(states));
const onSide = (name) => ({ verdicts: () => side.ask(`check ${name}`), times: () => side.ask(name) });

const contestants = [
  { who: "ours", form: "native", ...onSide("ours") },
  {
    who: "ours",
    form: "Chromium",
    verdicts: () => chromium.page.evaluate((cells) => engine.verdicts(cells), cells),
    times: () => chromium.page.evaluate(() => engine.times()),
  },
  { who: "ours", form: "Node", verdicts: () => node.verdicts(cells), times: () => node.times() },
  ...Object.keys(zenEngine).map((form) => ({ who: "zen-engine", form, ...onSide(form) })),
  ...jsonRulesEngine(formulas).map((form) => ({ who: "json-rules-engine", ...form })),
  ...publicodes(formulas).map((form) => ({ who: "publicodes", ...form })),
];

let agree = true;
for (const { who, form, verdicts } of contestants) {
  const given = await verdicts();
  const wrong = formulas.inputs.findIndex(({ verdicts }, idx) => String(verdicts) !== String(given[idx]));
  if (wrong >= 0) {
    agree = false;
    const { name, verdicts } = formulas.inputs[wrong];
    console.log(`${who} (${form}) differs: ${name}: [${given[wrong]}] for [${verdicts}]`);
  }
}
const goals = [];
const goal = (what, value, goal, met) => goals.push(`| ${what} | ${value} | ${goal} | ${met ? "met" : "not met"} |\n`);
goal("the same verdicts from everybody", `${formulas.inputs.length} inputs`, "on all", agree);

if (agree) {
  const rounds = contestants.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [idx, { times }] of contestants.entries()) rounds[idx].push(await times());
  }
  // For each input the median of its rounds.
  const results = contestants.map(({ who, form }, idx) => ({
    who,
    form,
    times: formulas.inputs.map((_, input) => median(rounds[idx].map((times) => times[input]))),
  }));
  const [inRust, inChromium] = results;
  const ratio = ({ times }, ours) => median(times.map((time, input) => time / ours.times[input]));
  console.log(`Verdicts of all ${cells} cells from complete answers; medians over ${formulas.inputs.length} inputs, of ${ROUNDS} rounds in turns.\n`);
  console.log("| | median | worst input | ÷ ours, native | ÷ ours, Chromium |\n|---|---|---|---|---|");
  for (const result of results) {
    const { who, form, times } = result;
    const ratios = [inRust, inChromium].map((ours) => ratio(result, ours).toPrecision(3));
    console.log(`| ${who} (${form}) | ${shown(median(times))} | ${shown(Math.max(...times))} | ${ratios.join(" | ")} |`);
  }
  console.log();
  for (const [who, least] of [["json-rules-engine", 10], ["publicodes", 100], ["zen-engine", 1]]) {
    for (const [ours, where] of [[inRust, "native"], [inChromium, "Chromium"]]) {
      const best = Math.min(...results.filter((result) => result.who === who).map((result) => ratio(result, ours)));
      goal(`${who}'s fastest form ÷ ours, ${where}`, `${best.toPrecision(3)} ×`, `≥ ${least} ×`, best >= least);
    }
  }
}

const npm = (name) => {
  let folder = dirname(createRequire(import.meta.url).resolve(name));
  for (;;) {
    try {
      const { name: found, version } = JSON.parse(readFileSync(join(folder, "package.json")));
      if (found === name) return `${name} ${version}`;
    } catch {
      // Not the package's own folder.
    }
    folder = dirname(folder);
  }
};
const lock = readFileSync(new URL("Cargo.lock", import.meta.url), "utf8");
const crate = /name = "zen-engine"\nversion = "(.*)"/.exec(lock)[1];
console.log(`${npm("json-rules-engine")}, ${npm("publicodes")}, zen-engine ${crate}, Node ${process.versions.node}, Chromium ${chromium.version}\n`);

appendFileSync(join(folder, "goals.md"), goals.join(""));
side.end();
await chromium.close();
process.exitCode = goals.some((line) => line.includes("not met")) ? 1 : 0;
