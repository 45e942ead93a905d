import { createClient } from "@rekey/client";
import { render } from "preact";
import { useRef, useState } from "preact/hooks";
import { Page } from "./page";
import { ServicesContext } from "./services";
import { readSettings } from "./settings";
import { createStrength } from "./strength/client";
import { choose, direction, load, remember, remembered } from "./texts/languages";
import { LanguageContext, speak } from "./texts/texts";
import { Boundary } from "./ui/boundary";

const settings = readSettings(document.getElementById("settings")?.textContent);
const services = {
  settings,
  client: createClient({ baseUrl: settings.api }),
  strength: createStrength(settings.service, settings.normalize),
};

function dress(tag: string): void {
  document.documentElement.lang = tag;
  document.documentElement.dir = direction(tag);
}

function Root({ tag, source }: { readonly tag: string; readonly source: string }) {
  const [words, setWords] = useState({ tag, say: speak(tag, source, settings.service) });
  const newest = useRef(tag);
  async function change(wish: string): Promise<boolean> {
    newest.current = wish;
    const source = await load(wish).catch(() => null);
    if (newest.current !== wish) return true;
    // The choice shows the language at hand again.
    if (source === null) {
      setWords({ ...words });
      return false;
    }
    remember(wish);
    dress(wish);
    setWords({ tag: wish, say: speak(wish, source, settings.service) });
    return true;
  }
  return (
    <LanguageContext.Provider value={{ ...words, choose: change }}>
      <ServicesContext.Provider value={services}>
        <Boundary>
          <Page />
        </Boundary>
      </ServicesContext.Provider>
    </LanguageContext.Provider>
  );
}

/** A page that cannot load a single language has but these words. */
function Broken() {
  return (
    <main class="card">
      <p role="alert">This page could not be loaded.</p>
      <button type="button" class="main" onClick={() => location.reload()}>
        Reload the page
      </button>
    </main>
  );
}

const wish = choose([...remembered(), ...navigator.languages]);
const found = await load(wish)
  .then((source) => ({ tag: wish, source }))
  .catch(() => load("en").then((source) => ({ tag: "en", source })))
  .catch(() => null);
const page = document.getElementById("page");
if (found) dress(found.tag);
if (page) {
  page.textContent = "";
  render(found ? <Root {...found} /> : <Broken />, page);
}
