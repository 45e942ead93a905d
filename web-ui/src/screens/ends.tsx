import { useState } from "preact/hooks";
import { useCall } from "../flow/call";
import { useRequest } from "../flow/request";
import { useServices } from "../services";
import { useSay } from "../texts/texts";
import { FailureNotice, type Refused } from "../ui/failure";
import { Step } from "../ui/step";
import { Submit } from "../ui/submit";
import type { ScreenProps } from "./screen";

/** The password is changed. */
export function DoneScreen() {
  const say = useSay();
  return (
    <Step heading={say("done-heading")}>
      <Tick />
      <p>{say("done-intro")}</p>
      <p class="quiet">{say("done-mail")}</p>
      <Back />
    </Step>
  );
}

/** The reset went on in another tab of this browser. */
export function ElsewhereScreen({ state, dispatch }: ScreenProps) {
  const say = useSay();
  if (!state.changedElsewhere) {
    return (
      <Step heading={say("elsewhere-heading")}>
        <p>{say("elsewhere-intro")}</p>
        {/* That tab may be closed by now. */}
        <button type="button" class="plain" onClick={() => dispatch({ type: "start_over" })}>
          {say("over-start")}
        </button>
      </Step>
    );
  }
  return (
    <Step heading={say("elsewhere-done-heading")} key="done">
      <Tick />
      <p>{say("elsewhere-done-intro")}</p>
    </Step>
  );
}

/** The reset cannot go on as it is: why, and the way on. */
export function OverScreen({ state, dispatch }: ScreenProps) {
  const say = useSay();
  const call = useCall();
  const request = useRequest(call);
  const [refused, setRefused] = useState<Refused | null>(null);
  const why = state.over ?? "link";
  // After a lost answer the first thing to try is to log in.
  const canAsk = state.address !== "" && why !== "maybe";

  async function submit(event: Event) {
    event.preventDefault();
    if (!canAsk) return dispatch({ type: "start_over" });
    setRefused(null);
    const answer = await request(state.address, null);
    if (!answer) return;
    if ("refused" in answer) return setRefused(answer.refused);
    dispatch(answer.opened);
  }

  return (
    <Step heading={say(`over-${why}-heading`)}>
      <p>{say(`over-${why}-intro`)}</p>
      {why === "maybe" && <Back />}
      <form onSubmit={submit}>
        <FailureNotice refused={refused} />
        <Submit call={call} label={canAsk ? say("over-new-code") : say("over-start")} />
      </form>
    </Step>
  );
}

/** The way to the application, if the settings name it. */
function Back() {
  const say = useSay();
  const { settings } = useServices();
  if (!settings.back) return null;
  return (
    <a class="main" href={settings.back}>
      {say("back", { service: settings.service })}
    </a>
  );
}

function Tick() {
  return (
    <svg class="tick" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true">
      <circle cx="24" cy="24" r="22" />
      <path d="M14 25l7 7 13-15" />
    </svg>
  );
}
