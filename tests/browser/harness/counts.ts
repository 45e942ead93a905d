// The last line of a run: how many tests came out how.
import type { FullResult, Reporter, Suite } from "@playwright/test/reporter";

export default class Counts implements Reporter {
  #suite: Suite | undefined;

  onBegin(_: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  onEnd(result: FullResult): void {
    const count = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
    for (const test of this.#suite?.allTests() ?? []) count[test.outcome()]++;
    const { expected, unexpected, flaky, skipped } = count;
    const seconds = Math.round(result.duration / 1000);
    console.log(`browser: ${expected} passed, ${unexpected} failed, ${flaky} flaky, ${skipped} skipped, ${seconds} s`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
