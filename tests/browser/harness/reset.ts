// The page as a user meets it: screens by their headings, fields and buttons by their names, in the language at hand.
import { expect, type Locator, type Page } from "@playwright/test";
import { type Say, speak } from "./texts.ts";

/** The screens of a reset that goes well. */
export type Screen = "address" | "code" | "link" | "password" | "done";

/** Why a reset cannot go on. */
export type Over = "tries" | "expired" | "link" | "lost" | "token" | "maybe";

export class Reset {
  readonly page: Page;
  readonly say: Say;

  constructor(page: Page, tag = "en", service = "Rekey") {
    this.page = page;
    this.say = speak(tag, service);
  }

  /** Opens the page at its start. */
  async open(): Promise<void> {
    await this.page.goto("/");
    await this.at("address");
  }

  heading(id: string): Locator {
    return this.page.getByRole("heading", { level: 1, name: this.say(id), exact: true });
  }

  /** A button by the id of its text. */
  button(id: string): Locator {
    return this.page.getByRole("button", { name: this.say(id), exact: true });
  }

  /** What is said in the step at hand. What is announced to screen readers is said outside of it once more. */
  text(id: string, values: Record<string, string | number> = {}): Locator {
    return this.page.getByRole("main").getByText(this.say(id, values));
  }

  get address(): Locator {
    return this.page.getByLabel(this.say("address-label"), { exact: true });
  }

  get code(): Locator {
    return this.page.getByLabel(this.say("code-label"), { exact: true });
  }

  get password(): Locator {
    return this.page.getByLabel(this.say("password-label"), { exact: true });
  }

  /** What tells a screen from all others; the link's and the password's have the same heading. */
  mark(screen: Screen): Locator {
    switch (screen) {
      case "address":
        return this.address;
      case "code":
        return this.code;
      case "link":
        return this.text("link-intro");
      case "password":
        return this.password;
      case "done":
        return this.text("done-intro");
    }
  }

  /** Waits for a screen: its heading and what it has of its own. */
  async at(screen: Screen): Promise<void> {
    await expect(this.mark(screen)).toBeVisible();
    await expect(this.heading(`${screen}-heading`)).toBeVisible();
  }

  /** Waits for the screen that says why a reset cannot go on. */
  async over(why: Over): Promise<void> {
    await expect(this.heading(`over-${why}-heading`)).toBeVisible();
  }

  async ask(email: string): Promise<void> {
    await this.address.fill(email);
    await this.button("address-button").click();
  }

  async show(code: string): Promise<void> {
    await this.code.fill(code);
    await this.button("code-button").click();
  }

  async set(password: string): Promise<void> {
    await this.password.fill(password);
    await this.button("password-button").click();
  }

  /** From the start to the field for the code. */
  async toCode(email: string): Promise<void> {
    await this.open();
    await this.ask(email);
    await this.at("code");
  }

  /** What the address field, or another one, is told to be wrong, by the text that is tied to it. */
  async expectFault(field: Locator, id: string, values: Record<string, string | number> = {}): Promise<void> {
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(new RegExp(escape(this.say(id, values))));
  }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
