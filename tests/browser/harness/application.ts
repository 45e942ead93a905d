// An application that asks for a second factor, as docs/second-factor.md tells how to make one.
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { origin } from "./settings.ts";

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

export class Application {
  /** The file with its public key. */
  readonly keyFile: string;
  /** Where it asks. */
  readonly url: string;
  /** Whose second factor is shown, and where its page leads back to: from its own settings, not from a link. */
  subject = "";
  back = "";
  readonly #folder = mkdtempSync(join(tmpdir(), "rekey-application-"));
  readonly #key: KeyObject;
  readonly #port: number;
  readonly #server: Server;

  constructor(port: number) {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    this.#key = privateKey;
    this.#port = port;
    this.keyFile = join(this.#folder, "factor.pem");
    this.url = `${origin(port)}/factor?from=reset`;
    writeFileSync(this.keyFile, publicKey.export({ type: "spki", format: "pem" }));
    this.#server = createServer(({ url = "/" }, response) => {
      const { pathname, searchParams } = new URL(url, this.url);
      const hash = searchParams.get("hash");
      if (pathname === "/factor") response.setHeader("Content-Type", "text/html").end(this.#page());
      else if (pathname === "/state" && hash !== null) response.end(this.#state(hash));
      else response.writeHead(404).end();
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((done, fail) => {
      this.#server.once("error", fail).listen(this.#port, "127.0.0.1", done);
    });
  }

  async end(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
    rmSync(this.#folder, { recursive: true });
  }

  #page(): string {
    return `<!doctype html><html lang="en"><title>Application</title><link rel="icon" href="data:,">
<h1>Show your second factor</h1><button>It is me</button>
<script>
  document.querySelector("button").onclick = async () => {
    const hash = new URLSearchParams(location.hash.slice(1)).get("reset_token_hash");
    const answer = await fetch("/state?hash=" + encodeURIComponent(hash));
    location.replace(${JSON.stringify(`${this.back}/#/second-factor/`)} + (await answer.text()));
  };
</script>`;
  }

  #state(hash: string): string {
    const iat = Math.floor(Date.now() / 1000);
    const claims = { aud: "rekey-second-factor", sub: this.subject, iat, exp: iat + 120, reset_token_hash: hash };
    const message = `${part({ alg: "EdDSA" })}.${part(claims)}`;
    return `${message}.${sign(null, Buffer.from(message), this.#key).toString("base64url")}`;
  }
}
