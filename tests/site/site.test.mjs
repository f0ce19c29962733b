// What must hold for every page of the built site.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { bytes, drawn, files, pages, plain, tags, target, text } from "./files.mjs";

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

// Attributes by which a page makes the browser load something by itself.
const LOADS = ["src", "srcset", "poster", "data", "background", "xlink:href"];
const LOADING_LINKS = ["stylesheet", "preload", "modulepreload", "prefetch", "icon", "manifest", "apple-touch-icon"];

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // How Trunk and Yew write what means the same.
    "void-style": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "no-trailing-whitespace": "off",
    "long-title": "off",
    "doctype-style": "off",
    // Checkboxes of one question share a name, as radio buttons do.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "reset", "submit"] }],
    // The pages' own text decides where a line may break.
    "tel-non-breaking": "off",
    // Digests would say of the site's own files what their names say already.
    "require-sri": "off",
  },
});

// Runs a check over every page and shows all that it finds, page by page.
function everyPage(name, problems, checked = pages) {
  test(name, async () => {
    assert.notEqual(checked.length, 0);
    const found = [];
    for (const page of checked) {
      for (const problem of await problems(page, text(page))) found.push(`${page}: ${problem}`);
    }
    assert.deepEqual(found, []);
  });
}

describe("every page", () => {
  everyPage(
    "is valid HTML",
    async (page, html) => {
      const { results } = await validator.validateString(html, page);
      return results.flatMap(({ messages }) => messages.map((m) => `line ${m.line}: ${m.ruleId}: ${m.message}`));
    },
    [...pages, "404.html"],
  );

  everyPage("says its language, what it is called and what it is about", (page, html) => {
    const found = [];
    const language = tags(html).find(({ name }) => name === "html")?.attributes.lang;
    if (language !== (page.startsWith("fr/") ? "fr" : "en")) found.push(`lang is ${language}`);
    if (!/<title>[^<]{5,}<\/title>/.test(html)) found.push("no title");
    const description = tags(html).find(({ attributes }) => attributes.name === "description")?.attributes.content;
    if (!description || description.length < 20) found.push("no description");
    return found;
  });

  test("has a title of its own in its language", () => {
    const titles = pages.map((page) => `${page.startsWith("fr/")} ${/<title>([^<]*)/.exec(text(page))?.[1]}`);
    assert.deepEqual(titles.filter((title, idx) => titles.indexOf(title) !== idx), []);
  });

  everyPage("sets the policy before anything loads", (page, html) => {
    const all = tags(html);
    const policy = all.findIndex(({ attributes }) => attributes["http-equiv"] === "Content-Security-Policy");
    if (all[policy]?.attributes.content !== POLICY) return [`policy is ${all[policy]?.attributes.content}`];
    const loads = all.findIndex(({ name }) => ["script", "link", "img"].includes(name));
    return loads !== -1 && loads < policy ? ["something loads before the policy"] : [];
  });

  everyPage(
    "has no style or script of its own",
    (page, html) =>
      tags(html).flatMap(({ name, attributes, end }) => [
        ...(name === "style" ? ["<style>"] : []),
        ...(name === "script" && !attributes.src ? ["<script> without src"] : []),
        ...(name === "script" && !html.slice(end).startsWith("</script>") ? ["<script> with text"] : []),
        ...Object.keys(attributes)
          .filter((attribute) => attribute === "style" || attribute.startsWith("on"))
          .map((attribute) => `<${name} ${attribute}>`),
        ...Object.values(attributes)
          .filter((value) => /^\s*(javascript|data):/i.test(value))
          .map((value) => `<${name}> with ${value}`),
      ]),
    [...pages, "404.html"],
  );

  everyPage(
    "loads from the site alone",
    (page, html) =>
      tags(html).flatMap(({ name, attributes }) => {
        const loaded = LOADS.map((attribute) => attributes[attribute]).filter((value) => value !== undefined);
        if (name === "link" && LOADING_LINKS.some((rel) => attributes.rel?.split(" ").includes(rel))) {
          loaded.push(attributes.href);
        }
        if (["image", "use", "feimage"].includes(name) && attributes.href) loaded.push(attributes.href);
        return loaded.filter((address) => !target(page, address)).map((address) => `<${name}> loads ${address}`);
      }),
    [...pages, "404.html"],
  );

  everyPage("links by relative addresses that lead somewhere", (page, html) =>
    tags(html).flatMap(({ name, attributes }) => {
      const addresses = [attributes.href, attributes.src].filter((address) => address !== undefined);
      return addresses.flatMap((address) => {
        if (/^(https?|mailto|tel):/.test(address)) return [];
        if (/^([a-z]+:|\/)/i.test(address)) return [`<${name}> leads to ${address}`];
        const there = target(page, address);
        if (!there) return [`${address} leads out of the site`];
        if (!files.includes(there.path)) return [`${address} leads nowhere`];
        const named = /-[0-9a-f]{16}\.[a-z]+$/;
        const ids = named ? [] : tags(text(there.path)).map(({ attributes: { id } }) => id);
        return named || ids.includes(there.fragment) ? [] : [`${address} leads to no place on that page`];
      });
    }),
  );

  everyPage(
    "has a place for the app, and notices that need nothing else",
    (page, html) => {
      const ids = tags(html).map(({ attributes: { id } }) => id);
      const causes = tags(html).flatMap(({ attributes }) => attributes["data-if"]?.split(" ") ?? []);
      // Every cause that the script can tell has its words on the page.
      // As it is written: the site's own copy is made short.
      const script = readFileSync(new URL("../../static/first.js", import.meta.url), "utf8");
      const told = [...script.matchAll(/return (?:.*\? )?"([a-z]+)"/g)].map(([, cause]) => cause);
      return [
        ...["app", "late", "stopped"].filter((id) => !ids.includes(id)).map((id) => `no #${id}`),
        ...[...new Set(told)].filter((cause) => !causes.includes(cause)).map((cause) => `no words for ${cause}`),
        ...(told.length < 5 ? [`only ${told}`] : []),
      ];
    },
    drawn,
  );

  everyPage(
    "or is there without it",
    (page, html) =>
      tags(html)
        .filter(
          ({ name, attributes: { id, rel } }) =>
            name === "script" || /preload/.test(rel) || ["app", "late", "stopped"].includes(id),
        )
        .map(({ name, attributes }) => `<${name}> ${JSON.stringify(attributes)}`),
    plain,
  );

  test("but a question can be reached from the start by links", () => {
    const reached = new Set(["index.html"]);
    for (const page of reached) {
      for (const { name, attributes } of tags(text(page))) {
        const there = name === "a" && attributes.href !== undefined ? target(page, attributes.href) : null;
        if (there && pages.includes(there.path)) reached.add(there.path);
      }
    }
    const lost = pages.filter((page) => !reached.has(page));
    // The next question follows from the answers, so no link can name it.
    assert.deepEqual(lost.filter((page) => !/(^|[/-])question-[^/]*$/.test(page)), []);
  });
});

describe("the site", () => {
  test("has a page for wrong addresses that needs nothing else", () => {
    // It may be shown at any depth, so no relative address on it would be right.
    const addresses = tags(text("404.html")).flatMap(({ attributes: { href, src } }) => [href, src]);
    assert.deepEqual(addresses.filter((address) => address !== undefined), []);
  });

  test("names by their hash the files that change with their text", () => {
    const named = /-[0-9a-f]{16}\.[a-z]+$/;
    const fixed = /\.(html|txt|webmanifest|png)$|^(first\.js|sw\.js|_headers|assets\.json|favicon\.ico)$/;
    assert.deepEqual(files.filter((path) => !named.test(path) && !fixed.test(path)), []);
  });

  test("has the words of the proof on its own pages alone, and not in the app", () => {
    for (const page of plain) {
      const words = /<h2 id="meaning"><span>([^<]{10,})</.exec(text(page))[1];
      assert.deepEqual(files.filter((path) => !plain.includes(path) && bytes(path).includes(words)), []);
    }
  });

  test("lists the files beside its pages, and asks its host to keep those that are named by their content", () => {
    const listed = JSON.parse(text("assets.json"));
    assert.deepEqual(
      listed.map(({ file }) => file).sort(),
      files.filter((path) => !/\.html$|^(assets\.json|_headers)$/.test(path)),
    );
    const kept = [...text("_headers").matchAll(/^\/(.+)\n {2}Cache-Control: .*immutable$/gm)].map(([, file]) => file);
    const named = listed.filter(({ file, hash }) => file.includes(hash)).map(({ file }) => file);
    assert.deepEqual(kept, named);
    assert.ok(named.length > 5);
  });

  test("asks its host for the same policy", () => {
    assert.ok(text("_headers").includes(`  Content-Security-Policy: ${POLICY}; frame-ancestors 'none'\n`));
  });

  test("has styles that load nothing from elsewhere", () => {
    for (const path of files.filter((path) => path.endsWith(".css"))) {
      assert.doesNotMatch(text(path), /@import|url\(\s*["']?(https?:)?\/\//);
    }
  });

  test("tells nothing of the machine it was built on", () => {
    const home = process.env.HOME ?? "/root";
    const telling = files.filter((path) => {
      const content = bytes(path).toString("latin1");
      return content.includes(`${home}/`) || content.includes("/registry/src/");
    });
    assert.deepEqual(telling, []);
  });
});
