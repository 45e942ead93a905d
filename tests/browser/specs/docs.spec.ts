import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../harness/test.ts";

/** One operation of Swagger UI, by its path. */
const operation = (page: Page, path: string): Locator =>
  page.locator(".opblock").filter({ has: page.locator(`[data-path="${path}"]`) });

/** Opens an operation, fills in the body, presses "Execute", and returns the status and the body of the answer. */
async function tryItOut(page: Page, path: string, body: object): Promise<{ status: number; text: string }> {
  const block = operation(page, path);
  await block.locator(".opblock-summary-control").click();
  await block.getByRole("button", { name: "Try it out" }).click();
  await block.locator("textarea.body-param__text").fill(JSON.stringify(body));
  await block.getByRole("button", { name: "Execute" }).click();
  const live = block.locator(".live-responses-table");
  const status = await live.locator(".response-col_status").last().innerText();
  const answer = live.locator(".highlight-code code").first();
  return { status: Number.parseInt(status, 10), text: (await answer.count()) > 0 ? await answer.innerText() : "" };
}

test("“Try it out” in Swagger UI performs a whole reset", async ({ page, system }) => {
  const { email, password } = await system.addAccount();
  const fresh = "seven quiet herons at low tide";
  await page.goto("/docs");

  const asked = await tryItOut(page, "/password-reset/request", { email });
  expect(asked.status).toBe(202);
  const { challenge_id } = JSON.parse(asked.text) as { challenge_id: string };
  const { code, challengeId } = await system.inbox.invitation(email);
  expect(challengeId).toBe(challenge_id);

  const shown = await tryItOut(page, "/password-reset/verify", { challenge_id, code });
  expect(shown.status).toBe(200);
  const { reset_token } = JSON.parse(shown.text) as { reset_token: string };

  const set = await tryItOut(page, "/password-reset/confirm", { reset_token, new_password: fresh });
  expect(set.status).toBe(204);
  expect(await system.verifies(email, fresh)).toBe(true);
  expect(await system.verifies(email, password)).toBe(false);
});
