// `cargo xtask look`: every page as people on the way find it, as pictures, and how long each is.
// Arguments: the folder to write to, then names of people or of pages; all without.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./harness.mjs";
import { BARS, PEOPLE, enter, screens } from "./on-the-way.mjs";
import { serve } from "./server.mjs";

const [out, ...wanted] = process.argv.slice(2);
const WIDTHS = [360, 768, 1280];
const chosen = (all) => (all.some((name) => wanted.includes(name)) ? all.filter((name) => wanted.includes(name)) : all);
const pages = chosen(["index", "question", "answers", "result", "checklist", "timeline", "iterations", "sources"]);
const people = chosen(Object.keys(PEOPLE));
const widths = chosen(WIDTHS.map(String)).map(Number);
const themes = chosen(["light", "dark"]);

mkdirSync(out, { recursive: true });
const server = await serve({ base: "/", stored: true });
const browser = await launch();
for (const name of people) {
  for (const width of widths) {
    for (const colorScheme of themes) {
      const viewport = { width, height: width === 360 ? 780 : 900 };
      const profile = await browser.newContext({ locale: "en-CA", timezoneId: "America/Edmonton", viewport, colorScheme });
      const page = await profile.newPage();
      for (const kind of pages) {
        await enter(page, server.root, name, kind);
        const length = await screens(page);
        const picture = join(out, `${name}-${kind}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: picture, fullPage: true });
        if (width === 360 && colorScheme === "light") {
          console.log(`${name.padEnd(14)} ${kind.padEnd(11)} ${length.toFixed(1).padStart(6)} screens  ${BARS[kind] ? `of ${BARS[kind]}` : ""}`);
        }
      }
      await profile.close();
    }
  }
}
await browser.close();
await server.close();
