// The page's way to the worker that works at proofs. It is loaded when the service asks for one.
import type { ProofChallenge } from "@rekey/client";
import type { Answer } from "./proof-worker";

/** The proof, or null if there is none: it took too long, cannot be worked at here, or the signal ended it. */
export function solveProof(challenge: ProofChallenge, signal: AbortSignal): Promise<string | null> {
  if (signal.aborted || typeof Worker === "undefined") return Promise.resolve(null);
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./proof-worker.ts", import.meta.url), { type: "module" });
    const end = (proof: string | null): void => {
      signal.removeEventListener("abort", abort);
      worker.terminate();
      resolve(proof);
    };
    const abort = (): void => end(null);
    signal.addEventListener("abort", abort);
    worker.onerror = abort;
    // As ALTCHA sends it: what was asked, and what came out.
    worker.onmessage = ({ data: solution }: MessageEvent<Answer>) =>
      end(solution && btoa(JSON.stringify({ challenge, solution })));
    worker.postMessage(challenge);
  });
}
