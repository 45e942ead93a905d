import { useServices } from "../services";
import { useLanguage } from "../texts/texts";
import type { Refused } from "../ui/failure";
import type { Call } from "./call";
import { type Challenge, canResend, type Event } from "./state";

type Opened = Extract<Event, { type: "opened" }>;
type Answer = { readonly opened: Opened } | { readonly refused: Refused };

/** Asks for a mail to an address: that of its challenge again, where there is one that may be sent again, else a new one. */
export function useRequest(call: Call): (address: string, challenge: Challenge | null) => Promise<Answer | null> {
  const { client } = useServices();
  const { tag } = useLanguage();
  return async (address, challenge) => {
    const now = Date.now();
    const again = challenge?.address === address && canResend(challenge, now) ? challenge : null;
    // One key for one press: if the answer gets lost and the call is made again, it is the same reset.
    const idempotencyKey = crypto.getRandomValues(new Uint32Array(4)).join("-");
    const body = { email: address, locale: tag, ...(again && { challenge_id: again.id }) };
    const outcome = await call.run((signal, proof) =>
      client.requestPasswordReset({ ...body, ...(proof && { proof }) }, { signal, idempotencyKey }),
    );
    if (!outcome) return null;
    const { result } = outcome;
    const at = Date.now();
    if (!result.ok) return { refused: { failure: result.failure, at } };
    const { challenge_id: id, expires_in, resend_in } = result.value;
    const expiresAt = at + expires_in * 1000;
    const resendAt = resend_in === null || resend_in === undefined ? null : at + resend_in * 1000;
    const refused = again?.id === id ? again.refused : 0;
    return { opened: { type: "opened", challenge: { id, address, expiresAt, resendAt, refused, taken: false } } };
  };
}
