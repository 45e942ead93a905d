import type { Failure, Result } from "@rekey/client";
import { expect, test } from "vitest";
import { type Patience, patiently, type Wait } from "./patiently";

const ok: Result<string> = { ok: true, value: "done" };
const failed = (failure: Failure): Result<string> => ({ ok: false, failure });
const problem = (code: "busy" | "unavailable" | "rate_limited", retryAfter: number) =>
  failed({ kind: "problem", status: 503, title: "", code, retryAfter });
const offline = failed({ kind: "offline", cause: null });

/** Answers one after the other, with a clock that jumps over each wait. */
function patience(answers: Result<string>[]) {
  const waits: Wait[] = [];
  const controller = new AbortController();
  let now = 0;
  const ways: Patience = {
    signal: controller.signal,
    onWait: (wait) => wait && waits.push(wait),
    sleep: async (until) => {
      now = until;
    },
    now: () => now,
    spread: () => 0,
  };
  const call = async () => answers.shift() ?? ok;
  return { waits, controller, ways, run: () => patiently(call, ways) };
}

test("an answer is an answer", async () => {
  const { run, waits } = patience([ok]);
  expect(await run()).toEqual({ result: ok, uncertain: false });
  expect(waits).toEqual([]);
});

test("busy is waited for as long as it says, and nothing was done meanwhile", async () => {
  const { run, waits } = patience([problem("busy", 2), problem("busy", 7)]);
  expect(await run()).toEqual({ result: ok, uncertain: false });
  expect(waits).toEqual([
    { why: "busy", until: 2000 },
    { why: "busy", until: 9000 },
  ]);
});

test("after a network that broke, or a service that fell over, it is not known what was done", async () => {
  for (const lost of [offline, problem("unavailable", 5)]) {
    const refused = failed({ kind: "problem", status: 400, title: "", code: "token_rejected" });
    expect(await patience([lost, refused]).run()).toEqual({ result: refused, uncertain: true });
  }
});

test("a network that is gone is tried less and less often", async () => {
  const { run, waits } = patience([offline, offline, offline, offline, offline]);
  await run();
  const gaps = waits.map((wait, at) => (wait.until ?? 0) - (waits[at - 1]?.until ?? 0));
  expect(gaps).toEqual([2000, 3000, 5000, 10_000, 10_000]);
});

test("a limit is the user's to wait for", async () => {
  const limited = problem("rate_limited", 60);
  expect(await patience([limited]).run()).toEqual({ result: limited, uncertain: false });
});

test("no wait is longer than a minute or shorter than a second", async () => {
  const { run, waits } = patience([problem("unavailable", 86_400), problem("busy", 0)]);
  await run();
  expect(waits.map((wait) => wait.until)).toEqual([60_000, 61_000]);
});

test("a screen that is left calls no more", async () => {
  const { controller, ways } = patience([]);
  const leaving = { ...ways, sleep: async () => controller.abort() };
  const calls: number[] = [];
  const outcome = await patiently(async () => {
    calls.push(1);
    return offline;
  }, leaving);
  expect(calls).toHaveLength(1);
  expect(outcome.result.ok).toBe(false);
});
