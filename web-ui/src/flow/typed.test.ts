import { expect, test } from "vitest";
import { DEFAULTS } from "../settings";
import { readAddress } from "./address";
import { plainCode } from "./code";
import { suggestPassphrase } from "./passphrase";
import { lengthOf, wrongLength } from "./password";

test("an address is taken as people type it", () => {
  const reads = (typed: string) => readAddress(typed);
  expect(reads(" user@example.com ")).toEqual({ address: "user@example.com" });
  expect(reads("User+tag_x@Example.COM")).toEqual({ address: "User+tag_x@example.com" });
  expect(reads("user@bücher.example")).toEqual({ address: "user@xn--bcher-kva.example" });
  expect(reads("user＠example．com")).toEqual({ address: "user@example.com" });
});

test("what is no address is refused for what it lacks", () => {
  expect(readAddress("  ")).toEqual({ wrong: "empty" });
  expect(readAddress("jürgen@example.com")).toEqual({ wrong: "letters" });
  const long = `${"a".repeat(65)}@example.com`;
  for (const typed of [
    "user",
    "@example.com",
    "user@",
    "a b@example.com",
    "user@host",
    "user@1.2.3.4",
    "a@b@example.com",
    "user@exa mple.com",
    "user@example.com/x",
    long,
  ]) {
    expect(readAddress(typed), typed).toEqual({ wrong: "invalid" });
  }
});

test("a code is the same however it is typed or pasted", () => {
  for (const typed of [
    "7k3m-9qxt",
    " 7K3M 9QXT ",
    "7K3M–9QXT",
    "７Ｋ３Ｍ９ＱＸＴ",
    "\u20667k3m9qxt\u2069",
    "7K3M\u00ad9QXT",
  ]) {
    expect(plainCode(typed), typed).toBe("7K3M9QXT");
  }
});

test("a password is counted in code points, after NFC or as it is", () => {
  expect(lengthOf("e\u0301", "nfc")).toBe(1);
  expect(lengthOf("e\u0301", "none")).toBe(2);
  expect(lengthOf("😀😀", "nfc")).toBe(2);
  const wrong = (length: number) => wrongLength("x".repeat(length), DEFAULTS);
  expect([0, 14, 15, 256, 257].map(wrong)).toEqual(["empty", "too_short", null, null, "too_long"]);
});

test("suggestions are six words that differ each time", () => {
  const suggestions = Array.from({ length: 50 }, suggestPassphrase);
  for (const suggestion of suggestions) expect(suggestion).toMatch(/^[a-z]{3,8}( [a-z]{3,8}){5}$/);
  expect(new Set(suggestions).size).toBe(50);
});
