import type { Result } from "@rekey/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { solveProof } from "../proof/solve";
import type { Outcome, Wait } from "./patiently";
import { proven } from "./proven";

/** A call that may need a proof of work. */
export type Provable<T> = (signal: AbortSignal, proof?: string) => Promise<Result<T>>;

/** A call that a screen makes, and what it waits for. */
export interface Call {
  readonly working: boolean;
  readonly wait: Wait | null;
  /** Ends the wait. */
  readonly hurry: () => void;
  /** Makes the call; null if one is under way already, or the screen was left meanwhile. */
  readonly run: <T>(call: Provable<T>) => Promise<Outcome<T> | null>;
}

/** One call at a time, ended when the screen is left. */
export function useCall(): Call {
  const [working, setWorking] = useState(false);
  const [wait, setWait] = useState<Wait | null>(null);
  const busy = useRef(false);
  const controller = useRef<AbortController | null>(null);
  const hurry = useRef<() => void>(() => {});

  useEffect(() => () => controller.current?.abort(), []);

  function sleep(until: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        removeEventListener("online", wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, until - Date.now());
      addEventListener("online", wake);
      signal.addEventListener("abort", wake);
      hurry.current = wake;
    });
  }

  async function run<T>(call: Provable<T>): Promise<Outcome<T> | null> {
    if (busy.current) return null;
    busy.current = true;
    controller.current = new AbortController();
    const { signal } = controller.current;
    setWorking(true);
    try {
      const ways = { signal, onWait: setWait, sleep, now: Date.now, spread: Math.random };
      const outcome = await proven(call, solveProof, ways);
      return signal.aborted ? null : outcome;
    } finally {
      busy.current = false;
      if (!signal.aborted) setWorking(false);
    }
  }

  return { working, wait, hurry: () => hurry.current(), run };
}
