import { useEffect, useRef, useState } from "preact/hooks";
import { type Call, useCall } from "../flow/call";
import { secondsUntil, useNow } from "../flow/clock";
import { plainCode } from "../flow/code";
import { useRequest } from "../flow/request";
import { canResend, TRIES } from "../flow/state";
import { useVerify } from "../flow/verify";
import { useServices } from "../services";
import { codeLength } from "../settings";
import type { MessageId } from "../texts/ids";
import { useLanguage } from "../texts/texts";
import { FailureNotice, type Refused } from "../ui/failure";
import { Field } from "../ui/field";
import { Notice } from "../ui/notice";
import { Step } from "../ui/step";
import { Submit } from "../ui/submit";
import type { ScreenProps } from "./screen";

/** Asks for the code from the mail. */
export function CodeScreen({ state, dispatch }: ScreenProps) {
  const { say, tag } = useLanguage();
  const { settings } = useServices();
  const length = codeLength(settings);
  const isDigits = settings.code !== "base32-8";
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<MessageId | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const call = useCall();
  const verify = useVerify(call);
  const { challenge } = state;
  const now = useNow(challenge?.expiresAt ?? null);

  const isOver = challenge?.expiresAt != null && challenge.expiresAt <= now;
  useEffect(() => {
    // A code that is on its way may still be taken.
    if (isOver && !call.working) dispatch({ type: "over", why: "expired" });
  }, [isOver, call.working]);

  function wrong(why: MessageId) {
    setError(why);
    input.current?.focus();
    input.current?.select();
  }

  async function submit(event: Event) {
    event.preventDefault();
    const code = plainCode(typed);
    setRefused(null);
    setError(null);
    if (!code) return wrong("code-empty");
    // A code that was cut short costs no try.
    if (code.length !== length) return wrong("code-length");
    const answer = await verify(state, code);
    if (!answer) return;
    if ("refused" in answer) return setRefused(answer.refused);
    dispatch(answer.event);
    if (answer.event.type !== "refused") return;
    if (answer.lost) wrong("over-lost-intro");
    else wrong((challenge?.refused ?? 0) + 2 === TRIES ? "code-rejected-last" : "code-rejected");
  }

  const { address, expiresAt } = challenge ?? {};
  return (
    <Step heading={say("code-heading")} focus={input}>
      {state.alreadySent && <Notice>{say("code-sent-already")}</Notice>}
      <p class="wrap">{address ? say("code-intro", { address }) : say("code-intro-link")}</p>
      <form onSubmit={submit} noValidate>
        <Field
          label={say("code-label")}
          input={input}
          value={typed}
          onValue={setTyped}
          error={error && say(error, { length, count: plainCode(typed).length })}
          readOnly={call.working}
          hint={
            <>
              <p>{isDigits ? say("code-hint-digits", { length }) : say("code-hint-base32")}</p>
              {expiresAt && <p>{say("code-until", { time: clock(tag, expiresAt) })}</p>}
            </>
          }
          class="code"
          name="code"
          autocomplete="one-time-code"
          inputMode={isDigits ? "numeric" : "text"}
          autocapitalize="characters"
          spellcheck={false}
          dir="ltr"
          required
        />
        <FailureNotice refused={refused} />
        <Submit call={call} label={say("code-button")} />
      </form>
      <Again state={state} dispatch={dispatch} call={call} lost={error === "over-lost-intro"} />
    </Step>
  );
}

/** The mail once more, another address, and what to do if there is no mail. */
function Again({ state, dispatch, call, lost }: ScreenProps & { readonly call: Call; readonly lost: boolean }) {
  const { say } = useLanguage();
  const request = useRequest(call);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [resent, setResent] = useState(false);
  const { challenge } = state;
  const resendAt = challenge?.resendAt ?? null;
  const now = useNow(resendAt);

  async function ask(again: typeof challenge) {
    setRefused(null);
    setResent(false);
    const answer = challenge?.address && (await request(challenge.address, again));
    if (!answer) return;
    if ("refused" in answer) return setRefused(answer.refused);
    dispatch(answer.opened);
    setResent(true);
  }

  return (
    <div class="again">
      {resent && <Notice>{say("code-resent")}</Notice>}
      <FailureNotice refused={refused} />
      {challenge?.address && challenge.resendAt === null && <p class="quiet">{say("code-no-more")}</p>}
      {resendAt !== null && resendAt > now && (
        <p class="quiet">{say("code-resend-in", { seconds: secondsUntil(resendAt, now) })}</p>
      )}
      {challenge && canResend(challenge, now) && (
        <button type="button" class="plain" onClick={() => ask(challenge)} aria-disabled={call.working}>
          {say("code-resend")}
        </button>
      )}
      {lost && challenge?.address && (
        <button type="button" class="plain" onClick={() => ask(null)} aria-disabled={call.working}>
          {say("over-new-code")}
        </button>
      )}
      <button type="button" class="plain" onClick={() => dispatch({ type: "moved", view: "address" })}>
        {challenge?.address ? say("code-change") : say("over-new-code")}
      </button>
      <details>
        <summary>{say("code-help")}</summary>
        <ul>
          <li>{say("code-help-wait")}</li>
          <li>{say("code-help-spam")}</li>
          {challenge?.address && <li class="wrap">{say("code-help-address", { address: challenge.address })}</li>}
          <li>{say("code-help-account")}</li>
        </ul>
      </details>
    </div>
  );
}

/** Hours and minutes, as the language writes them. */
function clock(tag: string, at: number): string {
  return new Intl.DateTimeFormat(tag, { hour: "numeric", minute: "2-digit" }).format(at);
}
