// How the page comes to the browser.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { countLoads } from "../harness/network.ts";
import { faultsByAxe } from "../harness/looks.ts";
import { Reset } from "../harness/reset.ts";
import { expect, test } from "../harness/test.ts";

/** Octets of everything that the first screen loads, heads and bodies: the budget of 60 KB. */
const BUDGET = 60_000;

test("the first screen loads at most 60 KB, packed", async ({ page }) => {
  const loads = await countLoads(page);
  await page.goto("/", { waitUntil: "networkidle" });
  await new Reset(page).at("address");
  const packed = loads.filter(({ url }) => /\.(js|css)$/.test(new URL(url).pathname));
  expect(packed.length).toBeGreaterThan(1);
  // What the settings add is small, and stays as it is.
  for (const { url, encoding, octets } of packed) if (octets > 1_000) expect(encoding, url).toBe("br");
  expect(loads.filter(({ url }) => url.endsWith(".wasm"))).toEqual([]);
  const total = loads.reduce((sum, { octets }) => sum + octets, 0);
  expect(total).toBeLessThanOrEqual(BUDGET);
});

test("a second visit loads nothing but the page itself", async ({ page, context }) => {
  await page.goto("/", { waitUntil: "networkidle" });
  const again = await context.newPage();
  const loads = await countLoads(again);
  await again.goto("/", { waitUntil: "networkidle" });
  const fetched = loads.filter(({ octets }) => octets > 0).map(({ url }) => new URL(url).pathname);
  expect(fetched).toEqual(["/"]);
});

test("the policy allows nothing inline, and the page no frame", async ({ request }) => {
  const answer = await request.get("/");
  const headers = answer.headers();
  const policy = headers["content-security-policy"] ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("style-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe");
  expect(headers["referrer-policy"]).toBe("no-referrer");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["x-frame-options"]).toBe("DENY");
  // No cache may keep a page whose assets a newer program has no longer.
  expect(headers["cache-control"]).toMatch(/no-store|no-cache/);
});

test("a page of somebody else cannot show it in a frame", async ({ browser, system }) => {
  const server = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html").end(`<!doctype html><iframe src="${system.url}/"></iframe>`);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  // A stranger's page, so not under guard: Chromium writes there why the frame stays empty.
  const stranger = await browser.newPage();
  const blocked = stranger.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
  await stranger.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await blocked;
  await expect(stranger.frameLocator("iframe").getByRole("heading")).toHaveCount(0);
  await stranger.close();
  server.close();
});

test.describe("an application that shows it in a frame", () => {
  test.use({ settings: { REKEY_HTTP_FRAME_ANCESTORS: "https://app.example.com" } });

  test("is named in the policy", async ({ request }) => {
    const headers = (await request.get("/")).headers();
    expect(headers["content-security-policy"]).toContain("frame-ancestors https://app.example.com");
    expect(headers["x-frame-options"]).toBeUndefined();
  });
});

test("without JavaScript the page says what it needs", async ({ device }) => {
  const page = await device({ javaScriptEnabled: false });
  await page.goto("/");
  const told = page.locator("noscript p");
  await expect(told).toBeVisible();
  await expect(told).toContainText("JavaScript");
});

for (const color of ["#ffe000", "#0a0a0a", "#f0f0f0", "#d40000"]) {
  test.describe(`a brand in ${color}`, () => {
    test.use({
      settings: {
        REKEY_SERVICE_NAME: "Günther & Söhne <Bank>",
        REKEY_SERVICE_COLOR: color,
        REKEY_SERVICE_SUPPORT: "help@example.com",
        REKEY_SERVICE_BACK_URL: "https://app.example.com/login",
      },
    });

    test("name, support and way back are shown, in colours that can be read", async ({ page }) => {
      const reset = new Reset(page, "en", "Günther & Söhne <Bank>");
      await reset.open();
      await expect(page.getByRole("banner")).toContainText("Günther & Söhne <Bank>");
      await expect(page).toHaveTitle(/Günther & Söhne <Bank>/);
      await expect(page.locator('a[href="mailto:help@example.com"]')).toBeVisible();
      await expect(page.locator('a[href="https://app.example.com/login"]')).toBeVisible();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await faultsByAxe(page), colorScheme).toEqual([]);
      }
    });
  });
}
