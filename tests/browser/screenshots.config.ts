import tests from "./playwright.config.ts";

export default { ...tests, testDir: "scripts", testMatch: "screenshots.ts", timeout: 600_000 };
