// A slow network, as Chromium can play one.
import type { CDPSession, Page } from "@playwright/test";

/**
 * What Lighthouse calls `mobileSlow4G` and DevTools "Fast 3G" until 2024: 1.6 Mbit/s down and 750 kbit/s up at 150 ms.
 * Both play it with 3.75 times the latency and 0.9 of the throughput, because Chromium delays each request and not each
 * packet (lighthouse, core/config/constants.js).
 */
export const FAST_3G = {
  latencyMs: 150 * 3.75,
  downBytesPerSecond: (1.6 * 1024 * 1024 * 0.9) / 8,
  upBytesPerSecond: (750 * 1024 * 0.9) / 8,
};

/** Slows the page's network down. */
export async function throttle(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: FAST_3G.latencyMs,
    downloadThroughput: FAST_3G.downBytesPerSecond,
    uploadThroughput: FAST_3G.upBytesPerSecond,
  });
  return session;
}

/** One file that a page loaded. */
export interface Loaded {
  readonly url: string;
  readonly encoding: string;
  /** Octets of headers and body as they were sent. */
  octets: number;
}

/** Counts from now on what a page loads. */
export async function countLoads(page: Page): Promise<readonly Loaded[]> {
  const session = await page.context().newCDPSession(page);
  const byId = new Map<string, Loaded>();
  const all: Loaded[] = [];
  session.on("Network.responseReceived", ({ requestId, response }) => {
    const encoding = Object.entries(response.headers).find(([name]) => name.toLowerCase() === "content-encoding");
    const loaded = { url: response.url, encoding: encoding?.[1] ?? "", octets: 0 };
    byId.set(requestId, loaded);
    all.push(loaded);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const loaded = byId.get(requestId);
    if (loaded !== undefined) loaded.octets = encodedDataLength;
  });
  await session.send("Network.enable");
  return all;
}
