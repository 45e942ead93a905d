import type { Failure } from "@rekey/client";
import { secondsUntil, useNow } from "../flow/clock";
import { type Say, useSay } from "../texts/texts";
import { Notice } from "./notice";

/** A call that was refused, and when. */
export interface Refused {
  readonly failure: Failure;
  readonly at: number;
}

/** Longest wait that is counted in seconds. */
const SECONDS = 120;

/** In words what a call was refused for, unless its step has better ones. Counts down what has to be waited for. */
export function FailureNotice({ refused }: { readonly refused: Refused | null }) {
  const say = useSay();
  const until = refused && endOf(refused);
  const now = useNow(until);
  if (!refused || (until !== null && until <= now)) return null;
  return <Notice problem>{words(say, refused.failure, until === null ? 0 : secondsUntil(until, now))}</Notice>;
}

function endOf({ failure, at }: Refused): number | null {
  const isLimit = failure.kind === "problem" && failure.code === "rate_limited";
  return isLimit ? at + failure.retryAfter * 1000 : null;
}

function words(say: Say, failure: Failure, seconds: number): string {
  if (failure.kind === "unavailable" || failure.kind === "offline") return say("error-unavailable");
  if (failure.kind !== "problem") return say("error-other");
  switch (failure.code) {
    case "rate_limited":
      return seconds > SECONDS
        ? say("error-rate_limited", { minutes: Math.ceil(seconds / 60) })
        : say("error-rate_limited-soon", { seconds });
    case "proof_required":
    case "invalid_request":
      return say(`error-${failure.code}`);
    default:
      return say("error-other");
  }
}
