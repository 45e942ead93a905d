// Every screen of the page in every state that looks different: for axe, for narrow windows, and for screenshots.
import { expect } from "@playwright/test";
import { Fake } from "./fake.ts";
import type { Guard } from "./guard.ts";
import type { Reset } from "./reset.ts";

/** Long enough to be a problem in a narrow window. */
export const ADDRESS = "maximiliane.mustermann-schmidt@example.com";
const LINK = "/#/reset/0-AAAAAAAAAAAAAAAAAAAAAA/ABCD-EFGH";
const PASSPHRASE = "seven quiet herons at low tide";

export interface State {
  readonly name: string;
  /** Statuses of answers and names of failures that Chromium writes to the console on the way. */
  readonly noise?: readonly (number | string)[];
  /** From nothing to the state. */
  readonly reach: (reset: Reset, fake: Fake) => Promise<void>;
}

async function toCode(reset: Reset): Promise<void> {
  await reset.toCode(ADDRESS);
}

async function toPassword(reset: Reset): Promise<void> {
  await toCode(reset);
  await reset.show("ABCD-EFGH");
  await reset.at("password");
}

async function refusals(reset: Reset, fake: Fake, count: number): Promise<void> {
  await toCode(reset);
  fake.refuses("verify", 400, "code_rejected");
  for (let refused = 1; refused <= count; refused++) {
    await reset.code.fill("");
    await reset.show("ABCD-EFGH");
    if (refused < 5) await expect(reset.code).toHaveAttribute("aria-invalid", "true");
  }
}

export const STATES: readonly State[] = [
  { name: "address", reach: (reset) => reset.open() },
  {
    name: "address-empty",
    reach: async (reset) => {
      await reset.open();
      await reset.button("address-button").click();
      await reset.expectFault(reset.address, "address-empty");
    },
  },
  {
    name: "address-letters",
    reach: async (reset) => {
      await reset.open();
      await reset.ask("mïke@example.com");
      await reset.expectFault(reset.address, "address-letters");
    },
  },
  {
    name: "address-resume",
    reach: async (reset) => {
      await toCode(reset);
      await reset.button("code-change").click();
      await reset.at("address");
    },
  },
  {
    name: "address-limited",
    noise: [429],
    reach: async (reset, fake) => {
      fake.refuses("request", 429, "rate_limited", { wait: 1500 });
      await reset.open();
      await reset.ask(ADDRESS);
      await expect(reset.text("error-rate_limited", { minutes: 25 })).toBeVisible();
    },
  },
  {
    name: "address-working",
    reach: async (reset, fake) => {
      fake.hangs("request");
      await reset.open();
      await reset.ask(ADDRESS);
      await expect(reset.button("working")).toBeVisible();
    },
  },
  {
    name: "address-unavailable",
    noise: [503],
    reach: async (reset, fake) => {
      fake.refuses("request", 503, "unavailable", { wait: 30 });
      await reset.open();
      await reset.ask(ADDRESS);
      await expect(reset.button("wait-now")).toBeVisible();
    },
  },
  {
    name: "address-proof",
    noise: [403],
    reach: async (reset, fake) => {
      fake.asks("request");
      await reset.open();
      await reset.ask(ADDRESS);
      await expect(reset.text("wait-proof")).toBeVisible();
    },
  },
  {
    name: "address-proof-refused",
    noise: [403],
    reach: async (reset, fake) => {
      fake.asks("request", true);
      await reset.open();
      await reset.ask(ADDRESS);
      await expect(reset.text("error-proof_required")).toBeVisible();
    },
  },
  {
    name: "address-offline",
    noise: ["ERR_CONNECTION_RESET"],
    reach: async (reset, fake) => {
      fake.loses("request");
      await reset.open();
      await reset.page.clock.install();
      await reset.ask(ADDRESS);
      await expect(reset.text("wait-offline")).toBeVisible();
    },
  },
  {
    name: "address-reloaded",
    reach: async (reset) => {
      await toPassword(reset);
      reset.page.once("dialog", (dialog) => void dialog.accept());
      await reset.page.reload();
      await expect(reset.text("address-reloaded")).toBeVisible();
    },
  },
  { name: "code", reach: toCode },
  {
    name: "code-wrong",
    noise: [400],
    reach: async (reset, fake) => refusals(reset, fake, 1),
  },
  {
    name: "code-wrong-last",
    noise: [400],
    reach: async (reset, fake) => refusals(reset, fake, 4),
  },
  {
    name: "code-help",
    reach: async (reset) => {
      await toCode(reset);
      await reset.text("code-help").click();
      await expect(reset.text("code-help-spam")).toBeVisible();
    },
  },
  {
    name: "code-resent",
    reach: async (reset, fake) => {
      const body = { challenge_id: "0-AAAAAAAAAAAAAAAAAAAAAA", expires_in: 600, resend_in: 0 };
      fake.answers("request", body);
      await toCode(reset);
      fake.answers("request", { ...body, resend_in: null });
      await reset.button("code-resend").click();
      await expect(reset.text("code-no-more")).toBeVisible();
    },
  },
  {
    name: "code-sent-already",
    reach: async (reset) => {
      await toCode(reset);
      await reset.button("code-change").click();
      await reset.at("address");
      await reset.button("address-button").click();
      await expect(reset.text("code-sent-already")).toBeVisible();
    },
  },
  {
    name: "link",
    reach: async (reset) => {
      await reset.page.goto(LINK);
      await reset.at("link");
    },
  },
  {
    name: "link-reloaded",
    reach: async (reset) => {
      await reset.page.goto(LINK);
      await reset.at("link");
      await reset.page.reload();
      await expect(reset.text("code-intro-link")).toBeVisible();
    },
  },
  { name: "password", reach: toPassword },
  {
    name: "password-weak",
    reach: async (reset) => {
      await toPassword(reset);
      await reset.password.fill("abcdefghijklmnop");
      await expect(reset.text("reason-warning_sequence")).toBeVisible();
    },
  },
  {
    name: "password-strong",
    reach: async (reset) => {
      await toPassword(reset);
      await reset.password.fill(PASSPHRASE);
      await reset.button("password-show").click();
      await expect(reset.text("strength-4")).toBeVisible();
    },
  },
  {
    name: "password-refused",
    noise: [422],
    reach: async (reset, fake) => {
      fake.refuses("confirm", 422, "password_rejected", {
        reasons: ["contains_context", "blocklisted", "warning_repeated_pattern", "add_another_word"],
      });
      await toPassword(reset);
      await reset.set(PASSPHRASE);
      await expect(reset.text("reason-blocklisted")).toBeVisible();
    },
  },
  {
    name: "password-factor-ask",
    noise: [403],
    reach: async (reset, fake) => {
      fake.refuses("confirm", 403, "second_factor_required");
      await toPassword(reset);
      await reset.set(PASSPHRASE);
      await expect(reset.text("factor-ask")).toBeVisible();
    },
  },
  {
    name: "password-busy",
    noise: [503],
    reach: async (reset, fake) => {
      fake.refuses("confirm", 503, "busy", { wait: 30 });
      await toPassword(reset);
      await reset.set(PASSPHRASE);
      await expect(reset.button("wait-now")).toBeVisible();
    },
  },
  {
    name: "done",
    reach: async (reset) => {
      await toPassword(reset);
      await reset.set(PASSPHRASE);
      await reset.at("done");
    },
  },
  {
    name: "elsewhere",
    reach: async (reset) => {
      await toCode(reset);
      await elsewhere(reset, false);
      await expect(reset.heading("elsewhere-heading")).toBeVisible();
    },
  },
  {
    name: "elsewhere-done",
    reach: async (reset) => {
      await toCode(reset);
      await elsewhere(reset, true);
      await expect(reset.heading("elsewhere-done-heading")).toBeVisible();
    },
  },
  {
    name: "over-tries",
    noise: [400],
    reach: async (reset, fake) => {
      await refusals(reset, fake, 5);
      await reset.over("tries");
    },
  },
  {
    name: "over-expired",
    reach: async (reset) => {
      await reset.page.clock.install();
      await toCode(reset);
      await reset.page.clock.fastForward("10:05");
      await reset.over("expired");
    },
  },
  {
    name: "over-link",
    noise: [400],
    reach: async (reset, fake) => {
      fake.refuses("verify", 400, "code_rejected");
      await reset.page.goto(LINK);
      await reset.button("link-button").click();
      await reset.over("link");
    },
  },
  {
    name: "over-lost",
    noise: ["ERR_CONNECTION_RESET", 400],
    reach: async (reset, fake) => {
      fake.loses("verify");
      await reset.page.goto(LINK);
      await reset.button("link-button").click();
      await expect(reset.text("wait-offline")).toBeVisible();
      fake.refuses("verify", 400, "code_rejected");
      await reset.button("wait-now").click();
      await reset.over("lost");
    },
  },
  {
    name: "code-lost",
    noise: ["ERR_CONNECTION_RESET", 400],
    reach: async (reset, fake) => {
      await toCode(reset);
      fake.loses("verify");
      await reset.show("ABCD-EFGH");
      await expect(reset.text("wait-offline")).toBeVisible();
      fake.refuses("verify", 400, "code_rejected");
      await reset.button("wait-now").click();
      await expect(reset.text("over-lost-intro")).toBeVisible();
    },
  },
  {
    name: "over-token",
    noise: [400],
    reach: async (reset, fake) => {
      await toPassword(reset);
      fake.refuses("confirm", 400, "token_rejected");
      await reset.set(PASSPHRASE);
      await reset.over("token");
    },
  },
  {
    name: "over-maybe",
    noise: ["ERR_CONNECTION_RESET", 400],
    reach: async (reset, fake) => {
      await toPassword(reset);
      fake.loses("confirm");
      await reset.set(PASSPHRASE);
      await expect(reset.text("wait-offline")).toBeVisible();
      fake.refuses("confirm", 400, "token_rejected");
      await reset.button("wait-now").click();
      await reset.over("maybe");
    },
  },
];

/** What another tab says that went on with the same challenge. */
async function elsewhere(reset: Reset, done: boolean): Promise<void> {
  const other = await reset.page.context().newPage();
  await other.goto("/openapi.json");
  await other.evaluate((told) => {
    const channel = new BroadcastChannel("rekey-reset");
    channel.postMessage(told);
  }, { id: "0-AAAAAAAAAAAAAAAAAAAAAA", done });
  await expect(reset.page.getByRole("heading", { level: 1 })).not.toHaveText(reset.say("code-heading"));
  await other.close();
}

/** Brings a page into a state, with a service that is made up. */
export async function reach(state: State, reset: Reset, guard: Guard): Promise<void> {
  for (const noise of state.noise ?? []) {
    if (typeof noise === "number") guard.expectStatus(noise);
    else guard.expectFailure(noise);
  }
  const fake = await Fake.at(reset.page);
  await state.reach(reset, fake);
}
