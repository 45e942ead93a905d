/**
 * Makes a call, and once more with a proof of work if the service asks for one. It does so while it is under attack.
 */
import type { ProofChallenge, Result } from "@rekey/client";
import { type Outcome, type Patience, patiently } from "./patiently";

/** Works at it. Null: it cannot be done, or took too long, or the signal ended it. */
export type Solve = (challenge: ProofChallenge, signal: AbortSignal) => Promise<string | null>;

/** A proof is good for one call. Where an answer got lost, the next call needs another one, but not for ever. */
const PROOFS = 3;

export async function proven<T>(
  call: (signal: AbortSignal, proof?: string) => Promise<Result<T>>,
  solve: Solve,
  ways: Patience,
): Promise<Outcome<T>> {
  let uncertain = false;
  let proof: string | null = null;
  for (let proofs = 0; ; proofs++) {
    const shown = proof;
    const outcome: Outcome<T> = await patiently((signal) => (shown ? call(signal, shown) : call(signal)), ways);
    uncertain ||= outcome.uncertain;
    const told = { result: outcome.result, uncertain };
    const challenge = asked(outcome.result);
    // Refused with a proof that nobody else can have used: another one would fare no better.
    const isFutile = shown !== null && !outcome.uncertain;
    if (!challenge || isFutile || proofs === PROOFS || ways.signal.aborted) return told;
    ways.onWait({ why: "proof", until: null });
    proof = await solve(challenge, ways.signal);
    if (proof === null) return told;
    if (!ways.signal.aborted) ways.onWait(null);
  }
}

function asked(result: Result<unknown>): ProofChallenge | null {
  const isAsked = !result.ok && result.failure.kind === "problem" && result.failure.code === "proof_required";
  return isAsked ? result.failure.proofChallenge : null;
}
