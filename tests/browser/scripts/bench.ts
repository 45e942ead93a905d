// How soon the page shows something on a slow network, beside what any page could reach on it: `make bench`.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "@playwright/test";
import { FAST_3G, throttle } from "../harness/network.ts";
import { test } from "../harness/test.ts";

const RUNS = 9;
const TARGET_MS = 1_500;

/** The least that a styled page is: one document, and one style sheet that it waits for. */
const BARE: Readonly<Record<string, readonly [string, string]>> = {
  "/": ["text/html", '<!doctype html><title>Bare</title><link rel="stylesheet" href="a.css"><p>Bare'],
  "/a.css": ["text/css", "p{color:navy}"],
};

interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Milliseconds to the first contentful paint, with nothing in the cache. */
async function paint(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ locale: "en" });
  const page = await context.newPage();
  await throttle(page);
  await page.goto(url);
  const first = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        new PerformanceObserver((list) => {
          const entry = list.getEntriesByName("first-contentful-paint")[0];
          if (entry !== undefined) done(entry.startTime);
        }).observe({ type: "paint", buffered: true });
      }),
  );
  await context.close();
  return first;
}

function spread(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (place: number): number => sorted[place] ?? Number.NaN;
  return { median: at(Math.floor(sorted.length / 2)), least: at(0), most: at(sorted.length - 1) };
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const line = (what: string, { median, least, most }: Spread): void =>
  console.log(`  ${what.padEnd(30)}${seconds(median)}   (${seconds(least)} to ${seconds(most)}, ${RUNS} runs)`);

test("first paint", async ({ browser, system }) => {
  const server = createServer((request, response) => {
    const [kind, text] = BARE[request.url ?? ""] ?? ["text/plain", ""];
    response.setHeader("Content-Type", kind).end(text);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const bare = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  const [ours, limit]: [number[], number[]] = [[], []];
  // One by one and in turn, so that whatever else the machine does meets both.
  for (let run = 0; run < RUNS; run++) {
    ours.push(await paint(browser, `${system.url}/`));
    limit.push(await paint(browser, bare));
  }
  server.close();

  // For the table of `make bench`.
  console.log(`BENCH ours ${ours.join(" ")}`);
  console.log(`BENCH limit ${limit.join(" ")}`);
  const [page, floor] = [spread(ours), spread(limit)];
  const kbit = Math.round((FAST_3G.downBytesPerSecond * 8) / 1024);
  console.log(`first contentful paint, empty cache, ${kbit} kbit/s, ${FAST_3G.latencyMs} ms a request`);
  console.log("(Lighthouse's mobileSlow4G as DevTools throttles it, once called Fast 3G)");
  line("the page", page);
  line("limit: a bare page and a style", floor);
  console.log(`  ${"ratio".padEnd(30)}${(page.median / floor.median).toFixed(2)}`);
  console.log(`  ${"target".padEnd(30)}${seconds(TARGET_MS)}, ${page.median <= TARGET_MS ? "met" : "missed"}`);
});
