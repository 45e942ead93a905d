// Answers of the service made up, for looking at what the page shows of them. Whether the service gives them, the
// journeys show, which fake nothing.
import type { Page } from "@playwright/test";

/** The three calls. */
export type Call = "request" | "verify" | "confirm";

interface Answer {
  readonly status: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const GOOD: Readonly<Record<Call, Answer>> = {
  request: { status: 202, body: { challenge_id: "0-AAAAAAAAAAAAAAAAAAAAAA", expires_in: 600, resend_in: 60 } },
  verify: { status: 200, body: { reset_token: "0-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", expires_in: 600 } },
  confirm: { status: 204 },
};

/** A service that says what it is told to say. */
export class Fake {
  readonly #answers = new Map<Call, Answer | "lost" | "never">();

  static async at(page: Page): Promise<Fake> {
    const fake = new Fake();
    await page.route("**/password-reset/*", async (route) => {
      const call = new URL(route.request().url()).pathname.split("/").at(-1) as Call;
      const answer = fake.#answers.get(call) ?? GOOD[call];
      if (answer === "never") return;
      if (answer === "lost") {
        fake.#answers.delete(call);
        return route.abort("connectionreset");
      }
      const { status, body, headers } = answer;
      const kind = status < 300 ? "application/json" : "application/problem+json";
      return route.fulfill({
        status,
        headers: { "Content-Type": kind, ...headers },
        body: body === undefined ? "" : JSON.stringify(body),
      });
    });
    return fake;
  }

  /** What a call is answered from now on. */
  answers(call: Call, body: object): void {
    this.#answers.set(call, { status: GOOD[call].status, body });
  }

  /** A problem as answer. */
  refuses(call: Call, status: number, code: string, more: { wait?: number; reasons?: readonly string[] } = {}): void {
    const { wait, reasons } = more;
    this.#answers.set(call, {
      status,
      body: { type: "about:blank", title: code, status, code, ...(reasons && { reasons }) },
      headers: wait === undefined ? {} : { "Retry-After": String(wait) },
    });
  }

  /** A proof is asked for, each time anew, at which nobody succeeds: or at the first attempt, if it is `easy`. */
  asks(call: Call, easy = false): void {
    const parameters = {
      ...{ algorithm: "PBKDF2/SHA-256", cost: 1000, keyLength: 32, expiresAt: 4_000_000_000 },
      ...{ data: { action: call, shard: 0 }, keyPrefix: easy ? "0" : "00".repeat(16) },
      ...{ nonce: "07".repeat(16), salt: "09".repeat(16) },
    };
    const proof_challenge = { parameters, signature: "0".repeat(64) };
    const code = "proof_required";
    this.#answers.set(call, { status: 403, body: { type: "about:blank", title: code, status: 403, code, proof_challenge } });
  }

  /** The next answer gets lost. */
  loses(call: Call): void {
    this.#answers.set(call, "lost");
  }

  /** No answer ever comes. */
  hangs(call: Call): void {
    this.#answers.set(call, "never");
  }
}
