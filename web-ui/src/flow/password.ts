import type { Settings } from "../settings";

/** Code points of a password at most: api/src/password.rs. */
const MAX_CODE_POINTS = 256;

/** Code points as the service counts them. */
export function lengthOf(password: string, normalize: Settings["normalize"]): number {
  return [...(normalize === "nfc" ? password.normalize("NFC") : password)].length;
}

/** Why the length alone is reason to refuse it. */
export function wrongLength(password: string, settings: Settings): "empty" | "too_short" | "too_long" | null {
  const length = lengthOf(password, settings.normalize);
  if (length === 0) return "empty";
  if (length < settings.minLength) return "too_short";
  return length > MAX_CODE_POINTS ? "too_long" : null;
}
