// Waiting for conditions, never for a time.
import { setTimeout as pause } from "node:timers/promises";

/** Long enough for a busy machine; a test that is red takes this long, a green one never. */
const PATIENCE_MS = 30_000;

/**
 * Asks again and again until the answer is something.
 *
 * @param what for the message, such as "a mail for …"
 * @throws if there is no answer in 30 s, or what `look` throws
 */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`${what}: not seen in ${PATIENCE_MS / 1000} s`);
    await pause(50);
  }
}
