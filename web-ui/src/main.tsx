import { createClient } from "@rekey/client";
import { render } from "preact";
import { useState } from "preact/hooks";
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
  async function change(wish: string) {
    const say = speak(wish, await load(wish), settings.service);
    remember(wish);
    dress(wish);
    setWords({ tag: wish, say });
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

const tag = choose([...remembered(), ...navigator.languages]);
const source = await load(tag);
dress(tag);
const page = document.getElementById("page");
if (page) {
  page.textContent = "";
  render(<Root tag={tag} source={source} />, page);
}
