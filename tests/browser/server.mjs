// The server of the site's files, for people (`cargo xtask serve`), for the tests and for the benchmarks. It listens on
// this machine alone, and does what docs/hosting.md asks of a host and no more: an address is right as it is or not
// at all, so that no link works here and fails elsewhere.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import compression from "compression";
import sirv from "sirv";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

// What `_headers` says for a path. The file is in the form of Netlify and Cloudflare Pages: patterns of paths, in which `*`
// stands for anything, each followed by its headers, which are indented.
function asked(folder, path) {
  const file = join(folder, "_headers");
  const headers = {};
  let fits = false;
  for (const line of existsSync(file) ? readFileSync(file, "utf8").split("\n") : []) {
    if (line.trim() === "" || line.trim().startsWith("#")) continue;
    const [, name, value] = /^\s+([^:]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined) fits = pattern(line.trim()).test(path);
    else if (fits) headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

const pattern = (text) => new RegExp(`^${text.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);

// Serves a folder under `base`, which starts and ends with a slash. `headers` come on top of those in its `_headers`.
// Unless files may be `stored` by the browser, what a page asks for twice is seen here twice: `requests` lists the paths.
export async function serve({ folder = DIST, base = "/", port = 0, headers = {}, stored = true } = {}) {
  const requests = [];
  const compress = compression();
  // Looks at the folder for each request, because a new build may have other files.
  const send = sirv(folder, { dev: true, etag: stored, extensions: [] });

  const notFound = (response) => {
    const page = join(folder, "404.html");
    response.statusCode = 404;
    response.setHeader("Content-Type", "text/html;charset=utf-8");
    response.end(existsSync(page) ? readFileSync(page) : "");
  };

  const server = createServer((request, response) => {
    const [path] = request.url.split("?");
    requests.push(path);
    if (!["GET", "HEAD"].includes(request.method)) return response.writeHead(405, { Allow: "GET, HEAD" }).end();
    if (`${path}/` === base) return response.writeHead(301, { Location: base }).end();

    const inside = path.startsWith(base) && !path.includes("/.");
    // From the root of the folder, and what is for a folder is its start page.
    const wanted = inside ? `/${path.slice(base.length)}`.replace(/\/$/, "/index.html") : path;
    const all = { "Cache-Control": "no-cache", ...asked(folder, wanted), ...headers };
    if (!stored) all["Cache-Control"] = "no-store";
    for (const [name, value] of Object.entries(all)) response.setHeader(name, value);
    // A part of a file and a compressed one do not go together, and no file is large.
    delete request.headers.range;
    compress(request, response, () => {
      if (!inside) return notFound(response);
      request.url = wanted;
      send(request, response, () => notFound(response));
    });
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return {
    root: `http://127.0.0.1:${server.address().port}${base}`,
    requests,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

// The program of `cargo xtask serve`.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { port: { type: "string" }, base: { type: "string" } } });
  const base = `/${(values.base ?? "").split("/").filter(Boolean).join("/")}/`.replace("//", "/");
  // A new build can take away a file while it is sent.
  process.on("uncaughtException", (error) => {
    if (error.code !== "ENOENT") throw error;
  });
  const { root } = await serve({ port: Number(values.port ?? 8080), base });
  console.log(`Serving the self-check on ${root} (Ctrl-C ends it)`);
}
