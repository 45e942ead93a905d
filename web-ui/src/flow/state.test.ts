import { describe, expect, test } from "vitest";
import {
  type Challenge,
  canResend,
  canResume,
  type Event,
  next,
  START,
  type State,
  TRIES,
  tooLate,
  wasJustSent,
} from "./state";

const NOW = 1_000_000;
const CHALLENGE: Challenge = {
  id: "c".repeat(24),
  address: "user@example.com",
  expiresAt: NOW + 600_000,
  resendAt: NOW + 60_000,
  refused: 0,
  taken: false,
};
const TOKEN = { value: "t".repeat(51), expiresAt: NOW + 600_000, unanswered: false };

const went = (...events: Event[]): State => events.reduce(next, START);
const opened: Event = { type: "opened", challenge: CHALLENGE };
const verified: Event = { type: "verified", token: TOKEN };

describe("a reset by code", () => {
  test("goes from the address to the code, the password and the end", () => {
    expect(went(opened).view).toBe("code");
    expect(went(opened, verified).view).toBe("password");
    expect(went(opened, verified, { type: "changed" }).view).toBe("done");
  });

  test("forgets challenge and token when it is done", () => {
    const { challenge, token, linkCode } = went(opened, verified, { type: "changed" });
    expect({ challenge, token, linkCode }).toEqual({ challenge: null, token: null, linkCode: null });
  });

  test(`ends with the ${TRIES}th refused code`, () => {
    const refused = Array<Event>(TRIES).fill({ type: "refused" });
    expect(went(opened, ...refused.slice(1)).view).toBe("code");
    expect(went(opened, ...refused)).toMatchObject({ view: "over", over: "tries", address: "user@example.com" });
  });

  test("keeps its count of tries over a resend of the same challenge alone", () => {
    const again: Event = { type: "opened", challenge: { ...CHALLENGE, refused: 1 } };
    expect(went(opened, { type: "refused" }, again).challenge?.refused).toBe(1);
  });
});

describe("a reset by link", () => {
  const link: Event = { type: "link", id: CHALLENGE.id, code: "7K3M9QXT" };

  test("waits for a click, with its code in memory", () => {
    expect(went(link)).toMatchObject({ view: "link", linkCode: "7K3M9QXT", address: "" });
  });

  test("knows the address in the tab that asked for it", () => {
    expect(went(opened, link)).toMatchObject({ view: "link", address: "user@example.com" });
    expect(went(opened, { ...link, id: "x".repeat(24) }).address).toBe("");
  });

  test("forgets its code once it is verified", () => {
    expect(went(link, verified)).toMatchObject({ view: "password", linkCode: null });
  });
});

describe("back and forward", () => {
  const to = (view: State["view"]): Event => ({ type: "moved", view });

  test("lead to the address and to the code again", () => {
    expect(went(opened, to("address")).view).toBe("address");
    expect(went(opened, to("address"), to("code")).view).toBe("code");
  });

  test("lead to no step that there is nothing for", () => {
    for (const view of ["code", "password", "link", "done", "over", "elsewhere"] as const) {
      expect(went(to(view)).view, view).toBe("address");
    }
  });

  test("lead from the code to the password while the token lives", () => {
    expect(went(opened, verified, to("address"), to("code")).view).toBe("password");
  });
});

test("a code that was left for another address can still be entered while it lives", () => {
  const left = went(opened, { type: "moved", view: "address" });
  expect(canResume(left, NOW)).toBe(true);
  expect(canResume(left, NOW + 600_000)).toBe(false);
  expect(canResume(START, NOW)).toBe(false);
  expect(canResume(went(opened, verified, { type: "moved", view: "address" }), NOW)).toBe(false);
  expect(next(left, { type: "resumed" }).view).toBe("code");
});

test("a code that was taken in another tab is not entered here", () => {
  const taken: Event = { type: "elsewhere", done: false };
  const typing = went(opened, { type: "moved", view: "address" }, taken);
  for (const state of [typing, next(went(opened, taken), { type: "moved", view: "address" })]) {
    expect(canResume(state, NOW)).toBe(false);
    expect(next(state, { type: "moved", view: "code" }).view).toBe("address");
  }
});

describe("another tab", () => {
  test("ends this one, and says when the password is changed", () => {
    const gone = went(opened, { type: "elsewhere", done: false });
    expect(gone).toMatchObject({ view: "elsewhere", changedElsewhere: false, challenge: { id: CHALLENGE.id } });
    expect(next(gone, { type: "elsewhere", done: true }).changedElsewhere).toBe(true);
  });

  test("does not take the password's step away", () => {
    expect(went(opened, verified, { type: "elsewhere", done: false }).view).toBe("password");
  });
});

test("a password that was sent and not answered is remembered until it is", () => {
  const sent = went(opened, verified, { type: "confirming" });
  expect(sent.token?.unanswered).toBe(true);
  expect(next(sent, { type: "answered" }).token?.unanswered).toBe(false);
});

test("a token's time ends the reset, and nobody knows how after a password without an answer", () => {
  expect(tooLate(null, NOW)).toBeNull();
  expect(tooLate(TOKEN, TOKEN.expiresAt - 1)).toBeNull();
  expect(tooLate(TOKEN, TOKEN.expiresAt)).toBe("token");
  expect(tooLate({ ...TOKEN, unanswered: true }, TOKEN.expiresAt)).toBe("maybe");
});

test("a code that was taken is not asked for again", () => {
  for (const state of [went(opened, verified), went(opened, { type: "elsewhere", done: false })]) {
    expect(wasJustSent(state, "user@example.com", NOW)).toBe(false);
  }
});

test("another tab does not take the address away that is being typed", () => {
  const typing = went(opened, { type: "moved", view: "address" }, { type: "elsewhere", done: false });
  expect(typing.view).toBe("address");
});

test("a mail that was just sent is not asked for again", () => {
  const state = went(opened);
  expect(wasJustSent(state, "user@example.com", NOW)).toBe(true);
  expect(wasJustSent(state, "other@example.com", NOW)).toBe(false);
  expect(wasJustSent(state, "user@example.com", NOW + 60_000)).toBe(false);
  expect(wasJustSent(went(opened, { type: "refused" }), "user@example.com", NOW)).toBe(false);
});

test("a resend waits for its time, and ends with null", () => {
  expect(canResend(CHALLENGE, NOW)).toBe(false);
  expect(canResend(CHALLENGE, NOW + 60_000)).toBe(true);
  expect(canResend({ ...CHALLENGE, resendAt: null }, NOW + 60_000)).toBe(false);
  expect(canResend({ ...CHALLENGE, address: null }, NOW + 60_000)).toBe(false);
});
