// Whole resets, from the page to the inbox and back.
import { strongPassword } from "../harness/random.ts";
import { Reset } from "../harness/reset.ts";
import { expectSecretsNowhere } from "../harness/secrets.ts";
import type { Account, System } from "../harness/system.ts";
import { expect, test } from "../harness/test.ts";
import { message } from "../harness/texts.ts";

const LANGUAGES = ["en", "zh-CN"];

/** Whether the reset did what it is for. */
async function expectChanged(system: System, { email, password }: Account, fresh: string): Promise<void> {
  expect(await system.verifies(email, fresh), "the new password").toBe(true);
  expect(await system.verifies(email, password), "the old password").toBe(false);
}

for (const tag of LANGUAGES) {
  test.describe(tag, () => {
    test.use({ locale: tag });

    test("a whole reset by code", async ({ page, system, guard }) => {
      const [account, fresh, reset] = [await system.addAccount(tag), strongPassword(), new Reset(page, tag)];
      await reset.toCode(account.email);
      const { mail, code, link } = await system.inbox.invitation(account.email);
      expect(mail.subject).toBe(message(tag, "mail-code-subject"));
      await reset.show(code);
      await reset.at("password");
      await expectSecretsNowhere(guard, page, [code]);
      await reset.set(fresh);
      await reset.at("done");
      await expectSecretsNowhere(guard, page, [code, link, fresh]);
      await expectChanged(system, account, fresh);
      const notice = await system.inbox.mail(account.email, 2);
      expect(notice.subject).toBe(message(tag, "mail-changed-subject"));
    });

    test("a whole reset by link", async ({ page, system, guard }) => {
      const [account, fresh, reset] = [await system.addAccount(tag), strongPassword(), new Reset(page, tag)];
      await reset.toCode(account.email);
      const { code, link } = await system.inbox.invitation(account.email);
      await page.goto(link);
      await reset.at("link");
      await expectSecretsNowhere(guard, page, [code]);
      await reset.button("link-button").click();
      await reset.at("password");
      await reset.set(fresh);
      await reset.at("done");
      await expectSecretsNowhere(guard, page, [code, link, fresh]);
      await expectChanged(system, account, fresh);
    });
  });
}

test("a whole reset by the link as it is clicked in the inbox", async ({ page, context, system, guard }) => {
  const [account, fresh, reset] = [await system.addAccount(), strongPassword(), new Reset(page)];
  await reset.toCode(account.email);
  const { code, mail } = await system.inbox.invitation(account.email);

  guard.tolerate(system.inbox.url);
  const inbox = await context.newPage();
  await inbox.goto(system.inbox.url);
  await inbox.getByRole("button").filter({ hasText: account.email }).click();
  const button = inbox.frameLocator("iframe").getByRole("link", { name: message("en", "mail-code-button") });
  const opening = context.waitForEvent("page");
  // In a tab of its own: MailDev shows mails in a frame in which no page runs scripts, and ours is shown in none.
  await button.click({ modifiers: ["ControlOrMeta"] });
  const link = await opening;

  const other = new Reset(link);
  await other.at("link");
  await expectSecretsNowhere(guard, link, [code]);
  await other.button("link-button").click();
  await other.at("password");
  await other.set(fresh);
  await other.at("done");
  await expectChanged(system, account, fresh);
  expect(mail.text).toContain(code);
  // The tab in which it began knows.
  await expect(reset.heading("elsewhere-done-heading")).toBeVisible();
});

test("an address without an account is told nothing else, and gets no mail", async ({ page, system }) => {
  const [account, reset] = [await system.addAccount(), new Reset(page)];
  const unknown = `nobody-${account.email}`;
  await reset.toCode(unknown);
  await expect(reset.text("code-intro", { address: unknown })).toBeVisible();
  // A mail that was asked for later is there, so this one would be, too.
  await reset.toCode(account.email);
  await expect(reset.text("code-intro", { address: account.email })).toBeVisible();
  await system.inbox.invitation(account.email);
  expect(await system.inbox.mails(unknown)).toEqual([]);
});
