import { join } from "node:path";
import { defineConfig } from "vite";
import { catalogue, compress } from "./build/plugin.ts";

/** Names begin with what a file is: the server sets the policy of the estimator's worker by its name. */
const name = "assets/[name]-[hash].js";

export default defineConfig({
  // Relative, so that the page works below any path of a proxy.
  base: "./",
  build: {
    // Safari 15.4, Chrome 94, Firefox 93: what knows everything that the page uses, all of 2022 or before.
    target: ["es2022", "safari15.4", "chrome94", "firefox93"],
    manifest: true,
    // One style sheet and one script come first; what a language or the estimator needs comes by itself.
    cssCodeSplit: false,
    // Everything stays a file: the policy of the page allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: { output: { entryFileNames: name, chunkFileNames: name } },
  },
  worker: {
    format: "es",
    rollupOptions: { output: { entryFileNames: name, chunkFileNames: name } },
  },
  plugins: [catalogue(), compress()],
  resolve: { alias: { "@rekey/client": join(import.meta.dirname, "../openapi/typescript/src/index.ts") } },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  server: {
    host: "127.0.0.1",
    proxy: { "/password-reset": process.env["REKEY_API"] ?? "http://127.0.0.1:8080" },
    fs: { allow: [".."] },
  },
});
