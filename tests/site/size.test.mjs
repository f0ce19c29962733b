// The site's weight on the wire, against what we allow ourselves. Kilobytes of 1000 bytes, brotli at its best.
import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { bytes, files, pages, tags, target, text } from "./files.mjs";

// The app is still far above its goal of 125 kB. `most` keeps it from growing without end until it is brought down.
const BUDGET = { app: 125, most: 282, rulebook: 30, paint: 14 };

const sizes = new Map();
function size(path) {
  if (!sizes.has(path)) {
    const content = bytes(path);
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    sizes.set(path, {
      raw: content.length / 1000,
      gzip: gzipSync(content, { level: 9 }).length / 1000,
      brotli: brotliCompressSync(content, { params }).length / 1000,
    });
  }
  return sizes.get(path);
}

function sum(paths) {
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const path of paths) for (const kind of Object.keys(total)) total[kind] += size(path)[kind];
  return total;
}

function show(name, { raw, gzip, brotli }, budget = "") {
  const columns = [raw, gzip, brotli].map((kilobytes) => kilobytes.toFixed(1).padStart(8));
  console.log(`${name.padEnd(44)}${columns.join("")}  ${budget && `of ${budget}`}`);
}

const linked = (page, rel) =>
  tags(text(page))
    .filter(({ name, attributes }) => name === "link" && attributes.rel === rel)
    .map(({ attributes }) => target(page, attributes.href).path);
const styles = (page) => linked(page, "stylesheet");
const rulebooks = files.filter((path) => /^rulebook-.*\.bin$/.test(path));

console.log(`${"kB".padEnd(44)}${["raw", "gzip", "brotli"].map((kind) => kind.padStart(8)).join("")}`);

test("the app is small", () => {
  const scripts = tags(text("index.html"))
    .filter(({ name }) => name === "script")
    .map(({ attributes }) => target("index.html", attributes.src).path);
  const wasm = linked("index.html", "preload").filter((path) => path.endsWith(".wasm"));
  assert.equal(wasm.length, 1);
  const parts = ["index.html", ...styles("index.html"), ...scripts, ...linked("index.html", "modulepreload"), ...wasm];
  for (const part of parts) show(part, size(part));
  show("the app", sum(parts), BUDGET.app);
  assert.ok(sum(parts).brotli <= BUDGET.most);
});

test("every rulebook is small", () => {
  assert.notEqual(rulebooks.length, 0);
  for (const path of rulebooks) show(path, size(path), BUDGET.rulebook);
  assert.deepEqual(rulebooks.filter((path) => size(path).brotli > BUDGET.rulebook), []);
});

test("the start and the questions are painted early", () => {
  const first = pages.filter((page) => /^(fr\/)?(index|question-.*)\.html$/.test(page));
  const weight = (page) => sum([page, ...styles(page)]);
  first.sort((a, b) => weight(b).brotli - weight(a).brotli);
  for (const page of first.slice(0, 5)) show(`${page} with its styles`, weight(page), BUDGET.paint);
  assert.deepEqual(first.filter((page) => weight(page).brotli > BUDGET.paint), []);
});

test("the other pages", () => {
  const others = pages.filter((page) => !/^(fr\/)?(index|question-.*)\.html$/.test(page));
  for (const page of others) show(page, size(page));
  const total = sum(files);
  show(`all ${files.length} files`, total);
  assert.ok(total.raw > 0);
});
