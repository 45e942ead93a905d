/**
 * The ids of the page's messages as a type (src/texts/ids.ts), so that the compiler finds a message that is missing;
 * messages that no source says are found here. `npm run ids` writes the file.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { known } from "../src/flow/reasons";
import { messages, PREFIX, tags } from "./texts";

const SOURCES = join(import.meta.dirname, "../src");
const FILE = join(SOURCES, "texts/ids.ts");

const own = (tag: string) => messages(tag).filter((message) => message.id.name.startsWith(PREFIX));
const ids = own("en").map((message) => message.id.name.slice(PREFIX.length));

test("the ids of the messages are those of the English catalogue", () => {
  const made = [
    "// Written by build/ids.test.ts from entity/texts/en.ftl: npm run ids",
    "",
    "/** The messages of the page, without their `page-`. */",
    "export type MessageId =",
    `${ids.map((id) => `  | "${id}"`).join("\n")};`,
    "",
  ].join("\n");
  if (process.env["UPDATE_IDS"]) writeFileSync(FILE, made);
  expect(readFileSync(FILE, "utf8"), "stale: npm run ids").toBe(made);
});

test("every message is said somewhere", () => {
  const said = patterns();
  expect(ids.filter((id) => !said.some((pattern) => pattern.test(id)))).toEqual([]);
});

test("every reason that has a text is one that the service gives", () => {
  const reasons = ids.filter((id) => id.startsWith("reason-")).map((id) => id.slice("reason-".length));
  expect(reasons.filter((reason) => reason !== "other" && known(reason) === "other")).toEqual([]);
});

test("every language has the same messages", () => {
  for (const tag of tags()) {
    expect(
      own(tag).map((message) => message.id.name.slice(PREFIX.length)),
      tag,
    ).toEqual(ids);
  }
});

/** What the sources say: every text, and every text with gaps, in the place of an id. */
function patterns(): RegExp[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
  const sources = files.filter((file) => !/(ids|\.test)\.tsx?$/.test(file));
  const texts = sources.flatMap((file) => said(readFileSync(join(SOURCES, file), "utf8")));
  return [...new Set(texts)].map((text) => new RegExp(`^${text.replace(/\$\{[^}]*\}/g, "[a-z0-9_-]+")}$`));
}

/** The ids that a source says: to `say`, or to a function or a setter of its own that takes one. */
function said(source: string): string[] {
  const setters = source.matchAll(/\[\w+, (\w+)\] = useState<MessageId\b/g);
  const functions = source.matchAll(/function (\w+)\(\w+: MessageId\b/g);
  const takers = ["say", ...[...setters, ...functions].map(([, name]) => name)];
  const calls = source.matchAll(new RegExp(`\\b(?:${takers.join("|")})\\(`, "g"));
  return [...calls].flatMap((call) => {
    const literals = firstArgument(source.slice(call.index + call[0].length));
    const found = [...literals.matchAll(/"([a-z0-9_-]+)"|`((?:[a-z0-9_-]|\$\{[^}`]*\})+)`/g)];
    // A text that is nothing but a gap would stand for everything.
    return found.map(([, plain, gaps]) => plain ?? gaps ?? "").filter((text) => !text.startsWith("$"));
  });
}

/** What stands before the first comma or the end of a call, outside of inner brackets. */
function firstArgument(rest: string): string {
  let depth = 0;
  for (let at = 0; at < rest.length; at++) {
    const sign = rest.charAt(at);
    if (depth === 0 && (sign === "," || sign === ")")) return rest.slice(0, at);
    depth += "([{".includes(sign) ? 1 : ")]}".includes(sign) ? -1 : 0;
  }
  return rest;
}
