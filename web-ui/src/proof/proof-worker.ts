// Works at proofs off the page's own thread: some hundred attempts, one after the other.
import type { ProofChallenge } from "@rekey/client";
import { solveChallenge } from "altcha-lib";
import type { Solution } from "altcha-lib/types";
import { deriveKey } from "./derive";

/** What the page hears: what was found, or null if nothing was. */
export type Answer = Solution | null;

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<ProofChallenge>) => void) | null;
  postMessage(answer: Answer): void;
};

scope.onmessage = ({ data: challenge }) => {
  const work = solveChallenge({ challenge, deriveKey });
  work.catch(() => null).then((solution) => scope.postMessage(solution));
};
