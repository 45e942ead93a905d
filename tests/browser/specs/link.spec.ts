// The link in the mail.
import { strongPassword } from "../harness/random.ts";
import { Reset } from "../harness/reset.ts";
import { expectSecretsNowhere } from "../harness/secrets.ts";
import { expect, test } from "../harness/test.ts";

test("a scanner that fetches the link changes nothing", async ({ page, system, request }) => {
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.toCode(email);
  const { link, code } = await system.inbox.invitation(email);
  for (let visits = 0; visits < 10; visits++) {
    expect((await request.get(link)).status()).toBe(200);
    expect((await request.head(link)).status()).toBe(200);
  }
  await reset.show(code);
  await reset.at("password");
});

test("a scanner that renders the page spends nothing, and says nothing to the service", async ({ page, device, system }) => {
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.toCode(email);
  const { link, code } = await system.inbox.invitation(email);
  for (let visits = 0; visits < 6; visits++) {
    const scanner = await device();
    const posts: string[] = [];
    scanner.on("request", (asked) => asked.method() === "POST" && posts.push(asked.url()));
    await scanner.goto(link);
    await new Reset(scanner).at("link");
    expect(posts).toEqual([]);
  }
  await reset.show(code);
  await reset.at("password");
});

test("a reset begun on one device ends on another", async ({ page, device, system, guard }) => {
  const [{ email, password }, fresh, reset] = [await system.addAccount(), strongPassword(), new Reset(page)];
  await reset.toCode(email);
  const { link, code } = await system.inbox.invitation(email);
  const phone = await device({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const other = new Reset(phone);
  await phone.goto(link);
  await other.at("link");
  await expectSecretsNowhere(guard, phone, [code]);
  await other.button("link-button").click();
  await other.at("password");
  await other.set(fresh);
  await other.at("done");
  expect(await system.verifies(email, fresh)).toBe(true);
  expect(await system.verifies(email, password)).toBe(false);
});

test("a code that was used on another device is refused on the first", async ({ page, device, system, guard }) => {
  guard.expectStatus(400);
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.toCode(email);
  const { link, code } = await system.inbox.invitation(email);
  const phone = new Reset(await device());
  await phone.page.goto(link);
  await phone.button("link-button").click();
  await phone.at("password");
  await reset.show(code);
  await reset.expectFault(reset.code, "code-rejected");
});

test("a used link says so, and leads to a new code", async ({ page, device, system, guard }) => {
  guard.expectStatus(400);
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.toCode(email);
  const { link, code } = await system.inbox.invitation(email);
  await reset.show(code);
  await reset.at("password");

  const later = new Reset(await device());
  await later.page.goto(link);
  await later.at("link");
  await later.button("link-button").click();
  await later.over("link");
  await later.button("over-start").or(later.button("over-new-code")).first().click();
  await later.at("address");
  await later.ask(email);
  await later.at("code");
  const fresh = await system.inbox.invitation(email, 2);
  await later.show(fresh.code);
  await later.at("password");
});

test("a link that was cut short, or made up, is no dead end", async ({ page, system, guard }) => {
  guard.expectStatus(400);
  const reset = new Reset(page);
  await page.goto("/#/reset/no-such-challenge/ABCD-EFGH");
  await reset.at("link");
  await reset.button("link-button").click();
  await reset.over("link");
  await page.goto("/#/reset/cut");
  await reset.at("address");
  await page.goto("/#/nothing/at/all");
  await reset.at("address");
  expect(system.url).toBe(new URL(page.url()).origin);
});

test("two tabs: the one that waits for the code learns that the other went on", async ({ page, context, system }) => {
  const [{ email }, fresh, first] = [await system.addAccount(), strongPassword(), new Reset(page)];
  await first.toCode(email);
  const { link } = await system.inbox.invitation(email);
  const second = new Reset(await context.newPage());
  await second.page.goto(link);
  await second.button("link-button").click();
  await second.at("password");
  await expect(first.heading("elsewhere-heading")).toBeVisible();
  await second.set(fresh);
  await second.at("done");
  await expect(first.heading("elsewhere-done-heading")).toBeVisible();
  expect(await system.verifies(email, fresh)).toBe(true);
});

test("two tabs with resets of two accounts do not mix", async ({ page, context, system }) => {
  const [one, two] = [await system.addAccount(), await system.addAccount()];
  const [first, second] = [new Reset(page), new Reset(await context.newPage())];
  await first.toCode(one.email);
  await second.toCode(two.email);
  await second.show((await system.inbox.invitation(two.email)).code);
  await second.at("password");
  await expect(first.code).toBeVisible();
  await first.show((await system.inbox.invitation(one.email)).code);
  await first.at("password");
  const [a, b] = [strongPassword(), strongPassword()];
  await first.set(a);
  await second.set(b);
  await first.at("done");
  await second.at("done");
  expect(await system.verifies(one.email, a)).toBe(true);
  expect(await system.verifies(two.email, b)).toBe(true);
});

test.describe("a short life", () => {
  test.use({ settings: { REKEY_CODE_TTL: "3s" } });

  test("a link whose time is over says so", async ({ page, device, system, guard }) => {
    guard.expectStatus(400);
    const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
    await reset.toCode(email);
    const { link } = await system.inbox.invitation(email);
    const later = new Reset(await device());
    await later.page.goto(link);
    await later.at("link");
    // The first tab knows when the time is over.
    await reset.over("expired");
    await later.button("link-button").click();
    await later.over("link");
  });
});
