/**
 * The second factor, which the application asks for in a tab of its own: docs/second-factor.md.
 *
 * The page leads there with the hash of its token behind the `#`. The application leads back to the page, in the same
 * tab, with its signed statement behind the `#`, and that tab hands it to the one that waits.
 */

/** The name by which the application knows a token: it tells nobody the token. Null without a secure context. */
export async function hashOf(token: string): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token)));
  return btoa(String.fromCharCode(...digest)).replace(/[+/=]/g, (sign) => ({ "+": "-", "/": "_" })[sign] ?? "");
}

/** Where the application asks for the second factor of this reset. */
export function linkTo(url: string, hash: string): string {
  return `${url}#reset_token_hash=${hash}`;
}

/** The token that a statement is about, by its name. Whether the statement is good the service says. */
export function tokenOf(statement: string): string | null {
  try {
    const body = statement.split(".")[1] ?? "";
    const claims: unknown = JSON.parse(atob(body.replace(/-/g, "+").replace(/_/g, "/")));
    const hash = (claims as { reset_token_hash?: unknown } | null)?.reset_token_hash;
    return typeof hash === "string" ? hash : null;
  } catch {
    return null;
  }
}
