// The pictures of the README: first screens of people on the way. `node tests/browser/readme-pictures.mjs`, after a build.
import { launch } from "./harness.mjs";
import { enter } from "./on-the-way.mjs";
import { serve } from "./server.mjs";
const server = await serve({ base: "/", stored: true });
const browser = await launch();
for (const [name, kind, scheme] of [["eligible", "result", "light"], ["eligible", "checklist", "light"], ["toronto", "timeline", "dark"], ["unmatched", "iterations", "light"]]) {
  const page = await (await browser.newContext({ locale: "en-CA", viewport: { width: 360, height: 780 }, colorScheme: scheme })).newPage();
  await enter(page, server.root, name, kind);
  await page.evaluate(() => new Promise((d) => requestAnimationFrame(() => requestAnimationFrame(d))));
  await page.screenshot({ path: `${new URL("../../docs/pictures/", import.meta.url).pathname}${kind}.png` });
}
await browser.close(); await server.close();
