// A service under attack asks for a proof of work: the page works at it, and goes on by itself.
import { Fake } from "../harness/fake.ts";
import { strongPassword } from "../harness/random.ts";
import { Reset } from "../harness/reset.ts";
import type { System } from "../harness/system.ts";
import { expect, test } from "../harness/test.ts";

const ALARM = 2;

/** Tries codes in vain, as an attacker does. */
async function attack(system: System): Promise<void> {
  const body = JSON.stringify({ challenge_id: "AABq5nTnC1bYw4zR0pQeX2dK", code: "AAAA-AAAA" });
  for (const status of [...Array<number>(ALARM).fill(400), 403]) {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(`${system.url}/password-reset/verify`, { method: "POST", headers, body });
    expect(answer.status).toBe(status);
  }
}

test.describe("under attack", () => {
  test.use({ settings: { REKEY_LIMITS_FAILED_TRIES_ALARM: String(ALARM), REKEY_LIMITS_PROOF_COST: "500" } });

  test("r52 r60 a whole reset, by the code", async ({ page, system, guard }) => {
    guard.expectStatus(403);
    guard.expectStatus(400);
    const [{ email }, fresh, reset] = [await system.addAccount(), strongPassword(), new Reset(page)];
    await attack(system);
    await reset.toCode(email);
    await reset.show("AAAA-AAAA");
    await reset.expectFault(reset.code, "code-rejected");
    await reset.show((await system.inbox.invitation(email)).code);
    await reset.at("password");
    await reset.set(fresh);
    await reset.at("done");
    expect(await system.verifies(email, fresh)).toBe(true);
    // The worker that does it is a file of our own. The guard looks at where all of them come from.
    expect(guard.urls.some((url) => url.startsWith(`${system.url}/assets/proof-worker-`))).toBe(true);
    expect(guard.urls.filter((url) => url.endsWith("/request"))).toHaveLength(2);
  });

  test("r52 a whole reset, by the link", async ({ page, system, guard }) => {
    guard.expectStatus(403);
    const [{ email }, fresh, reset] = [await system.addAccount(), strongPassword(), new Reset(page)];
    await attack(system);
    await reset.toCode(email);
    await page.goto((await system.inbox.invitation(email)).link);
    await reset.at("link");
    await reset.button("link-button").click();
    await reset.at("password");
    await reset.set(fresh);
    await reset.at("done");
  });
});

test("what takes long is said, and heard, and ends when the step is left", async ({ page, guard }) => {
  guard.expectStatus(403);
  const [reset, fake] = [new Reset(page), await Fake.at(page)];
  await reset.toCode("user@example.com");
  fake.asks("verify");
  await reset.show("ABCD-EFGH");
  await expect(reset.text("wait-proof")).toBeVisible();
  await expect(page.locator("#announcer")).toHaveText(reset.say("wait-proof"));
  await expect(reset.button("wait-now")).toHaveCount(0);
  await expect.poll(() => page.workers().some((worker) => worker.url().includes("proof-worker"))).toBe(true);
  await reset.button("code-change").click();
  await reset.at("address");
  await expect.poll(() => page.workers().some((worker) => worker.url().includes("proof-worker"))).toBe(false);
});

test("a second refusal is said in words", async ({ page, guard }) => {
  guard.expectStatus(403);
  const [reset, fake] = [new Reset(page), await Fake.at(page)];
  fake.asks("request", true);
  await reset.open();
  await reset.ask("user@example.com");
  await expect(reset.text("error-proof_required")).toBeVisible();
  expect(guard.urls.filter((url) => url.endsWith("/request"))).toHaveLength(2);
});
