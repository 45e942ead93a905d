/** Why an address cannot be sent as it was typed. */
export type Wrong = "empty" | "invalid" | "letters";

/**
 * The address as the service takes it: ASCII, an international domain as A-labels. Whether anybody has it is not known.
 * Limits of RFC 5321: 64 octets before the @, 254 in all.
 */
export function readAddress(typed: string): { readonly address: string } | { readonly wrong: Wrong } {
  // Full-width signs come out of keyboards for East Asian languages.
  const text = typed
    .trim()
    .replace(/＠/g, "@")
    .replace(/[．。]/g, ".");
  if (!text) return { wrong: "empty" };
  const at = text.lastIndexOf("@");
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || !domain || /[\s@]/.test(local)) return { wrong: "invalid" };
  if (!/^[\x21-\x7e]+$/.test(local)) return { wrong: "letters" };
  const labels = aLabels(domain);
  const address = `${local}@${labels}`;
  if (!labels || local.length > 64 || address.length > 254) return { wrong: "invalid" };
  return { address };
}

/** A domain in ASCII, by the browser's own rules for hosts. Null: it is none. */
function aLabels(domain: string): string | null {
  if (/[/?#:\\\s[\]]/.test(domain)) return null;
  try {
    const host = new URL(`https://${domain}`).hostname;
    // `localhost` and numbers are hosts, but nobody's mail goes there.
    return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host) && !/^[\d.]+$/.test(host) ? host : null;
  } catch {
    return null;
  }
}
