// A whole reset through the TypeScript client, as tests/tests/clients/dialogue.rs asks for it.
import { randomUUID } from "node:crypto";
import process from "node:process";
import { createInterface } from "node:readline";

const { createClient } = await import(process.env.CLIENT);

/** What a call must return; anything else ends the program, without a word of what was sent. */
function expected(condition, result, step) {
  if (condition) return;
  const { kind, code, status } = result.failure ?? {};
  console.error(`${step} returned`, result.ok ? "a success" : { kind, code, status });
  process.exit(1);
}

const client = createClient({ baseUrl: process.env.REKEY_URL });

const key = randomUUID();
const requested = await client.requestPasswordReset({ email: process.env.EMAIL }, { idempotencyKey: key });
expected(requested.ok, requested, "request");
const again = await client.requestPasswordReset({ email: process.env.EMAIL }, { idempotencyKey: key });
expected(again.ok && again.value.challenge_id === requested.value.challenge_id, again, "the same request again");
console.log("mailed");

const secrets = [];
for await (const line of createInterface({ input: process.stdin })) secrets.push(line);
const [wrongCode, code, weakPassword, password] = secrets;
const { challenge_id } = requested.value;

const guessed = await client.verifyCode({ challenge_id, code: wrongCode });
expected(guessed.failure?.kind === "problem", guessed, "verify with a wrong code");
console.log(guessed.failure.code);

const verified = await client.verifyCode({ challenge_id, code });
expected(verified.ok, verified, "verify");
console.log("verified");

const { reset_token } = verified.value;
const weak = await client.confirmPasswordReset({ reset_token, new_password: weakPassword });
expected(weak.failure?.code === "password_rejected", weak, "confirm with a weak password");
console.log(weak.failure.code, weak.failure.reasons.join(","));

const confirmed = await client.confirmPasswordReset({ reset_token, new_password: password });
expected(confirmed.ok, confirmed, "confirm");
console.log("changed");

const spent = await client.confirmPasswordReset({ reset_token, new_password: password });
expected(spent.failure?.kind === "problem", spent, "confirm once more");
console.log(spent.failure.code);
