// The screen for the new password.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { strongPassword } from "../harness/random.ts";
import { Reset } from "../harness/reset.ts";
import { expectSecretsNowhere } from "../harness/secrets.ts";
import type { System } from "../harness/system.ts";
import { expect, test } from "../harness/test.ts";

/** At the field for the new password, of an account of one's own. */
async function ready(page: Page, system: System): Promise<{ reset: Reset; email: string; password: string }> {
  const [{ email, password }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.toCode(email);
  await reset.show((await system.inbox.invitation(email)).code);
  await reset.at("password");
  return { reset, email, password };
}

test("a weak password is refused with reasons, and another one is taken", async ({ page, system, guard }) => {
  guard.expectStatus(422);
  const { reset, email } = await ready(page, system);
  await reset.set("password password password");
  await reset.expectFault(reset.password, "password-rejected");
  await reset.expectFault(reset.password, "reason-warning_repeated_pattern");
  await expect(reset.password).toBeFocused();
  await expect(page.getByText(reset.say("strength")), "what was refused has no strength").toHaveCount(0);
  const fresh = strongPassword();
  await reset.set(fresh);
  await reset.at("done");
  expect(await system.verifies(email, fresh)).toBe(true);
});

test("the meter says what a password looks like while it is typed", async ({ page, system, guard }) => {
  const { reset } = await ready(page, system);
  const meter = page.getByText(reset.say("strength"));
  await reset.password.fill("abcdefghijklmnop");
  await expect(meter).toContainText(reset.say("strength-0"));
  await expect(reset.text("reason-warning_sequence")).toBeVisible();
  await reset.password.fill(strongPassword());
  await expect(meter).toContainText(reset.say("strength-4"));
  expect(guard.urls.filter((url) => url.endsWith("/confirm"))).toEqual([]);
});

test("the address in a password is a reason against it", async ({ page, system, guard }) => {
  guard.expectStatus(422);
  const { reset, email } = await ready(page, system);
  const own = email.split("@")[0] ?? "";
  await reset.set(`${own}${own}`);
  await reset.expectFault(reset.password, "reason-contains_context");
});

test("what the length alone forbids is not sent", async ({ page, system, guard }) => {
  const { reset, email } = await ready(page, system);
  await reset.button("password-button").click();
  await reset.expectFault(reset.password, "password-empty");
  await reset.set("too short");
  await reset.expectFault(reset.password, "reason-too_short", { length: 15 });
  await expect(reset.text("password-more", { count: 6 })).toBeVisible();
  await reset.set("long ".repeat(60));
  await reset.expectFault(reset.password, "reason-too_long");
  expect(guard.urls.filter((url) => url.endsWith("/confirm"))).toEqual([]);
  // 256 code points, each of two UTF-16 units, are not too long.
  const longest = [..."🦉🌒🎻🧭🪁🥨🛶🧶🪴🧊"].join("").repeat(26).slice(0, 512);
  await reset.set(longest);
  await expect(reset.text("reason-too_long")).toBeHidden();
  await expect(reset.heading("done-heading").or(reset.text("password-rejected"))).toBeVisible();
  expect(await system.verifies(email, longest)).toBe(await reset.heading("done-heading").isVisible());
});

test("a suggested passphrase is shown, looks strong, and is taken", async ({ page, system, guard }) => {
  const { reset, email } = await ready(page, system);
  await reset.button("password-suggest").click();
  await expect(reset.password).toHaveAttribute("type", "text");
  await expect(reset.password).toHaveValue(/^([a-z]+ ){5}[a-z]+$/);
  await expect(page.getByText(reset.say("strength-4"))).toBeVisible();
  const first = await reset.password.inputValue();
  await reset.button("password-suggest").click();
  await expect(reset.password).not.toHaveValue(first);
  const fresh = await reset.password.inputValue();
  await reset.button("password-button").click();
  await reset.at("done");
  expect(await system.verifies(email, fresh)).toBe(true);
  await expectSecretsNowhere(guard, page, [first, fresh]);
});

test("the password is hidden until it is to be shown", async ({ page, system }) => {
  const { reset, email } = await ready(page, system);
  await expect(reset.password).toHaveAttribute("type", "password");
  await expect(reset.password).toHaveAttribute("autocomplete", "new-password");
  await reset.password.fill("some words");
  // With what it says the card grows, and its buttons move.
  await expect(page.getByText(reset.say("strength"))).toBeVisible();
  await reset.button("password-show").click();
  await expect(reset.password).toHaveAttribute("type", "text");
  await reset.button("password-hide").click();
  await expect(reset.password).toHaveAttribute("type", "password");
  await expect(reset.password).toHaveValue("some words");
  // Whose it is, for the browser's store of passwords.
  await expect(page.getByLabel(reset.say("password-account"))).toHaveValue(email);
});

test("after ten refusals the reset begins anew", async ({ page, system, guard }) => {
  guard.expectStatus(422);
  guard.expectStatus(400);
  const { reset } = await ready(page, system);
  for (let refusals = 1; refusals <= 10; refusals++) {
    await reset.set(`password password password ${refusals}`);
    await reset.expectFault(reset.password, "password-rejected");
    await reset.password.fill("");
  }
  await reset.set(strongPassword());
  await reset.over("token");
});

const folder = mkdtempSync(join(tmpdir(), "rekey-blocklist-"));
const blocklist = join(folder, "blocklist.txt");
const blocked = "seven quiet herons at low tide";
test.beforeAll(() => writeFileSync(blocklist, `${blocked}\n`));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.describe("a list of refused passwords", () => {
  test.use({ settings: { REKEY_PASSWORD_BLOCKLIST: blocklist } });

  test("what looks strong to the page may be on it, and the page says so", async ({ page, system, guard }) => {
    guard.expectStatus(422);
    const { reset, email, password } = await ready(page, system);
    await reset.password.fill(blocked);
    await expect(page.getByText(reset.say("strength-4"))).toBeVisible();
    await reset.button("password-button").click();
    await reset.expectFault(reset.password, "reason-blocklisted");
    const meter = page.getByText(reset.say("strength"));
    await expect(meter, "what was refused has no strength").toHaveCount(0);
    expect(await system.verifies(email, password)).toBe(true);
    await reset.password.fill(`${blocked} again`);
    await expect(meter).toContainText(reset.say("strength-4"));
    await reset.button("password-button").click();
    await reset.at("done");
  });
});

test.describe("a short life", () => {
  test.use({ settings: { REKEY_TOKEN_TTL: "5s" } });

  test("a token whose time is over leads to a new code by itself", async ({ page, system }) => {
    const { reset, email, password } = await ready(page, system);
    await reset.password.fill("half a pass");
    await reset.over("token");
    expect(await system.verifies(email, password)).toBe(true);
    await reset.button("over-new-code").click();
    await reset.at("code");
    await system.inbox.invitation(email, 2);
  });
});

test.describe("another length", () => {
  test.use({ settings: { REKEY_PASSWORD_MIN_LENGTH: "8" } });

  test("the page names the length of the settings", async ({ page, system }) => {
    const { reset, email } = await ready(page, system);
    await expect(reset.text("password-length", { length: 8 })).toBeVisible();
    const fresh = "q7#Kz!vR2m";
    await reset.set(fresh);
    await reset.at("done");
    expect(await system.verifies(email, fresh)).toBe(true);
  });
});
