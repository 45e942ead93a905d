import { expect, test } from "vitest";
import { messages, pageSource, tags } from "../../build/texts.ts";
import type { MessageId } from "./ids";
import { choose, direction } from "./languages";
import { speak } from "./texts";

const VALUES = {
  address: "user@example.com",
  time: "14:35",
  length: 15,
  minLength: 15,
  seconds: 2,
  minutes: 5,
  count: 1,
};

test("every message of every language speaks without a gap", () => {
  for (const tag of tags()) {
    const say = speak(tag, pageSource(tag), "Acme");
    for (const { id } of messages(tag)) {
      if (!id.name.startsWith("page-")) continue;
      const text = say(id.name.slice("page-".length) as MessageId, VALUES);
      expect(text, `${tag} ${id.name}`).not.toMatch(/\{|\}|page-|\?\?\?/);
      expect(text.trim(), `${tag} ${id.name}`).not.toBe("");
    }
  }
});

test("numbers choose their form", () => {
  const say = (tag: string, seconds: number) => speak(tag, pageSource(tag), "Acme")("code-resend-in", { seconds });
  expect(say("en", 1)).toContain("one second");
  expect(say("en", 59)).toContain("59 seconds");
  expect(new Set([1, 2, 5].map((seconds) => say("ru", seconds).replace(/\d+/, "#"))).size).toBe(3);
});

test("a wish is met by the same language, then by a relative", () => {
  const available = ["de", "en", "pt-BR", "zh-CN"];
  const chosen = (...wishes: string[]) => choose(wishes, available);
  expect(chosen("de-AT")).toBe("de");
  expect(chosen("PT-br")).toBe("pt-BR");
  expect(chosen("pt-PT", "de")).toBe("pt-BR");
  expect(chosen("nl", "de")).toBe("de");
  expect(chosen("zh")).toBe("zh-CN");
  expect(chosen("zh-TW")).toBe("zh-CN");
  expect(chosen("zh-TW", "en")).toBe("en");
  expect(chosen()).toBe("en");
  expect(chosen("x", "")).toBe("en");
});

test("Arabic runs from right to left", () => {
  expect(tags().filter((tag) => direction(tag) === "rtl")).toEqual(["ar"]);
});
