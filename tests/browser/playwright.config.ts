import { defineConfig } from "@playwright/test";
import { chromium, target } from "./harness/programs.ts";

export default defineConfig({
  testDir: "specs",
  outputDir: `${target}/browser`,
  fullyParallel: true,
  workers: 2,
  // A test that passes the second time has found something.
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["line"], ["./harness/counts.ts"]],
  use: {
    browserName: "chromium",
    locale: "en",
    // Traces hold the bodies of requests, and so codes and passwords. `--trace on` for a look at a failure.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chromium,
      // The sandbox needs a user other than root. The rest keeps Chromium itself from calling home.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
