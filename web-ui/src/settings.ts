/** What the operator chose, as the server wrote it into the page (api/src/http/page.rs). */
export interface Settings {
  /** Where the API is; "" is beside the page. */
  readonly api: string;
  /** The application's name. */
  readonly service: string;
  /** The address of its logo. */
  readonly logo: string | null;
  /** Where people get help: `mailto:…` or `https://…`. */
  readonly support: string | null;
  /** The application. */
  readonly back: string | null;
  /** Where the application asks for a second factor; null: it does not, or the page does not lead there. */
  readonly secondFactor: string | null;
  /** Whom those ask who cannot reset here: `mailto:…` or `https://…`. */
  readonly contact: string | null;
  /** How codes look. */
  readonly code: "base32-8" | "digits-8" | "digits-6";
  /** Code points of a password at least. */
  readonly minLength: number;
  /** What is done to a password before it is counted. */
  readonly normalize: "nfc" | "none";
}

/** What counts where nothing is said. */
export const DEFAULTS: Settings = {
  api: "",
  service: "Rekey",
  logo: null,
  support: null,
  back: null,
  secondFactor: null,
  contact: null,
  code: "base32-8",
  minLength: 15,
  normalize: "nfc",
};

/** Reads them from the page's data block. Without a server (`npm run dev`) the block is empty. */
export function readSettings(text: string | null | undefined): Settings {
  return { ...DEFAULTS, ...(JSON.parse(text || "{}") as Partial<Settings>) };
}

/** Characters of a code. */
export function codeLength(settings: Settings): number {
  return settings.code === "digits-6" ? 6 : 8;
}
