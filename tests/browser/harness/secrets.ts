// Where a secret must not be once the page has read it.
import { expect, type Page } from "@playwright/test";
import type { Guard } from "./guard.ts";

/** What a page left behind, by the place. */
interface Traces {
  readonly [place: string]: string;
}

/** Fails if one of the secrets is in a URL, the history, a store of the browser, or the title. */
export async function expectSecretsNowhere(guard: Guard, page: Page, secrets: readonly string[]): Promise<void> {
  const traces: Traces = {
    ...(await inPage(page)),
    location: page.url(),
    history: await history(page),
    cookies: JSON.stringify(await page.context().cookies()),
    requests: guard.urls.join("\n"),
  };
  for (const secret of secrets.flatMap(spellings)) {
    const places = Object.keys(traces).filter((place) => traces[place]?.toUpperCase().includes(secret));
    expect(places, "places that hold a secret").toEqual([]);
  }
}

/** As it is, and without the dash that is there for the eye. */
function spellings(secret: string): readonly string[] {
  const upper = secret.toUpperCase();
  return [...new Set([upper, upper.replaceAll("-", ""), encodeURIComponent(upper)])];
}

/** All entries of the tab's history, the earlier ones too, which the page itself cannot see. */
async function history(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send("Page.getNavigationHistory");
  await session.detach();
  // Not `userTypedURL`: how a tab was first addressed, the browser keeps for itself, and no page can change it.
  return entries.map(({ url, title }) => `${url} ${title}`).join("\n");
}

async function inPage(page: Page): Promise<Traces> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const stored: unknown[] = [];
    for (const { name } of databases) {
      if (name === undefined) continue;
      const db = await new Promise<IDBDatabase>((done, fail) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => done(opening.result);
        opening.onerror = () => fail(opening.error);
      });
      for (const store of db.objectStoreNames) {
        stored.push(
          await new Promise((done, fail) => {
            const reading = db.transaction(store).objectStore(store).getAll();
            reading.onsuccess = () => done(reading.result);
            reading.onerror = () => fail(reading.error);
          }),
        );
      }
      db.close();
    }
    const cached: string[] = [];
    for (const name of "caches" in globalThis ? await caches.keys() : []) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        cached.push(request.url, (await (await cache.match(request))?.text()) ?? "");
      }
    }
    return {
      localStorage: JSON.stringify({ ...localStorage }),
      sessionStorage: JSON.stringify({ ...sessionStorage }),
      "history.state": JSON.stringify(window.history.state) ?? "",
      indexedDB: JSON.stringify(stored),
      caches: cached.join("\n"),
      "window.name": window.name,
      referrer: document.referrer,
      title: document.title,
    };
  });
}
