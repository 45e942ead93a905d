// Pictures of every screen and both mails: `make screenshots`. All of them go to target/screenshots; a few, which the
// README shows, to docs/images.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { root, target } from "../harness/programs.ts";
import { strongPassword } from "../harness/random.ts";
import { Reset } from "../harness/reset.ts";
import { reach, STATES } from "../harness/states.ts";
import { expect, test } from "../harness/test.ts";

const LANGUAGES = ["en", "de", "ar", "zh-CN"];
const SCHEMES = ["light", "dark"] as const;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 320, height: 640 },
];
const ALL = join(target, "screenshots");
const README = join(root, "docs/images");
/** What the README shows: English, each in both schemes, in a window that fits the page. */
const SHOWN = ["address", "code", "password-strong", "done"];
const SHOWN_SIZE = { width: 640, height: 600 };

test.use({ contextOptions: { reducedMotion: "reduce" } });

/** Shoots what is on the page in both schemes and all sizes. */
async function shoot(page: Page, name: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.screenshot({ path: join(ALL, `${name}-${colorScheme}-${size.width}.png`), fullPage: true });
    }
  }
}

for (const tag of LANGUAGES) {
  test.describe(tag, () => {
    test.use({ locale: tag });

    for (const state of STATES) {
      test(`${state.name} in ${tag}`, async ({ page, guard }) => {
        await page.setViewportSize(SIZES[0] ?? SHOWN_SIZE);
        await reach(state, new Reset(page, tag), guard);
        await shoot(page, `${tag}/${state.name}`);
        if (tag !== "en" || !SHOWN.includes(state.name)) return;
        mkdirSync(README, { recursive: true });
        await page.setViewportSize(SHOWN_SIZE);
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme });
          await page.screenshot({ path: join(README, `${state.name}-${colorScheme}.png`), fullPage: true });
        }
      });
    }

    test(`mails in ${tag}`, async ({ page, device, system }) => {
      const [{ email }, reset] = [await system.addAccount(tag), new Reset(page, tag)];
      await reset.toCode(email);
      const { mail, code } = await system.inbox.invitation(email);
      await reset.show(code);
      await reset.at("password");
      await reset.set(strongPassword());
      await reset.at("done");
      const notice = await system.inbox.mail(email, 2);
      const mails = { "mail-code": mail, "mail-changed": notice };
      for (const [name, { html, text }] of Object.entries(mails)) {
        expect(text).not.toBe("");
        const reader = await device();
        // As a mail program with images off.
        await reader.route("**/*", (route) => route.abort());
        await reader.setContent(html);
        await shoot(reader, `${tag}/${name}`);
        await reader.setContent(`<meta name="color-scheme" content="light dark"><pre style="white-space:pre-wrap"></pre>`);
        await reader.locator("pre").evaluate((pre, words) => (pre.textContent = words), text);
        await shoot(reader, `${tag}/${name}-text`);
      }
    });
  });
}
