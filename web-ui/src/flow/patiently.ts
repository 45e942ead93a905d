/**
 * Makes a call until it is answered: a service that is busy or away, and a network that is gone, are waited for.
 */
import type { Failure, Result } from "@rekey/client";

/** What a call waits for, and until when (milliseconds since 1970). */
export interface Wait {
  readonly why: "busy" | "unavailable" | "offline";
  readonly until: number;
}

export interface Patience {
  /** Ends the waiting, and the call: it is then `aborted`. */
  readonly signal: AbortSignal;
  /** Told before each wait, and with null when the call is made again. */
  readonly onWait: (wait: Wait | null) => void;
  /** Resolves at the time, or before if the network came back or the user presses "now". */
  readonly sleep: (until: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
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
/** Longest wait that is kept to without asking the user. */
const LONGEST_WAIT_MS = 60_000;

export async function patiently<T>(
  call: (signal: AbortSignal) => Promise<Result<T>>,
  { signal, onWait, sleep, now }: Patience,
): Promise<Outcome<T>> {
  let uncertain = false;
  for (let tries = 0; ; tries++) {
    const result = await call(AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]));
    if (result.ok || signal.aborted) return { result, uncertain };
    const wait = waitOf(result.failure, tries, now());
    if (!wait) return { result, uncertain };
    // `busy` says that nothing was done; whoever else did not answer may have done it.
    uncertain ||= wait.why !== "busy";
    onWait(wait);
    await sleep(wait.until, signal);
    if (signal.aborted) return { result, uncertain };
    onWait(null);
  }
}

function waitOf(failure: Failure, tries: number, now: number): Wait | null {
  const seconds = (retryAfter: number) => now + Math.min(LONGEST_WAIT_MS, Math.max(1, retryAfter) * 1000);
  if (failure.kind === "offline") {
    return { why: "offline", until: now + (OFFLINE_MS[Math.min(tries, OFFLINE_MS.length - 1)] ?? 0) };
  }
  if (failure.kind === "unavailable") return { why: "unavailable", until: seconds(failure.retryAfter) };
  if (failure.kind === "problem" && (failure.code === "busy" || failure.code === "unavailable")) {
    return { why: failure.code, until: seconds(failure.retryAfter) };
  }
  return null;
}
