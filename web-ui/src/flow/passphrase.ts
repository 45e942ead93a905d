import { wordlist } from "@scure/bip39/wordlists/english.js";

/**
 * Words of a suggestion. The list has 2,048, so six are 66 bits, above the 64 below which NIST SP 800-63B-4, section
 * 3.1.2.2, wants guesses at secrets of a machine's choice to be limited. They are English in every language: they can be
 * typed on any keyboard, in a field where input methods do not work.
 */
const WORDS = 6;

/** A passphrase, made in the browser. */
export function suggestPassphrase(): string {
  // 2,048 divides 65,536, so that no word is more likely than another.
  const numbers = crypto.getRandomValues(new Uint16Array(WORDS));
  return Array.from(numbers, (number) => wordlist[number % wordlist.length]).join(" ");
}
