import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const folder = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));

test("npm packs what the package says that it has, and nothing else", () => {
  const said = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: folder, encoding: "utf8" });
  const files = JSON.parse(said)[0].files.map((file) => file.path);
  const { types, default: code } = manifest.exports["."];
  for (const file of [types, code]) assert.ok(files.includes(file.replace("./", "")), file);
  assert.deepEqual(files.filter((file) => !/^(dist\/|package\.json$|README\.md$|LICENSE)/.test(file)), []);
});

test("it depends on nothing", () => {
  assert.deepEqual([manifest.dependencies, manifest.peerDependencies], [undefined, undefined]);
});

test("it is small enough for a first screen", () => {
  // The page's budget for it; no minifier has been at it yet, so a bundle has less.
  const code = ["index.js", "failure.js", "schema.js"].map((file) => readFileSync(`${folder}/dist/${file}`));
  const octets = gzipSync(Buffer.concat(code)).length;
  assert.ok(octets <= 4096, `${octets} octets`);
});
