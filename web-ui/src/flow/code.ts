/** A code without what does not count: blanks and all sorts of dashes; full-width signs become plain ones. */
export function plainCode(typed: string): string {
  return typed
    .normalize("NFKC")
    .replace(/[\s\p{Pd}\p{Cf}\u2212_.]/gu, "")
    .toUpperCase();
}
