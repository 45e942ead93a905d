// An account that has a second factor: the page leads to the application, and waits for what it says.
import type { Page } from "@playwright/test";
import { Application } from "../harness/application.ts";
import { faultsByAxe, sticking } from "../harness/looks.ts";
import { freePort } from "../harness/port.ts";
import { strongPassword } from "../harness/random.ts";
import { Reset } from "../harness/reset.ts";
import { expectSecretsNowhere } from "../harness/secrets.ts";
import { origin } from "../harness/settings.ts";
import { expect, test as plain } from "../harness/test.ts";

const port = await freePort();
const application = new Application(port);

const test = plain.extend<{ application: Application; email: string }>({
  settings: {
    REKEY_SECOND_FACTOR_POLICY: "proof",
    REKEY_SECOND_FACTOR_KEY_FILE: application.keyFile,
    REKEY_SECOND_FACTOR_URL: application.url,
  },

  application: async ({ system, guard }, use) => {
    application.back = system.url;
    guard.own(origin(port));
    guard.expectStatus(403);
    await use(application);
  },

  email: async ({ system }, use) => {
    const { email } = await system.addAccount();
    const ran = await system.run(["account", "second-factor", "on", email]);
    expect(ran.status).toBe(0);
    application.subject = email;
    await use(email);
  },
});

test.beforeAll(() => application.start());
test.afterAll(() => application.end());

/** Opens the application in its tab. */
async function lead(reset: Reset): Promise<Page> {
  const opened = reset.page.context().waitForEvent("page");
  await reset.page.getByRole("link", { name: reset.say("factor-button"), exact: true }).click();
  const other = await opened;
  await expect(other.getByRole("heading", { name: "Show your second factor" })).toBeVisible();
  return other;
}

test("the second factor is shown in a tab of its own, and the reset goes on", async ({
  page,
  system,
  guard,
  application,
  email,
}) => {
  const [reset, fresh] = [new Reset(page), strongPassword()];
  await reset.toCode(email);
  const { code } = await system.inbox.invitation(email);
  await reset.show(code);
  await reset.at("password");
  await reset.set(fresh);
  await expect(reset.text("factor-needed")).toBeVisible();
  expect(await faultsByAxe(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await sticking(page)).toEqual([]);

  const other = await lead(reset);
  expect(new URL(other.url()).hash).toMatch(/^#reset_token_hash=[\w-]{43}$/);
  await other.getByRole("button").click();
  await expect(new Reset(other).heading("elsewhere-heading")).toBeVisible();
  expect(other.url(), "the statement is out of the address").toBe(`${application.back}/#/elsewhere`);

  await expect(reset.text("factor-done")).toBeVisible();
  await expect(reset.password, "what was typed is still there").toHaveValue(fresh);
  expect(await faultsByAxe(page)).toEqual([]);
  await reset.button("password-button").click();
  await reset.at("done");
  expect(await system.verifies(email, fresh)).toBe(true);
  await expectSecretsNowhere(guard, page, [code, fresh]);
});

test("a statement of another account is not enough, and another one may be shown", async ({
  page,
  system,
  application,
  email,
}) => {
  const [reset, fresh, stranger] = [new Reset(page), strongPassword(), await system.addAccount()];
  await reset.toCode(email);
  await reset.show((await system.inbox.invitation(email)).code);
  await reset.at("password");
  await reset.set(fresh);
  await expect(reset.text("factor-needed")).toBeVisible();
  application.subject = stranger.email;
  await (await lead(reset)).getByRole("button").click();
  await expect(reset.text("factor-done")).toBeVisible();
  await reset.button("password-button").click();
  await expect(reset.text("factor-needed")).toBeVisible();

  application.subject = email;
  await (await lead(reset)).getByRole("button").click();
  await expect(reset.text("factor-done")).toBeVisible();
  await reset.button("password-button").click();
  await reset.at("done");
  expect(await system.verifies(email, fresh)).toBe(true);
});

test("a statement that nobody waits for leads to the start", async ({ page, system }) => {
  await page.goto("/#/second-factor/e30.e30.c2ln");
  const reset = new Reset(page);
  await expect(reset.heading("elsewhere-heading")).toBeVisible();
  expect(page.url()).toBe(`${system.url}/#/elsewhere`);
  await reset.button("over-start").click();
  await reset.at("address");
});
