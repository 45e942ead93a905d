import { randomBytes } from "node:crypto";

/** A password that nobody guesses. */
export function strongPassword(): string {
  return `quiet herons at low tide ${randomBytes(5).toString("hex")}`;
}

/** A code in the right form that is not this one. */
export function otherCode(code: string): string {
  const last = code.at(-1) === "0" ? "1" : "0";
  return code.slice(0, -1) + last;
}
