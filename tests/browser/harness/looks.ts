// What can be measured of how a page looks: each function returns what is wrong.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** WCAG 2.2 AA. */
export const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What axe finds, by WCAG and what axe calls best practices unless other rules are named. */
export async function faultsByAxe(page: Page, rules = [...WCAG, "best-practice"]): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" | ")}`);
}

/** What sticks out of the window, or makes the page scroll sideways. */
export async function sticking(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
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
}

/** What is to be pressed and smaller than 24 px either way (WCAG 2.5.8). */
export async function small(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("a[href], button, input, select, summary")]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ box: element.getBoundingClientRect(), html: element.outerHTML.slice(0, 100) }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ box, html }) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${html}`),
  );
}

/** What moves. */
export async function moving(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ playState, effect }) => playState === "running" && Number(effect?.getComputedTiming().duration) > 1)
      .map(({ effect }) => (effect instanceof KeyframeEffect ? (effect.target?.outerHTML.slice(0, 100) ?? "") : "")),
  );
}
