// Free ports on loopback.
import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Below the ports that the system gives to outgoing connections (32768 and up on Linux), so that none of these takes a
 * port between our choosing it and a server's listening on it.
 */
const FIRST = 14_000;
const LAST = 32_000;

const taken = new Set<number>();

/** A port of 127.0.0.1 on which nobody listens, and that this process chooses only once. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, LAST);
    if (!taken.has(port) && (await isFree(port))) {
      taken.add(port);
      return port;
    }
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer();
    server.once("error", () => answer(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => answer(true)));
  });
}
