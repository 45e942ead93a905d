import assert from "node:assert/strict";
import { test } from "node:test";

import { createClient } from "@rekey/client";

import { plain, problem, serve } from "./server.mjs";

/** A client of a service that gives one answer; both end with the test. */
async function clientOf(t, answer, path = "") {
  const server = await serve(answer);
  t.after(server.close);
  return { client: createClient({ baseUrl: server.baseUrl + path }), seen: server.seen, baseUrl: server.baseUrl };
}

const VERIFY = { challenge_id: "AABq5nTnC1bYw4zR0pQeX2dK", code: "7K3M-Q9TX" };

test("a success carries its value", async (t) => {
  const challenge = { challenge_id: "c", expires_in: 600, resend_in: null };
  const { client, seen } = await clientOf(t, plain(202, "application/json; charset=utf-8", JSON.stringify(challenge)));
  const result = await client.requestPasswordReset({ email: "a@b" }, { idempotencyKey: "k1" });
  assert.deepEqual(result, { ok: true, value: challenge });
  assert.equal(seen[0].method, "POST");
  assert.equal(seen[0].path, "/password-reset/request");
  assert.deepEqual(seen[0].body, { email: "a@b" });
  assert.equal(seen[0].headers["idempotency-key"], "k1");
  assert.equal(seen[0].headers["content-type"], "application/json");
});

test("a success without a body has no value", async (t) => {
  const { client, seen } = await clientOf(t, (response) => response.writeHead(204).end());
  const result = await client.confirmPasswordReset({ reset_token: "t", new_password: "p" });
  assert.deepEqual(result, { ok: true, value: undefined });
  assert.equal(seen[0].headers["idempotency-key"], undefined);
});

test("a path before the calls is kept, with and without a slash at its end", async (t) => {
  for (const path of ["/reset", "/reset/", "/reset//"]) {
    const { client, seen } = await clientOf(t, problem(400, { code: "code_rejected" }), path);
    await client.verifyCode(VERIFY);
    assert.equal(seen[0].path, "/reset/password-reset/verify");
  }
});

test("without a base the calls are beside the page", async () => {
  let asked;
  const fetch = async (url) => {
    asked = url;
    return new Response(null, { status: 204 });
  };
  await createClient({ baseUrl: "", fetch }).confirmPasswordReset({ reset_token: "t", new_password: "p" });
  assert.equal(asked, "password-reset/confirm");
});

test("a problem is told by its code", async (t) => {
  const { client } = await clientOf(t, problem(400, { code: "code_rejected", detail: "a detail" }));
  const { failure } = await client.verifyCode(VERIFY);
  const told = { status: 400, requestId: "abc", title: "A title", detail: "a detail" };
  assert.deepEqual(failure, { kind: "problem", code: "code_rejected", ...told });
});

test("a refused password has its reasons, those that are texts", async (t) => {
  const reasons = ["too_guessable", "from_the_future", 7];
  const { client } = await clientOf(t, problem(422, { code: "password_rejected", reasons }));
  const { failure } = await client.confirmPasswordReset({ reset_token: "t", new_password: "p" });
  assert.deepEqual(failure.reasons, ["too_guessable", "from_the_future"]);
  const { client: bare } = await clientOf(t, problem(422, { code: "password_rejected" }));
  assert.deepEqual((await bare.confirmPasswordReset({ reset_token: "t", new_password: "p" })).failure.reasons, []);
});

test("a call that needs a proof says what to work at", async (t) => {
  const proof_challenge = { parameters: { cost: 2500 }, signature: "s" };
  const { client } = await clientOf(t, problem(403, { code: "proof_required", proof_challenge }));
  const { failure } = await client.verifyCode(VERIFY);
  assert.deepEqual([failure.kind, failure.code, failure.proofChallenge], ["problem", "proof_required", proof_challenge]);
  // A service of before there were any, or a stranger's: nothing to work at.
  for (const wrong of [undefined, null, "x"]) {
    const { client } = await clientOf(t, problem(403, { code: "proof_required", proof_challenge: wrong }));
    assert.equal((await client.verifyCode(VERIFY)).failure.kind, "unknown_problem");
  }
});

test("codes that ask to wait say how long", async (t) => {
  for (const [code, status] of [["rate_limited", 429], ["busy", 503], ["unavailable", 503]]) {
    const { client } = await clientOf(t, problem(status, { code }, { "Retry-After": "17" }));
    const { failure } = await client.verifyCode(VERIFY);
    assert.deepEqual([failure.kind, failure.code, failure.retryAfter], ["problem", code, 17]);
    // An origin that is not listed may not read the header; a page still needs a number.
    const { client: blind } = await clientOf(t, problem(status, { code }));
    assert.equal((await blind.verifyCode(VERIFY)).failure.retryAfter, 5);
  }
});

test("a date in Retry-After is turned into seconds", async (t) => {
  const wait = async (date) => {
    const { client } = await clientOf(t, plain(503, "text/html", "<p>", { "Retry-After": date }));
    return (await client.verifyCode(VERIFY)).failure.retryAfter;
  };
  const soon = await wait(new Date(Date.now() + 60_000).toUTCString());
  assert.ok(soon > 0 && soon <= 60, `${soon}`);
  assert.equal(await wait(new Date(0).toUTCString()), 0);
  assert.equal(await wait("soon"), 5);
});

test("a code of the future is told as a text", async (t) => {
  const { client } = await clientOf(t, problem(409, { code: "from_the_future" }, { "Retry-After": "3" }));
  const { failure } = await client.verifyCode(VERIFY);
  assert.deepEqual([failure.kind, failure.code, failure.retryAfter], ["unknown_problem", "from_the_future", 3]);
});

test("what is not the service's answer is unavailable", async (t) => {
  for (const [status, type, body] of [
    [502, "text/html", "<h1>Bad Gateway</h1>"],
    [200, "text/html", "<h1>Please log in</h1>"],
    [200, "application/json", "null"],
    [200, "application/json", '{"reset_token":7}'],
    [500, "application/problem+json", "{"],
    [500, "application/problem+json", "null"],
    [403, "application/problem+json", '{"title":"a proxy has problems, too"}'],
    [429, "application/json", '{"code":"rate_limited"}'],
  ]) {
    const { client } = await clientOf(t, plain(status, type, body));
    const { failure } = await client.verifyCode(VERIFY);
    assert.deepEqual(failure, { kind: "unavailable", status, retryAfter: 5 }, `${status} ${body}`);
  }
});

test("where nobody listens is offline", async () => {
  const server = await serve(() => {});
  server.close();
  const { failure } = await createClient({ baseUrl: server.baseUrl }).verifyCode(VERIFY);
  assert.equal(failure.kind, "offline");
  assert.ok(failure.cause instanceof Error);
});

test("an answer that breaks off is offline", async (t) => {
  const { client } = await clientOf(t, (response) => {
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "100" });
    response.write('{"reset_token":', () => response.destroy());
  });
  assert.equal((await client.verifyCode(VERIFY)).failure.kind, "offline");
});

test("a call can be ended by its signal", async (t) => {
  const ends = new AbortController();
  const { client, seen } = await clientOf(t, () => ends.abort());
  const { failure } = await client.verifyCode(VERIFY, { signal: ends.signal });
  assert.deepEqual(failure, { kind: "aborted" });
  assert.equal(seen.length, 1);
  assert.equal((await client.verifyCode(VERIFY, { signal: AbortSignal.abort() })).failure.kind, "aborted");
  assert.equal(seen.length, 1);
});

test("a signal whose time is up means that no answer came", async (t) => {
  const { client } = await clientOf(t, () => {});
  const { failure } = await client.verifyCode(VERIFY, { signal: AbortSignal.timeout(20) });
  assert.equal(failure.kind, "offline");
});
