/**
 * Which fragment of the URL stands for which view, and what of a reset outlives a reload.
 *
 * The mail's link is `#/reset/<challenge_id>/<code>`: its code is read once and wiped from the URL and its history entry
 * at once. `#/second-factor/<statement>` is where the application leads back to: the same happens to its statement. Kept
 * for the tab (sessionStorage) is what is no secret: the challenge's id, which helps nobody without the
 * code, and the address that was typed.
 */
import type { Challenge, State, View } from "./state";

const VIEWS: readonly View[] = ["address", "code", "link", "password", "done", "elsewhere", "over"];
const KEPT = "rekey-reset";

export type Place =
  | { readonly kind: "view"; readonly view: View }
  | { readonly kind: "link"; readonly id: string; readonly code: string }
  | { readonly kind: "factor"; readonly statement: string };

/** What a fragment stands for. Anything unknown is the start. */
export function read(fragment: string): Place {
  const [step, id, code] = fragment.replace(/^#\/?/, "").split("/");
  if (step === "reset" && id && code) return { kind: "link", id, code };
  if (step === "second-factor" && id) return { kind: "factor", statement: id };
  const view = VIEWS.find((known) => known === step);
  return { kind: "view", view: view ?? "address" };
}

/** The fragment of a view. */
export function write(view: View): string {
  return view === "address" ? "#/" : `#/${view}`;
}

interface Kept {
  readonly view: View;
  readonly address: string;
  readonly challenge: Challenge | null;
}

/** The tab's storage, unless the user's settings forbid it. */
function tab(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

/** Keeps for the tab what a reload needs. */
export function keep(state: State, storage = tab()): void {
  const { view, address, challenge } = state;
  const kept: Kept = { view, address, challenge };
  try {
    storage?.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // Storage is full: then a reload starts over.
  }
}

/** What was kept. */
export function recall(storage = tab()): Kept | null {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(KEPT) ?? "null");
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== "object" || value === null) return false;
  const kept = value as Partial<Kept>;
  const challenge = kept.challenge as Partial<Challenge> | null | undefined;
  return (
    typeof kept.address === "string" &&
    VIEWS.some((known) => known === kept.view) &&
    (challenge === null || (typeof challenge?.id === "string" && typeof challenge.refused === "number"))
  );
}
