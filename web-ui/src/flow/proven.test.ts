import type { Failure, ProofChallenge, Result } from "@rekey/client";
import { expect, test } from "vitest";
import type { Patience, Wait } from "./patiently";
import { proven } from "./proven";

const ok: Result<string> = { ok: true, value: "done" };
const failed = (failure: Failure): Result<string> => ({ ok: false, failure });
const offline = failed({ kind: "offline", cause: null });
const ask = (signature: string) =>
  failed({
    kind: "problem",
    status: 403,
    title: "",
    code: "proof_required",
    proofChallenge: { signature } as ProofChallenge,
  });

/** Answers one after the other; a proof is the signature of what it solves. */
function service(answers: Result<string>[], solves = true) {
  const controller = new AbortController();
  const [waits, proofs]: [(Wait["why"] | null)[], (string | undefined)[]] = [[], []];
  const ways: Patience = {
    signal: controller.signal,
    onWait: (wait) => waits.push(wait ? wait.why : null),
    sleep: async () => {},
    now: () => 0,
    spread: () => 0,
  };
  const call = async (_: AbortSignal, proof?: string) => {
    proofs.push(proof);
    return answers.shift() ?? ok;
  };
  const solve = async ({ signature }: ProofChallenge) => (solves ? signature : null);
  return { controller, waits, proofs, run: () => proven(call, solve, ways) };
}

test("a call that is asked for nothing proves nothing", async () => {
  const { run, proofs, waits } = service([ok]);
  expect(await run()).toEqual({ result: ok, uncertain: false });
  expect([proofs, waits]).toEqual([[undefined], []]);
});

test("a call that is asked for a proof is made again with one", async () => {
  const { run, proofs, waits } = service([ask("a"), ok]);
  expect(await run()).toEqual({ result: ok, uncertain: false });
  expect([proofs, waits]).toEqual([
    [undefined, "a"],
    ["proof", null],
  ]);
});

test("a second refusal is the end of it", async () => {
  const { run, proofs } = service([ask("a"), ask("b")]);
  expect(await run()).toEqual({ result: ask("b"), uncertain: false });
  expect(proofs).toEqual([undefined, "a"]);
});

test("unless the proof may have been used by a call whose answer got lost", async () => {
  const { run, proofs } = service([ask("a"), offline, ask("b"), ok]);
  expect(await run()).toEqual({ result: ok, uncertain: true });
  expect(proofs).toEqual([undefined, "a", "a", "b"]);
});

test("and not for ever", async () => {
  const lost = ["a", "b", "c", "d"].flatMap((name) => [offline, ask(name)]);
  const { run, proofs } = service(lost);
  expect(await run()).toEqual({ result: ask("d"), uncertain: true });
  expect(new Set(proofs)).toEqual(new Set([undefined, "a", "b", "c"]));
});

test("what cannot be solved is refused", async () => {
  const { run } = service([ask("a")], false);
  expect(await run()).toEqual({ result: ask("a"), uncertain: false });
});

test("whoever leaves ends it", async () => {
  const { run, controller, waits } = service([ask("a"), ok]);
  controller.abort();
  expect((await run()).result).toEqual(ask("a"));
  expect(waits).toEqual([]);
});
