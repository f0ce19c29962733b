import { launch } from "./harness.mjs";
import { enter } from "./on-the-way.mjs";
import { serve } from "./server.mjs";
const server = await serve({ base: "/", stored: true });
const browser = await launch();
for (const spec of process.argv.slice(2)) {
  const [name, kind, open] = spec.split(":");
  const profile = await browser.newContext({ viewport: { width: 360, height: 780 } });
  const page = await profile.newPage();
  await enter(page, server.root, name, kind);
  await new Promise((r) => setTimeout(r, 150));
  if (open) await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
  console.log(`\n######## ${spec}\n` + (await page.evaluate(() => document.querySelector(".page").innerText)).replace(/\n\n+/g, "\n"));
  await profile.close();
}
await browser.close(); await server.close();
