import { useEffect, useRef, useState } from "preact/hooks";
import { useCall } from "../flow/call";
import { useNow } from "../flow/clock";
import { hashOf } from "../flow/factor";
import { lengthOf, wrongLength } from "../flow/password";
import { tooLate } from "../flow/state";
import { useServices } from "../services";
import type { MessageId } from "../texts/ids";
import { useLanguage, useSay } from "../texts/texts";
import { announce } from "../ui/announce";
import { Factor } from "../ui/factor";
import { FailureNotice, type Refused } from "../ui/failure";
import { Field } from "../ui/field";
import { Meter, Reasons, useEstimate } from "../ui/meter";
import { Step } from "../ui/step";
import { Submit } from "../ui/submit";
import type { ScreenProps } from "./screen";

/** Asks for the new password. */
export function PasswordScreen({ state, dispatch }: ScreenProps) {
  const { say, tag: language } = useLanguage();
  const { settings, client } = useServices();
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [suggested, setSuggested] = useState("");
  const [error, setError] = useState<MessageId | null>(null);
  const [reasons, setReasons] = useState<readonly string[]>([]);
  const [refused, setRefused] = useState<Refused | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const call = useCall();
  const estimate = useEstimate(password, state.address || null);

  const { token } = state;
  const over = tooLate(token, useNow(token?.expiresAt ?? null));
  useEffect(() => {
    // A password that is on its way may still be taken.
    if (over && !call.working) dispatch({ type: "over", why: over });
  }, [over, call.working]);

  function change(value: string) {
    setPassword(value);
    setError(null);
    setReasons([]);
  }

  function wrong(problem: MessageId, why: readonly string[] = []) {
    setError(problem);
    setReasons(why);
    input.current?.focus();
  }

  async function submit(event: Event) {
    event.preventDefault();
    setRefused(null);
    const length = wrongLength(password, settings);
    if (length === "empty") return wrong("password-empty");
    if (length) return wrong(`reason-${length}`);
    if (!token) return dispatch({ type: "over", why: "token" });
    const { value: reset_token, proof } = token;
    const body = { reset_token, new_password: password, ...(proof && { second_factor_proof: proof }) };
    dispatch({ type: "confirming" });
    const outcome = await call.run((signal) => client.confirmPasswordReset(body, { signal, language }));
    if (!outcome) return;
    const { result } = outcome;
    const uncertain = outcome.uncertain || token.unanswered;
    if (result.ok) return dispatch({ type: "changed" });
    const { failure } = result;
    if (failure.kind === "problem" && failure.code === "token_rejected") {
      return dispatch({ type: "over", why: uncertain ? "maybe" : "token" });
    }
    if (failure.kind === "problem" && failure.code === "password_rejected") {
      dispatch({ type: "answered" });
      return wrong("password-rejected", failure.reasons);
    }
    if (failure.kind === "problem" && failure.code === "second_factor_required") {
      return dispatch({ type: "factor_asked", hash: await hashOf(reset_token) });
    }
    // A limit says what became of this call, and nothing of those before it.
    if (failure.kind === "problem" && !uncertain) dispatch({ type: "answered" });
    setRefused({ failure, at: Date.now() });
  }

  async function suggest() {
    if (call.working) return;
    const loaded = await import("../flow/passphrase").catch((cause: unknown) => ({ cause }));
    if ("cause" in loaded) return setRefused({ failure: { kind: "offline", cause: loaded.cause }, at: Date.now() });
    const passphrase = loaded.suggestPassphrase();
    change(passphrase);
    setSuggested(passphrase);
    setShown(true);
    announce(say("password-suggested"));
    input.current?.focus();
  }

  const missing = settings.minLength - lengthOf(password, settings.normalize);
  return (
    <Step heading={say("password-heading")} focus={input}>
      <p>{say("password-intro")}</p>
      <form onSubmit={submit} noValidate>
        {state.address && <Account address={state.address} />}
        <Field
          label={say("password-label")}
          input={input}
          value={password}
          onValue={change}
          error={error && say(error, { length: settings.minLength })}
          readOnly={call.working}
          hint={
            <>
              <Reasons reasons={reasons} />
              <p>
                {password && missing > 0
                  ? say("password-more", { count: missing })
                  : say("password-length", { length: settings.minLength })}
              </p>
            </>
          }
          beside={
            <button type="button" class="beside" onClick={() => setShown(!shown)}>
              {say(shown ? "password-hide" : "password-show")}
            </button>
          }
          type={shown ? "text" : "password"}
          name="new-password"
          autocomplete="new-password"
          autocapitalize="none"
          spellcheck={false}
          dir="ltr"
          required
        />
        {/* What the service refused does not look strong, whatever the estimator thinks. */}
        <Meter estimate={error === "password-rejected" ? null : estimate} />
        {/* Longer than the field: here all of it can be read. */}
        {shown && suggested && suggested === password && (
          <span class="suggestion" dir="ltr" translate={false}>
            {suggested}
          </span>
        )}
        <button type="button" class="plain" onClick={suggest} aria-disabled={call.working}>
          {say("password-suggest")}
        </button>
        <FailureNotice refused={refused} />
        <Factor token={token} />
        <Submit call={call} label={say("password-button")} />
      </form>
    </Step>
  );
}

/** Whose password it is: for the user, and for the browser's store of passwords. */
function Account({ address }: { readonly address: string }) {
  const say = useSay();
  return (
    <label class="account">
      {say("password-account")}
      <input type="email" name="username" autocomplete="username" value={address} readOnly dir="ltr" />
    </label>
  );
}
