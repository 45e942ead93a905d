// What every test gets: a running Rekey, and pages under guard.
import { type BrowserContextOptions, type Page, expect, test as plain } from "@playwright/test";
import { Guard } from "./guard.ts";
import type { Environment } from "./process.ts";
import { System } from "./system.ts";

export { expect };

interface Options {
  /** Settings of a system of the test's own. `{}`: as usual, but nobody else's, for tests that stop its parts. */
  settings: Environment | undefined;
}

interface Fixtures {
  /** One that other tests use, too, unless the test has `settings`. */
  system: System;
  /** Looks at every page of the test, whether or not the test mentions it. */
  guard: Guard;
  /** A page in a fresh browser: another device. It is under guard, too. */
  device: (options?: BrowserContextOptions) => Promise<Page>;
}

interface WorkerFixtures {
  shared: System;
}

export const test = plain.extend<Options & Fixtures, WorkerFixtures>({
  settings: [undefined, { option: true }],

  shared: [
    async ({}, use) => {
      const system = await System.start();
      await use(system);
      await system.end();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  system: async ({ settings, shared }, use, info) => {
    const system = settings === undefined ? shared : await System.start(settings);
    await use(system);
    if (info.status !== info.expectedStatus) {
      for (const { name, text } of system.logs) await info.attach(name, { body: text, contentType: "text/plain" });
    }
    if (system !== shared) await system.end();
  },

  baseURL: async ({ system }, use) => {
    await use(system.url);
  },

  guard: [
    async ({ system }, use) => {
      const guard = new Guard([system.url]);
      await use(guard);
      expect(guard.verdict(), "what the guard saw").toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, guard }, use) => {
    await guard.watch(context);
    await use(context);
  },

  device: async ({ browser, guard, system, locale }, use) => {
    const opened: Page[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL: system.url, locale: locale ?? "en", ...options });
      await guard.watch(context);
      const page = await context.newPage();
      opened.push(page);
      return page;
    });
    for (const page of opened) await page.context().close();
  },
});
