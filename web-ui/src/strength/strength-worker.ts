// Weighs passwords off the page's own thread, the newest alone. The built file's name begins as this one's does: by
// that the server knows which script may compile WebAssembly.

import { type Estimate, estimator, type Weighed } from "./estimator.mjs";

/** What the page asks. */
export interface Request extends Weighed {
  id: number;
}

/** What it hears: the estimate for an id, or null if there will be none, now or later. */
export type Answer = (Estimate & { id: number }) | null;

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(answer: Answer): void;
};

const ready = load();
// Until somebody asks, nobody is told.
ready.catch(() => undefined);
let newest: Request | null = null;

scope.onmessage = ({ data }) => {
  const isWaiting = newest !== null;
  newest = data;
  // After the messages that are here already.
  if (!isWaiting) setTimeout(answer);
};

async function answer(): Promise<void> {
  try {
    const weigh = await ready;
    if (newest === null) return;
    const { id, ...weighed } = newest;
    newest = null;
    scope.postMessage({ id, ...weigh(weighed) });
  } catch {
    scope.postMessage(null);
  }
}

async function load() {
  const response = await fetch(new URL("./strength.wasm", import.meta.url));
  if (!response.ok) throw new Error(`strength.wasm: ${response.status}`);
  // From a server that does not know the type, it is compiled when all of it is here.
  const isTyped = response.headers.get("content-type") === "application/wasm";
  const module = isTyped
    ? await WebAssembly.compileStreaming(response)
    : await WebAssembly.compile(await response.arrayBuffer());
  return estimator(module, Date.now());
}
