import { type components, problemCodeValues } from "./schema.js";

/** What the service calls what went wrong. */
export type ProblemCode = components["schemas"]["ProblemCode"];

/** Why a password was refused. */
export type PasswordReason = components["schemas"]["PasswordReason"];

/** What to work at before a call is made again with its `proof`. */
export type ProofChallenge = components["schemas"]["ProofChallenge"];

/** Codes after which the same call works later. */
type WaitingCode = "rate_limited" | "busy" | "unavailable";

interface Answered {
  /** The HTTP status. */
  readonly status: number;
  /** `X-Request-Id`, if the answer had one that may be read: the service's log knows the call by it. */
  readonly requestId?: string;
}

interface Told extends Answered {
  /** A short English text for developers. Tell users by `code`, in their language. */
  readonly title: string;
  /** What to do about it, for developers. */
  readonly detail?: string;
}

/** The service refused the call and said why. */
export type Problem =
  | (Told & { readonly kind: "problem"; readonly code: Exclude<ProblemCode, WaitingCode | "password_rejected" | "proof_required"> })
  | (Told & {
      readonly kind: "problem";
      readonly code: WaitingCode;
      /** Seconds after which to try again. */
      readonly retryAfter: number;
    })
  | (Told & {
      readonly kind: "problem";
      readonly code: "password_rejected";
      /** The decisive ones first. A newer service can send others than this version knows. */
      readonly reasons: readonly (PasswordReason | (string & {}))[];
    })
  | (Told & {
      readonly kind: "problem";
      readonly code: "proof_required";
      /** Solve it, for example with `altcha-lib`, and make the same call again with the `proof`. */
      readonly proofChallenge: ProofChallenge;
    });

/** The service refused the call with a code that this version of the client does not know. */
export interface UnknownProblem extends Told {
  readonly kind: "unknown_problem";
  readonly code: string;
  /** Seconds after which to try again, if the service said so. */
  readonly retryAfter?: number;
}

/** Something answered that is not the service, such as a proxy with a page of its own. Treat it like `unavailable`. */
export interface NotTheService extends Answered {
  readonly kind: "unavailable";
  /** Seconds after which to try again. */
  readonly retryAfter: number;
}

/** No answer came: no network, no such host, refused by the browser (CORS), or the time of the signal was up. */
export interface Offline {
  readonly kind: "offline";
  readonly cause: unknown;
}

/** The caller's signal ended the call. Whether the service saw it is not known. */
export interface Aborted {
  readonly kind: "aborted";
}

/** Every way in which a call can fail: look at `kind`, then at `code`. */
export type Failure = Problem | UnknownProblem | NotTheService | Offline | Aborted;

/** Seconds to wait where an answer does not say: what the service itself says when a part of it is away. */
const DEFAULT_WAIT = 5;

/** Reads an answer that is no success. */
export function failureOf(response: Response, body: string): Problem | UnknownProblem | NotTheService {
  const requestId = response.headers.get("X-Request-Id");
  const answered: Answered = { status: response.status, ...(requestId && { requestId }) };
  const retryAfter = secondsOf(response.headers.get("Retry-After"));
  const problem = problemOf(response, body);
  if (!problem) return { kind: "unavailable", ...answered, retryAfter: retryAfter ?? DEFAULT_WAIT };

  const { code, title, detail, reasons, proof_challenge } = problem;
  const told: Told = {
    ...answered,
    title: typeof title === "string" ? title : code,
    ...(typeof detail === "string" && { detail }),
  };
  const isWhole = code !== "proof_required" || (typeof proof_challenge === "object" && proof_challenge !== null);
  if (!isKnown(code) || !isWhole) return { kind: "unknown_problem", code, ...told, ...(retryAfter !== undefined && { retryAfter }) };
  switch (code) {
    case "rate_limited":
    case "busy":
    case "unavailable":
      return { kind: "problem", code, ...told, retryAfter: retryAfter ?? DEFAULT_WAIT };
    case "password_rejected": {
      const texts = Array.isArray(reasons) ? reasons.filter((reason) => typeof reason === "string") : [];
      return { kind: "problem", code, ...told, reasons: texts };
    }
    case "proof_required":
      return { kind: "problem", code, ...told, proofChallenge: proof_challenge as ProofChallenge };
    default:
      return { kind: "problem", code, ...told };
  }
}

type Loose = { code: string; title?: unknown; detail?: unknown; reasons?: unknown; proof_challenge?: unknown };

/** The problem in a body, if it is one and has a code. */
function problemOf(response: Response, body: string): Loose | undefined {
  if (!response.headers.get("Content-Type")?.startsWith("application/problem+json")) return undefined;
  const problem = jsonOf(body) as Partial<Loose> | null | undefined;
  return typeof problem?.code === "string" ? (problem as Loose) : undefined;
}

/** The value of a JSON text; nothing if it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isKnown(code: string): code is ProblemCode {
  return (problemCodeValues as readonly string[]).includes(code);
}

/** `Retry-After` is a number of seconds, or, from proxies, a date. */
function secondsOf(header: string | null): number | undefined {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
