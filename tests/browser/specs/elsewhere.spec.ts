// The page on a host of its own, as docs/page.md tells how to put it there, and the API on another.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { freePort } from "../harness/port.ts";
import { strongPassword } from "../harness/random.ts";
import { Reset } from "../harness/reset.ts";
import { expectSecretsNowhere } from "../harness/secrets.ts";
import { expect, test } from "../harness/test.ts";

const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
const KINDS: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

test.use({
  settings: {
    REKEY_HTTP_ALLOWED_ORIGINS: origin,
    REKEY_MAIL_LINK: `${origin}/#/reset/{challenge_id}/{code}`,
  },
});

test("a whole reset, by the link, from a page on another host", async ({ page, system, guard, device }) => {
  const folder = mkdtempSync(join(tmpdir(), "rekey-page-"));
  await system.write(folder);
  const server = await serve(folder);
  guard.own(origin);
  const [{ email }, fresh, reset] = [await system.addAccount(), strongPassword(), new Reset(page)];

  await page.goto(`${origin}/`);
  await reset.at("address");
  await reset.ask(email);
  await reset.at("code");
  const { link, code } = await system.inbox.invitation(email);
  expect(link.startsWith(`${origin}/#`)).toBe(true);
  const other = new Reset(await device());
  await other.page.goto(link);
  await other.at("link");
  await other.button("link-button").click();
  await other.at("password");
  // The estimator's worker runs under the headers that were written for it.
  await other.password.fill(fresh);
  await expect(other.page.getByText(other.say("strength-4"))).toBeVisible();
  await other.button("password-button").click();
  await other.at("done");
  expect(await system.verifies(email, fresh)).toBe(true);
  await expectSecretsNowhere(guard, other.page, [code, fresh]);
  expect(guard.urls.some((url) => url === `${system.url}/password-reset/confirm`)).toBe(true);

  await new Promise((closed) => {
    server.closeAllConnections();
    server.close(closed);
  });
  rmSync(folder, { recursive: true });
});

/** A host that reads `_headers`, as some CDNs do. */
async function serve(folder: string): Promise<Server> {
  const rules = headers(readFileSync(join(folder, "_headers"), "utf8"));
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", origin).pathname;
    const file = path === "/" ? "/index.html" : path;
    for (const { pattern, name, value } of rules) if (pattern.test(path)) response.setHeader(name, value);
    try {
      const body = readFileSync(join(folder, file));
      response.setHeader("Content-Type", KINDS[extname(file)] ?? "application/octet-stream");
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  return server;
}

/** The rules of a `_headers` file: a path, and below it, indented, a header a line. */
function headers(text: string): { readonly pattern: RegExp; readonly name: string; readonly value: string }[] {
  let pattern = /^$/;
  return text.split("\n").flatMap((line) => {
    if (line.startsWith("/")) {
      const parts = line.trim().split("*");
      pattern = new RegExp(`^${parts.map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*")}$`);
      return [];
    }
    const [, name, value] = /^\s+([\w-]+):\s*(.+)$/.exec(line) ?? [];
    return name && value ? [{ pattern, name, value }] : [];
  });
}
