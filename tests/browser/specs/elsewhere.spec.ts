// The page on a host of its own, as docs/page.md tells how to put it there, and the API on another.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Host } from "../harness/host.ts";
import { freePort } from "../harness/port.ts";
import { strongPassword } from "../harness/random.ts";
import { Reset } from "../harness/reset.ts";
import { expectSecretsNowhere } from "../harness/secrets.ts";
import { origin } from "../harness/settings.ts";
import { expect, test as plain } from "../harness/test.ts";

const port = await freePort();

const test = plain.extend<{ host: Host }>({
  settings: {
    REKEY_HTTP_ALLOWED_ORIGINS: origin(port),
    REKEY_MAIL_LINK: `${origin(port)}/#/reset/{challenge_id}/{code}`,
  },

  host: async ({ system, guard }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "rekey-page-"));
    await system.write(folder);
    const host = await Host.start(folder, port);
    guard.own(host.origin);
    await use(host);
    await host.end();
    rmSync(folder, { recursive: true });
  },

  // What pages open by a path is on the host.
  baseURL: async ({ host }, use) => {
    await use(host.origin);
  },
});

test("a whole reset by the code, from a page on another host", async ({ page, system, guard, host }) => {
  const [{ email }, fresh, reset] = [await system.addAccount(), strongPassword(), new Reset(page)];
  await reset.toCode(email);
  expect(page.url()).toBe(`${host.origin}/#/code`);
  const { code } = await system.inbox.invitation(email);
  await reset.show(code);
  await reset.at("password");
  // The estimator's worker runs under the headers that were written for it.
  await reset.password.fill(fresh);
  await expect(page.getByText(reset.say("strength-4"))).toBeVisible();
  await reset.button("password-button").click();
  await reset.at("done");
  expect(await system.verifies(email, fresh)).toBe(true);
  await expectSecretsNowhere(guard, page, [code, fresh]);
  const calls = guard.urls.filter((url) => url.includes("/password-reset/"));
  expect(calls).toEqual(["request", "verify", "confirm"].map((call) => `${system.url}/password-reset/${call}`));
});

test("a whole reset by the link, which leads to the other host", async ({ page, system, guard, host, device }) => {
  const [{ email }, fresh, reset] = [await system.addAccount(), strongPassword(), new Reset(page)];
  await reset.toCode(email);
  const { link, code } = await system.inbox.invitation(email);
  expect(link.startsWith(`${host.origin}/#`)).toBe(true);
  const other = new Reset(await device());
  await other.page.goto(link);
  await other.at("link");
  await other.button("link-button").click();
  await other.at("password");
  await other.set(fresh);
  await other.at("done");
  expect(await system.verifies(email, fresh)).toBe(true);
  await expectSecretsNowhere(guard, other.page, [code, fresh]);
});
