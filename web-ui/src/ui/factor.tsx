import { linkTo } from "../flow/factor";
import type { Token } from "../flow/state";
import { useServices } from "../services";
import { useSay } from "../texts/texts";
import { Notice } from "./notice";

/** What is to be done about the account's second factor, once the service asked for it. */
export function Factor({ token }: { readonly token: Token | null }) {
  const say = useSay();
  const { settings } = useServices();
  if (token?.factor === undefined) return null;
  if (token.proof) return <Notice>{say("factor-done")}</Notice>;
  const { secondFactor, contact } = settings;
  if (!secondFactor || !token.factor) {
    return (
      <div class="notice problem" role="alert">
        <p>{say("factor-ask")}</p>
        {contact && <a href={contact}>{say(contact.startsWith("mailto:") ? "support" : "support-link")}</a>}
      </div>
    );
  }
  return (
    <div class="notice" role="alert">
      <p>{say("factor-needed")}</p>
      {/* This page keeps the token and the password that was typed: it must stay open. */}
      <a class="main" href={linkTo(secondFactor, token.factor)} target="_blank" rel="noopener noreferrer">
        {say("factor-button")}
      </a>
      <p>{say("factor-tab")}</p>
    </div>
  );
}
