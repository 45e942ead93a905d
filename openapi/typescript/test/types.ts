// Compiled, never run: what a page may rely on the types for.
import { type Failure, type PasswordReason, type ProblemCode, createClient } from "@rekey/client";

/** A switch over everything leaves nothing over, and every branch knows its fields. */
export function words(failure: Failure): string {
  switch (failure.kind) {
    case "offline":
      return String(failure.cause);
    case "aborted":
      return "";
    case "unavailable":
      return `${failure.status} ${failure.retryAfter.toFixed()}`;
    case "unknown_problem":
      return failure.code;
    case "problem":
      break;
    default:
      return failure satisfies never;
  }
  switch (failure.code) {
    case "rate_limited":
    case "busy":
    case "unavailable":
      return failure.retryAfter.toFixed();
    case "password_rejected":
      return failure.reasons.join();
    case "proof_required":
      return failure.proofChallenge.parameters.nonce;
    default: {
      // @ts-expect-error a code that asks for nothing has no wait
      void failure.retryAfter;
      type Said = "rate_limited" | "busy" | "unavailable" | "password_rejected" | "proof_required";
      const rest: Exclude<ProblemCode, Said> = failure.code;
      return rest;
    }
  }
}

/** A table of words for all reasons compiles only while it is whole. */
export const some: Partial<Record<PasswordReason, string>> = { too_short: "short", warning_top_10_password: "top" };

export async function calls(): Promise<void> {
  const client = createClient({ baseUrl: "" });
  const requested = await client.requestPasswordReset({ email: "a@b", locale: null });
  // @ts-expect-error whether it succeeded must be asked first
  void requested.value;
  if (!requested.ok) return;
  const seconds: number | null = requested.value.resend_in;
  void seconds;
  // @ts-expect-error a field that the contract does not have
  await client.verifyCode({ challenge_id: "c", code: "d", email: "a@b" });
}
