import { expect, test } from "vitest";
import { keep, read, recall, write } from "./place";
import { START, type State } from "./state";

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    clear: () => kept.clear(),
    key: () => null,
    length: 0,
  };
}

test("the mail's link has the challenge and the code", () => {
  expect(read("#/reset/AABB/7K3M9QXT")).toEqual({ kind: "link", id: "AABB", code: "7K3M9QXT" });
});

test("the application leads back with its statement", () => {
  expect(read("#/second-factor/e30.e30.c2ln")).toEqual({ kind: "factor", statement: "e30.e30.c2ln" });
  expect(read("#/second-factor/")).toEqual({ kind: "view", view: "address" });
});

test("every view has its fragment, and what is no view is the start", () => {
  for (const view of ["address", "code", "link", "password", "done", "elsewhere", "over"] as const) {
    expect(read(write(view))).toEqual({ kind: "view", view });
  }
  for (const fragment of ["", "#", "#/", "#/nowhere", "#/reset", "#/reset/AABB", "#/__proto__"]) {
    expect(read(fragment), fragment).toEqual({ kind: "view", view: "address" });
  }
});

test("a reload finds address and challenge, and neither code nor token", () => {
  const tab = storage();
  const secret: State = {
    ...START,
    view: "password",
    address: "user@example.com",
    linkCode: "7K3M9QXT",
    token: { value: "tokentoken", expiresAt: 1, unanswered: false },
  };
  keep(secret, tab);
  expect(recall(tab)).toEqual({ view: "password", address: "user@example.com", challenge: null });
  expect(tab.getItem("rekey-reset")).not.toMatch(/7K3M9QXT|tokentoken/);
});

test("what is kept and is none of ours is nothing", () => {
  for (const text of [
    "",
    "{",
    "null",
    "7",
    "{}",
    '{"address":1,"view":"code"}',
    '{"address":"a","view":"code","challenge":{}}',
  ]) {
    const tab = storage();
    tab.setItem("rekey-reset", text);
    expect(recall(tab), text).toBeNull();
  }
});
