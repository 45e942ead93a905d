// For scripts: what they print, and what went wrong, and nothing else.
import type { FullResult, Reporter, TestCase, TestResult } from "@playwright/test/reporter";

export default class Plain implements Reporter {
  onStdOut(text: string | Buffer): void {
    process.stdout.write(text);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    for (const error of result.errors) process.stderr.write(`${test.title}: ${error.message ?? "failed"}\n`);
  }

  onEnd(result: FullResult): void {
    if (result.status !== "passed") process.stderr.write(`error: ${result.status}\n`);
  }
}
