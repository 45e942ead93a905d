import { expect, test } from "vitest";
import { hashOf, linkTo, tokenOf } from "./factor";
import { next, START, type State } from "./state";

/** As RFC 7519 writes it; nobody signed it. */
const statement = (claims: unknown): string => {
  const text = btoa(JSON.stringify(claims)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  return `e30.${text}.c2ln`;
};

const HASH = "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg";
const waiting: State = {
  ...START,
  view: "password",
  token: { value: "test", expiresAt: 1, unanswered: true },
};
const asked = next(waiting, { type: "factor_asked", hash: HASH });

test("a token is named by its SHA-256", async () => {
  expect(await hashOf("test")).toBe(HASH);
  expect(linkTo("https://app.example/factor?a=1", HASH)).toBe(
    `https://app.example/factor?a=1#reset_token_hash=${HASH}`,
  );
});

test("a statement tells which token it is about", () => {
  expect(tokenOf(statement({ reset_token_hash: HASH, sub: "ÿþ" }))).toBe(HASH);
  for (const odd of ["", ".", "a.b.c", "a.!.c", statement(null), statement([]), statement({ reset_token_hash: 7 })]) {
    expect(tokenOf(odd), odd).toBeNull();
  }
});

test("what was shown for this reset is kept, and nothing else", () => {
  const shown = statement({ reset_token_hash: HASH });
  expect(next(asked, { type: "factor_shown", statement: shown }).token?.proof).toBe(shown);
  const other = statement({ reset_token_hash: "another" });
  expect(next(asked, { type: "factor_shown", statement: other })).toBe(asked);
  // Nobody asked for it.
  expect(next(waiting, { type: "factor_shown", statement: shown })).toBe(waiting);
  expect(next(START, { type: "factor_shown", statement: shown })).toBe(START);
});

test("a statement that was not enough is asked for once more", () => {
  const shown = next(asked, { type: "factor_shown", statement: statement({ reset_token_hash: HASH }) });
  expect(next(shown, { type: "factor_asked", hash: HASH })).toEqual(asked);
  expect(asked.token).toEqual({ value: "test", expiresAt: 1, unanswered: false, factor: HASH });
});

test("without a token nobody is asked", () => {
  expect(next(START, { type: "factor_asked", hash: HASH })).toBe(START);
});
