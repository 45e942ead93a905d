// What no page may do in any test: write to the console, throw, break its policy, or ask a host that is not ours.
import type { BrowserContext, ConsoleMessage, Page } from "@playwright/test";

/** A line that Chromium itself writes to the console for an answer or a failure that the test provokes. */
interface Expected {
  readonly what: string;
  readonly text: RegExp;
  seen: number;
}

/** Chromium's advice for a form that cannot follow it: who opens the link on another device is not known by address. */
const ADVICE = "[DOM] Password forms should have (optionally hidden) username fields for accessibility";

/** Watches every page of the contexts that it is given, and remembers what was wrong. */
export class Guard {
  readonly #origins: Set<string>;
  /** Pages that are not ours, such as the inbox: what they say is their own affair. */
  readonly #strangers = new Set<string>();
  readonly #wrong: string[] = [];
  readonly #expected: Expected[] = [];
  readonly #contexts: BrowserContext[] = [];
  /** Every URL that was asked for. */
  readonly urls: string[] = [];

  /** @param origins those that pages may talk to */
  constructor(origins: readonly string[]) {
    this.#origins = new Set(origins);
  }

  /** All contexts under watch. */
  get contexts(): readonly BrowserContext[] {
    return this.#contexts;
  }

  /** From now on watches a context, which has no page yet. */
  async watch(context: BrowserContext): Promise<void> {
    this.#contexts.push(context);
    context.on("console", (message) => this.#console(message));
    context.on("weberror", (error) => this.#wrong.push(`error in the page: ${String(error.error())}`));
    context.on("request", (request) => this.#request(request.url()));
    context.on("serviceworker", (worker) => this.#wrong.push(`a service worker: ${worker.url()}`));
    context.on("page", (page) => this.#page(page));
    await context.exposeBinding("__violation", (_, what: string) => this.#wrong.push(`policy violated: ${what}`));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        const told = globalThis as unknown as { __violation(what: string): void };
        told.__violation(`${event.effectiveDirective} by ${event.blockedURI} in ${event.sourceFile}:${event.lineNumber}`);
      });
    });
  }

  /** Another origin of ours: what it says and does is watched as everything else. */
  own(origin: string): void {
    this.#origins.add(origin);
  }

  /** Lets the test open somebody else's page. */
  tolerate(origin: string): void {
    this.#origins.add(origin);
    this.#strangers.add(origin);
  }

  /** The test provokes answers with this status: Chromium's line about each is no fault. There must be one. */
  expectStatus(status: number): void {
    const text = new RegExp(`^Failed to load resource: the server responded with a status of ${status} \\(`);
    this.#expected.push({ what: `an answer with ${status}`, text, seen: 0 });
  }

  /** The same for requests that fail, by Chromium's name for the failure, such as `ERR_INTERNET_DISCONNECTED`. */
  expectFailure(name: string): void {
    this.#expected.push({ what: name, text: new RegExp(`^Failed to load resource: net::${name}$`), seen: 0 });
  }

  /** What was wrong until now; empty if nothing was. */
  verdict(): readonly string[] {
    const missing = this.#expected.filter(({ seen }) => seen === 0).map(({ what }) => `expected and not seen: ${what}`);
    return [...this.#wrong, ...missing];
  }

  #console(message: ConsoleMessage): void {
    const { url } = message.location();
    if (URL.canParse(url) && this.#strangers.has(new URL(url).origin)) return;
    if (message.text().startsWith(ADVICE)) return;
    const expected = this.#expected.find(({ text }) => text.test(message.text()));
    if (expected === undefined) {
      this.#wrong.push(`console ${message.type()}: ${message.text()} (${url})`);
    } else {
      expected.seen++;
    }
  }

  #request(url: string): void {
    this.urls.push(url);
    const { protocol, origin } = new URL(url);
    if (protocol === "data:" || protocol === "blob:" || this.#origins.has(origin)) return;
    this.#wrong.push(`a request to ${url}`);
  }

  #page(page: Page): void {
    page.on("websocket", (socket) => this.#request(socket.url().replace(/^ws/, "http")));
    page.on("crash", () => this.#wrong.push("the page crashed"));
  }
}
