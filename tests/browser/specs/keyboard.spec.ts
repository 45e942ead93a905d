// The page by keyboard, and as a screen reader is told of it.
import type { Locator, Page } from "@playwright/test";
import { strongPassword } from "../harness/random.ts";
import { Reset, type Screen } from "../harness/reset.ts";
import { expect, test } from "../harness/test.ts";

/** Presses Tab until something has the focus; each stop on the way shows that it has it. */
async function tabTo(page: Page, to: Locator): Promise<void> {
  for (let stops = 0; stops < 30; stops++) {
    if (await to.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
    await expectFocusShown(page);
  }
  throw new Error("not reached by the Tab key");
}

/** The browser's own window has the focus in between; nothing of the page does then. */
async function expectFocusShown(page: Page): Promise<void> {
  const hidden = await page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return undefined;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const shown = (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
    return shown ? undefined : element.outerHTML.slice(0, 120);
  });
  expect(hidden, "has the focus and does not show it").toBeUndefined();
}

test("a whole reset by keyboard alone", async ({ page, system }) => {
  const [{ email }, fresh, reset] = [await system.addAccount(), strongPassword(), new Reset(page)];
  await page.goto("/");
  await reset.at("address");
  await tabTo(page, reset.address);
  await page.keyboard.type(email);
  await page.keyboard.press("Enter");
  await reset.at("code");
  // The mail once more, and another address and back.
  await tabTo(page, reset.button("code-resend"));
  await page.keyboard.press("Space");
  await expect(reset.text("code-resent")).toBeVisible();
  const { code } = await system.inbox.invitation(email, 2);
  await tabTo(page, page.locator("summary"));
  await page.keyboard.press("Enter");
  await expect(reset.text("code-help-spam")).toBeVisible();
  await tabTo(page, reset.code);
  await page.keyboard.type(code);
  await page.keyboard.press("Enter");
  await reset.at("password");
  await expect(reset.password).toBeFocused();
  await page.keyboard.type(fresh);
  await tabTo(page, reset.button("password-show"));
  await page.keyboard.press("Space");
  await expect(reset.password).toHaveAttribute("type", "text");
  await expect(reset.password).toHaveValue(fresh);
  await tabTo(page, reset.button("password-button"));
  await page.keyboard.press("Enter");
  await reset.at("done");
  expect(await system.verifies(email, fresh)).toBe(true);
});

test("a language is chosen by keyboard", async ({ page }) => {
  const reset = new Reset(page);
  await reset.open();
  await tabTo(page, page.getByLabel(reset.say("language")));
  await page.keyboard.type("Deutsch");
  await new Reset(page, "de").at("address");
});

test("each step takes the focus and is announced", async ({ page, system, guard }) => {
  guard.expectStatus(400);
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  const announced = (text: string): Promise<void> => expect(page.locator("#announcer")).toHaveText(text);
  const step = async (screen: Screen, focus: Locator): Promise<void> => {
    await reset.at(screen);
    await expect(focus).toBeFocused();
    await announced(reset.say(`${screen}-heading`));
    await expect(page).toHaveTitle(`${reset.say(`${screen}-heading`)} – Rekey`);
  };
  await reset.open();
  // The page opens where a page opens: at its start.
  await expect(page.locator("body")).toBeFocused();
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);

  await reset.button("address-button").click();
  await reset.expectFault(reset.address, "address-empty");
  await expect(reset.address).toBeFocused();
  await reset.ask(email);
  await step("code", reset.code);
  await reset.show("00000000");
  await reset.expectFault(reset.code, "code-rejected");
  await expect(reset.code).toBeFocused();
  await reset.button("code-change").click();
  await step("address", reset.address);
  await page.goForward();
  const { code, link } = await system.inbox.invitation(email);
  await page.goto(link);
  await step("link", reset.heading("link-heading"));
  await reset.button("link-button").click();
  await step("password", reset.password);
  await reset.set(strongPassword());
  await step("done", reset.heading("done-heading"));
  expect(code).not.toBe("");
});

test("marks of the page: one main part, header and footer, a language on each choice", async ({ page }) => {
  const reset = new Reset(page);
  await reset.open();
  await expect(page.getByRole("main")).toHaveCount(1);
  await expect(page.getByRole("banner")).toHaveCount(1);
  await expect(page.getByRole("contentinfo")).toHaveCount(1);
  const choices = page.getByLabel(reset.say("language")).locator("option");
  expect(await choices.count()).toBeGreaterThanOrEqual(12);
  for (const choice of await choices.all()) await expect(choice).toHaveAttribute("lang", /^[a-z]{2}(-[A-Z]{2})?$/);
});
