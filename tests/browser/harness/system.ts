// One whole Rekey: Redis, a mail catcher, the API and a worker, as a user would run them.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Inbox } from "./inbox.ts";
import { freePort } from "./port.ts";
import { type Environment, Process, type Ran, run } from "./process.ts";
import { mailCatcher, own } from "./programs.ts";
import { origin, type Ports, settings } from "./settings.ts";

/** Somebody else may take a port between our choosing it and a server's listening on it. */
const TRIES = 3;

/** An account of the application. */
export interface Account {
  readonly email: string;
  readonly password: string;
}

export class System {
  readonly redis: Process;
  readonly catcher: Process;
  readonly api: Process;
  readonly worker: Process;
  readonly inbox: Inbox;
  /** Where the page is, without a slash at the end. */
  readonly url: string;
  readonly #env: Environment;
  readonly #folder: string;
  readonly #ports: Ports;

  private constructor(folder: string, ports: Ports, overrides: Environment) {
    const env = settings(folder, ports, overrides);
    const part = (name: string, command: string[], ready: () => Promise<boolean>): Process =>
      new Process(name, command, { env, folder, log: join(folder, `${name}.log`), ready });
    this.#env = env;
    this.#folder = folder;
    this.#ports = ports;
    this.url = origin(ports.api);
    this.inbox = new Inbox(origin(ports.inbox));
    const loopback = ["--bind", "127.0.0.1", "--port", String(ports.redis), "--save", "", "--appendonly", "no"];
    this.redis = part("redis", ["redis-server", ...loopback], async () =>
      this.redis.output.includes("Ready to accept connections"),
    );
    const smtp = ["--ip", "127.0.0.1", "--smtp", String(ports.smtp)];
    const web = ["--web-ip", "127.0.0.1", "--web", String(ports.inbox)];
    this.catcher = part("catcher", ["node", mailCatcher(), ...smtp, ...web], () =>
      answers(`${this.inbox.url}/api/healthz`),
    );
    this.api = part("api", [own("rekey-api"), "serve"], () => answers(`${origin(ports.apiInternal)}/readyz`));
    this.worker = part("worker", [own("rekey-worker"), "run"], () => answers(`${origin(ports.workerInternal)}/readyz`));
  }

  /** Starts everything and waits until it is ready. */
  static async start(overrides: Environment = {}): Promise<System> {
    for (let tries = 1; ; tries++) {
      const system = new System(mkdtempSync(join(tmpdir(), "rekey-browser-")), await ports(), overrides);
      try {
        await system.#start();
        return system;
      } catch (error) {
        await system.end();
        if (tries === TRIES || !/address (already )?in use|EADDRINUSE/i.test(String(error))) throw error;
      }
    }
  }

  async #start(): Promise<void> {
    const migrated = async (): Promise<void> => {
      must(await this.run(["migrate", "up"]), "migrate up");
    };
    await Promise.all([this.redis.start(), this.catcher.start(), migrated()]);
    await Promise.all([this.api.start(), this.worker.start()]);
  }

  /** Runs `rekey-api` with the system's settings. */
  run(args: readonly string[], input = ""): Promise<Ran> {
    return run([own("rekey-api"), ...args], this.#env, input);
  }

  /**
   * An account with an address and a password that no other test has.
   *
   * @param locale its language, if the application knows it; it goes before the page's
   */
  async addAccount(locale?: string): Promise<Account> {
    const id = randomBytes(6).toString("hex");
    const account = { email: `user-${id}@example.com`, password: `the old password ${id}` };
    const language = locale === undefined ? [] : ["--locale", locale];
    must(await this.run(["account", "add", account.email, ...language], account.password), "account add");
    return account;
  }

  /** Whether this is the account's password. */
  async verifies(email: string, password: string): Promise<boolean> {
    const ran = await this.run(["account", "verify", email], password);
    if (ran.status !== 0 && ran.status !== 1) throw new Error(`account verify: ${ran.stdout}${ran.stderr}`);
    return ran.status === 0;
  }

  /** Writes the page into a folder, for another host that leads to this API. */
  async write(folder: string): Promise<void> {
    must(await this.run(["page", folder, "--api", this.url], ""), "page");
  }

  /** The names of everything of a kind in Redis. */
  async keys(kind: string): Promise<readonly string[]> {
    return (await this.redisCli("--scan", "--pattern", `*:${kind}:*`)).split("\n").filter(Boolean);
  }

  /** Says a command to Redis, and returns its answer. */
  async redisCli(...args: readonly string[]): Promise<string> {
    const ran = await run(["redis-cli", "-p", String(this.#ports.redis), ...args], {}, "");
    must(ran, "redis-cli");
    return ran.stdout.trim();
  }

  /** What each part wrote. It holds no secrets, which other tests show. */
  get logs(): readonly { readonly name: string; readonly text: string }[] {
    return this.#parts.map((part) => ({ name: `${part.name}.log`, text: part.output }));
  }

  get #parts(): readonly Process[] {
    return [this.worker, this.api, this.catcher, this.redis];
  }

  /** Ends everything. */
  async end(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.kill()));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function ports(): Promise<Ports> {
  return {
    redis: await freePort(),
    smtp: await freePort(),
    inbox: await freePort(),
    api: await freePort(),
    apiInternal: await freePort(),
    workerInternal: await freePort(),
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function must(ran: Ran, what: string): void {
  if (ran.status !== 0) throw new Error(`${what} failed: ${ran.stderr}`);
}
