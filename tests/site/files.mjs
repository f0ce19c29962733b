// The built site's files, and the little reading of HTML that its tests need.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

// Paths below the site's root, with slashes.
export const files = readdirSync(DIST, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`.slice(DIST.length).replace(/^\/+/, ""))
  .sort();

export const bytes = (path) => readFileSync(DIST + path);
export const text = (path) => readFileSync(DIST + path, "utf8");

// Every page but the one for wrong addresses, which stands alone.
export const pages = files.filter((path) => path.endsWith(".html") && path !== "404.html");
// The pages of the proof are without the app; it draws all others again.
export const plain = pages.filter((path) => /(^|[/-])proof\.html$/.test(path));
export const drawn = pages.filter((path) => !plain.includes(path));

const TAG = /<([a-zA-Z][^\s/>]*)((?:\s+[^\s=/>]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*\/?>/g;
const ATTRIBUTE = /([^\s=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?/g;

const unescape = (value) =>
  value
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

// Every start tag of a page, in order: its name, its attributes, and where the text after it starts.
export function tags(html) {
  const source = html.replace(/<!--[\s\S]*?-->/g, (comment) => " ".repeat(comment.length));
  return [...source.matchAll(TAG)].map((match) => ({
    name: match[1].toLowerCase(),
    attributes: Object.fromEntries(
      [...match[2].matchAll(ATTRIBUTE)].map(([, name, a, b, c]) => [name.toLowerCase(), unescape(a ?? b ?? c ?? "")]),
    ),
    end: match.index + match[0].length,
  }));
}

// The path below the site's root that an address on a page means, or null if it lies elsewhere.
export function target(page, address) {
  const root = "http://site.invalid/deep/below/";
  const { href } = new URL(address, root + page);
  if (!href.startsWith(root)) return null;
  const [path, fragment = ""] = href.slice(root.length).split("#");
  const plain = decodeURIComponent(path.split("?")[0]);
  return { path: plain === "" || plain.endsWith("/") ? `${plain}index.html` : plain, fragment };
}
