// server.mjs prepare ADDRESSES | serve PORT: the request for a reset through better-auth on node's own HTTP server. From the
// environment: BENCH_DATABASE, the URL of a PostgreSQL. `prepare` makes the tables by better-auth's own migrations and an
// account for each line of the file ADDRESSES; `serve` answers POST /api/auth/request-password-reset.
//
// As its guides advise (better-auth.com/docs: Email & Password, Optimizing for Performance, Database): the mail is not awaited,
// the columns that are looked up have indexes, and user and account come by one query. Limits are off, and nothing is logged
// but errors. Node's guide (nodejs.org: Cluster) has a process for each core.
import cluster from "node:cluster";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { availableParallelism } from "node:os";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import pg from "pg";

const [task, argument] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: process.env.BENCH_DATABASE });
const options = {
  database: pool,
  baseURL: "https://reset.example.com",
  secret: "a secret that only the benchmark has, 48 characters",
  logger: { level: "error" },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  advanced: { database: { joins: true }, backgroundTasks: { handler: () => {} } },
  emailAndPassword: {
    enabled: true,
    // Where an application would hand the mail over to whatever sends it.
    sendResetPassword: async () => {},
  },
};

async function prepare(file) {
  const { runMigrations } = await getMigrations(options);
  await runMigrations();
  const addresses = readFileSync(file, "utf8").trim().split("\n");
  const user = `INSERT INTO "user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
    SELECT 'u' || n, 'someone', address, true, now(), now() FROM unnest($1::text[]) WITH ORDINALITY AS a(address, n)`;
  await pool.query(user, [addresses]);
  const account = `INSERT INTO account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
    SELECT 'a' || id, id, 'credential', id, 'never looked at', now(), now() FROM "user"`;
  await pool.query(account);
  await pool.query("ANALYZE");
  await pool.end();
}

if (task === "prepare") {
  await prepare(argument);
} else if (cluster.isPrimary) {
  for (let core = 0; core < availableParallelism(); core += 1) cluster.fork();
  cluster.on("exit", () => process.exit(1));
} else {
  const auth = betterAuth(options);
  createServer(toNodeHandler(auth)).listen(Number(argument), "127.0.0.1");
}
