/**
 * Where somebody is in their reset. Everything here is pure: what happened comes in as an event, and time with it.
 *
 * The token, the link's code and the application's statement are kept here, in memory, and nowhere else.
 */
import { tokenOf } from "./factor";

/** What the page shows. */
export type View = "address" | "code" | "link" | "password" | "done" | "elsewhere" | "over";

/** Why a reset cannot go on as it is. */
export type Over = "tries" | "expired" | "link" | "lost" | "token" | "maybe";

/** A challenge that this page asked for, or that the link named. Times are milliseconds since 1970. */
export interface Challenge {
  readonly id: string;
  /** Not known when the link was opened on another device. */
  readonly address: string | null;
  /** When its code ends; not known of a link. */
  readonly expiresAt: number | null;
  /** When its mail may be sent again; null: not any more. */
  readonly resendAt: number | null;
  /** Codes that were refused. */
  readonly refused: number;
  /** Its code was taken, here or in another tab: there is nothing to send again, and nothing to enter. */
  readonly taken: boolean;
}

/** A verified reset that waits for its password. */
export interface Token {
  readonly value: string;
  readonly expiresAt: number;
  /** A password was sent with it, and it is not known what became of that. */
  readonly unanswered: boolean;
  /** The account's second factor is asked for; what stands here names this token to the application, if it can. */
  readonly factor?: string | null;
  /** The application's statement that the second factor was shown. */
  readonly proof?: string;
}

export interface State {
  readonly view: View;
  readonly address: string;
  readonly challenge: Challenge | null;
  readonly linkCode: string | null;
  readonly token: Token | null;
  readonly over: Over | null;
  /** Something was lost by a reload of the page. */
  readonly reloaded: boolean;
  /** A mail was asked for that had been sent a moment ago. */
  readonly alreadySent: boolean;
  /** The other tab, in which the reset went on, came to its end. */
  readonly changedElsewhere: boolean;
}

export type Event =
  | { readonly type: "opened"; readonly challenge: Challenge }
  | { readonly type: "already_sent" }
  | { readonly type: "resumed" }
  | { readonly type: "refused" }
  | { readonly type: "verified"; readonly token: Token }
  | { readonly type: "confirming" }
  | { readonly type: "answered" }
  | { readonly type: "factor_asked"; readonly hash: string | null }
  | { readonly type: "factor_shown"; readonly statement: string }
  | { readonly type: "changed" }
  | { readonly type: "over"; readonly why: Over }
  | { readonly type: "start_over" }
  | { readonly type: "elsewhere"; readonly done: boolean }
  | { readonly type: "link"; readonly id: string; readonly code: string }
  | { readonly type: "moved"; readonly view: View };

/** Tries that a code has, of which this page knows its own. OWASP ASVS 5.0, V6.6.3; entity/src/challenge.rs. */
export const TRIES = 5;

export const START: State = {
  view: "address",
  address: "",
  challenge: null,
  linkCode: null,
  token: null,
  over: null,
  reloaded: false,
  alreadySent: false,
  changedElsewhere: false,
};

/** What is known of a link's challenge beside its id. */
const UNKNOWN = { address: null, expiresAt: null, resendAt: null, refused: 0, taken: false };

/** The state after an event. */
export function next(state: State, event: Event): State {
  switch (event.type) {
    case "opened":
      return {
        ...START,
        view: "code",
        address: event.challenge.address ?? "",
        challenge: event.challenge,
      };
    case "already_sent":
      return { ...state, view: "code", alreadySent: true, reloaded: false };
    case "resumed":
      return moved(state, "code");
    case "refused": {
      if (!state.challenge) return state;
      const challenge = { ...state.challenge, refused: state.challenge.refused + 1 };
      if (challenge.refused >= TRIES) return end(state, "tries");
      return { ...state, challenge };
    }
    case "verified":
      return { ...state, view: "password", token: event.token, linkCode: null, over: null, challenge: spent(state) };
    case "confirming":
    case "answered":
      return state.token ? { ...state, token: { ...state.token, unanswered: event.type === "confirming" } } : state;
    case "factor_asked": {
      if (!state.token) return state;
      // Whatever was shown was not enough.
      const { proof: _, ...token } = state.token;
      return { ...state, token: { ...token, unanswered: false, factor: event.hash } };
    }
    case "factor_shown":
      // Statements of other resets are nobody's here; the service would refuse them, and count that.
      if (!state.token?.factor || tokenOf(event.statement) !== state.token.factor) return state;
      return { ...state, token: { ...state.token, proof: event.statement } };
    case "changed":
      return { ...START, view: "done", address: state.address };
    case "over":
      return end(state, event.why);
    case "start_over":
      return { ...START, address: state.address };
    case "elsewhere":
      // Whoever already chooses a password here goes on here, and so does who asks for another reset.
      if (state.token || state.view === "done" || state.view === "address")
        return { ...state, challenge: spent(state) };
      return { ...end(state, null), view: "elsewhere", challenge: spent(state), changedElsewhere: event.done };
    case "link": {
      // What is known of it, if this tab asked for it.
      const own = state.challenge?.id === event.id ? state.challenge : null;
      const challenge = own ?? { ...UNKNOWN, id: event.id };
      return { ...START, view: "link", linkCode: event.code, address: challenge.address ?? "", challenge };
    }
    case "moved":
      return moved(state, event.view);
  }
}

/** A challenge whose code was taken. Its id is what other tabs know it by. */
function spent({ challenge }: State): Challenge | null {
  return challenge && { ...challenge, resendAt: null, taken: true };
}

function end(state: State, why: Over | null): State {
  return { ...START, view: "over", over: why, address: state.address };
}

/** The browser's back and forward buttons, or a fragment typed by hand: go there if there is anything to show. */
function moved(state: State, view: View): State {
  switch (view) {
    case "password":
      return state.token ? { ...state, view } : { ...state, view: "address" };
    case "link":
      if (state.linkCode) return { ...state, view };
      return { ...state, view: hasCode(state) ? "code" : "address" };
    case "code":
      if (state.token) return { ...state, view: "password" };
      return { ...state, view: hasCode(state) ? "code" : "address" };
    case "over":
      return state.over ? { ...state, view } : { ...state, view: "address" };
    case "done":
    case "elsewhere":
      return state.view === view ? state : { ...state, view: "address" };
    case "address":
      return { ...state, view };
  }
}

/** Whether there is a code to enter. */
function hasCode({ challenge }: State): boolean {
  return challenge !== null && !challenge.taken;
}

/** Whether a new mail to this address can wait: its challenge lives, and is too young for a resend. */
export function wasJustSent(state: State, address: string, now: number): boolean {
  const challenge = state.challenge;
  if (!challenge || challenge.address !== address || challenge.refused > 0) return false;
  const lives = challenge.expiresAt !== null && challenge.expiresAt > now;
  return lives && challenge.resendAt !== null && challenge.resendAt > now;
}

/** Whether the code of a challenge that was left can still be entered: it was asked for here, and it lives. */
export function canResume(state: State, now: number): boolean {
  const { challenge, token } = state;
  if (!challenge || challenge.taken || token) return false;
  return challenge.address !== null && challenge.expiresAt !== null && challenge.expiresAt > now;
}

/** How a reset ends whose password was not set in time; null as long as there is time. */
export function tooLate(token: Token | null, now: number): Over | null {
  if (!token || token.expiresAt > now) return null;
  return token.unanswered ? "maybe" : "token";
}

/** Whether a resend of this challenge may be asked for at this time. */
export function canResend(challenge: Challenge, now: number): boolean {
  return challenge.address !== null && challenge.resendAt !== null && challenge.resendAt <= now;
}
