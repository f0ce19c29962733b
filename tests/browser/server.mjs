// A plain server of the site's files, at any path, that a test can look into and end.
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

// The headers that the site asks its host for.
const asked = () =>
  readFileSync(join(DIST, "_headers"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("  "))
    .map((line) => line.trim().split(/: (.*)/).slice(0, 2));

// Serves the site under `base`, which starts and ends with a slash. `requests` lists the paths asked for.
export async function serve(base = "/") {
  const requests = [];
  const headers = asked();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    requests.push(path);
    let file = path.startsWith(base) && normalize(join(DIST, path.slice(base.length)));
    if (file && file.endsWith(sep)) file += "index.html";
    const found = file && file.startsWith(DIST) && existsSync(file) && statSync(file).isFile();
    if (!found) file = join(DIST, "404.html");
    response.writeHead(found ? 200 : 404, {
      ...Object.fromEntries(headers),
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-length": statSync(file).size,
      // What a page asks for twice shall be seen here twice.
      "cache-control": "no-store",
    });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    root: `http://127.0.0.1:${server.address().port}${base}`,
    requests,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
