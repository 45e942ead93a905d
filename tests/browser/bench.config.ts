import { target } from "./harness/programs.ts";
import tests from "./playwright.config.ts";

// What is measured is what people run.
process.env["REKEY_BIN_DIR"] ??= `${target}/release`;

export default {
  ...tests,
  testDir: "scripts",
  testMatch: "bench.ts",
  workers: 1,
  timeout: 300_000,
  reporter: "./harness/plain.ts",
};
