// Where things are: the built programs, and the servers' programs.
import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The repository. */
export const root = resolve(import.meta.dirname, "../../..");

/** What cargo builds into. */
export const target = resolve(root, process.env["CARGO_TARGET_DIR"] ?? "target");

/** Chromium as the system has it: no test tool downloads a browser of its own. */
export const chromium = process.env["REKEY_CHROMIUM"] ?? "/usr/bin/chromium";

/**
 * A program of this workspace: in `REKEY_BIN_DIR`, else in the debug build.
 *
 * @throws if it is not built
 */
export function own(name: string): string {
  return there(resolve(process.env["REKEY_BIN_DIR"] ?? resolve(target, "debug"), name), "cargo build --workspace");
}

/** The mail catcher of `make run`: an SMTP server that delivers nothing and shows what it got on a page. */
export function mailCatcher(): string {
  const dev = resolve(root, "deploy/dev");
  return there(resolve(dev, "node_modules/maildev/dist/bin/maildev.js"), `npm ci --prefix ${dev}`);
}

function there(path: string, remedy: string): string {
  if (!existsSync(path)) throw new Error(`${path} is not there: run \`${remedy}\` first, as \`make test\` does`);
  return path;
}
