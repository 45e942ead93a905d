// What the programs are told: development mode, as `make run` has it, with limits that one busy tester does not reach.
import { randomBytes } from "node:crypto";
import type { Environment } from "./process.ts";

/** The ports of one system. */
export interface Ports {
  readonly redis: number;
  readonly smtp: number;
  readonly inbox: number;
  readonly api: number;
  readonly apiInternal: number;
  readonly workerInternal: number;
}

/** `http://127.0.0.1:…` */
export const origin = (port: number): string => `http://127.0.0.1:${port}`;

/**
 * The settings of API and worker alike.
 *
 * @param own what a test sets otherwise; an empty value takes a setting away
 */
export function settings(folder: string, ports: Ports, own: Environment): Environment {
  const all: Environment = {
    REKEY_MODE: "development",
    REKEY_SECRET: randomBytes(32).toString("base64"),
    REKEY_DATABASE_URL: `sqlite://${folder}/rekey.db?mode=rwc`,
    REKEY_REDIS_URL: `redis://127.0.0.1:${ports.redis}/0`,
    REKEY_SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    REKEY_MAIL_FROM: "Rekey <no-reply@example.com>",
    REKEY_HTTP_LISTEN: `127.0.0.1:${ports.api}`,
    REKEY_HTTP_INTERNAL_LISTEN: `127.0.0.1:${ports.apiInternal}`,
    REKEY_WORKER_INTERNAL_LISTEN: `127.0.0.1:${ports.workerInternal}`,
    REKEY_HTTP_PUBLIC_URL: origin(ports.api),
    REKEY_LIMITS_RESEND_AFTER: "2s",
    REKEY_LIMITS_ADDRESS_COOLDOWN: "0s",
    REKEY_LIMITS_ADDRESS_PER_HOUR: "1000",
    REKEY_LIMITS_ADDRESS_PER_DAY: "1000",
    REKEY_LIMITS_ADDRESS_CLIENT_PER_HOUR: "1000",
    REKEY_LIMITS_ADDRESS_CLIENT_PER_DAY: "1000",
    REKEY_LIMITS_CLIENT_REQUESTS_PER_HOUR: "100000",
    REKEY_LIMITS_CLIENT_REQUESTS_BURST: "1000",
    REKEY_LIMITS_CLIENT_VERIFIES_PER_HOUR: "100000",
    REKEY_LIMITS_CLIENT_CONFIRMS_PER_HOUR: "100000",
    REKEY_LIMITS_CLIENT_FAILED_PROOFS_PER_HOUR: "100000",
    ...own,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}
