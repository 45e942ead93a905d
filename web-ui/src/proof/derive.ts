// One attempt at a proof: PBKDF2 by the browser's own means where it has them. A page that did not come over https has
// none, and takes longer.
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { deriveKey as natively } from "altcha-lib/algorithms/web/pbkdf2";
import type { DeriveKeyFunction } from "altcha-lib/types";

export const slowly: DeriveKeyFunction = async ({ cost, keyLength }, salt, password) => ({
  derivedKey: pbkdf2(sha256, password, salt, { c: cost, dkLen: keyLength }),
});

export const deriveKey: DeriveKeyFunction = (...attempt) => (crypto.subtle ? natively : slowly)(...attempt);
