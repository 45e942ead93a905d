/** The page's messages of each language, a chunk each that is loaded when it is chosen. */
const CHUNKS = import.meta.glob<string>("../../../entity/texts/*.ftl", { import: "default" });

/** Everybody's language who asks for none that there is. */
const ENGLISH = "en";

/** Names of the languages in themselves, to choose from; filled in at build time. */
export const LANGUAGES: Readonly<Record<string, string>> = __LANGUAGES__;
declare const __LANGUAGES__: Record<string, string>;

/** Which way a language is written. */
export function direction(tag: string): "ltr" | "rtl" {
  return ["ar", "fa", "he", "ur"].includes(tag.split("-")[0] ?? "") ? "rtl" : "ltr";
}

/** The messages of a language as Fluent. */
export async function load(tag: string): Promise<string> {
  const chunk = CHUNKS[`../../../entity/texts/${tag}.ftl`];
  if (!chunk) throw new Error("no such language");
  return await chunk();
}

/**
 * The first wish that can be met: the same tag, else one of its parents, else another region of the same language. By the
 * rules of entity/src/locale.rs, so that the page and its first answer agree.
 */
export function choose(wishes: readonly string[], available: readonly string[] = Object.keys(LANGUAGES)): string {
  const find = (tag: string) => available.find((known) => known.toLowerCase() === tag);
  const relative = (language: string) => available.find((known) => known.toLowerCase().split("-")[0] === language);
  let later: string | undefined;
  for (const wish of wishes.map((tag) => tag.toLowerCase())) {
    for (let tag = wish; tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf("-")))) {
      const same = find(tag);
      if (same) return same;
    }
    const language = wish.split("-")[0] ?? "";
    const sibling = relative(language);
    // Traditional characters are no dialect of simplified ones, but easier to read than what nobody asked for.
    if (/^zh-(tw|hk|mo|hant)/.test(wish)) later ??= sibling;
    else if (sibling) return sibling;
  }
  return later ?? ENGLISH;
}

const REMEMBERED = "rekey-language";

/** Remembers a language that the user chose, for the next reset. */
export function remember(tag: string): void {
  try {
    localStorage.setItem(REMEMBERED, tag);
  } catch {
    // Forbidden by the user's settings: then it lasts as long as the page.
  }
}

/** The language that the user chose before, if any. */
export function remembered(): string[] {
  try {
    const tag = localStorage.getItem(REMEMBERED);
    return tag ? [tag] : [];
  } catch {
    return [];
  }
}
