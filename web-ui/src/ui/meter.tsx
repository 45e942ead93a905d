import { useEffect, useState } from "preact/hooks";
import { known } from "../flow/reasons";
import { useServices } from "../services";
import type { Estimate } from "../strength/client";
import { useSay } from "../texts/texts";

/** What the estimator thinks of a password, and of whom; null as long as it has not said. */
export function useEstimate(password: string, address: string | null): Estimate | null {
  const { strength } = useServices();
  const [estimate, setEstimate] = useState<Estimate | null>(null);
  useEffect(() => {
    let current = true;
    if (!password) setEstimate(null);
    else strength.estimate(password, address).then((found) => current && setEstimate(found));
    return () => {
      current = false;
    };
  }, [password, address]);
  return estimate;
}

/** How strong a password looks, and how it could be stronger. Whether it is taken, the service says. */
export function Meter({ estimate }: { readonly estimate: Estimate | null }) {
  const say = useSay();
  // A password without an estimate has no meter, but its place is kept, so that nothing jumps.
  const level = estimate ? (estimate.weak ? Math.min(estimate.score, 2) : estimate.score) : null;
  return (
    <div class="meter" data-level={level}>
      <div class="bar" aria-hidden="true">
        {[0, 1, 2, 3].map((step) => (
          <span key={step} class={level !== null && level > step ? "on" : undefined} />
        ))}
      </div>
      <p role="status">{level !== null && `${say("strength")}: ${say(`strength-${level as 0 | 1 | 2 | 3 | 4}`)}`}</p>
      <Reasons reasons={estimate?.weak ? estimate.reasons.filter((reason) => reason !== "too_guessable") : []} />
    </div>
  );
}

/** Reasons in words. */
export function Reasons({ reasons }: { readonly reasons: readonly string[] }) {
  const say = useSay();
  const { settings } = useServices();
  if (reasons.length === 0) return null;
  const texts = reasons.map((reason) => say(`reason-${known(reason)}`, { length: settings.minLength }));
  return (
    <ul class="reasons">
      {[...new Set(texts)].map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
