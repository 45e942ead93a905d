import { useRef, useState } from "preact/hooks";
import { readAddress, type Wrong } from "../flow/address";
import { useCall } from "../flow/call";
import { useNow } from "../flow/clock";
import { useRequest } from "../flow/request";
import { canResume, wasJustSent } from "../flow/state";
import { useServices } from "../services";
import { useSay } from "../texts/texts";
import { FailureNotice, type Refused } from "../ui/failure";
import { Field } from "../ui/field";
import { Notice } from "../ui/notice";
import { Step } from "../ui/step";
import { Submit } from "../ui/submit";
import type { ScreenProps } from "./screen";

/** Asks for the address, and for the mail. */
export function AddressScreen({ state, dispatch }: ScreenProps) {
  const say = useSay();
  const { settings } = useServices();
  const [typed, setTyped] = useState(state.address);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const call = useCall();
  const request = useRequest(call);
  const now = useNow(state.challenge?.expiresAt ?? null);

  async function submit(event: Event) {
    event.preventDefault();
    const read = readAddress(typed);
    setRefused(null);
    setWrong("wrong" in read ? read.wrong : null);
    if ("wrong" in read) {
      input.current?.focus();
      return;
    }
    if (wasJustSent(state, read.address, Date.now())) return dispatch({ type: "already_sent" });
    const answer = await request(read.address, state.challenge);
    if (!answer) return;
    if ("opened" in answer) return dispatch(answer.opened);
    const { failure } = answer.refused;
    if (failure.kind === "problem" && failure.code === "invalid_request") {
      setWrong("invalid");
      input.current?.focus();
    } else {
      setRefused(answer.refused);
    }
  }

  return (
    <Step heading={say("address-heading")} focus={input}>
      {state.reloaded && <Notice>{say("address-reloaded")}</Notice>}
      <p>{say("address-intro", { service: settings.service })}</p>
      <form onSubmit={submit} noValidate>
        <Field
          label={say("address-label")}
          input={input}
          value={typed}
          onValue={setTyped}
          error={wrong && say(`address-${wrong}`)}
          type="email"
          name="email"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          dir="ltr"
          required
        />
        <FailureNotice refused={refused} />
        <Submit call={call} label={say("address-button")} />
      </form>
      {canResume(state, now) && (
        <button type="button" class="plain wrap" onClick={() => dispatch({ type: "resumed" })} disabled={call.working}>
          {say("address-resume", { address: state.challenge?.address ?? "" })}
        </button>
      )}
    </Step>
  );
}
