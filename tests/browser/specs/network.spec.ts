// A network that is slow or gone, and a service that is down, busy, or has had enough.
import type { Page, Route } from "@playwright/test";
import { throttle } from "../harness/network.ts";
import { strongPassword } from "../harness/random.ts";
import { Reset } from "../harness/reset.ts";
import { expect, test } from "../harness/test.ts";

/** The text while the page waits: it counts seconds, so they are left out. */
const waiting = (reset: Reset, why: string): RegExp =>
  new RegExp(reset.say(`wait-${why}`, { seconds: 7 }).replace(/[.()]/g, "\\$&").replace("7", "\\d+"));

/** Lets a call through to the service, and loses its answer. Once. */
async function loseAnswer(page: Page, path: string): Promise<void> {
  const lose = async (route: Route): Promise<void> => {
    await route.fetch();
    await route.abort("connectionreset");
  };
  await page.route(`**/password-reset/${path}`, lose, { times: 1 });
}

test("a whole reset on a slow network", async ({ page, system }) => {
  const [{ email }, fresh, reset] = [await system.addAccount(), strongPassword(), new Reset(page)];
  await throttle(page);
  await reset.toCode(email);
  await reset.show((await system.inbox.invitation(email)).code);
  await reset.at("password");
  await reset.set(fresh);
  // Not pressed twice while it works.
  await expect(reset.button("working")).toBeVisible();
  await reset.at("done");
  expect(await system.verifies(email, fresh)).toBe(true);
});

test("a button that is pressed many times asks once", async ({ page, system, guard }) => {
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.open();
  await throttle(page);
  await reset.address.fill(email);
  await reset.button("address-button").click({ clickCount: 3 });
  await reset.at("code");
  await system.inbox.invitation(email);
  expect(guard.urls.filter((url) => url.endsWith("/request"))).toHaveLength(1);
});

test("without a network the page waits, and goes on by itself", async ({ page, context, system, guard }) => {
  guard.expectFailure("ERR_INTERNET_DISCONNECTED");
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.open();
  await context.setOffline(true);
  await reset.ask(email);
  await expect(reset.text("wait-offline")).toBeVisible();
  await context.setOffline(false);
  await reset.at("code");
  await system.inbox.invitation(email);
  expect(await system.inbox.mails(email)).toHaveLength(1);
});

test.describe("a system of its own", () => {
  test.use({ settings: {} });

  test("the service goes and comes back at every step, and the page goes on by itself", async ({ page, system, guard }) => {
    guard.expectFailure("ERR_CONNECTION_REFUSED");
    const [{ email }, fresh, reset] = [await system.addAccount(), strongPassword(), new Reset(page)];
    await reset.open();
    await system.api.stop();
    await reset.ask(email);
    await expect(reset.text("wait-offline")).toBeVisible();
    await system.api.start();
    await reset.at("code");

    const { code } = await system.inbox.invitation(email);
    await system.api.stop();
    await reset.show(code);
    await expect(reset.text("wait-offline")).toBeVisible();
    await system.api.start();
    await reset.at("password");

    await system.api.stop();
    await reset.set(fresh);
    await expect(reset.text("wait-offline")).toBeVisible();
    await system.api.start();
    await reset.at("done");
    expect(await system.verifies(email, fresh)).toBe(true);
  });

  test("a press on “try now” does not wait", async ({ page, system, guard }) => {
    guard.expectFailure("ERR_CONNECTION_REFUSED");
    const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
    await reset.open();
    await system.api.stop();
    await reset.ask(email);
    await expect(reset.text("wait-offline")).toBeVisible();
    await system.api.start();
    const now = reset.button("wait-now");
    // It may have gone on by itself just now.
    if (await now.isVisible()) await now.click({ timeout: 1_000 }).catch(() => undefined);
    await reset.at("code");
  });

  test("a Redis that hangs is waited for", async ({ page, system, guard }) => {
    guard.expectStatus(503);
    const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
    await reset.open();
    system.redis.freeze();
    await reset.ask(email);
    await expect(page.getByRole("main").getByText(waiting(reset, "unavailable"))).toBeVisible();
    system.redis.thaw();
    await reset.at("code");
    await system.inbox.invitation(email);
  });

  test("the mail comes when the worker comes back", async ({ page, system }) => {
    const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
    await system.worker.stop();
    await reset.toCode(email);
    await system.worker.start();
    await reset.show((await system.inbox.invitation(email)).code);
    await reset.at("password");
  });
});

test.describe("a program that died in the middle", () => {
  test.use({ settings: {} });

  test("leaves the token held for a while, and the page tries again by itself", async ({ page, system, guard }) => {
    guard.expectStatus(503);
    const [{ email }, fresh, reset] = [await system.addAccount(), strongPassword(), new Reset(page)];
    await reset.toCode(email);
    await reset.show((await system.inbox.invitation(email)).code);
    await reset.at("password");
    const [token] = await system.keys("token");
    const [seconds] = (await system.redisCli("TIME")).split("\n");
    const until = String((Number(seconds) + 5) * 1000);
    await system.redisCli("HSET", token ?? "", "state", "held", "holder", "another", "held_until", until);
    await reset.set(fresh);
    await expect(page.getByRole("main").getByText(waiting(reset, "busy"))).toBeVisible();
    await reset.at("done");
    expect(await system.verifies(email, fresh)).toBe(true);
  });
});

test.describe("few requests", () => {
  test.use({
    settings: {
      REKEY_LIMITS_CLIENT_REQUESTS_BURST: "1",
      REKEY_LIMITS_CLIENT_REQUESTS_PER_HOUR: "40",
      REKEY_LIMITS_RESEND_AFTER: "60s",
    },
  });

  test("a limit names the time to wait, and counts it down", async ({ page, system, guard }) => {
    guard.expectStatus(429);
    const [one, two, reset] = [await system.addAccount(), await system.addAccount(), new Reset(page)];
    await reset.toCode(one.email);
    await reset.button("code-change").click();
    await reset.ask(two.email);
    const alert = page.getByRole("alert");
    await expect(alert).toHaveText(/Try again in (8[0-9]|90) seconds/);
    const before = await alert.innerText();
    await expect(alert).not.toHaveText(before);
    // The ways back to the reset that is under way are open.
    await page.getByRole("button", { name: reset.say("address-resume", { address: one.email }), exact: true }).click();
    await reset.at("code");
    await reset.button("code-change").click();
    await reset.ask(one.email);
    await reset.at("code");
    await expect(reset.text("code-sent-already")).toBeVisible();
  });
});

test.describe("few verifies", () => {
  test.use({ settings: { REKEY_LIMITS_CLIENT_VERIFIES_PER_HOUR: "1" } });

  test("a limit on codes names minutes", async ({ page, system, guard }) => {
    guard.expectStatus(400);
    guard.expectStatus(429);
    const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
    await reset.toCode(email);
    await reset.show("00000000");
    await reset.expectFault(reset.code, "code-rejected");
    await reset.show("00000001");
    await expect(page.getByRole("alert")).toHaveText(/Try again in \d+ minutes/);
  });
});

test("a lost answer to a request is the same reset when it is asked again", async ({ page, system, guard }) => {
  guard.expectFailure("ERR_CONNECTION_RESET");
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.open();
  await loseAnswer(page, "request");
  await reset.ask(email);
  await reset.at("code");
  await reset.show((await system.inbox.invitation(email)).code);
  await reset.at("password");
  expect(await system.inbox.mails(email)).toHaveLength(1);
});

test("a lost answer to a code leads to a new one", async ({ page, system, guard }) => {
  guard.expectFailure("ERR_CONNECTION_RESET");
  guard.expectStatus(400);
  const [{ email }, reset] = [await system.addAccount(), new Reset(page)];
  await reset.toCode(email);
  const { code } = await system.inbox.invitation(email);
  await loseAnswer(page, "verify");
  await reset.show(code);
  await expect(reset.text("over-lost-intro")).toBeVisible();
  await reset.button("over-new-code").click();
  await expect.poll(async () => (await system.inbox.mails(email)).length).toBe(2);
  await reset.show((await system.inbox.invitation(email, 2)).code);
  await reset.at("password");
});

test("a lost answer to a new password leads to trying it", async ({ page, system, guard }) => {
  guard.expectFailure("ERR_CONNECTION_RESET");
  guard.expectStatus(400);
  const [{ email, password }, fresh, reset] = [await system.addAccount(), strongPassword(), new Reset(page)];
  await reset.toCode(email);
  await reset.show((await system.inbox.invitation(email)).code);
  await reset.at("password");
  await loseAnswer(page, "confirm");
  await reset.set(fresh);
  await reset.over("maybe");
  expect(await system.verifies(email, fresh)).toBe(true);
  expect(await system.verifies(email, password)).toBe(false);
  await reset.button("over-start").click();
  await reset.at("address");
});
