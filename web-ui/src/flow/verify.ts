import { useServices } from "../services";
import type { Refused } from "../ui/failure";
import type { Call } from "./call";
import type { Event, State } from "./state";

/** `lost`: an answer got lost before, so the code may have been right and be used up. */
type Answer = { readonly event: Event; readonly lost?: boolean } | { readonly refused: Refused };

/** Shows a code, and says what it comes to. */
export function useVerify(call: Call): (state: State, code: string) => Promise<Answer | null> {
  const { client } = useServices();
  return async ({ challenge, view }, code) => {
    if (!challenge) return { event: { type: "start_over" } };
    const outcome = await call.run((signal, proof) =>
      client.verifyCode({ challenge_id: challenge.id, code, ...(proof && { proof }) }, { signal }),
    );
    if (!outcome) return null;
    const { result, uncertain } = outcome;
    const at = Date.now();
    if (result.ok) {
      const { reset_token: value, expires_in } = result.value;
      return { event: { type: "verified", token: { value, expiresAt: at + expires_in * 1000, unanswered: false } } };
    }
    const { failure } = result;
    if (failure.kind !== "problem" || failure.code !== "code_rejected") {
      // An id that the service cannot have made: the link was cut on its way.
      const isBroken = view === "link" && failure.kind === "problem" && failure.code === "invalid_request";
      return isBroken ? { event: { type: "over", why: "link" } } : { refused: { failure, at } };
    }
    if (view === "link") return { event: { type: "over", why: uncertain ? "lost" : "link" } };
    if (challenge.expiresAt !== null && challenge.expiresAt <= at) return { event: { type: "over", why: "expired" } };
    return { event: { type: "refused" }, lost: uncertain };
  };
}
