// The page's estimates of the passwords on standard input, one JSON object a line, one line each. A test of the server's
// crate compares them with its own. The argument is the time, so that both have one year.

import { readFileSync } from "node:fs";
import { estimator } from "../src/strength/estimator.mjs";

const wasm = new URL("../src/strength/strength.wasm", import.meta.url);
const estimate = await estimator(await WebAssembly.compile(readFileSync(wasm)), Number(process.argv[2]));
const lines = readFileSync(0, "utf8").split("\n").slice(0, -1);
process.stdout.write(lines.map((line) => `${JSON.stringify(estimate(JSON.parse(line)))}\n`).join(""));
