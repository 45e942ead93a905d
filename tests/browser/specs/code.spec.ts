// The screen for the code.
import { otherCode, strongPassword } from "../harness/random.ts";
import { Reset } from "../harness/reset.ts";
import { expectSecretsNowhere } from "../harness/secrets.ts";
import { expect, test } from "../harness/test.ts";

test("five wrong codes end the challenge, and a new code helps", async ({ page, system, guard }) => {
  guard.expectStatus(400);
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.toCode(email);
  const { code } = await system.inbox.invitation(email);
  for (let tries = 1; tries <= 3; tries++) {
    await reset.show(otherCode(code));
    await reset.expectFault(reset.code, "code-rejected");
    await reset.code.fill("");
  }
  await reset.show(otherCode(code));
  await reset.expectFault(reset.code, "code-rejected-last");
  await reset.show(otherCode(code));
  await reset.over("tries");

  await reset.button("over-new-code").click();
  await reset.at("code");
  const fresh = await system.inbox.invitation(email, 2);
  expect(fresh.code).not.toBe(code);
  await reset.show(fresh.code);
  await reset.at("password");
});

test("dashes, blanks, small letters and full-width signs of a pasted code do not matter", async ({ page, system }) => {
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.toCode(email);
  const { code } = await system.inbox.invitation(email);
  const wide = [...code.toLowerCase()].map((c) => (c === "-" ? " – " : String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)));
  await reset.code.focus();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    // What a browser does if nobody does it.
    if (document.activeElement?.dispatchEvent(event)) document.execCommand("insertText", false, text);
  }, `  ${wide.join("")} \n`);
  if (await reset.code.isVisible()) await reset.button("code-button").click();
  await reset.at("password");
});

test("the field asks the browser for the code", async ({ page, system }) => {
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.toCode(email);
  await expect(reset.code).toHaveAttribute("autocomplete", "one-time-code");
});

test("an empty and a short code are not sent", async ({ page, system, guard }) => {
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.toCode(email);
  await reset.button("code-button").click();
  await reset.expectFault(reset.code, "code-empty");
  await reset.show("ABC-1");
  await reset.expectFault(reset.code, "code-length", { length: 8, count: 4 });
  expect(guard.urls.filter((url) => url.endsWith("/verify"))).toEqual([]);
});

test("the mail is sent again after the countdown, with the same code", async ({ page, system }) => {
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.toCode(email);
  const first = await system.inbox.invitation(email);
  await reset.button("code-resend").click();
  await expect(reset.text("code-resent")).toBeVisible();
  const second = await system.inbox.invitation(email, 2);
  expect(second.code).toBe(first.code);
  await reset.show(second.code);
  await reset.at("password");
});

test.describe("a long wait", () => {
  test.use({ settings: { REKEY_LIMITS_RESEND_AFTER: "60s" } });

  test("the countdown counts down to a button", async ({ page, system }) => {
    await page.clock.install();
    const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
    await reset.toCode(email);
    const counting = reset.page.getByText(/send the mail again in (\d+|one) second/);
    await expect(counting).toBeVisible();
    await expect(reset.button("code-resend")).toBeHidden();
    await page.clock.fastForward(30_000);
    await expect(counting).toHaveText(/in (2[5-9]|30) seconds/);
    await page.clock.fastForward(31_000);
    await expect(reset.button("code-resend")).toBeEnabled();
  });

  test("the same address again is not mailed again at once", async ({ page, system }) => {
    const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
    await reset.toCode(email);
    await system.inbox.invitation(email);
    await reset.button("code-change").click();
    await reset.at("address");
    await reset.ask(email);
    await reset.at("code");
    await expect(reset.text("code-sent-already")).toBeVisible();
    const { code } = await system.inbox.invitation(email);
    await reset.show(code);
    await reset.at("password");
  });
});

test("three mails more are all there are", async ({ page, system }) => {
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.toCode(email);
  for (let mails = 2; mails <= 4; mails++) {
    await reset.button("code-resend").click();
    await system.inbox.invitation(email, mails);
  }
  await expect(reset.text("code-no-more")).toBeVisible();
  await expect(reset.button("code-resend")).toBeHidden();
});

test("a code that was left for another address can be gone back to", async ({ page, system }) => {
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.toCode(email);
  const entries = await page.evaluate(() => history.length);
  await reset.button("code-change").click();
  await reset.at("address");
  await page.getByRole("button", { name: reset.say("address-resume", { address: email }), exact: true }).click();
  await reset.at("code");
  expect(await page.evaluate(() => history.length), "no entry twice").toBe(entries);
  await page.goBack();
  await reset.at("address");
  await page.goForward();
  await reset.at("code");
  const { code } = await system.inbox.invitation(email);
  await reset.show(code);
  await reset.at("password");
});

test("whoever is faster than the history gets as far", async ({ page, system }) => {
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.toCode(email);
  const entries = await page.evaluate(() => history.length);
  // Both presses before the browser has gone back.
  const between = await page.evaluate(async ([change, resume]) => {
    const press = (name: string | undefined): void =>
      [...document.querySelectorAll("button")].find(({ textContent }) => textContent === name)?.click();
    press(change);
    while (document.querySelector("input[type=email]") === null) await Promise.resolve();
    const { hash } = location;
    press(resume);
    return hash;
  }, [reset.say("code-change"), reset.say("address-resume", { address: email })]);
  expect(between).toBe("#/code");
  await reset.at("code");
  await page.goBack();
  await reset.at("address");
  await page.goForward();
  await reset.at("code");
  expect(await page.evaluate(() => history.length)).toBe(entries);
});

test("another address gets a challenge of its own", async ({ page, system, guard }) => {
  guard.expectStatus(400);
  const [wrong, right, reset] = [await system.addAccount(), await system.addAccount(), new Reset(page)];
  await reset.toCode(wrong.email);
  const other = await system.inbox.invitation(wrong.email);
  await reset.button("code-change").click();
  await reset.at("address");
  await reset.ask(right.email);
  await reset.at("code");
  const { code } = await system.inbox.invitation(right.email);
  await reset.show(other.code);
  await reset.expectFault(reset.code, "code-rejected");
  await reset.show(code);
  await reset.at("password");
  const fresh = strongPassword();
  await reset.set(fresh);
  await reset.at("done");
  expect(await system.verifies(right.email, fresh)).toBe(true);
  expect(await system.verifies(wrong.email, wrong.password)).toBe(true);
});

test("help for those who get no mail opens and names the address", async ({ page, system }) => {
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.toCode(email);
  await expect(reset.text("code-help-spam")).toBeHidden();
  await reset.text("code-help").click();
  await expect(reset.text("code-help-spam")).toBeVisible();
  await expect(reset.text("code-help-address", { address: email })).toBeVisible();
});

test.describe("a short life", () => {
  test.use({ settings: { REKEY_CODE_TTL: "4s", REKEY_LIMITS_RESEND_AFTER: "60s" } });

  test("an expired code leads to a new one", async ({ page, system, guard }) => {
    const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
    await reset.toCode(email);
    const { code } = await system.inbox.invitation(email);
    // By itself, when its time is over.
    await reset.over("expired");
    await reset.button("over-new-code").click();
    await reset.at("code");
    const fresh = await system.inbox.invitation(email, 2);
    expect(fresh.code).not.toBe(code);
    await reset.show(fresh.code);
    await reset.at("password");
    await expectSecretsNowhere(guard, page, [code, fresh.code]);
  });
});

for (const [format, pattern] of [["digits-6", /^\d{6}$/], ["digits-8", /^\d{8}$/]] as const) {
  test.describe(format, () => {
    test.use({ settings: { REKEY_CODE_FORMAT: format } });

    test("codes of digits bring up a keyboard of digits", async ({ page, system }) => {
      const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
      await reset.toCode(email);
      await expect(reset.code).toHaveAttribute("inputmode", "numeric");
      const { code } = await system.inbox.invitation(email);
      expect(code.replace("-", "")).toMatch(pattern);
      await reset.show(code);
      await reset.at("password");
    });
  });
}
