import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { FluentParser, FluentSerializer, Message, Resource, TextElement } from "@fluent/syntax";

/** The catalogue of page and mails. */
const FOLDER = join(import.meta.dirname, "../../entity/texts");

/** Messages of the page begin with this; the others are the mails'. */
export const PREFIX = "page-";

/** The tags of all languages. */
export function tags(): string[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".ftl"));
  return files.map((file) => basename(file, ".ftl")).sort();
}

/** All messages of a language. */
export function messages(tag: string): Message[] {
  const resource = new FluentParser({ withSpans: false }).parse(readFileSync(join(FOLDER, `${tag}.ftl`), "utf8"));
  return resource.body.filter((entry) => entry instanceof Message);
}

/** The language's own name. */
export function nameOf(tag: string): string {
  const name = messages(tag).find((message) => message.id.name === "language-name")?.value?.elements[0];
  if (!(name instanceof TextElement)) throw new Error(`${tag}.ftl does not say language-name`);
  return name.value;
}

/** The page's messages of a language as Fluent, without the comments. */
export function pageSource(tag: string): string {
  const own = messages(tag).filter((message) => message.id.name.startsWith(PREFIX));
  for (const message of own) message.comment = null;
  return new FluentSerializer().serialize(new Resource(own));
}
