import { useEffect, useState } from "preact/hooks";

/** The time, each second, for as long as somebody waits for `until` (milliseconds since 1970). */
export function useNow(until: number | null): number {
  const [, tick] = useState(0);
  const now = Date.now();
  const running = until !== null && until > now;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, [running, until]);
  return now;
}

/** Whole seconds until then, never under zero. */
export function secondsUntil(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000));
}
