// The guard and the search for secrets themselves: what they must see.
import type { Page } from "@playwright/test";
import { Guard } from "../harness/guard.ts";
import { expectSecretsNowhere } from "../harness/secrets.ts";
import { expect, test } from "../harness/test.ts";

/** A page under a guard whose verdict is the test's own matter. */
const watched = test.extend<{ own: { guard: Guard; page: Page } }>({
  own: async ({ browser, system }, use) => {
    const context = await browser.newContext({ baseURL: system.url });
    const guard = new Guard([system.url]);
    await guard.watch(context);
    const page = await context.newPage();
    await page.goto("/docs");
    await expect(page.getByRole("heading", { name: "Rekey" })).toBeVisible();
    await use({ guard, page });
    await context.close();
  },
});

watched("a quiet page is fine", async ({ own: { guard } }) => {
  expect(guard.verdict()).toEqual([]);
});

watched("what is written to the console is seen", async ({ own: { guard, page } }) => {
  await page.evaluate(() => console.error("a slip"));
  await page.evaluate(() => console.warn("a warning"));
  await expect.poll(() => guard.verdict().join()).toMatch(/console error: a slip.*console warning: a warning/);
});

watched("an error that nobody catches is seen", async ({ own: { guard, page } }) => {
  await page.evaluate(() => void setTimeout(() => { throw new Error("not caught"); }, 0));
  await expect.poll(() => guard.verdict().join()).toContain("error in the page: Error: not caught");
});

watched("a breach of the policy is seen", async ({ own: { guard, page } }) => {
  await page.evaluate(() => {
    const inline = document.createElement("script");
    inline.textContent = "1";
    document.body.append(inline);
  });
  await expect.poll(() => guard.verdict().join()).toContain("policy violated: script-src-elem by inline");
});

watched("a request to another host is seen", async ({ own: { guard, page }, system }) => {
  await page.goto(`${system.inbox.url}/api/healthz`);
  expect(guard.verdict().join()).toContain(`a request to ${system.inbox.url}`);
});

watched("a refusal is a fault unless the test expects it", async ({ own: { guard, page } }) => {
  const ask = (): Promise<number> => page.evaluate(async () => (await fetch("/nothing")).status);
  expect(await ask()).toBe(404);
  await expect.poll(() => guard.verdict().join()).toContain("status of 404");
  const faults = guard.verdict().length;
  guard.expectStatus(404);
  expect(guard.verdict().join()).toContain("expected and not seen: an answer with 404");
  await ask();
  await expect.poll(() => guard.verdict().length).toBe(faults);
});

const secret = "ABCD-EFGH";
const hidings: Readonly<Record<string, (secret: string) => unknown>> = {
  localStorage: (text) => localStorage.setItem("a", text.toLowerCase().replace("-", "")),
  sessionStorage: (text) => sessionStorage.setItem("a", text),
  "history.state": (text) => history.replaceState({ text }, ""),
  location: (text) => history.replaceState(null, "", `#${text}`),
  "window.name": (text) => (window.name = text),
  title: (text) => (document.title = text),
  cookies: (text) => (document.cookie = `a=${text}`),
  requests: async (text) => fetch(`/openapi.json?${text}`),
  history: (text) => {
    history.replaceState(null, "", `#${text}`);
    history.pushState(null, "", "#later");
  },
  indexedDB: (text) =>
    new Promise<void>((done) => {
      const opening = indexedDB.open("a");
      opening.onupgradeneeded = () => opening.result.createObjectStore("b", { autoIncrement: true }).add({ text });
      opening.onsuccess = () => (opening.result.close(), done());
    }),
};

for (const [place, hide] of Object.entries(hidings)) {
  watched(`a secret is found in ${place}`, async ({ own: { guard, page } }) => {
    await expectSecretsNowhere(guard, page, [secret]);
    await page.evaluate(hide, secret);
    await expect(expectSecretsNowhere(guard, page, [secret])).rejects.toThrow(`"${place}"`);
  });
}
