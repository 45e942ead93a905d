// Every screen in every state: by axe in both colour schemes and both directions, in narrow and enlarged windows.
import type { Locator } from "@playwright/test";
import { faultsByAxe, moving, small, sticking } from "../harness/looks.ts";
import { Reset } from "../harness/reset.ts";
import { reach, STATES } from "../harness/states.ts";
import { expect, test } from "../harness/test.ts";

/** Arabic is written from right to left; German has the longest words. */
const LANGUAGES = ["en", "ar", "de"];
/** A window of 1,280 px at 200 %, and the narrowest one (WCAG 1.4.10). */
const WIDTHS = [640, 320];

for (const tag of LANGUAGES) {
  test.describe(tag, () => {
    test.use({ locale: tag, contextOptions: { reducedMotion: "reduce" } });

    for (const state of STATES) {
      test(`${state.name}: axe, narrow windows, targets, nothing moves`, async ({ page, guard }) => {
        await reach(state, new Reset(page, tag), guard);
        // German and English differ in the length of their words, which axe does not look at.
        for (const colorScheme of tag === "de" ? [] : (["light", "dark"] as const)) {
          await page.emulateMedia({ colorScheme });
          expect.soft(await faultsByAxe(page), `axe, ${colorScheme}`).toEqual([]);
        }
        expect.soft(await small(page), "targets, wide").toEqual([]);
        expect.soft(await moving(page), "what moves").toEqual([]);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 640 });
          expect.soft(await sticking(page), `what does not fit in ${width} px`).toEqual([]);
        }
        expect.soft(await small(page), "targets, narrow").toEqual([]);
        // Text alone at 200 % (WCAG 1.4.4).
        await page.setViewportSize({ width: 1280, height: 640 });
        await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
        expect.soft(await sticking(page), "what does not fit with text at 200 %").toEqual([]);
      });
    }
  });
}

test.describe("a label that leaves no room beside it", () => {
  test.use({ locale: "de", viewport: { width: 320, height: 640 } });

  test("has its button on a line of its own, as far from the field as the label", async ({ page, guard }) => {
    const reset = new Reset(page, "de");
    const state = STATES.find(({ name }) => name === "password");
    if (state === undefined) throw new Error("there is no such state");
    await reach(state, reset, guard);
    const box = async (of: Locator): Promise<DOMRect> => of.evaluate((element) => element.getBoundingClientRect());
    const label = await box(page.getByText(reset.say("password-label"), { exact: true }));
    const button = await box(reset.button("password-show"));
    const field = await box(reset.password);
    expect(button.top).toBeGreaterThanOrEqual(label.bottom);
    expect(field.top - button.bottom).toBeGreaterThanOrEqual(6);
  });
});

test("what these checks look for, they find", async ({ page }) => {
  await new Reset(page).open();
  expect([await faultsByAxe(page), await small(page), await moving(page), await sticking(page)]).toEqual([[], [], [], []]);
  await page.evaluate(() => {
    const [button, label] = [document.querySelector("button"), document.querySelector("label")];
    const heading = document.querySelector("h1");
    if (button === null || label === null || heading === null) throw new Error("the page is another");
    heading.style.color = "#bbb";
    button.style.cssText = "height: 20px; min-height: 0; padding: 0";
    button.animate({ opacity: [0, 1] }, { duration: 1_000, iterations: 100 });
    label.style.cssText = "display: block; min-width: 2000px";
  });
  expect((await faultsByAxe(page)).join()).toContain("color-contrast");
  expect((await small(page)).join()).toContain("× 20: <button");
  expect((await moving(page)).join()).toContain("<button");
  expect((await sticking(page)).join()).toMatch(/the page is 2\d{3} px wide.*<label/);
});
