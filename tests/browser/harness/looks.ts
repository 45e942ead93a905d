// What can be measured of how a page looks.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** WCAG 2.2 AA and what axe calls best practices. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails if axe finds anything. */
export async function expectAxe(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" | ")}`);
  expect.soft(told, `axe, ${what}`).toEqual([]);
}

/** Fails if something sticks out of the window, or the page scrolls sideways. */
export async function expectFits(page: Page, what: string): Promise<void> {
  const sticking = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const told = scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide in ${clientWidth} px`] : [];
    for (const element of document.body.querySelectorAll("*")) {
      const { left, right, width, height } = element.getBoundingClientRect();
      // What only screen readers see is of one pixel; and what a closed part hides has no box.
      if (width <= 1 || height <= 1 || !element.checkVisibility()) continue;
      const isClipped =
        element instanceof HTMLElement &&
        !element.matches("input, select, textarea") &&
        element.scrollWidth > element.clientWidth + 1 &&
        getComputedStyle(element).display !== "inline";
      if (left < -0.5 || right > clientWidth + 0.5 || isClipped) told.push(element.outerHTML.slice(0, 120));
    }
    return told;
  });
  expect.soft(sticking, `what does not fit, ${what}`).toEqual([]);
}

/** Fails if something to press is smaller than 24 px either way (WCAG 2.5.8), or is a link out of the text's flow. */
export async function expectTargets(page: Page, what: string): Promise<void> {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("a[href], button, input, select, summary")]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ box: element.getBoundingClientRect(), html: element.outerHTML.slice(0, 100) }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ box, html }) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${html}`),
  );
  expect.soft(small, `targets under 24 px, ${what}`).toEqual([]);
}

/** Fails if something moves. */
export async function expectStill(page: Page, what: string): Promise<void> {
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ playState, effect }) => playState === "running" && Number(effect?.getComputedTiming().duration) > 1)
      .map(({ effect }) => (effect instanceof KeyframeEffect ? (effect.target?.outerHTML.slice(0, 100) ?? "") : "")),
  );
  expect.soft(moving, `what moves, ${what}`).toEqual([]);
}
