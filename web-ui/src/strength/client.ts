// The page's way to the estimator, which is loaded with the first password that is weighed. It is an extra: where it
// cannot be had, there is no estimate, and the server decides as ever.

import type { Estimate } from "./estimator.mjs";
import type { Answer, Request } from "./strength-worker";

export type { Estimate };

export interface Strength {
  /** The server's estimate, or null if there is none: overtaken by a newer password, not to be loaded, or too late. */
  estimate(password: string, address?: string | null): Promise<Estimate | null>;
  /** Loads the estimator, for the time when it is needed. */
  warm(): void;
  /** Ends the worker, and with it what it remembers. Later estimates are null. */
  dispose(): void;
}

/** For loading and weighing. The worst passwords take 0.6 s on a desk's computer. */
const PATIENCE_MS = 3000;
/** A worker that fails is started once more, and after that only when some time has gone by: the network may be back. */
const FAILURES = 2;
const REST_MS = 10_000;

export function createStrength(service: string, normalize: "nfc" | "none" = "nfc"): Strength {
  let worker: Worker | null = null;
  let failures = 0;
  let restsUntil = 0;
  let lastId = 0;
  let asked: { request: Request; answer(estimate: Estimate | null): void } | null = null;

  function answer(estimate: Estimate | null): void {
    asked?.answer(estimate);
    asked = null;
  }

  function ask(): void {
    if (asked === null) return;
    worker ??= start();
    if (worker === null) answer(null);
    else worker.postMessage(asked.request);
  }

  function start(): Worker | null {
    if (performance.now() < restsUntil || typeof Worker === "undefined") return null;
    let started: Worker;
    try {
      started = new Worker(new URL("./strength-worker.ts", import.meta.url), { type: "module" });
    } catch {
      return null;
    }
    const failed = (): void => {
      if (worker !== started) return;
      stop();
      failures += 1;
      if (failures >= FAILURES) {
        failures = 0;
        restsUntil = performance.now() + REST_MS;
      }
      ask();
    };
    started.onerror = failed;
    started.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data === null) return failed();
      failures = 0;
      const { id, ...estimate } = data;
      if (id === asked?.request.id) answer(estimate);
    };
    return started;
  }

  function stop(): void {
    worker?.terminate();
    worker = null;
  }

  return {
    estimate(password, address = null) {
      answer(null);
      return new Promise((resolve) => {
        const request: Request = { id: ++lastId, password, address, service, normalize };
        const timer = setTimeout(() => {
          if (asked?.request === request) answer(null);
        }, PATIENCE_MS);
        asked = {
          request,
          answer(estimate) {
            clearTimeout(timer);
            resolve(estimate);
          },
        };
        ask();
      });
    },
    warm() {
      worker ??= start();
    },
    dispose() {
      restsUntil = Infinity;
      stop();
      answer(null);
    },
  };
}
