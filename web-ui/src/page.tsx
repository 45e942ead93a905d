import { useEffect, useState } from "preact/hooks";
import { useReset } from "./flow/reset";
import type { View } from "./flow/state";
import { AddressScreen } from "./screens/address";
import { CodeScreen } from "./screens/code";
import { DoneScreen, ElsewhereScreen, OverScreen } from "./screens/ends";
import { LinkScreen } from "./screens/link";
import { PasswordScreen } from "./screens/password";
import type { ScreenProps } from "./screens/screen";
import { useServices } from "./services";
import { LANGUAGES } from "./texts/languages";
import { useLanguage, useSay } from "./texts/texts";
import { Announcer } from "./ui/announce";
import { Notice } from "./ui/notice";

const SCREENS: Readonly<Record<View, (props: ScreenProps) => preact.JSX.Element>> = {
  address: AddressScreen,
  code: CodeScreen,
  link: LinkScreen,
  password: PasswordScreen,
  done: DoneScreen,
  elsewhere: ElsewhereScreen,
  over: OverScreen,
};

/** The whole page: whose it is, one step of the reset, and what is always there. */
export function Page() {
  const [state, dispatch] = useReset();
  const { strength } = useServices();
  const Screen = SCREENS[state.view];
  // While the user looks for the mail there is time to load what the next step needs.
  useEffect(() => {
    if (state.view === "code" || state.view === "link") strength.warm();
  }, [state.view]);
  return (
    <>
      <Header />
      <main class="card">
        {/* Another reset is another screen, also when it looks the same. */}
        <Screen key={`${state.view} ${state.over} ${state.challenge?.id}`} state={state} dispatch={dispatch} />
      </main>
      <Footer />
      <Announcer />
    </>
  );
}

function Header() {
  const { settings } = useServices();
  const { logo, service } = settings;
  return <header class="brand">{logo ? <img src={logo} alt={service} /> : <span>{service}</span>}</header>;
}

function Footer() {
  const say = useSay();
  const { settings } = useServices();
  const { support, back } = settings;
  const isMail = support?.startsWith("mailto:");
  return (
    <footer>
      <LanguageChoice />
      {support && <a href={support}>{say(isMail ? "support" : "support-link")}</a>}
      {back && <a href={back}>{say("back")}</a>}
    </footer>
  );
}

function LanguageChoice() {
  const { tag, say, choose } = useLanguage();
  const [failed, setFailed] = useState(false);
  return (
    <label class="language">
      {failed && <Notice problem>{say("error-unavailable")}</Notice>}
      <span class="unseen">{say("language")}</span>
      <select value={tag} onChange={(event) => choose(event.currentTarget.value).then((done) => setFailed(!done))}>
        {Object.entries(LANGUAGES).map(([known, name]) => (
          <option key={known} value={known} lang={known}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
