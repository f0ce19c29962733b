// A link on its way: whatever mail and chat programs make of it, it opens with all answers, or says how many are missing.
import { Autolinker } from "autolinker";
import { LinkifyIt } from "linkify-it";
import MarkdownIt from "markdown-it";
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { KEY, leave, site } from "./harness.mjs";

// Somebody with a plan, a list, an own date, a position and a mark.
const KEPT = JSON.stringify({
  "self-check": 2,
  status: "citizen",
  school: "international",
  mccqe1: "done",
  "nac-latest": "done",
  "earlier-training": "none",
  "name-differs": false,
  "english-test-on": "2026-05-02",
  cycle: {
    2027: {
      "aimg-status": "eligible",
      mmi: { planned: "2026-12" },
      "residence-routes": ["high-school", "postsecondary"],
      graduation: "graduated",
      "carms-registered": "done",
      date: { "match-day-first": "2027-03-02T12:00" },
      cells: ["alberta/first", "alberta/second"],
      mark: { "mmi-result": "have" },
    },
  },
});

const linkify = new LinkifyIt();
const markdown = new MarkdownIt({ linkify: true });
const unescaped = (html) => html.replaceAll("&amp;", "&");
const href = (html) => unescaped(/href="([^"]*)"/.exec(html)[1]);
const quotedPrintable = (text) => text.replaceAll("=", "=3D").match(/.{1,75}/g).join("=\r\n");

// What a program makes of the address in a text: the address that one taps.
const WHOLE = {
  "as it is": (url) => url,
  "found by linkify-it in a sentence": (url) => linkify.match(`My answers (${url}), what do you say?`)[0].url,
  "found by linkify-it before a full stop": (url) => linkify.match(`See ${url}.`)[0].url,
  "found by Autolinker": (url) => Autolinker.parse(`"${url}".`, { urls: true })[0].getAnchorHref(),
  "bare in Markdown": (url) => href(markdown.render(`Look: ${url}! *Thanks*`)),
  "between Markdown's angles": (url) => href(markdown.render(`<${url}>`)),
  "as a Markdown link": (url) => href(markdown.render(`[my answers](${url})`)),
  "escaped by encodeURI": (url) => encodeURI(url),
  "escaped sign by sign": (url) => {
    const [page, fragment] = url.split("#");
    return `${page}#${[...fragment].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join("")}`;
  },
  "escaped as HTML": (url) => url.replaceAll("&", "&amp;").replaceAll("'", "&#39;"),
  "with a bracket and a full stop behind it": (url) => `${url}).`,
  "with somebody's tracking behind it": (url) => `${url}&utm_source=mail&fbclid=IwAR0`,
  "folded, and pasted in one piece": (url) => url.match(/.{1,76}/g).join("\r\n"),
  "quoted-printable, read as it stands": (url) => url.split("#")[0] + "#" + quotedPrintable(url.split("#")[1]),
};
const CUT = {
  "at the end of a line of 76": (url) => url.slice(0, 76),
  "after 140 signs": (url) => url.slice(0, 140),
  "in the middle of the last answer": (url) => url.slice(0, -6),
  "by the last sign": (url) => url.slice(0, -1),
  "at the first capital": (url) => url.slice(0, url.indexOf("#") + url.split("#")[1].search(/[A-Z]/)),
};

describe("a link", () => {
  const here = site();
  const PUBLIC = "https://example.org/self-check/";
  let sent, url;

  const shown = (page) => page.locator(".glance .tag, .cells .tag").allTextContents();
  // Opens what a program made of the public address.
  const open = (address, path = "result.html") => here.open(path + "#" + address.split("#")[1]);

  before(async () => {
    const page = await here.open("result.html", {
      prepare: (page) => page.addInitScript(([key, text]) => localStorage.setItem(key, text), [KEY, KEPT]),
    });
    assert.equal(await page.locator(".dropped").count(), 0);
    sent = await page.locator("main .page").innerText();
    url = `${PUBLIC}result.html#${await page.evaluate(() => selfCheck.session)}`;
    assert.match(url.split("#")[1], /^[A-Za-z0-9_-]{200,700}$/);
    await leave(page);
  });

  for (const [name, way] of Object.entries(WHOLE)) {
    test(`arrives whole ${name}`, async () => {
      const page = await open(way(url));
      await page.getByText("These answers came with a link").waitFor();
      assert.equal(await page.locator("main .page").innerText(), sent);
      await leave(page);
    });
  }

  for (const [name, way] of Object.entries(CUT)) {
    test(`shows no verdict when it is cut ${name}`, async () => {
      const page = await open(way(url));
      await page.getByText("This link did not arrive whole").waitFor();
      const [, came, of] = /(\d+) of its (\d+) entries/.exec(await page.locator(".linked").innerText());
      assert.equal(of, "16");
      assert.ok(Number(came) < 16);
      // What arrived is there to see: answers and entered dates, but for positions and marks.
      const rows = await page.locator(".linked .row").count();
      assert.ok(rows <= Number(came) && rows >= Number(came) - 3, `${rows} of ${came}`);
      assert.deepEqual(await page.locator("main .tag").allTextContents(), []);
      // Nor on any other page about the person.
      await page.locator("nav").getByText("Checklist").click();
      assert.equal(await page.locator("main .page").innerText(), "");
      await page.getByText("This link did not arrive whole").waitFor();
      if (came !== "0") {
        await page.getByRole("button", { name: "Go on with what arrived" }).press("Enter");
        await page.getByText("These answers came with a link").waitFor();
        assert.notEqual(await page.locator("main .page").innerText(), "");
      }
      await leave(page);
    });
  }

  test("that was changed on its way is not trusted", async () => {
    const page = await open(url.replace("eligible", "waiting"));
    await page.getByText("not as it was sent").waitFor();
    await page.getByRole("button", { name: "Put them away" }).press("Enter");
    assert.equal(await page.locator(".linked").count(), 0);
    await leave(page);
  });

  test("that is cut is still cut when the page is loaded anew", async () => {
    const page = await open(url.slice(0, -1));
    await page.getByText("15 of its 16 entries arrived").waitFor();
    await page.evaluate(() => selfCheckPage.stop(new WebAssembly.RuntimeError("unreachable")));
    page.complaints = [];
    const loaded = page.waitForEvent("load");
    await page.locator("[data-again=answers]").click();
    await loaded;
    await page.getByText("15 entries arrived. The link does not say how many were sent.").waitFor();
    await leave(page);
  });

  test("is on the answers page, ready to be sent", async () => {
    const page = await open(url, "answers.html");
    await page.getByText("Send your answers to someone").press("Enter");
    const link = await page.locator("#link").innerText();
    assert.equal(link, `${here.root}result.html#${url.split("#")[1]}`);
    await page.getByRole("button", { name: "Copy the link" }).press("Enter");
    await page.getByText(/^Copied|does not let us copy/).waitFor();
    assert.equal(await page.evaluate(() => String(getSelection()).trim()), link);
    await leave(page);
    const there = await here.open(link.slice(here.root.length));
    assert.equal(await there.locator("main .page").innerText(), sent);
    await leave(there);
  });

  test("opened again from its own page is the same link", async () => {
    const page = await open(url);
    await page.getByText("These answers came with a link").waitFor();
    assert.equal(await page.evaluate(() => selfCheck.session), url.split("#")[1]);
    await leave(page);
  });
});
