// Every screen in every state: by axe in both colour schemes and both directions, in narrow and enlarged windows.
import { expectAxe, expectFits, expectStill, expectTargets } from "../harness/looks.ts";
import { Reset } from "../harness/reset.ts";
import { reach, STATES } from "../harness/states.ts";
import { test } from "../harness/test.ts";

/** Arabic is written from right to left; German has the longest words. */
const LANGUAGES = ["en", "ar", "de"];
/** The narrowest window (WCAG 1.4.10), and one of 1,280 px at 200 %. */
const WIDTHS = [320, 640];

for (const tag of LANGUAGES) {
  test.describe(tag, () => {
    test.use({ locale: tag, reducedMotion: "reduce" });

    for (const state of STATES) {
      test(`${state.name}: axe, narrow windows, targets, nothing moves`, async ({ page, guard }) => {
        for (const noise of state.noise ?? []) {
          if (typeof noise === "number") guard.expectStatus(noise);
          else guard.expectFailure(noise);
        }
        await reach(state, new Reset(page, tag));
        for (const colorScheme of tag === "de" ? [] : (["light", "dark"] as const)) {
          await page.emulateMedia({ colorScheme });
          await expectAxe(page, colorScheme);
        }
        await expectTargets(page, "wide");
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 640 });
          await expectFits(page, `${width} px`);
        }
        await expectTargets(page, "narrow");
        // Text alone at 200 % (WCAG 1.4.4).
        await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
        await expectFits(page, "text at 200 %");
        await expectStill(page, "reduced motion");
      });
    }
  });
}
