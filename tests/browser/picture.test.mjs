// What each page looks like and what a screen reader finds on it, against what was looked at and found good. `UPDATE=1`
// rewrites both, for somebody to look at: `tests/browser/pictures` and `tests/browser/trees`.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { site } from "./harness.mjs";
import { enter } from "./on-the-way.mjs";

const KINDS = ["index", "question", "answers", "result", "checklist", "timeline", "iterations", "sources"];
const SCREENS = [
  { width: 360, height: 780 },
  { width: 1280, height: 900 },
];
// A block is so many pixels wide and high; text and lines become shades, so that fonts hardly matter.
const BLOCK = 12;
// Blocks that are lighter or darker by more than this differ, of 255; and this share of them may.
const SHADE = 24;
const SHARE = 0.1;
const kept = (folder, file) => new URL(`./${folder}/${file}`, import.meta.url);
const update = Boolean(process.env.UPDATE);

// Shades of a picture's blocks, row by row, out of a PNG.
function shades(page, png, { width, height }) {
  return page.evaluate(
    async ([png, columns, rows]) => {
      const picture = new Image();
      picture.src = `data:image/png;base64,${png}`;
      await picture.decode();
      const canvas = new OffscreenCanvas(columns, rows);
      const context = canvas.getContext("2d");
      context.imageSmoothingQuality = "high";
      context.drawImage(picture, 0, 0, columns, rows);
      const { data } = context.getImageData(0, 0, columns, rows);
      return Array.from({ length: columns * rows }, (_, n) => Math.round((data[4 * n] + data[4 * n + 1] + data[4 * n + 2]) / 3));
    },
    [png.toString("base64"), Math.ceil(width / BLOCK), Math.ceil(height / BLOCK)],
  );
}

// Landmarks, headings and everything that can be used, without the texts around them.
function tree(snapshot) {
  const found = /^\s*- (banner|main|contentinfo|navigation|region|group|heading|link|button|combobox|textbox|searchbox|radio|checkbox|progressbar|status|table)\b/;
  return snapshot
    .split("\n")
    .filter((line) => found.test(line))
    .map((line) => line.replace(/:\s*[^"\]]*$/, ""))
    .join("\n")
    .concat("\n");
}

describe("each page", () => {
  const here = site();
  const profiles = [];
  after(() => Promise.all(profiles.map((profile) => profile.close())));
  const open = async (viewport) => {
    const profile = await here.browser.newContext({ locale: "en-CA", timezoneId: "America/Edmonton", viewport });
    profiles.push(profile);
    return profile.newPage();
  };
  if (update) for (const folder of ["pictures", "trees"]) mkdirSync(kept(folder, ""), { recursive: true });

  for (const screen of SCREENS) {
    test(`looks as it did, ${screen.width} pixels wide`, async () => {
      const page = await open(screen);
      const judge = await (await here.browser.newContext()).newPage();
      const wrong = [];
      for (const kind of KINDS) {
        await enter(page, here.root, "eligible", kind);
        const now = await shades(judge, await page.screenshot(), screen);
        const file = kept("pictures", `${kind}-${screen.width}.json`);
        if (update) writeFileSync(file, `${JSON.stringify(now)}\n`);
        const before = JSON.parse(readFileSync(file, "utf8"));
        const differ = now.filter((shade, n) => Math.abs(shade - before[n]) > SHADE).length / now.length;
        if (differ > SHARE) wrong.push(`${kind}: ${(100 * differ).toFixed(0)} % of the blocks differ`);
      }
      assert.deepEqual(wrong, []);
    });
  }

  test("has the landmarks, headings and controls that it had", async () => {
    const page = await open(SCREENS[0]);
    for (const kind of KINDS) {
      await enter(page, here.root, "closed", kind);
      const now = tree(await page.locator("body").ariaSnapshot());
      const file = kept("trees", `${kind}.txt`);
      if (update) writeFileSync(file, now);
      assert.equal(now, readFileSync(file, "utf8"), kind);
    }
  });
});
