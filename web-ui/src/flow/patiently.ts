/**
 * Makes a call until it is answered: a service that is busy or away, and a network that is gone, are waited for.
 */
import type { Failure, Result } from "@rekey/client";

/** What a call waits for, and until when (milliseconds since 1970). Nobody knows when a proof of work is done. */
export type Wait =
  | { readonly why: "busy" | "unavailable" | "offline"; readonly until: number }
  | { readonly why: "proof"; readonly until: null };

type Pause = Extract<Wait, { until: number }>;

export interface Patience {
  /** Ends the waiting, and the call: it is then `aborted`. */
  readonly signal: AbortSignal;
  /** Told before each wait, and with null when the call is made again. */
  readonly onWait: (wait: Wait | null) => void;
  /** Resolves at the time, or before if the network came back or the user presses "now". */
  readonly sleep: (until: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  /** A random number from 0 to 1. */
  readonly spread: () => number;
}

export interface Outcome<T> {
  readonly result: Result<T>;
  /** An earlier call of these may have been carried out although its answer never came. */
  readonly uncertain: boolean;
}

/** Longest time of one call: the service answers within 10 s, and a slow network may take as long again. */
const CALL_MS = 25_000;
/** Between calls while there is no network; `online` cuts it short. */
const OFFLINE_MS = [2_000, 3_000, 5_000, 10_000];
/** What the service asks to wait grows with each call, since it does not know how many wait. */
const GROWTH = [1, 1, 2, 4, 8, 12];
const LONGEST_WAIT_MS = 60_000;
/** Calls that are made without the user: about a quarter of an hour. A tab that was forgotten must not call for ever. */
const CALLS = 20;

export async function patiently<T>(
  call: (signal: AbortSignal) => Promise<Result<T>>,
  { signal, onWait, sleep, now, spread }: Patience,
): Promise<Outcome<T>> {
  let uncertain = false;
  for (let tries = 1; ; tries++) {
    const result = await timed(call, signal);
    if (result.ok || signal.aborted) return { result, uncertain };
    const wait = tries < CALLS ? waitOf(result.failure, tries - 1, now(), spread()) : null;
    if (!wait) return { result, uncertain };
    // `busy` says that nothing was done; whoever else did not answer may have done it.
    uncertain ||= wait.why !== "busy";
    onWait(wait);
    await sleep(wait.until, signal);
    if (signal.aborted) return { result, uncertain };
    onWait(null);
  }
}

/** One call with a time of its own. `AbortSignal.any` would do it, in browsers of 2024 and later. */
async function timed<T>(call: (signal: AbortSignal) => Promise<Result<T>>, outer: AbortSignal): Promise<Result<T>> {
  const own = new AbortController();
  const abort = () => own.abort();
  const timer = setTimeout(() => own.abort(new DOMException("", "TimeoutError")), CALL_MS);
  outer.addEventListener("abort", abort);
  try {
    return await call(own.signal);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener("abort", abort);
  }
}

function waitOf(failure: Failure, tries: number, now: number, spread: number): Pause | null {
  const step = (steps: readonly number[]) => steps[Math.min(tries, steps.length - 1)] ?? 1;
  // Not all at once when a service is back: some wait up to a fifth longer.
  const after = (ms: number) => now + Math.min(LONGEST_WAIT_MS, Math.round(ms * (1 + spread / 5)));
  const asked = (retryAfter: number) => after(Math.max(1, retryAfter) * 1000 * step(GROWTH));
  if (failure.kind === "offline") return { why: "offline", until: after(step(OFFLINE_MS)) };
  // Somebody else's page: a proxy whose service is away is waited for, one that says no is not.
  if (failure.kind === "unavailable")
    return failure.status >= 500 ? { why: "unavailable", until: asked(failure.retryAfter) } : null;
  if (failure.kind === "problem" && (failure.code === "busy" || failure.code === "unavailable")) {
    return { why: failure.code, until: asked(failure.retryAfter) };
  }
  return null;
}
