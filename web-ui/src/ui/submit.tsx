import { useEffect } from "preact/hooks";
import type { Call } from "../flow/call";
import { secondsUntil, useNow } from "../flow/clock";
import { useSay } from "../texts/texts";
import { announce } from "./announce";

/** A step's main button; below it what its call waits for. */
export function Submit({ call, label }: { readonly call: Call; readonly label: string }) {
  const say = useSay();
  return (
    <>
      {/* Not `disabled`, which would take the focus away in the middle. */}
      <button type="submit" class="main" aria-disabled={call.working}>
        {call.working ? say("working") : label}
      </button>
      <Waiting call={call} />
    </>
  );
}

/** What a call waits for, with a way to wait no longer. */
export function Waiting({ call: { wait, hurry } }: { readonly call: Call }) {
  const say = useSay();
  const now = useNow(wait?.until ?? null);
  const seconds = wait?.until ? secondsUntil(wait.until, now) : 0;
  const text = wait && say(`wait-${wait.why}`, { seconds });
  // Once, not each second.
  useEffect(() => {
    if (text) announce(text);
  }, [wait]);
  if (!wait) return null;
  return (
    <div class="notice wait">
      <p>{text}</p>
      {wait.until !== null && (
        <button type="button" class="plain" onClick={hurry}>
          {say("wait-now")}
        </button>
      )}
    </div>
  );
}
