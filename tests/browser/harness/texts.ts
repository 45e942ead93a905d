// The catalogue of page and mails: tests find things by what they say, in the language at hand.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { root } from "./programs.ts";

/** Says a message of the page: `say("address-title")` is `page-address-title`. */
export type Say = (id: string, values?: Record<string, FluentVariable>) => string;

const bundles = new Map<string, FluentBundle>();

function bundle(tag: string): FluentBundle {
  const known = bundles.get(tag);
  if (known !== undefined) return known;
  const made = new FluentBundle(tag, { useIsolating: false });
  const faults = made.addResource(new FluentResource(readFileSync(resolve(root, `entity/texts/${tag}.ftl`), "utf8")));
  if (faults.length > 0) throw new Error(`${tag}.ftl: ${faults.join("; ")}`);
  bundles.set(tag, made);
  return made;
}

/** A message of the catalogue by its whole id. */
export function message(tag: string, id: string, values: Record<string, FluentVariable> = {}): string {
  const pattern = bundle(tag).getMessage(id)?.value;
  if (pattern == null) throw new Error(`${tag}.ftl does not say ${id}`);
  return bundle(tag).formatPattern(pattern, { service: "Rekey", ...values });
}

/** The page's messages in a language, for a service of this name. */
export function speak(tag: string, service: string): Say {
  return (id, values) => message(tag, `page-${id}`, { service, ...values });
}
