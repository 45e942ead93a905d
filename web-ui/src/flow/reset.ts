import { useEffect, useRef, useState } from "preact/hooks";
import { keep, type Place, read, recall, write } from "./place";
import { type Event, next, START, type State } from "./state";

/** What tabs of one browser tell each other: of a challenge, nothing secret; and the application's statement. */
type Told = { readonly id: string; readonly done: boolean } | { readonly statement: string };

const CHANNEL = "rekey-reset";

/** Marks the entry of the history that follows that of the address. */
const SECOND = "second";

/** What leads from the address to the code. */
const FORWARD: readonly Event["type"][] = ["opened", "already_sent", "resumed"];

/** The state of the reset, bound to the URL's fragment, to the tab's storage and to other tabs. */
export function useReset(): readonly [State, (event: Event) => void] {
  const [landed] = useState(() => read(location.hash));
  const [state, setState] = useState(open);
  const current = useRef(state);
  const channel = useRef<BroadcastChannel | null>(null);
  // A way back through the history that is not at its end yet: until then the URL is that of the step before.
  const returning = useRef(false);

  function dispatch(event: Event): void {
    const before = current.current;
    const after = next(before, event);
    current.current = after;
    setState(after);
    keep(after);
    // One entry for the address and one for all that follows: going back leads to the address, and never to a step that
    // cannot be taken twice.
    const forward = before.view === "address" && FORWARD.includes(event.type);
    if (!returning.current) returning.current = show(write(after.view), forward);
    if ((event.type === "verified" || event.type === "changed") && before.challenge) {
      channel.current?.postMessage({ id: before.challenge.id, done: event.type === "changed" } satisfies Told);
    }
  }

  useEffect(() => {
    const moved = () => {
      const place = read(location.hash);
      if (returning.current) {
        returning.current = false;
        // Nobody moved: what was done meanwhile goes on from here.
        if (place.kind === "view") return void show(write(current.current.view), true);
      }
      if (place.kind === "factor") {
        others.postMessage({ statement: place.statement } satisfies Told);
        dispatch({ type: "factor_shown", statement: place.statement });
        return void show(write(current.current.view), false);
      }
      dispatch(place.kind === "link" ? linked(place) : { type: "moved", view: place.view });
    };
    addEventListener("popstate", moved);
    const others = new BroadcastChannel(CHANNEL);
    others.onmessage = ({ data }: MessageEvent<Told>) => {
      if ("statement" in data) dispatch({ type: "factor_shown", statement: data.statement });
      else if (data.id === current.current.challenge?.id) dispatch({ type: "elsewhere", done: data.done });
    };
    if (landed.kind === "factor") others.postMessage({ statement: landed.statement } satisfies Told);
    channel.current = others;
    return () => {
      removeEventListener("popstate", moved);
      others.close();
    };
  }, []);

  const unsaved = state.view === "password";
  useEffect(() => {
    if (!unsaved) return;
    // The token lives in this page alone: a reload costs the whole reset.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [unsaved]);

  return [state, dispatch];
}

/** The state with which the page begins: by its fragment, and by what a reload left. */
function open(): State {
  const place = read(location.hash);
  const state = begin(place);
  keep(state);
  show(write(state.view), false);
  return state;
}

function begin(place: Place): State {
  const kept = recall();
  const known: State = { ...START, address: kept?.address ?? "", challenge: kept?.challenge ?? null };
  if (place.kind === "link") return next(known, linked(place));
  // The reset waits in the tab that led to the application.
  if (place.kind === "factor") return { ...known, view: "elsewhere" };
  const ended = known.challenge?.expiresAt != null && known.challenge.expiresAt <= Date.now();
  const went = next(ended ? { ...known, challenge: null } : known, { type: "moved", view: place.view });
  if (place.view === "done" && kept?.view === "done") return { ...went, view: "done" };
  // The token was in the memory of the page that was left.
  const reloaded = place.view === "password" || (place.view === "code" && kept?.view === "password");
  return reloaded ? { ...START, address: known.address, reloaded } : went;
}

function linked({ id, code }: Extract<Place, { kind: "link" }>): Event {
  return { type: "link", id, code };
}

/**
 * Puts a view's fragment into the URL; over a link's, which is in the history no more after that.
 *
 * @returns whether it goes back through the history to get there, which takes a moment
 */
function show(fragment: string, forward: boolean): boolean {
  if (location.hash === fragment || (fragment === "#/" && location.hash === "")) return false;
  // The address has an entry already: a second one would make the back button lead nowhere. In a frame the entry before
  // may be that of another window.
  const back = !forward && fragment === "#/" && history.state === SECOND && parent === window;
  if (back) history.back();
  else if (forward) history.pushState(SECOND, "", fragment);
  else history.replaceState(history.state, "", fragment);
  return back;
}
