import { useEffect, useRef, useState } from "preact/hooks";
import { useCall } from "../flow/call";
import { secondsUntil, useNow } from "../flow/clock";
import { plainCode } from "../flow/code";
import { useRequest } from "../flow/request";
import { canResend, TRIES } from "../flow/state";
import { useVerify } from "../flow/verify";
import { useServices } from "../services";
import { codeLength } from "../settings";
import { useLanguage } from "../texts/texts";
import { FailureNotice, type Refused } from "../ui/failure";
import { Field } from "../ui/field";
import { Notice } from "../ui/notice";
import { Step } from "../ui/step";
import { Submit, Waiting } from "../ui/submit";
import type { ScreenProps } from "./screen";

/** Asks for the code from the mail. */
export function CodeScreen({ state, dispatch }: ScreenProps) {
  const { say, tag } = useLanguage();
  const { settings } = useServices();
  const length = codeLength(settings);
  const isDigits = settings.code !== "base32-8";
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const call = useCall();
  const verify = useVerify(call);
  const { challenge } = state;
  const now = useNow(challenge?.expiresAt ?? null);

  const isOver = challenge?.expiresAt != null && challenge.expiresAt <= now;
  useEffect(() => {
    if (isOver) dispatch({ type: "over", why: "expired" });
  }, [isOver]);

  function wrong(text: string) {
    setError(text);
    input.current?.focus();
    input.current?.select();
  }

  async function submit(event: Event) {
    event.preventDefault();
    const code = plainCode(typed);
    setRefused(null);
    setError(null);
    if (!code) return wrong(say("code-empty"));
    // A code that was cut short costs no try.
    if (code.length !== length) return wrong(say("code-length", { length, count: code.length }));
    const answer = await verify(state, code);
    if (!answer) return;
    if ("refused" in answer) return setRefused(answer.refused);
    dispatch(answer.event);
    if (answer.event.type === "refused") {
      wrong(say((challenge?.refused ?? 0) + 2 === TRIES ? "code-rejected-last" : "code-rejected"));
    }
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
          error={error}
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
      <Again state={state} dispatch={dispatch} />
    </Step>
  );
}

/** The mail once more, another address, and what to do if there is no mail. */
function Again({ state, dispatch }: ScreenProps) {
  const { say } = useLanguage();
  const call = useCall();
  const request = useRequest(call);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [resent, setResent] = useState(false);
  const { challenge } = state;
  const resendAt = challenge?.resendAt ?? null;
  const now = useNow(resendAt);

  async function resend() {
    setRefused(null);
    setResent(false);
    const answer = challenge?.address && (await request(challenge.address, challenge));
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
        <button type="button" class="plain" onClick={resend} aria-disabled={call.working}>
          {call.working ? say("working") : say("code-resend")}
        </button>
      )}
      <Waiting call={call} />
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
