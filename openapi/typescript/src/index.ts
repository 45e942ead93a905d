/**
 * A password reset by Rekey's three calls.
 *
 * A call never throws for what the network or the service does: it returns either `{ ok: true, value }` or
 * `{ ok: false, failure }`.
 */
import { type Failure, failureOf, jsonOf } from "./failure.js";
import type { components, paths } from "./schema.js";

export type {
  Aborted,
  Failure,
  NotTheService,
  Offline,
  PasswordReason,
  Problem,
  ProblemCode,
  ProofChallenge,
  UnknownProblem,
} from "./failure.js";

type Schemas = components["schemas"];
export type RequestBody = Schemas["RequestBody"];
export type Challenge = Schemas["Challenge"];
export type VerifyBody = Schemas["VerifyBody"];
export type Verified = Schemas["Verified"];
export type ConfirmBody = Schemas["ConfirmBody"];

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export interface ClientOptions {
  /** Where Rekey is, such as `https://reset.example.com`, with the path before `/password-reset` if there is one.
   * `""` in a browser: beside the page. */
  readonly baseUrl: string;
  /** Another `fetch` than the global one. */
  readonly fetch?: typeof fetch;
}

export interface CallOptions {
  /** Ends the call: `aborted`; if it is an `AbortSignal.timeout`: `offline`. */
  readonly signal?: AbortSignal | undefined;
  /** The user's language, such as `de`, if it is another than the browser's: for the mails that follow. */
  readonly language?: string | undefined;
}

export interface RequestOptions extends CallOptions {
  /** One for each press of the button, such as `crypto.randomUUID()`: when the answer got lost and the request is
   * sent again with the same key, it is the same reset. */
  readonly idempotencyKey?: string | undefined;
}

export interface Client {
  /** Asks for a reset, or, with the `challenge_id` of a live one, for its mail once more. */
  requestPasswordReset(body: RequestBody, options?: RequestOptions): Promise<Result<Challenge>>;
  /** Exchanges the mailed code for a token. Dashes, blanks and case of the code do not matter. */
  verifyCode(body: VerifyBody, options?: CallOptions): Promise<Result<Verified>>;
  /** Sets the new password. */
  confirmPasswordReset(body: ConfirmBody, options?: CallOptions): Promise<Result<void>>;
}

/** A client of the service at `baseUrl`. */
export function createClient({ baseUrl, fetch = globalThis.fetch }: ClientOptions): Client {
  const base = baseUrl && baseUrl.replace(/\/*$/, "/");

  /** Makes a call whose success has this status and this field of text; without a field it has no body. */
  async function post<T>(
    path: keyof paths,
    body: unknown,
    { idempotencyKey, language, signal }: RequestOptions,
    success: number,
    field?: keyof T,
  ): Promise<Result<T>> {
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (idempotencyKey) headers["Idempotency-Key"] = idempotencyKey;
    if (language) headers["Accept-Language"] = language;
    try {
      // The service does not redirect: whoever does would be given the code, the token or the password.
      const redirect = "error" as const;
      const init = { method: "POST", headers, body: JSON.stringify(body), redirect, signal: signal ?? null };
      const response = await fetch(base + path.slice(1), init);
      const text = await response.text();
      if (response.status === success) {
        const value = (field && jsonOf(text)) as T;
        // Else it is somebody else's page, which has no code either.
        if (!field || typeof value?.[field] === "string") return { ok: true, value };
      }
      return { ok: false, failure: failureOf(response, text) };
    } catch (cause) {
      const aborted = signal?.aborted && (signal.reason as Error | undefined)?.name !== "TimeoutError";
      return { ok: false, failure: aborted ? { kind: "aborted" } : { kind: "offline", cause } };
    }
  }

  return {
    requestPasswordReset: (body, options = {}) =>
      post<Challenge>("/password-reset/request", body, options, 202, "challenge_id"),
    verifyCode: (body, options = {}) => post<Verified>("/password-reset/verify", body, options, 200, "reset_token"),
    confirmPasswordReset: (body, options = {}) => post<void>("/password-reset/confirm", body, options, 204),
  };
}
