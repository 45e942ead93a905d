import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { MessageId } from "./ids";

/** Says a message of the page in the language at hand: `t("address-label")` is `page-address-label`. */
export type Say = (id: MessageId, values?: Record<string, FluentVariable>) => string;

/** Makes a `Say` of a language's messages. A message that is not there says its own id: tests look for those. */
export function speak(tag: string, source: string, service: string): Say {
  const bundle = new FluentBundle(tag, { useIsolating: false });
  bundle.addResource(new FluentResource(source));
  return (id, values = {}) => {
    const pattern = bundle.getMessage(`page-${id}`)?.value;
    // With no list for errors a message that lacks a value would throw; with one it shows the value's name.
    return pattern ? bundle.formatPattern(pattern, { service, ...values }, []) : `page-${id}`;
  };
}

/** Everything about the language at hand. */
export interface Language {
  readonly tag: string;
  readonly say: Say;
  /** Changes it; false if its texts cannot be loaded. */
  readonly choose: (tag: string) => Promise<boolean>;
}

export const LanguageContext = createContext<Language | null>(null);

/** The language at hand. */
export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error("rendered outside of a language");
  return language;
}

/** Says a message in the language at hand. */
export function useSay(): Say {
  return useLanguage().say;
}
