import type { Event, State } from "../flow/state";

/** What every screen is given. */
export interface ScreenProps {
  readonly state: State;
  readonly dispatch: (event: Event) => void;
}
