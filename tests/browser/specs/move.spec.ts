// Reload, the back button, and another language, at every step.
import type { Page } from "@playwright/test";
import { strongPassword } from "../harness/random.ts";
import { Reset } from "../harness/reset.ts";
import { expectSecretsNowhere } from "../harness/secrets.ts";
import { expect, test } from "../harness/test.ts";

/** A page with a password half chosen asks whether to leave it: yes. */
const leaveIfAsked = (page: Page): void => void page.on("dialog", (dialog) => void dialog.accept());

test("a reload at every step loses no way on", async ({ page, system, guard }) => {
  leaveIfAsked(page);
  const [{ email }, fresh, reset] = [await system.addAccount(), strongPassword(), new Reset(page)];
  await reset.open();
  await page.reload();
  await reset.at("address");

  await reset.ask(email);
  await reset.at("code");
  await page.reload();
  await reset.at("code");
  await expect(reset.text("code-intro", { address: email })).toBeVisible();

  const { code, link } = await system.inbox.invitation(email);
  await page.goto(link);
  await reset.at("link");
  await page.reload();
  // The link's code is nowhere any more, so it is typed, or the link opened again.
  await reset.at("code");
  await expectSecretsNowhere(guard, page, [code]);
  await reset.show(code);
  await reset.at("password");

  await page.reload();
  await reset.at("address");
  await expect(reset.text("address-reloaded")).toBeVisible();
  await expect(reset.address).toHaveValue(email);
  await reset.button("address-button").click();
  await reset.at("code");
  await expect(reset.text("address-reloaded")).toBeHidden();
  await reset.show((await system.inbox.invitation(email, 2)).code);
  await reset.at("password");
  await reset.set(fresh);
  await reset.at("done");
  await page.reload();
  await reset.at("done");
  expect(await system.verifies(email, fresh)).toBe(true);
});

test("the back button at every step leads to the address, and forward on", async ({ page, system }) => {
  const [{ email }, fresh, reset] = [await system.addAccount(), strongPassword(), new Reset(page)];
  await reset.toCode(email);
  await page.goBack();
  await reset.at("address");
  await expect(reset.address).toHaveValue(email);
  await page.goForward();
  await reset.at("code");

  const { code } = await system.inbox.invitation(email);
  await reset.show(code);
  await reset.at("password");
  await page.goBack();
  await reset.at("address");
  await page.goForward();
  await reset.at("password");

  await reset.set(fresh);
  await reset.at("done");
  await page.goBack();
  await reset.at("address");
  await page.goForward();
  await reset.at("address");
  expect(await system.verifies(email, fresh)).toBe(true);
});

test("back from a link's page leads out of it, and its code is in no entry", async ({ page, system, device, guard }) => {
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.toCode(email);
  const { link, code } = await system.inbox.invitation(email);
  const other = new Reset(await device());
  await other.page.goto("about:blank");
  await other.page.goto(link);
  await other.at("link");
  await other.page.goBack();
  await expect(other.page).toHaveURL("about:blank");
  await other.page.goForward();
  await expect(other.mark("code").or(other.mark("link"))).toBeVisible();
  await expectSecretsNowhere(guard, other.page, [code]);
});

test("another language keeps the step, and what was typed", async ({ page, system }) => {
  const [{ email }, english, chinese] = [await system.addAccount(), new Reset(page), new Reset(page, "zh-CN")];
  const arabic = new Reset(page, "ar");
  const choose = (from: Reset, tag: string): Promise<unknown> =>
    page.getByLabel(from.say("language")).selectOption(tag);
  await english.open();
  await english.address.fill(email);
  await choose(english, "zh-CN");
  await chinese.at("address");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(page).toHaveTitle(new RegExp(chinese.say("address-heading")));
  await expect(chinese.address).toHaveValue(email);
  await chinese.button("address-button").click();
  await chinese.at("code");
  // The mail speaks the language that the page was in.
  const { code, mail } = await system.inbox.invitation(email);
  expect(mail.subject).toMatch(/\p{Script=Han}/u);
  await chinese.code.fill(code);
  await choose(chinese, "ar");
  await arabic.at("code");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(arabic.code).toHaveValue(code);
  await arabic.button("code-button").click();
  await arabic.at("password");
  await arabic.password.fill("half a pass");
  await choose(arabic, "en");
  await english.at("password");
  await expect(page.locator("html")).toHaveAttribute("dir", "ltr");
  await expect(english.password).toHaveValue("half a pass");
  // It is remembered.
  leaveIfAsked(page);
  await choose(english, "ar");
  await page.reload();
  await arabic.at("address");
});

for (const [wish, tag] of [["de-AT", "de"], ["pt-PT", "pt-BR"], ["zh-TW", "zh-CN"], ["ar-EG", "ar"], ["sv-SE", "en"]] as const) {
  test.describe(wish, () => {
    test.use({ locale: wish });

    test(`a browser that asks for ${wish} gets ${tag}`, async ({ page }) => {
      await new Reset(page, tag).open();
      await expect(page.locator("html")).toHaveAttribute("lang", tag);
      await expect(page.locator("html")).toHaveAttribute("dir", tag === "ar" ? "rtl" : "ltr");
    });
  });
}
