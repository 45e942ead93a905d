// Child processes that end with the test, whatever becomes of it.
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { until } from "./wait.ts";

/** What a program is told. */
export type Environment = Readonly<Record<string, string>>;

/** The tester's own settings of Rekey do not reach a program. */
function withoutOwnSettings(env: Environment): Record<string, string | undefined> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("REKEY_"));
  return { ...Object.fromEntries(inherited), ...env };
}

/** The same command under `setpriv --pdeathsig KILL`, so that a test that is killed leaves nothing behind. */
function outlivingNobody(command: readonly string[]): [string, string[]] {
  return ["setpriv", ["--pdeathsig", "KILL", "--", ...command]];
}

/** A program that can be stopped, started again, and frozen. Its output goes into a file. */
export class Process {
  readonly name: string;
  readonly log: string;
  readonly #command: readonly string[];
  readonly #env: Environment;
  readonly #folder: string;
  /** Whether it serves. */
  readonly #ready: () => Promise<boolean>;
  #child: ChildProcess | undefined;

  constructor(
    name: string,
    command: readonly string[],
    options: { env?: Environment; folder: string; log: string; ready: () => Promise<boolean> },
  ) {
    this.name = name;
    this.log = options.log;
    this.#command = command;
    this.#env = options.env ?? {};
    this.#folder = options.folder;
    this.#ready = options.ready;
  }

  get runs(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** All it wrote. */
  get output(): string {
    return existsSync(this.log) ? readFileSync(this.log, "utf8") : "";
  }

  /**
   * Starts it and waits until it serves.
   *
   * @throws if it ends before
   */
  async start(): Promise<void> {
    await this.launch();
    await until(`${this.name} is ready`, async () => {
      if (!this.runs) throw new Error(`${this.name} ended before it was ready:\n${this.output.slice(-2000)}`);
      return this.#ready();
    });
  }

  /** Starts it and does not wait. */
  async launch(): Promise<void> {
    const [program, args] = outlivingNobody(this.#command);
    const output = openSync(this.log, "a");
    // A process group of its own: Ctrl-C at the terminal reaches the test's tool alone, which then ends it in order.
    this.#child = spawn(program, args, {
      cwd: this.#folder,
      env: withoutOwnSettings(this.#env),
      detached: true,
      stdio: ["ignore", output, output],
    });
    closeSync(output);
    await new Promise<void>((done, fail) => {
      this.#child?.once("spawn", done);
      this.#child?.once("error", fail);
    });
  }

  /** Ends it in good order. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || !this.runs) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await gone;
  }

  /** Stops it in the middle of whatever it does (SIGSTOP), until `thaw`. */
  freeze(): void {
    this.#child?.kill("SIGSTOP");
  }

  /** Lets it go on. */
  thaw(): void {
    this.#child?.kill("SIGCONT");
  }
}

/** What a program said that ran to its end. */
export interface Ran {
  /** Its exit code; null if a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end with `input` on standard input. */
export function run(command: readonly string[], env: Environment, input: string): Promise<Ran> {
  const [program, args] = outlivingNobody(command);
  const child = spawn(program, args, { env: withoutOwnSettings(env), stdio: ["pipe", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (piece: Buffer) => (stdout += piece.toString()));
  child.stderr.on("data", (piece: Buffer) => (stderr += piece.toString()));
  // A program that does not read its input closes it; that is no fault.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (status) => done({ status, stdout, stderr }));
  });
}
