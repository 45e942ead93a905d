import { useState } from "preact/hooks";
import { useCall } from "../flow/call";
import { useVerify } from "../flow/verify";
import { useServices } from "../services";
import { useSay } from "../texts/texts";
import { FailureNotice, type Refused } from "../ui/failure";
import { Step } from "../ui/step";
import { Submit } from "../ui/submit";
import type { ScreenProps } from "./screen";

/** Where the mail's link leads. It asks for a click: programs that look into mails open links, and must not use them up. */
export function LinkScreen({ state, dispatch }: ScreenProps) {
  const say = useSay();
  const { settings } = useServices();
  const [refused, setRefused] = useState<Refused | null>(null);
  const call = useCall();
  const verify = useVerify(call);

  async function submit(event: Event) {
    event.preventDefault();
    setRefused(null);
    const answer = await verify(state, state.linkCode ?? "");
    if (!answer) return;
    if ("refused" in answer) return setRefused(answer.refused);
    dispatch(answer.event);
  }

  return (
    <Step heading={say("link-heading")}>
      <p>{say("link-intro", { service: settings.service })}</p>
      <form onSubmit={submit}>
        <FailureNotice refused={refused} />
        <Submit call={call} label={say("link-button")} />
      </form>
      <p class="quiet">{say("link-not-you")}</p>
    </Step>
  );
}
