import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { nameOf, pageSource, tags } from "./texts.ts";

/** Makes a module of each language: the page's messages of its catalogue. */
export function catalogue(): Plugin {
  return {
    name: "rekey-catalogue",
    config: () => ({
      define: { __LANGUAGES__: JSON.stringify(Object.fromEntries(tags().map((tag) => [tag, nameOf(tag)]))) },
    }),
    load: {
      filter: { id: /\.ftl$/ },
      handler(id) {
        return { code: `export default ${JSON.stringify(pageSource(basename(id, ".ftl")))};`, moduleType: "js" };
      },
    },
  };
}

const PACKED = /^assets\/.*\.(js|css|svg|wasm)$/;

/** Packs each file of the build, once and as small as it gets: the server only hands it out. */
export function compress(): Plugin {
  return {
    name: "rekey-compress",
    apply: "build",
    writeBundle: ({ dir }) => {
      const folder = dir ?? "dist";
      const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => PACKED.test(file));
      for (const path of files.map((file) => join(folder, file))) {
        const bytes = readFileSync(path);
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        const packed = { br: brotliCompressSync(bytes, { params }), gz: gzipSync(bytes, { level: 9 }) };
        for (const [extension, content] of Object.entries(packed)) {
          if (content.length < bytes.length) writeFileSync(`${path}.${extension}`, content);
        }
      }
    },
  };
}
