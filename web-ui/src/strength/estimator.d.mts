/** What is weighed. */
export interface Weighed {
  password: string;
  /** The account's address, if the page knows it. */
  address: string | null;
  /** The service's name, by the settings. */
  service: string;
  /** What the server does to a password first, by the settings. */
  normalize: "nfc" | "none";
}

/** The server's estimate. The page says "looks strong", never "accepted": the blocklist is the server's alone. */
export interface Estimate {
  /** From 0 to 4. */
  score: number;
  /** Whether the server will refuse it: the score is below 3. */
  weak: boolean;
  /** Why, in the server's codes, the decisive ones first. */
  reasons: string[];
}

/**
 * Makes an estimator of a compiled strength.wasm. If it throws, its memory is spoilt: make another.
 *
 * @param now milliseconds since 1970, by which dates are recent.
 */
export function estimator(module: WebAssembly.Module, now: number): Promise<(weighed: Weighed) => Estimate>;
