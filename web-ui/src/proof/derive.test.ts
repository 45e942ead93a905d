import { expect, test } from "vitest";
import { deriveKey, slowly } from "./derive";

/** The same is asked of the service's own half: api/src/proof/tests.rs. */
const parameters = {
  algorithm: "PBKDF2/SHA-256",
  cost: 2500,
  keyLength: 32,
  keyPrefix: "00",
  nonce: "07".repeat(16),
  salt: "09".repeat(16),
};

test("browsers with and without cryptography of their own find the same", async () => {
  const password = new Uint8Array([...Array(16).fill(7), 0, 0, 0, 149]);
  for (const way of [deriveKey, slowly]) {
    const { derivedKey } = await way(parameters, new Uint8Array(16).fill(9), password);
    expect([...derivedKey.slice(0, 4)]).toEqual([0x00, 0x61, 0xaa, 0x7b]);
  }
});
